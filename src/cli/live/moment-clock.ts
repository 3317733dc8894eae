/**
 * Says when a second can be told: once every camera that is expected to has told of it, or when it is late.
 *
 * ```
 * a: |----1----|----2----|---        told at    ^1        ^2   when a and b have
 * b: |----1----|----2----|---        late: 1 is told all the same, without what is missing
 * ```
 */

const SECOND_MS = 1000;
/** A second is told by then, whoever is missing. */
const LATE_MS = 800;
/** Further behind than this, the machine slept: what was then is not told any more. */
const MOST_BEHIND_MS = 5000;

const secondAt = (timeMs: number): number => Math.floor(timeMs / SECOND_MS) * SECOND_MS;

/** Counts seconds of UTC, each once. */
export class MomentClock {
  readonly #arrived = new Map<string, number>();
  #nextMs: number;

  constructor(nowMs: number) {
    this.#nextMs = secondAt(nowMs) + SECOND_MS;
  }

  /** A camera has told of the time up to then. */
  arrived(camera: string, endMs: number): void {
    this.#arrived.set(camera, Math.max(endMs, this.#arrived.get(camera) ?? 0));
  }

  /**
   * The ends of the seconds that can be told now.
   *
   * @param expected cameras that are at work
   */
  due(nowMs: number, expected: readonly string[]): number[] {
    // A clock that was set, either way: it goes on from what it says now.
    const behindMs = nowMs - this.#nextMs;
    if (behindMs > MOST_BEHIND_MS || behindMs < -2 * SECOND_MS) this.#nextMs = secondAt(nowMs);
    const told: number[] = [];
    while (this.#isDue(nowMs, expected)) {
      told.push(this.#nextMs);
      this.#nextMs += SECOND_MS;
    }
    return told;
  }

  #isDue(nowMs: number, expected: readonly string[]): boolean {
    if (nowMs < this.#nextMs) return false;
    if (nowMs >= this.#nextMs + LATE_MS) return true;
    return expected.every((camera) => (this.#arrived.get(camera) ?? 0) >= this.#nextMs);
  }
}
