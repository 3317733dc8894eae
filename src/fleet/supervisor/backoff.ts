/** Bounds of the time between tries, ms. */
export interface BackoffLimits {
  readonly leastMs: number;
  readonly mostMs: number;
}

/**
 * Time to wait before the next try: twice as long after each failure, and between half of that and all of it by
 * chance, so that those who fell together do not rise together.
 */
export class Backoff {
  readonly #limits: BackoffLimits;
  readonly #random: () => number;
  #failures = 0;

  /** `random` gives numbers from 0 up to 1. */
  constructor(limits: BackoffLimits, random: () => number = Math.random) {
    this.#limits = limits;
    this.#random = random;
  }

  /** The wait after one more failure, ms. */
  next(): number {
    const { leastMs, mostMs } = this.#limits;
    const ceilingMs = Math.min(mostMs, 2 * leastMs * 2 ** this.#failures);
    // Beyond this many the ceiling does not rise any more, and powers of two must not run over.
    this.#failures = Math.min(this.#failures + 1, 30);
    return Math.max(leastMs, ceilingMs * (0.5 + 0.5 * this.#random()));
  }

  /** All is well again. */
  reset(): void {
    this.#failures = 0;
  }
}
