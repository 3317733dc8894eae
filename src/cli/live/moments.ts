/** The whole site, second by second, from what its cameras tell. */
import type { Moment, Observation, Site } from '../../contract/index.ts';
import { SiteNow } from '../../measure/index.ts';
import { MomentClock } from './moment-clock.ts';
import { siteOwnership } from './owners.ts';
import type { CameraStatus } from './site-state.ts';

/** Where it is learnt how cameras are. */
interface Cameras {
  now(nowMs: number): readonly CameraStatus[];
}

const isAtWork = ({ health: { state, reasons }, latest }: CameraStatus): boolean =>
  latest !== null && !(state === 'unknown' && reasons.some(({ code }) => code.startsWith('SENSOR_')));

/** Makes moments, each once. */
export class Moments {
  /** How often to ask whether a second is late, ms. */
  static readonly LOOK_EVERY_MS = 100;
  readonly #siteNow: SiteNow;
  readonly #clock: MomentClock;

  constructor(site: Site, nowMs: number) {
    this.#siteNow = new SiteNow({ site, ownership: siteOwnership(site) });
    this.#clock = new MomentClock(nowMs);
  }

  /** Takes an observation, as soon as it comes. */
  take(observation: Observation): void {
    this.#siteNow.take(observation);
    this.#clock.arrived(observation.camera, observation.endMs);
  }

  /** Seconds that can be told now. */
  due(nowMs: number, cameras: Cameras): Moment[] {
    const now = cameras.now(nowMs);
    const expected = now.filter(isAtWork).map(({ camera }) => camera);
    return this.#clock.due(nowMs, expected).map((endMs) => this.#siteNow.at(endMs, now));
  }
}
