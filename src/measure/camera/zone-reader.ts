/**
 * Reads one frame's points zone by zone.
 */
import type { FootPoints, PlanarPoints, Point, Positions } from '../../contract/index.ts';
import { measureOccupancy, measureViewOccupancy } from '../density/occupancy.ts';
import type { Motion } from '../speed/motion.ts';
import type { PlannedZone } from './plan.ts';
import type { ZoneReading } from '../window/zone-tally.ts';

/** Points of either plane. */
export type Points = PlanarPoints<'image' | 'ground'>;

/** Who is in which zone, and how fast. */
export class ZoneReader {
  readonly #reading: ZoneReading = {
    people: 0,
    borderVariance: 0,
    speedSumMps: 0,
    speedSquareSum: 0,
    speedErrorSquareSum: 0,
    speedCount: 0,
  };
  #inside = new Uint8Array(64);

  /**
   * Reads one zone; what comes back is overwritten by the next.
   *
   * @param motion in the order of `points`; null without calibration
   */
  read(zone: PlannedZone, points: Points, motion: Motion | null): ZoneReading {
    if (this.#inside.length < points.count) this.#inside = new Uint8Array(2 * points.count);
    const reading = this.#reading;
    if (zone.border === null) measureViewOccupancy(points, this.#inside, reading);
    else measureOccupancy(zone.border, points, this.#inside, reading);
    if (zone.border !== null && zone.sees !== null) this.#leaveOutUnseen(zone.sees, points);
    reading.speedSumMps = 0;
    reading.speedSquareSum = 0;
    reading.speedErrorSquareSum = 0;
    reading.speedCount = 0;
    if (motion === null) return reading;
    const { speedMps, standardErrorMps } = motion;
    for (let i = 0; i < points.count; i++) {
      if (this.#inside[i] === 0 || Number.isNaN(speedMps[i])) continue;
      reading.speedSumMps += speedMps[i];
      reading.speedSquareSum += speedMps[i] ** 2;
      reading.speedErrorSquareSum += standardErrorMps[i] ** 2;
      reading.speedCount++;
    }
    return reading;
  }

  #leaveOutUnseen(sees: (place: Point) => boolean, points: Points): void {
    for (let i = 0; i < points.count; i++) {
      if (this.#inside[i] === 0 || sees([points.x[i], points.y[i]])) continue;
      this.#inside[i] = 0;
      this.#reading.people--;
    }
  }
}

/** Gives each foot point the speed of its position, with its error; those without a position get NaN. */
export const speedsOfFeet = (feet: FootPoints, positions: Positions, motion: Motion, out: Motion): void => {
  out.count = feet.count;
  let placed = 0;
  for (let i = 0; i < feet.count; i++) {
    const known = placed < positions.count && positions.id[placed] === feet.id[i];
    out.speedMps[i] = known ? motion.speedMps[placed] : Number.NaN;
    out.standardErrorMps[i] = known ? motion.standardErrorMps[placed] : Number.NaN;
    if (known) placed++;
  }
};
