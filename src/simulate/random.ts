/**
 * Chance that is the same on every machine: whole numbers, sums and products only, no functions that a machine may
 * round in its own way.
 */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** Evenly between 0 and 1, never 0 nor 1: Mulberry32 (Tommy Ettinger, public domain). */
  uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  }

  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number {
    return Math.floor(this.uniform() * end);
  }

  /** Standard normal, near enough: the sum of twelve uniform deviates, less six. */
  normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.uniform();
    return sum;
  }

  /** How many of events that are so many on average happen: the whole part, and one more by chance. */
  count(mean: number): number {
    const whole = Math.floor(mean);
    return whole + (this.uniform() < mean - whole ? 1 : 0);
  }
}
