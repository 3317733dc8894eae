/**
 * Which expert to believe at one horizon: those that erred least lately.
 */

/** Half-life of the memory of errors, minutes. */
const HALF_LIFE_MIN = 120;
const KEEP = 2 ** (-1 / HALF_LIFE_MIN);

/** An expert is heard once it was held against the truth so often. */
const LEAST_SCORES = 10;

/** Weight falls with this power of the mean squared error: a tenth more of it is half the weight. */
const SHARPNESS = 8;

/** An error that does not matter, people²: below it experts are equally good. */
const SMALL_ERROR = 0.05;

/**
 * Weights experts by their mean squared error, discounted with time:
 *
 *   w ∝ MSE^(−8)
 *
 * The forecast is the weighted mean. Its squared error is at most the weighted mean of the experts' (squares are
 * convex), and so near that of the best of them, 'same as now' among them. Until others have shown themselves, the
 * first expert is believed.
 *
 * @see Timmermann, Forecast Combinations, Handbook of Economic Forecasting 1 (2006), section 3.3; Cesa-Bianchi &
 *   Lugosi, Prediction, Learning, and Games, 2006, chapter 2
 */
export class Belief {
  readonly #squares: Float64Array;
  readonly #scores: Float64Array;
  readonly #counts: Float64Array;
  readonly #weights: Float64Array;

  constructor(experts: number) {
    this.#squares = new Float64Array(experts);
    this.#scores = new Float64Array(experts);
    this.#counts = new Float64Array(experts);
    this.#weights = new Float64Array(experts);
  }

  /** Takes what an expert had said, and what came; NaN where it said nothing. */
  score(expert: number, said: number, came: number): void {
    if (Number.isNaN(said)) return;
    this.#counts[expert]++;
    this.#scores[expert] = this.#scores[expert] * KEEP + 1;
    this.#squares[expert] = this.#squares[expert] * KEEP + (said - came) ** 2;
  }

  /**
   * Weights that add up to 1; 0 for an expert that says nothing now.
   *
   * @param says whether each expert has an opinion; the first always has
   * @returns what the next call overwrites
   */
  weigh(says: (expert: number) => boolean): Float64Array {
    const weights = this.#weights;
    let sum = 0;
    for (let k = 0; k < weights.length; k++) {
      const heard = says(k) && this.#counts[k] >= LEAST_SCORES;
      weights[k] = heard ? (this.#squares[k] / this.#scores[k] + SMALL_ERROR) ** -SHARPNESS : 0;
      sum += weights[k];
    }
    if (sum > 0) for (let k = 0; k < weights.length; k++) weights[k] /= sum;
    else weights[0] = 1;
    return weights;
  }
}
