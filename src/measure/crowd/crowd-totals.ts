/**
 * Sums over one zone's crowd for a stretch of time that are told of the whole as of each window.
 */
import type { Analysis, Estimate, TimeInLevelsS } from '../../contract/index.ts';
import { TimeInLevels } from '../density/time-in-levels.ts';
import { speedLooks, standardErrorOf } from '../uncertainty/combine.ts';
import { countErrors, type DetectionError, independentLooks } from '../uncertainty/detection-error.ts';
import { selectionVariance } from '../uncertainty/speed-error.ts';
import { voronoiDensityEstimate } from '../uncertainty/voronoi-error.ts';
import { BatchedMean, UNKNOWN } from '../statistics/series.ts';
import type { CrowdFrame } from './crowd-fields.ts';
import type { CrowdZone } from './crowd-zone.ts';

/** One frame of a zone's crowd, as measured; null where unknown. */
export interface CrowdReading {
  densityVoronoiPerM2: number;
  /** Variance of that density from uncertain positions. */
  densityVariance: number;
  speedVoronoiMps: number | null;
  /** Variance of that speed from uncertain positions and speeds, m²/s². */
  speedVariance: number;
  /** Variance of the speeds of the people in the zone, m²/s², and the share of them whose speed is known. */
  betweenVariance: number;
  knownShare: number;
  densityPeakPerM2: number | null;
  pressurePerS2: number | null;
  /** Classic density, for the level of service. */
  densityPerM2: number;
}

/** A mean of what is known, and nothing while nothing is. */
export class KnownMean {
  #sum = 0;
  #count = 0;

  /** Takes a value; null is none. */
  add(value: number | null): void {
    if (value === null) return;
    this.#sum += value;
    this.#count++;
  }

  /** The mean; null while nothing is known. */
  get value(): number | null {
    return this.#count > 0 ? this.#sum / this.#count : null;
  }
}

const greater = (most: number | null, value: number | null): number | null =>
  value === null ? most : Math.max(most ?? value, value);

/** Adds up Voronoi density and speed, time at each level of service, and the greatest of density and pressure. */
export class CrowdTotals {
  readonly #zone: CrowdZone;
  readonly #density = new BatchedMean();
  readonly #densityVariance = new KnownMean();
  readonly #speed = new BatchedMean();
  readonly #speedVariance = new KnownMean();
  readonly #betweenVariance = new KnownMean();
  readonly #knownShare = new KnownMean();
  readonly #levels: TimeInLevels;
  #pressureMax: number | null = null;
  #densityPeak: number | null = null;

  constructor(zone: CrowdZone, { levelOfService }: Analysis) {
    this.#zone = zone;
    this.#levels = new TimeInLevels(levelOfService);
  }

  /** Takes one frame. */
  add(reading: CrowdReading, { seconds }: CrowdFrame): void {
    this.#density.add(reading.densityVoronoiPerM2);
    this.#densityVariance.add(reading.densityVariance);
    if (reading.speedVoronoiMps !== null) {
      this.#speed.add(reading.speedVoronoiMps);
      this.#speedVariance.add(reading.speedVariance);
      this.#betweenVariance.add(reading.betweenVariance);
      this.#knownShare.add(reading.knownShare);
    }
    this.#pressureMax = greater(this.#pressureMax, reading.pressurePerS2);
    this.#densityPeak = greater(this.#densityPeak, reading.densityPeakPerM2);
    this.#levels.add(reading.densityPerM2, seconds);
  }

  /** Mean Voronoi density. */
  density(measuredS: number, detection: DetectionError): Estimate {
    const { mean } = this.#density;
    const swing = this.#density.believableError(measuredS);
    const positionVariance = this.#densityVariance.value ?? 0;
    return voronoiDensityEstimate({ mean, swing, positionVariance, measuredS }, this.#zone.area, detection);
  }

  /**
   * Mean Voronoi speed. Its standard error has the swing of the frames, in which the number of people is; the errors of
   * single positions and speeds; that of the scale; and who is missing from it.
   */
  speed(measuredS: number, detection: DetectionError): Estimate {
    const { mean } = this.#speed;
    if (mean === null) return UNKNOWN;
    const people = (this.#density.mean ?? 0) * this.#zone.area.value;
    const { random } = countErrors(detection, people, independentLooks(measuredS));
    const selection = selectionVariance(
      this.#betweenVariance.value ?? 0,
      this.#knownShare.value ?? 1,
      detection,
      people > 0 ? random / people : 0,
    );
    const measured = (this.#speedVariance.value ?? 0) / speedLooks(measuredS);
    const rest = (mean * this.#zone.scaleError) ** 2 + selection + measured;
    return { value: mean, standardError: standardErrorOf(this.#speed.believableError(measuredS), rest) };
  }

  /** Greatest crowd pressure; null where it was never known. */
  get pressureMax(): number | null {
    return this.#pressureMax;
  }

  /** Greatest density of the kernel field; null where it was never known. */
  get densityPeak(): number | null {
    return this.#densityPeak;
  }

  /** Time at each level of service, s. */
  get timeInLevelsS(): TimeInLevelsS {
    return this.#levels.snapshot();
  }
}
