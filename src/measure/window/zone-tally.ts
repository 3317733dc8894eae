/**
 * What was measured in one zone over a stretch of time.
 */
import type { Estimate } from '../../contract/index.ts';
import { BatchedMean, CountHistogram, UNKNOWN } from './statistics.ts';

/** Who is over the border is taken to be decided anew every second. */
const BORDER_MEMORY_S = 1;

/** A series shorter than this that did not change has not shown that it does not, s. */
const LEAST_STILLNESS_S = 5;

/** Standard error of a mean; null where it is 0 only because too little time has passed for a change. */
const believable = ({ standardError }: BatchedMean, measuredS: number): number | null =>
  standardError === 0 && measuredS < LEAST_STILLNESS_S ? null : standardError;

/** One zone at one frame, as measured. */
export interface ZoneReading {
  people: number;
  borderVariance: number;
  /** Sum and number of the known speeds of the people in the zone. */
  speedSumMps: number;
  speedCount: number;
}

/** Adds up the readings of one zone. */
export class ZoneTally {
  readonly #people = new BatchedMean();
  readonly #counts = new CountHistogram();
  readonly #frameSpeed = new BatchedMean();
  #borderVariance = 0;
  #speedSum = 0;
  #speedCount = 0;

  /** Takes one frame. */
  add({ people, borderVariance, speedSumMps, speedCount }: ZoneReading): void {
    this.#people.add(people);
    this.#counts.add(people);
    this.#borderVariance += borderVariance;
    if (speedCount === 0) return;
    this.#speedSum += speedSumMps;
    this.#speedCount += speedCount;
    this.#frameSpeed.add(speedSumMps / speedCount);
  }

  /**
   * Mean occupancy, people. Its standard error has two parts: how much the number of people swings, allowing for
   * frames being like their neighbours, and who near the border was in:
   *
   *   SE² = SE²(batch means) + mean border variance ÷ seconds measured
   *
   * @param measuredS time that the frames stand for, s
   */
  occupancyMean(measuredS: number): Estimate {
    const { count, mean } = this.#people;
    if (mean === null) return UNKNOWN;
    const border = this.#borderVariance / count / Math.max(1, measuredS / BORDER_MEMORY_S);
    const swing = believable(this.#people, measuredS);
    return { value: mean, standardError: swing === null ? null : Math.sqrt(swing ** 2 + border) };
  }

  /** Most people at once. */
  get occupancyMax(): number | null {
    return this.#counts.max;
  }

  /** The least number of people that was not exceeded in 95 % of the frames. */
  get occupancyP95(): number | null {
    return this.#counts.quantile(0.95);
  }

  /**
   * Mean speed over people and frames, m/s: Edie's v = Σd / Σt of those whose speed is known.
   *
   * @param scaleError standard error of lengths there, as a share, from the calibration
   * @param measuredS  time that the frames stand for, s
   * @see Edie 1963
   */
  speed(scaleError: number, measuredS: number): Estimate {
    if (this.#speedCount === 0) return UNKNOWN;
    const value = this.#speedSum / this.#speedCount;
    const standardError = believable(this.#frameSpeed, measuredS);
    return { value, standardError: standardError === null ? null : Math.hypot(standardError, value * scaleError) };
  }
}
