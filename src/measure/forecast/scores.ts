/**
 * How good forecasts were: sums of their errors.
 */

/** Errors of many forecasts over one horizon. */
export interface ForecastScores {
  /** Forecasts that were held against what came. */
  readonly count: number;
  /** Mean absolute error, people. */
  readonly mae: number;
  /** Root mean square error, people. */
  readonly rmse: number;
  /** Mean of forecast minus what came, people. */
  readonly bias: number;
}

/** How good intervals were. */
export interface IntervalScores {
  /** Share of what came that lay in its interval. */
  readonly coverage: number;
  /** Mean width, people. */
  readonly width: number;
  /**
   * Winkler's interval score, people: width, plus 2/α for each person by which what came lay outside. Less is better,
   * and neither a wide nor a wrong interval pays.
   *
   * @see Gneiting & Raftery, Journal of the American Statistical Association 102 (2007) 359, section 6.2
   */
  readonly winkler: number;
}

/** Adds up the errors of forecasts. */
export class PointErrors {
  #count = 0;
  #absolute = 0;
  #squared = 0;
  #signed = 0;

  /** Takes a forecast and what came. */
  add(said: number, came: number): void {
    this.#count++;
    this.#absolute += Math.abs(said - came);
    this.#squared += (said - came) ** 2;
    this.#signed += said - came;
  }

  /** Null before the first. */
  scores(): ForecastScores | null {
    const n = this.#count;
    if (n === 0) return null;
    return { count: n, mae: this.#absolute / n, rmse: Math.sqrt(this.#squared / n), bias: this.#signed / n };
  }
}

/** Adds up how intervals did. */
export class IntervalErrors {
  readonly #alpha: number;
  #count = 0;
  #held = 0;
  #width = 0;
  #winkler = 0;

  /** @param coverage share that the intervals were to hold */
  constructor(coverage: number) {
    this.#alpha = 1 - coverage;
  }

  /** Takes an interval and what came. */
  add(lower: number, upper: number, came: number): void {
    const beyond = Math.max(0, lower - came, came - upper);
    this.#count++;
    this.#width += upper - lower;
    this.#winkler += upper - lower + (2 / this.#alpha) * beyond;
    if (beyond === 0) this.#held++;
  }

  /** Null before the first. */
  scores(): IntervalScores | null {
    const n = this.#count;
    return n === 0 ? null : { coverage: this.#held / n, width: this.#width / n, winkler: this.#winkler / n };
  }
}
