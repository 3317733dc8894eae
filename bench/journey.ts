/** When each observation reached the hub, and when it was stored. */
import type { Observation } from '../src/contract/index.ts';

/** One that arrived; UTC, ms. */
export interface Arrived {
  readonly observation: Observation;
  /** NaN for one that was not the newest of its camera: it comes late, out of a spool. */
  readonly receivedMs: number;
  readonly storedMs: number;
}

const LOOK_MS = 100;

const keyOf = ({ camera, sequence }: Observation): string => `${camera} ${sequence}`;

/** Told of observations on their way, by the clock that the sensors have, too. */
export class Journey {
  readonly #received = new Map<string, number>();
  readonly #arrived = new Map<string, Arrived>();
  readonly #well = new Set<string>();

  received(observation: Observation, nowMs: number): void {
    this.#received.set(keyOf(observation), nowMs);
    if (observation.health.state === 'ok') this.#well.add(observation.camera);
  }

  stored(observations: readonly Observation[], nowMs: number): void {
    for (const observation of observations) {
      const key = keyOf(observation);
      if (!this.#arrived.has(key))
        this.#arrived.set(key, { observation, receivedMs: this.#received.get(key) ?? Number.NaN, storedMs: nowMs });
    }
  }

  /** Waits until so many cameras were well once. */
  async allWell(cameras: number, withinMs: number): Promise<void> {
    const startedMs = performance.now();
    while (this.#well.size < cameras) {
      if (performance.now() - startedMs > withinMs)
        throw new Error(`of ${cameras} cameras, ${this.#well.size} were well within ${withinMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  /** Whole seconds that lie in a period. */
  during(fromMs: number, toMs: number): Arrived[] {
    return [...this.#arrived.values()].filter(
      ({ observation: { startMs, endMs } }) => startMs >= fromMs && endMs <= toMs,
    );
  }
}
