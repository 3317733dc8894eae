/**
 * Sums over one zone's crowd for a stretch of time, and the figures made of them.
 */
import type { Analysis, Estimate, Point, TimeInLevelsS } from '../../contract/index.ts';
import type { PlannedZone } from '../camera/plan.ts';
import type { ZoneArea } from '../density/classic.ts';
import { TimeInLevels } from '../density/time-in-levels.ts';
import { EdieTally } from '../flow/edie.ts';
import { speedLooks, standardErrorOf } from '../uncertainty/combine.ts';
import { countErrors, type DetectionError, independentLooks } from '../uncertainty/detection-error.ts';
import { selectionVariance } from '../uncertainty/speed-error.ts';
import { voronoiDensityEstimate } from '../uncertainty/voronoi-error.ts';
import { BatchedMean, UNKNOWN } from '../window/statistics.ts';
import { CounterflowIndex } from './counterflow.ts';
import type { CrowdFrame } from './crowd-fields.ts';
import { StopAndGoShare } from './stop-and-go.ts';

/** A zone on the ground. */
export interface CrowdZone {
  /** Corners on the ground, m. */
  readonly corners: readonly Point[];
  /** Of the part that is seen. */
  readonly area: ZoneArea;
  /** Standard error of lengths and speeds there, as a share. */
  readonly scaleError: number;
}

/** A planned zone as its crowd is followed in; null where its place or its area on the ground is unknown. */
export const crowdZoneOf = ({ ground, areaM2, scaleError, seenShare }: PlannedZone): CrowdZone | null =>
  ground && areaM2 && seenShare > 0 ? { corners: ground, area: areaM2, scaleError } : null;

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
class Mean {
  #sum = 0;
  #count = 0;
  add(value: number | null): void {
    if (value === null) return;
    this.#sum += value;
    this.#count++;
  }
  get value(): number | null {
    return this.#count > 0 ? this.#sum / this.#count : null;
  }
}

/** Standard error as a share of the figure; 0 where either is unknown. */
const relative = ({ value, standardError }: Estimate): number => (value && standardError ? standardError / value : 0);

const greater = (most: number | null, value: number | null): number | null =>
  value === null ? most : Math.max(most ?? value, value);

/** Adds up the readings of one zone's crowd. */
export class CrowdTally {
  readonly #zone: CrowdZone;
  readonly #density = new BatchedMean();
  readonly #densityVariance = new Mean();
  readonly #speed = new BatchedMean();
  readonly #speedVariance = new Mean();
  readonly #betweenVariance = new Mean();
  readonly #knownShare = new Mean();
  readonly #pressure = new BatchedMean();
  readonly #level = new Mean();
  readonly #number = new Mean();
  readonly #counterflow = new CounterflowIndex();
  readonly #stopAndGo = new StopAndGoShare();
  readonly #levels: TimeInLevels;
  readonly #edie: EdieTally;
  #pressureMax: number | null = null;
  #densityPeak: number | null = null;

  constructor(zone: CrowdZone, analysis: Analysis) {
    this.#zone = zone;
    this.#levels = new TimeInLevels(analysis.levelOfService);
    this.#edie = new EdieTally(zone.corners, zone.area.value);
  }

  /**
   * Takes one frame.
   *
   * @param inside 1 for each person who is in the zone
   */
  add(reading: CrowdReading, { positions, motion, steps, manner, seconds }: CrowdFrame, inside: Uint8Array): void {
    this.#density.add(reading.densityVoronoiPerM2);
    this.#densityVariance.add(reading.densityVariance);
    if (reading.speedVoronoiMps !== null) {
      this.#speed.add(reading.speedVoronoiMps);
      this.#speedVariance.add(reading.speedVariance);
      this.#betweenVariance.add(reading.betweenVariance);
      this.#knownShare.add(reading.knownShare);
    }
    if (reading.pressurePerS2 !== null) this.#pressure.add(reading.pressurePerS2);
    this.#pressureMax = greater(this.#pressureMax, reading.pressurePerS2);
    this.#densityPeak = greater(this.#densityPeak, reading.densityPeakPerM2);
    this.#levels.add(reading.densityPerM2, seconds);
    this.#counterflow.add(motion, inside);
    this.#stopAndGo.add(manner, inside, positions.count, seconds);
    this.#edie.add(steps);
  }

  /** Takes one stretch of congestion; null where unknown. */
  addCongestion(levelPerM: number | null, number: number | null): void {
    this.#level.add(levelPerM);
    this.#number.add(number);
  }

  /** Mean Voronoi density. */
  density(measuredS: number, detection: DetectionError): Estimate {
    const { mean, standardError } = this.#density;
    const positionVariance = this.#densityVariance.value ?? 0;
    return voronoiDensityEstimate(
      { mean, swing: standardError, positionVariance, measuredS },
      this.#zone.area,
      detection,
    );
  }

  /**
   * Mean Voronoi speed. Its standard error has the swing of the frames, in which the number of people is; the errors of
   * single positions and speeds; that of the scale; and who is missing from it.
   */
  speed(measuredS: number, detection: DetectionError): Estimate {
    const { mean, standardError } = this.#speed;
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
    return {
      value: mean,
      standardError: standardErrorOf(standardError, (mean * this.#zone.scaleError) ** 2 + selection + measured),
    };
  }

  /**
   * Edie's flow q = k·v of zone and window. Its standard error has its own swing, and the shares of density's and of
   * speed's errors that do not show in it.
   */
  flow(measuredS: number, detection: DetectionError): Estimate {
    const { value, standardError } = this.#edie.figures().flowPerMS;
    if (value === null || standardError === null) return { value, standardError };
    const shares = Math.hypot(relative(this.density(measuredS, detection)), relative(this.speed(measuredS, detection)));
    return { value, standardError: Math.hypot(standardError, value * shares) };
  }

  /** Mean over the frames of the greatest crowd pressure in the zone. */
  get pressure(): Estimate {
    const { mean, standardError } = this.#pressure;
    return { value: mean, standardError };
  }

  get pressureMax(): number | null {
    return this.#pressureMax;
  }

  get densityPeak(): number | null {
    return this.#densityPeak;
  }

  get congestionLevelPerM(): number | null {
    return this.#level.value;
  }

  get congestionNumber(): number | null {
    return this.#number.value;
  }

  get counterflowIndex(): number | null {
    return this.#counterflow.value;
  }

  get stopAndGoShare(): number | null {
    return this.#stopAndGo.value;
  }

  get timeInLevelsS(): TimeInLevelsS {
    return this.#levels.snapshot();
  }

  /** Edie's density, people/m². */
  get edieDensityPerM2(): number | null {
    return this.#edie.figures().densityPerM2.value;
  }
}
