/** Statistics that take one value at a time and need no more memory for a year than for a minute. */
import type { Estimate } from '../../contract/index.ts';

/** What is not known. */
export const UNKNOWN: Estimate = Object.freeze({ value: null, standardError: null });

/**
 * Chance that a standard normal deviate is above z ≥ 0.
 *
 * @see Abramowitz & Stegun 26.2.17: absolute error below 7.5e-8
 */
export const normalTail = (z: number): number => {
  const t = 1 / (1 + 0.2316419 * z);
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
};

const MOST_BATCHES = 32;

/** A series shorter than this that did not change has not shown that it does not, s. */
const LEAST_STILLNESS_S = 5;

/** Neighbouring batches are never taken to be more alike than this; more could not be told from a drift. */
const GREATEST_CORRELATION = 0.9;

/**
 * Mean of a series whose neighbours are alike, with a standard error that allows for it.
 *
 * Values are gathered in at most 32 batches, whose length doubles when they are full. With m batch means of variance
 * s² and lag-1 correlation r (at least 0, at most 0.9):
 *
 *   SE² = s²/m · (1 + r)/(1 − r)
 *
 * Caveat: a series much shorter than ten times its own memory shows too little of itself for any such estimate.
 *
 * @see Law, Simulation Modeling and Analysis, 5th ed., section 9.5.3 (batch means)
 */
export class BatchedMean {
  #count = 0;
  #sum = 0;
  #batchLength = 1;
  #batches = 0;
  #filled = 0;
  readonly #sums = new Float64Array(MOST_BATCHES);

  /** Number of values. */
  get count(): number {
    return this.#count;
  }

  /** Mean of the values; null before the first. */
  get mean(): number | null {
    return this.#count === 0 ? null : this.#sum / this.#count;
  }

  /** Takes the next value of the series. */
  add(value: number): void {
    this.#count++;
    this.#sum += value;
    this.#sums[this.#batches] += value;
    if (++this.#filled < this.#batchLength) return;
    this.#filled = 0;
    if (++this.#batches === MOST_BATCHES) this.#mergePairs();
  }

  #mergePairs(): void {
    for (let i = 0; i < MOST_BATCHES / 2; i++) this.#sums[i] = this.#sums[2 * i] + this.#sums[2 * i + 1];
    this.#sums.fill(0, MOST_BATCHES / 2);
    this.#batches = MOST_BATCHES / 2;
    this.#batchLength *= 2;
  }

  /**
   * {@link standardError}, but null where it is 0 only because too little time has passed for a change.
   *
   * @param measuredS time that the values stand for, s
   */
  believableError(measuredS: number): number | null {
    const { standardError } = this;
    return standardError === 0 && measuredS < LEAST_STILLNESS_S ? null : standardError;
  }

  /** Standard error of the mean; null with fewer than two batches. */
  get standardError(): number | null {
    const m = this.#batches;
    if (m < 2) return null;
    let mean = 0;
    for (let i = 0; i < m; i++) mean += this.#sums[i] / m;
    let squares = 0;
    let products = 0;
    for (let i = 0; i < m; i++) {
      squares += (this.#sums[i] - mean) ** 2;
      if (i > 0) products += (this.#sums[i] - mean) * (this.#sums[i - 1] - mean);
    }
    // A series that stands still differs from its mean by rounding alone.
    if (squares <= m * (1e-12 * mean) ** 2) return 0;
    const r = Math.min(GREATEST_CORRELATION, Math.max(0, products / squares));
    const variance = squares / (m - 1) / this.#batchLength ** 2;
    return Math.sqrt((variance / m) * ((1 + r) / (1 - r)));
  }
}

/** How often each whole number occurred. */
export class CountHistogram {
  #counts = new Float64Array(64);
  #total = 0;
  #max = -1;

  /** Greatest number seen; null before the first. */
  get max(): number | null {
    return this.#total === 0 ? null : this.#max;
  }

  /** Takes one more whole number, ≥ 0. */
  add(value: number): void {
    if (value >= this.#counts.length) {
      const wider = new Float64Array(2 ** Math.ceil(Math.log2(value + 1)));
      wider.set(this.#counts);
      this.#counts = wider;
    }
    this.#counts[value]++;
    this.#total++;
    this.#max = Math.max(this.#max, value);
  }

  /** The least number that at least `share` of those seen do not exceed; null before the first. */
  quantile(share: number): number | null {
    let seen = 0;
    for (let value = 0; value <= this.#max; value++) {
      seen += this.#counts[value];
      // A thousandth of one, so that 0.95 · 20 = 19.000000000000004 does not ask for a twentieth.
      if (seen >= share * this.#total - 1e-3) return value;
    }
    return null;
  }
}
