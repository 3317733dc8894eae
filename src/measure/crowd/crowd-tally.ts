/**
 * Sums over one zone's crowd for one window, and the figures made of them.
 */
import type { Analysis, Estimate } from '../../contract/index.ts';
import { EdieTally } from '../flow/edie.ts';
import type { DetectionError } from '../uncertainty/detection-error.ts';
import { BatchedMean } from '../statistics/series.ts';
import { CounterflowIndex } from './counterflow.ts';
import type { CrowdFrame } from './crowd-fields.ts';
import { type CrowdReading, CrowdTotals, KnownMean } from './crowd-totals.ts';
import type { CrowdZone } from './crowd-zone.ts';
import { StopAndGoShare } from './stop-and-go.ts';

/** Adds up the readings of one zone's crowd. */
export class CrowdTally {
  readonly totals: CrowdTotals;
  readonly #pressure = new BatchedMean();
  readonly #level = new KnownMean();
  readonly #number = new KnownMean();
  readonly #counterflow = new CounterflowIndex();
  readonly #stopAndGo = new StopAndGoShare();
  readonly #edie: EdieTally;

  constructor(zone: CrowdZone, analysis: Analysis) {
    this.totals = new CrowdTotals(zone, analysis);
    this.#edie = new EdieTally(zone.corners, zone.area.value);
  }

  /**
   * Takes one frame.
   *
   * @param inside 1 for each person who is in the zone
   */
  add(reading: CrowdReading, frame: CrowdFrame, inside: Uint8Array): void {
    const { positions, motion, steps, manner, seconds } = frame;
    this.totals.add(reading, frame);
    if (reading.pressurePerS2 !== null) this.#pressure.add(reading.pressurePerS2);
    this.#counterflow.add(motion, inside);
    this.#stopAndGo.add(manner, inside, positions.count, seconds);
    this.#edie.add(steps);
  }

  /** Takes one stretch of congestion; null where unknown. */
  addCongestion(levelPerM: number | null, number: number | null): void {
    this.#level.add(levelPerM);
    this.#number.add(number);
  }

  /** Mean over the frames of the greatest crowd pressure in the zone. */
  pressure(measuredS: number): Estimate {
    return { value: this.#pressure.mean, standardError: this.#pressure.believableError(measuredS) };
  }

  /**
   * Edie's flow q = k·v of zone and window:
   *
   *   SE² = swing² + (v·SE_k)² + (k·SE_v)²
   *
   * with the errors of Voronoi density and speed for those of k and v. Where nobody was seen to walk, v is unknown, and
   * so is the error.
   */
  flow(measuredS: number, detection: DetectionError): Estimate {
    const { value, standardError } = this.#edie.figures().flowPerMS;
    const k = this.totals.density(measuredS, detection);
    const v = this.totals.speed(measuredS, detection);
    if (standardError === null || k.value === null || k.standardError === null) return { value, standardError: null };
    if (v.value === null || v.standardError === null) return { value, standardError: null };
    return { value, standardError: Math.hypot(standardError, v.value * k.standardError, k.value * v.standardError) };
  }

  /** Edie's density, people/m². */
  get edieDensityPerM2(): number | null {
    return this.#edie.figures().densityPerM2.value;
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
}
