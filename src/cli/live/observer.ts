/**
 * Makes one camera's observations: one for each second, whether anything was seen in it or not.
 */
import {
  cameraHealth,
  type CameraReason,
  type Observation,
  OBSERVATION_VERSION,
  suspendsMetres,
} from '../../contract/index.ts';
import type { LiveMeter, SecondMeasurement } from '../../measure/index.ts';
import { type Period, Seconds } from './seconds.ts';

/** Where an observer learns what it tells. */
export interface ObserverOptions {
  readonly camera: string;
  /** Keeps an observation, given its number, until it is stored. */
  readonly report: (camera: string, make: (sequence: number) => Observation) => Promise<unknown>;
  /** What happened since the last call. */
  readonly takeFrames: () => Observation['frames'];
  /** Why the camera cannot be believed, now. */
  readonly reasons: () => readonly CameraReason[];
  /** Told of each second when it is over. */
  readonly onSecond?: (period: Period) => void;
  readonly nowMs: number;
}

const NOTHING_MEASURED: SecondMeasurement = { measuredS: 0, zones: [], gates: [], field: null };

/** Nobody is said to be in a zone while the camera is blind; who was sure to have crossed a gate before still has. */
const withoutZones = (measured: SecondMeasurement): SecondMeasurement => ({
  ...measured,
  zones: measured.zones.map(({ zone, seenShare, areaM2 }) => ({ zone, seenShare, areaM2, figures: {} })),
  field: null,
});

/** Cuts a camera's time into seconds, and reports each. */
export class Observer {
  readonly #options: ObserverOptions;
  readonly #seconds: Seconds;
  #meter: LiveMeter | null = null;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(options: ObserverOptions) {
    this.#options = options;
    this.#seconds = new Seconds(options.nowMs);
  }

  /** Measures with this from now on: it is known only once the first picture is. */
  use(meter: LiveMeter): void {
    this.#meter = meter;
    // From its first picture on: of another size, it is of a view that the calibration may not hold for.
    meter.setMetres(!suspendsMetres(cameraHealth(this.#options.reasons())));
  }

  /** Reports the seconds that are over by then: call it before anything of a later second is measured. */
  advance(untilMs: number): void {
    for (const period of this.#seconds.over(untilMs)) this.#report(period);
  }

  /** Reports the rest, and waits until everything is kept. */
  async finish(nowMs: number): Promise<void> {
    this.advance(nowMs);
    const rest = this.#seconds.cut(nowMs);
    if (rest) this.#report(rest);
    await Promise.all(this.#underWay);
  }

  #report({ startMs, endMs }: Period): void {
    const { camera, report, takeFrames, reasons, onSecond } = this.#options;
    const health = cameraHealth(reasons());
    this.#meter?.setMetres(!suspendsMetres(health));
    const measured = this.#meter?.close(startMs, endMs) ?? NOTHING_MEASURED;
    const frames = takeFrames();
    const isBlind = health.state === 'unknown' || health.state === 'connecting';
    onSecond?.({ startMs, endMs });
    const kept = report(camera, (sequence) => ({
      version: OBSERVATION_VERSION,
      camera,
      sequence,
      startMs,
      endMs,
      ...(isBlind ? withoutZones(measured) : measured),
      health,
      frames,
    }));
    this.#underWay.add(kept);
    void kept.finally(() => this.#underWay.delete(kept));
  }
}
