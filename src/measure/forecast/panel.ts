/**
 * A panel of experts: hears them all, keeps what they said until it can be held against what came, and says what it
 * makes of them.
 */
import { normalTail } from '../statistics/series.ts';
import { Belief } from './belief.ts';
import { CalibratedInterval, type Interval } from './calibrated-interval.ts';
import { EXPERTS, foretell, type Outlook } from './experts.ts';

/** What was said at one minute about those after it: entry h of a column is h + 1 minutes ahead. */
export interface Said {
  minute: number;
  readonly mean: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** What chance alone would make the forecast miss by, a standard deviation. */
  readonly deviation: Float64Array;
  /** A row for each of `EXPERTS`: what it said, and how much it is believed. */
  readonly experts: readonly Float64Array[];
  readonly weights: readonly Float64Array[];
}

const unsaid = (horizons: number): Said => {
  const column = (): Float64Array => new Float64Array(horizons);
  return {
    minute: Number.NEGATIVE_INFINITY,
    mean: column(),
    lower: column(),
    upper: column(),
    deviation: column(),
    experts: EXPERTS.map(column),
    weights: EXPERTS.map(column),
  };
};

/** Standard deviations of a normal distribution that hold a share of it, by bisection. */
const sigmasOf = (coverage: number): number => {
  let low = 0;
  let high = 10;
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (normalTail(middle) > (1 - coverage) / 2) low = middle;
    else high = middle;
  }
  return low;
};

/** Chance is never taken to move an occupancy by less than this, people²: a person seen or not. */
const LEAST_VARIANCE = 0.25;

/** Forecasts for one to so many minutes ahead. */
export class Panel {
  readonly #horizons: number;
  readonly #beliefs: readonly Belief[];
  readonly #intervals: readonly CalibratedInterval[];
  /** A ring, by minute. */
  readonly #said: readonly Said[];
  readonly #interval: Interval = { lower: 0, upper: 0 };

  /**
   * @param horizons minutes ahead
   * @param coverage share of what comes that the intervals are to hold
   */
  constructor(horizons: number, coverage: number) {
    const sigmas = sigmasOf(coverage);
    this.#horizons = horizons;
    this.#beliefs = Array.from({ length: horizons }, () => new Belief(EXPERTS.length));
    this.#intervals = Array.from({ length: horizons }, () => new CalibratedInterval(coverage, sigmas));
    this.#said = Array.from({ length: horizons + 1 }, () => unsaid(horizons));
  }

  /** Whether the farthest interval of what was said has learnt enough from errors of its kind. */
  isCalibrated({ deviation }: Readonly<Said>): boolean {
    const last = this.#horizons - 1;
    return this.#intervals[last]?.isCalibrated(deviation[last]) ?? false;
  }

  /** Holds what was said of this minute against what came. */
  score(minute: number, came: number): void {
    for (let h = 0; h < this.#horizons; h++) {
      const said = this.#slot(minute - h - 1);
      const belief = this.#beliefs[h];
      const interval = this.#intervals[h];
      if (said === undefined || said.minute !== minute - h - 1 || !belief || !interval) continue;
      for (const [k, row] of said.experts.entries()) belief.score(k, row[h], came);
      this.#interval.lower = said.lower[h];
      this.#interval.upper = said.upper[h];
      interval.score(said.mean[h], said.deviation[h], this.#interval, came);
    }
  }

  /** Says what is expected after this minute; it is kept until the ring comes round. */
  say(minute: number, outlook: Outlook): void {
    const said = this.#slot(minute);
    if (said === undefined) return;
    said.minute = minute;
    foretell(outlook, said.experts);
    for (let h = 0; h < this.#horizons; h++) this.#combine(said, h, outlook);
  }

  /** What was said at a minute; null when nothing was, or it is too long ago. */
  saidAt(minute: number): Readonly<Said> | null {
    const said = this.#slot(minute);
    return said !== undefined && said.minute === minute ? said : null;
  }

  #slot(minute: number): Said | undefined {
    const length = this.#said.length;
    return this.#said[((minute % length) + length) % length];
  }

  #combine(said: Said, h: number, { occupancy, flows }: Outlook): void {
    const weights = this.#beliefs[h]?.weigh((k) => !Number.isNaN(said.experts[k]?.[h] ?? Number.NaN));
    let mean = 0;
    for (const [k, row] of said.experts.entries()) {
      const weight = weights?.[k] ?? 0;
      const kept = said.weights[k];
      if (kept !== undefined) kept[h] = weight;
      if (weight > 0) mean += weight * row[h];
    }
    said.mean[h] = mean;
    said.deviation[h] = Math.sqrt(Math.max(LEAST_VARIANCE, flows.varianceAhead(occupancy, h + 1)));
    this.#intervals[h]?.around(mean, said.deviation[h], this.#interval);
    said.lower[h] = this.#interval.lower;
    said.upper[h] = this.#interval.upper;
  }
}
