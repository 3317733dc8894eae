/**
 * Edie's generalised definitions of density, flow and speed over an area and a time.
 */
import { type Estimate, type Point, signedArea, StarlingError } from '../../contract/index.ts';
import { BatchedMean, UNKNOWN } from '../statistics/series.ts';
import { type ShareInside, shareInside } from './share-inside.ts';
import type { Steps } from './steps.ts';

/** Edie's figures of one zone and window. */
export interface EdieFigures {
  /** Time in which steps could be seen, s. */
  readonly measuredS: number;
  /** k, people/m². */
  readonly densityPerM2: Estimate;
  /** q, people/(m·s): how far all walked, whichever way, per area and time. */
  readonly flowPerMS: Estimate;
  /** v, m/s; unknown when nobody was there. */
  readonly speedMps: Estimate;
  /** Mean velocity of those in the zone, m/s: ways that go against each other cancel. Null when nobody was there. */
  readonly velocityMps: Point | null;
}

const estimateOf = (value: number, series: BatchedMean, measuredS: number): Estimate => ({
  value,
  standardError: series.believableError(measuredS),
});

/**
 * Adds up the time spent and the way walked in a zone, for one window:
 *
 *   k = Σt / (A·T),  q = Σd / (A·T),  v = Σd / Σt = q / k
 *
 * Σt and Σd are over everybody's steps inside the zone; a step that goes over the border is cut there, walked straight
 * and at an even pace. A is the zone's area, T the time in which steps could be seen: windows meet at the first frame
 * of the later one, so the time of a step belongs to the window in which it ends and nothing is counted twice or left
 * out. Holes in the recording are in neither Σt nor T.
 *
 * Standard errors come from how the figures swing from frame to frame, allowing for frames being like their
 * neighbours. That of the zone's area, from a calibration, is the caller's to add.
 *
 * Caveats: q counts trembling feet as way walked, so positions have to be good, or smoothed. Nothing is known of the
 * time before somebody's first position and after their last.
 *
 * @throws MEASURE_BAD_AREA
 * @see Edie, Discussion of traffic stream measurements and definitions, 1963
 */
export class EdieTally {
  readonly #areaM2: number;
  readonly #shareOf: ShareInside;
  #measuredS = 0;
  #timeS = 0;
  #wayM = 0;
  #wayX = 0;
  #wayY = 0;
  readonly #density = new BatchedMean();
  readonly #flow = new BatchedMean();
  readonly #speed = new BatchedMean();

  /**
   * @param zone   its corners on the ground, a simple polygon
   * @param areaM2 its area where that is not the polygon's own: without the holes in which nobody can be
   */
  constructor(zone: readonly Point[], areaM2: number = Math.abs(signedArea(zone))) {
    this.#areaM2 = areaM2;
    if (!(areaM2 > 0)) throw new StarlingError('MEASURE_BAD_AREA', { areaM2 });
    this.#shareOf = shareInside(zone);
  }

  /** Takes the steps of the next frame. */
  add({ positions, fromX, fromY, durationMs, elapsedMs, maxWayMs }: Steps): void {
    if (elapsedMs === 0) return;
    const timeBefore = this.#timeS;
    const wayBefore = this.#wayM;
    for (let i = 0; i < positions.count; i++) {
      if (durationMs[i] === 0 || durationMs[i] > maxWayMs) continue;
      const share = this.#shareOf(fromX[i], fromY[i], positions.x[i], positions.y[i]);
      if (share === 0) continue;
      const dx = share * (positions.x[i] - fromX[i]);
      const dy = share * (positions.y[i] - fromY[i]);
      this.#timeS += (share * durationMs[i]) / 1000;
      this.#wayM += Math.sqrt(dx * dx + dy * dy);
      this.#wayX += dx;
      this.#wayY += dy;
    }
    this.#note(elapsedMs / 1000, this.#timeS - timeBefore, this.#wayM - wayBefore);
  }

  #note(elapsedS: number, timeS: number, wayM: number): void {
    this.#measuredS += elapsedS;
    this.#density.add(timeS / (this.#areaM2 * elapsedS));
    this.#flow.add(wayM / (this.#areaM2 * elapsedS));
    if (timeS > 0) this.#speed.add(wayM / timeS);
  }

  /** The figures so far. */
  figures(): EdieFigures {
    const timesArea = this.#areaM2 * this.#measuredS;
    const isKnown = timesArea > 0;
    const hasSomebody = this.#timeS > 0;
    return {
      measuredS: this.#measuredS,
      densityPerM2: isKnown ? estimateOf(this.#timeS / timesArea, this.#density, this.#measuredS) : UNKNOWN,
      flowPerMS: isKnown ? estimateOf(this.#wayM / timesArea, this.#flow, this.#measuredS) : UNKNOWN,
      speedMps: hasSomebody ? estimateOf(this.#wayM / this.#timeS, this.#speed, this.#measuredS) : UNKNOWN,
      velocityMps: hasSomebody ? [this.#wayX / this.#timeS, this.#wayY / this.#timeS] : null,
    };
  }
}
