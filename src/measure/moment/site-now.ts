/**
 * A site as it is now, from the newest observation of every camera.
 *
 * ```
 * camera a: zones, gates of the last second --+
 * camera b: zones, gates of the last second --+--> each zone and gate once, nobody twice
 * camera c: blind ----------------------------+    what only c sees is unknown; what c sees, too, is partial
 * ```
 */
import {
  type CameraHealth,
  type GateMoment,
  type Moment,
  type MomentFigures,
  type Observation,
  type Site,
  signedArea,
  VIEW_ZONE,
  type Zone,
  type ZoneMoment,
} from '../../contract/index.ts';
import type { Ownership } from '../ownership/ownership.ts';
import { GateWindow } from './gate-window.ts';
import { figuresOfOne, NOTHING_KNOWN, zoneOfSeveral } from './zone-now.ts';

/** A camera now. */
export interface CameraNow {
  readonly camera: string;
  readonly health: CameraHealth;
  /** Its newest observation; null before the first. */
  readonly latest: Observation | null;
}

/** What is brought together. */
export interface SiteNowOptions {
  readonly site: Pick<Site, 'zones' | 'gates' | 'cameras'>;
  /** Who owns which part of the plan; null where no two cameras share it. */
  readonly ownership: Ownership | null;
}

/** So many people of those in a zone stand, and it is stopped. */
const STOPPED_SHARE = 0.5;

/** What a camera said before this is not about now, ms. */
const STALE_MS = 1500;

const isWell = ({ health, latest }: CameraNow, timeMs: number): boolean =>
  latest !== null && timeMs - latest.endMs < STALE_MS && (health.state === 'ok' || health.state === 'degraded');

const UNKNOWN_FLOWS = { inPerMin: null, outPerMin: null };

/** Brings a site's cameras together, second by second. */
export class SiteNow {
  readonly #site: SiteNowOptions['site'];
  readonly #shares = new Map<string, ReadonlyMap<string, number>>();
  /** By gate, then camera. */
  readonly #windows = new Map<string, Map<string, GateWindow>>();
  /** Since when a zone has been stopped, by its name, or that of the camera whose view it is; whole when seen to begin. */
  readonly #stops = new Map<string, { readonly sinceMs: number; readonly isWhole: boolean }>();

  constructor({ site, ownership }: SiteNowOptions) {
    this.#site = site;
    for (const zone of site.zones) {
      if (ownership === null || !('polygon' in zone)) continue;
      const { ownedShares } = ownership.coverage(zone.polygon);
      this.#shares.set(zone.id, new Map(ownership.cameras.map((camera, i) => [camera, ownedShares[i] ?? 0])));
    }
    for (const { id } of site.gates) this.#windows.set(id, new Map());
  }

  /** Takes an observation; crossings that come late count, too, as long as they are of the last minute. */
  take({ camera, startMs, endMs, measuredS, gates }: Observation): void {
    for (const gate of gates) {
      const windows = this.#windows.get(gate.gate);
      if (!windows) continue;
      const window = windows.get(camera) ?? new GateWindow();
      windows.set(camera, window);
      window.add(gate, startMs, endMs, measuredS);
    }
  }

  /** The site at an instant. */
  at(timeMs: number, cameras: readonly CameraNow[]): Moment {
    const well = cameras.filter((camera) => isWell(camera, timeMs));
    return {
      timeMs,
      zones: this.#site.zones.map((zone) => this.#withStopped(this.#zone(zone, well), timeMs)),
      gates: this.#site.gates.map(({ id }) => this.#gate(id, well, timeMs)),
      cameras: cameras.map((camera) => ({
        camera: camera.camera,
        health: camera.health,
        view: this.#stopped(`view of ${camera.camera}`, this.#view(camera, timeMs), timeMs),
      })),
    };
  }

  #view(camera: CameraNow, timeMs: number): MomentFigures {
    const view = isWell(camera, timeMs) ? camera.latest?.zones.find(({ zone }) => zone === VIEW_ZONE) : undefined;
    return view ? figuresOfOne(view) : NOTHING_KNOWN;
  }

  #zone(zone: Zone, well: readonly CameraNow[]): ZoneMoment {
    const parts = well.flatMap(({ camera, latest }) => {
      const observed = latest?.zones.find((one) => one.zone === zone.id);
      return observed && observed.seenShare > 0 ? [{ camera, observed }] : [];
    });
    const shares = this.#shares.get(zone.id);
    if (shares && 'polygon' in zone) {
      const owned = parts.map(({ camera, observed }) => ({ observed, share: shares.get(camera) ?? 0 }));
      return zoneOfSeveral(zone.id, owned, Math.abs(signedArea(zone.polygon)), [...shares.values()]);
    }
    const known = parts.filter(({ observed }) => observed.figures.occupancy !== undefined);
    const [only] = known.toSorted((a, b) => b.observed.seenShare - a.observed.seenShare);
    if (!only) return { zone: zone.id, areaM2: null, knownShare: 0, figures: NOTHING_KNOWN };
    const { areaM2, seenShare } = only.observed;
    return { zone: zone.id, areaM2, knownShare: seenShare, figures: figuresOfOne(only.observed) };
  }

  #withStopped(moment: ZoneMoment, timeMs: number): ZoneMoment {
    return { ...moment, figures: this.#stopped(moment.zone, moment.figures, timeMs) };
  }

  /** How long it stood before it was seen is not known: from there on it is that or more, until it is seen to go. */
  #stopped(name: string, figures: MomentFigures, timeMs: number): MomentFigures {
    const { occupancy, standing } = figures;
    if (!occupancy || !standing) {
      this.#stops.delete(name);
      return figures;
    }
    const isStopped = standing.value > 0 && standing.value >= STOPPED_SHARE * occupancy.value;
    const before = this.#stops.get(name) ?? { sinceMs: timeMs, isWhole: false };
    const stop = isStopped ? before : { sinceMs: timeMs, isWhole: true };
    this.#stops.set(name, stop);
    const partial = standing.partial || (isStopped && !stop.isWhole);
    return { ...figures, stoppedS: { value: (timeMs - stop.sinceMs) / 1000, standardError: null, partial } };
  }

  /** Of the camera that sees most of it, of those that know: what others see of it are the same people. */
  #gate(gate: string, well: readonly CameraNow[], timeMs: number): GateMoment {
    const seen = well.flatMap(({ camera, latest }) => {
      const one = latest?.gates.find((other) => other.gate === gate);
      const flows = this.#windows.get(gate)?.get(camera)?.at(timeMs);
      return one && flows && one.seenShare > 0 ? [{ one, flows }] : [];
    });
    const known = seen.filter(({ flows }) => flows.inPerMin !== null);
    const [best] = known.toSorted((a, b) => b.one.seenShare - a.one.seenShare);
    return { gate, widthM: (best ?? seen[0])?.one.widthM ?? null, ...(best?.flows ?? UNKNOWN_FLOWS) };
  }
}
