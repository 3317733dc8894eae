/**
 * Prediction intervals that learn from their own misses.
 */

/** Errors remembered, of a kind. */
const KEPT = 360;
/** Fewer errors than this say too little: the interval is then this many times the chance of the flows. */
const FEW = 30;
const CAUTION = 2;
/** Kinds of forecasts that learn apart: each ends at so many times the deviation at which the one before ends. */
const KINDS = 4;
const KIND_RATIO = 3;
/** How fast the level follows misses. */
const STEP = 0.01;

/** An interval about a forecast. */
export interface Interval {
  lower: number;
  upper: number;
}

/** What was learnt from the errors of forecasts of one kind. */
class Misses {
  readonly #tail: number;
  readonly #ring = new Float64Array(KEPT);
  /** The same, in order. */
  readonly #sorted = new Float64Array(KEPT);
  #next = 0;
  #lowerTail: number;
  #upperTail: number;
  count = 0;

  constructor(tail: number) {
    this.#tail = tail;
    this.#lowerTail = tail;
    this.#upperTail = tail;
  }

  /** Takes an error in units of its deviation, and on which side of its interval it lay. */
  add(error: number, below: boolean, above: boolean): void {
    this.#lowerTail += STEP * (this.#tail - (below ? 1 : 0));
    this.#upperTail += STEP * (this.#tail - (above ? 1 : 0));
    if (this.count === KEPT) this.#forget(this.#ring[this.#next]);
    this.#ring[this.#next] = error;
    this.#next = (this.#next + 1) % KEPT;
    const at = this.#rankOf(error);
    this.#sorted.copyWithin(at + 1, at, this.count);
    this.#sorted[at] = error;
    this.count++;
  }

  #forget(error: number): void {
    const at = this.#rankOf(error);
    this.#sorted.copyWithin(at, at + 1, this.count);
    this.count--;
  }

  /** How many of the errors are less. */
  #rankOf(error: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle] < error) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Writes the errors that the next one is to lie between. */
  limits(out: Interval): void {
    const sorted = this.#sorted.subarray(0, this.count);
    out.lower = quantile(sorted, this.#lowerTail);
    out.upper = quantile(sorted, 1 - this.#upperTail);
  }
}

/**
 * The interval of one horizon. Errors are measured in units of the standard deviation that chance alone would give
 * the forecast. Lower and upper end are quantiles of the last 360 of them, the level of each moved after every
 * forecast so that in the long run as many lie beyond it as should, whatever the errors are like (adaptive conformal
 * inference):
 *
 *   α ← α + γ·(α₀ − [beyond])
 *
 * Quiet hours and busy ones learn apart, by how many people chance alone would move (under 3, 9, 27, and more), so
 * that a night in which nothing happens does not make up for an evening in which the interval is missed. It is never
 * narrower than chance alone would make it.
 *
 * Caveat: the share covered is right in the long run, not in every hour; on the day of something new the interval is
 * too narrow until it has been missed some times.
 *
 * @see Gibbs & Candès, Adaptive Conformal Inference Under Distribution Shift, NeurIPS 2021; Vovk, Gammerman & Shafer,
 *   Algorithmic Learning in a Random World, 2005, section 4.5 (learning apart by category)
 */
export class CalibratedInterval {
  readonly #sigmas: number;
  readonly #kinds: readonly Misses[];
  readonly #limits: Interval = { lower: 0, upper: 0 };

  /**
   * @param coverage share of what comes that the interval is to hold, 0 to 1
   * @param sigmas   standard deviations of a normal distribution that hold as much
   */
  constructor(coverage: number, sigmas: number) {
    this.#sigmas = sigmas;
    this.#kinds = Array.from({ length: KINDS }, () => new Misses((1 - coverage) / 2));
  }

  /** Whether it has learnt enough from forecasts of such a deviation; until then it is a cautious guess. */
  isCalibrated(deviation: number): boolean {
    return (this.#kinds[kindOf(deviation)]?.count ?? 0) >= FEW;
  }

  /** Takes what was said and what came. */
  score(said: number, deviation: number, interval: Readonly<Interval>, came: number): void {
    this.#kinds[kindOf(deviation)]?.add((came - said) / deviation, came < interval.lower, came > interval.upper);
  }

  /** Writes the interval about a forecast that chance alone would give this deviation. */
  around(said: number, deviation: number, out: Interval): void {
    const misses = this.#kinds[kindOf(deviation)];
    const limits = this.#limits;
    limits.lower = -CAUTION * this.#sigmas;
    limits.upper = CAUTION * this.#sigmas;
    if (misses !== undefined && misses.count >= FEW) misses.limits(limits);
    out.lower = Math.max(0, said + Math.min(-this.#sigmas, limits.lower) * deviation);
    out.upper = said + Math.max(this.#sigmas, limits.upper) * deviation;
  }
}

const kindOf = (deviation: number): number =>
  Math.min(KINDS - 1, Math.max(0, Math.floor(Math.log(deviation) / Math.log(KIND_RATIO))));

/** The value below which a share of the sorted ones and of the one to come lies; beyond them all, as far again. */
const quantile = (sorted: Float64Array, share: number): number => {
  const last = sorted.length - 1;
  const rank = share * (sorted.length + 1) - 1;
  const middle = sorted[last >> 1];
  if (rank < 0) return sorted[0] + Math.max(-1, rank) * (middle - sorted[0]);
  if (rank > last) return sorted[last] + Math.min(1, rank - last) * (sorted[last] - middle);
  const at = Math.floor(rank);
  return sorted[at] + (rank - at) * (sorted[Math.min(last, at + 1)] - sorted[at]);
};
