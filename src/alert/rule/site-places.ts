import { isSimulated, type LevelOfServiceTable, type Site } from '../../contract/index.ts';

/** The names that a rule of a site can use. */
export interface SitePlaces {
  readonly zones: readonly string[];
  readonly gates: readonly string[];
  readonly cameras: readonly string[];
  /** Zones and cameras of which nothing can be known in metres: counts only. */
  readonly uncalibrated?: readonly string[];
  /** Which of Fruin's tables `los` goes by; that for walkways unless given. */
  readonly levelOfService?: LevelOfServiceTable;
}

const names = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id);

/** The names of a site file. */
export const placesOf = ({
  zones,
  gates,
  cameras,
  analysis,
}: Pick<Site, 'zones' | 'gates' | 'cameras' | 'analysis'>): SitePlaces => {
  const withoutMetres = names(cameras.filter((camera) => !camera.calibration && !isSimulated(camera)));
  const zonesWithout = names(zones.filter((zone) => 'camera' in zone && withoutMetres.includes(zone.camera)));
  // A camera that shares its name with a zone cannot be meant: the zone comes first.
  const views = withoutMetres.filter((camera) => !zones.some(({ id }) => id === camera));
  return {
    zones: names(zones),
    gates: names(gates),
    cameras: names(cameras),
    uncalibrated: [...zonesWithout, ...views],
    levelOfService: analysis.levelOfService,
  };
};
