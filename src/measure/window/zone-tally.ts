/**
 * What was measured in one zone over a stretch of time.
 */
import type { Estimate } from '../../contract/index.ts';
import { positionLooks, speedLooks, standardErrorOf } from '../uncertainty/combine.ts';
import { countErrors, type DetectionError, independentLooks, totalVariance } from '../uncertainty/detection-error.ts';
import { selectionVariance } from '../uncertainty/speed-error.ts';
import type { ZoneReading } from '../places/zone-reader.ts';
import { BatchedMean, CountHistogram, UNKNOWN } from '../statistics/series.ts';

/** Adds up the readings of one zone. */
export class ZoneTally {
  readonly #people = new BatchedMean();
  readonly #counts = new CountHistogram();
  readonly #frameSpeed = new BatchedMean();
  #borderVariance = 0;
  #peopleSum = 0;
  #speedSum = 0;
  #speedSquareSum = 0;
  #speedErrorSquareSum = 0;
  #speedCount = 0;

  /** Takes one frame. */
  add(reading: ZoneReading): void {
    const { people, borderVariance, speedSumMps, speedCount } = reading;
    this.#people.add(people);
    this.#peopleSum += people;
    this.#counts.add(people);
    this.#borderVariance += borderVariance;
    if (speedCount === 0) return;
    this.#speedSum += speedSumMps;
    this.#speedSquareSum += reading.speedSquareSum;
    this.#speedErrorSquareSum += reading.speedErrorSquareSum;
    this.#speedCount += speedCount;
    this.#frameSpeed.add(speedSumMps / speedCount);
  }

  /**
   * Mean occupancy, people. Its standard error has three parts: how much the number of people swings, allowing for
   * frames being like their neighbours; who near the border was in; and whom the detector missed or made up:
   *
   *   SE² = SE²(batch means) + mean border variance ÷ seconds measured + Var(detector)
   *
   * @param measuredS time that the frames stand for, s
   */
  occupancyMean(measuredS: number, detection: DetectionError): Estimate {
    const { count, mean } = this.#people;
    if (mean === null) return UNKNOWN;
    const border = this.#borderVariance / count / positionLooks(measuredS);
    const missed = totalVariance(countErrors(detection, mean, independentLooks(measuredS)));
    return { value: mean, standardError: standardErrorOf(this.#people.believableError(measuredS), border + missed) };
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
   *   SE² = SE²(batch means) + SE²(single speeds) ÷ looks + (v · scale error)² + selection
   *
   * Where few are followed, a speed's own error stays the same through a window and does not show as a swing: so it
   * is added, taken to be new with each look of 1.6 s. Selection: whose speed is not in the mean.
   *
   * @param scaleError standard error of lengths there, as a share, from the calibration
   * @param measuredS  time that the frames stand for, s
   * @see Edie 1963
   */
  speed(scaleError: number, measuredS: number, detection: DetectionError): Estimate {
    if (this.#speedCount === 0) return UNKNOWN;
    const value = this.#speedSum / this.#speedCount;
    const variance =
      this.#singleSpeedVariance(measuredS) + (value * scaleError) ** 2 + this.#selectionVariance(measuredS, detection);
    return { value, standardError: standardErrorOf(this.#frameSpeed.believableError(measuredS), variance) };
  }

  /** Of the mean speed, by the errors of the single ones. */
  #singleSpeedVariance(measuredS: number): number {
    const framesPerLook = this.#people.count / speedLooks(measuredS);
    return (this.#speedErrorSquareSum / this.#speedCount ** 2) * framesPerLook;
  }

  #selectionVariance(measuredS: number, detection: DetectionError): number {
    const mean = this.#speedSum / this.#speedCount;
    const between = Math.max(0, this.#speedSquareSum / this.#speedCount - mean ** 2);
    const people = this.#peopleSum / this.#people.count;
    const { random } = countErrors(detection, people, independentLooks(measuredS));
    return selectionVariance(between, this.#speedCount / this.#peopleSum, detection, random / people);
  }
}
