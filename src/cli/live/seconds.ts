/**
 * Cuts the time of a live camera into seconds of UTC, one observation each.
 */

/** From when to when, UTC, ms since 1970. */
export interface Period {
  readonly startMs: number;
  readonly endMs: number;
}

const SECOND_MS = 1000;

/** Behind by more than this, nothing was measured and nothing is told: the ledger shows a gap. */
const MOST_BEHIND_MS = 10_000;

/** A clock that steps back by more than this is followed; by less, the second at hand waits for it. */
const LEAST_STEP_BACK_MS = 2000;

const endOf = (startMs: number): number => (Math.floor(startMs / SECOND_MS) + 1) * SECOND_MS;

/**
 * The seconds that are over, each of them once, in order. The first begins when the camera does and ends with the
 * second of the clock; all others are whole.
 */
export class Seconds {
  #startMs: number;

  constructor(nowMs: number) {
    this.#startMs = Math.floor(nowMs);
  }

  /** The seconds that were over at a moment and were not told before. */
  over(untilMs: number): Period[] {
    const behindMs = untilMs - this.#startMs;
    if (behindMs > MOST_BEHIND_MS) this.#startMs = endOf(untilMs) - SECOND_MS;
    else if (behindMs < -LEAST_STEP_BACK_MS) this.#startMs = Math.floor(untilMs);
    const periods: Period[] = [];
    for (let endMs = endOf(this.#startMs); endMs <= untilMs; endMs = endOf(this.#startMs)) {
      periods.push({ startMs: this.#startMs, endMs });
      this.#startMs = endMs;
    }
    return periods;
  }

  /** Ends the second at hand early; null when nothing of it has gone by. */
  cut(nowMs: number): Period | null {
    const startMs = this.#startMs;
    const endMs = Math.min(Math.floor(nowMs), endOf(startMs));
    if (endMs <= startMs) return null;
    this.#startMs = endMs;
    return { startMs, endMs };
  }
}
