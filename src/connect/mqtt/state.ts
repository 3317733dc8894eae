/** A site's state as messages of MQTT: one for each zone, gate and camera. */
import type { Moment, MomentFigure, Site } from '../../contract/index.ts';
import { type Figure, GATE_FIGURES, pairsOf, rounded, ZONE_FIGURES } from '../figures.ts';
import { levelOfServiceAt } from '../level-of-service.ts';

/** What a topic is about. */
export type PlaceKind = 'zone' | 'gate' | 'camera';

/** State of a zone, gate or camera. */
export interface PlaceState {
  readonly kind: PlaceKind;
  readonly id: string;
  /** Everything but the time: when it is the same, nothing has changed. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Names of its figures that are known now. */
  readonly known: readonly string[];
}

type Figures<Name extends string> = Readonly<Record<Name, MomentFigure>>;

const roundedOrNull = (value: number | null | undefined, digits: number): number | null =>
  value === null || value === undefined ? null : rounded(value, digits);

const figuresOf = <Name extends string>(table: Readonly<Record<Name, Figure>>, figures: Figures<Name>) => {
  const pairs = pairsOf(table);
  const read = (of: (figure: MomentFigure) => number | null | undefined) =>
    Object.fromEntries(pairs.map(([name, { digits }]) => [name, roundedOrNull(of(figures[name]), digits)]));
  return {
    body: {
      ...read((figure) => figure?.value),
      standardErrors: read((figure) => figure?.standardError),
      partial: pairs.flatMap(([name]) => (figures[name]?.partial === true ? [name] : [])),
    },
    known: pairs.flatMap(([name]) => (figures[name] === null ? [] : [name])),
  };
};

/** Every zone, gate and camera of a moment. */
export const statesOf = ({ zones, gates, cameras }: Moment, { analysis }: Pick<Site, 'analysis'>): PlaceState[] => [
  ...zones.map(({ zone, figures, areaM2, knownShare }): PlaceState => {
    const { body, known } = figuresOf(ZONE_FIGURES, figures);
    const levelOfService = levelOfServiceAt(analysis.levelOfService, figures.densityPerM2);
    const extent = { areaM2: roundedOrNull(areaM2, 2), knownShare: rounded(knownShare, 3) };
    return { kind: 'zone', id: zone, body: { ...body, levelOfService, ...extent }, known };
  }),
  ...gates.map(({ gate, widthM, inPerMin, outPerMin }): PlaceState => {
    const { body, known } = figuresOf(GATE_FIGURES, { inPerMin, outPerMin });
    return { kind: 'gate', id: gate, body: { ...body, widthM: roundedOrNull(widthM, 2) }, known };
  }),
  ...cameras.map(({ camera, health, view }): PlaceState => {
    const { body, known } = figuresOf(ZONE_FIGURES, view);
    const reasons = health.reasons.map(({ code }) => code);
    return { kind: 'camera', id: camera, body: { state: health.state, reasons, ...body }, known };
  }),
];
