/**
 * Reads one frame's points zone by zone.
 */
import type { FootPoints, PlanarPoints, Point, Positions } from '../../contract/index.ts';
import { measureOccupancy, measureViewOccupancy } from '../density/occupancy.ts';
import type { Motion } from '../speed/motion.ts';
import type { PlannedZone } from './planned.ts';

/** Points of either plane. */
export type Points = PlanarPoints<'image' | 'ground'>;

/** One zone at one frame, as measured. */
export interface ZoneReading {
  people: number;
  borderVariance: number;
  /** Sum, sum of squares, sum of squared standard errors and number of the known speeds of the people in the zone. */
  speedSumMps: number;
  speedSquareSum: number;
  speedErrorSquareSum: number;
  speedCount: number;
}

/** What is known of speeds, in the order of some points. */
export type Speeds = Pick<Motion, 'count' | 'speedMps' | 'standardErrorMps'>;

/** Who is in one zone, and how fast: everybody else who asks is told from here. */
export class ZoneReader {
  readonly #zone: PlannedZone;
  readonly #reading: ZoneReading = {
    people: 0,
    borderVariance: 0,
    speedSumMps: 0,
    speedSquareSum: 0,
    speedErrorSquareSum: 0,
    speedCount: 0,
  };
  #inside = new Uint8Array(64);
  #insideOnGround = new Uint8Array(64);

  constructor(zone: PlannedZone) {
    this.#zone = zone;
  }

  /** 1 for each point of the last frame that is a person in the zone, else 0. */
  get inside(): Uint8Array {
    return this.#inside;
  }

  /**
   * Reads one frame; what comes back is overwritten by the next.
   *
   * @param speeds in the order of `points`; null without calibration
   */
  read(points: Points, speeds: Speeds | null): ZoneReading {
    if (this.#inside.length < points.count) this.#inside = new Uint8Array(2 * points.count);
    const { border, sees } = this.#zone;
    const reading = this.#reading;
    if (border === null) measureViewOccupancy(points, this.#inside, reading);
    else measureOccupancy(border, points, this.#inside, reading);
    if (border !== null && sees !== null) this.#leaveOutUnseen(sees, points);
    reading.speedSumMps = 0;
    reading.speedSquareSum = 0;
    reading.speedErrorSquareSum = 0;
    reading.speedCount = 0;
    if (speeds !== null) this.#addSpeeds(speeds);
    return reading;
  }

  #addSpeeds({ count, speedMps, standardErrorMps }: Speeds): void {
    const reading = this.#reading;
    for (let i = 0; i < count; i++) {
      if (this.#inside[i] === 0 || Number.isNaN(speedMps[i])) continue;
      reading.speedSumMps += speedMps[i];
      reading.speedSquareSum += speedMps[i] ** 2;
      reading.speedErrorSquareSum += standardErrorMps[i] ** 2;
      reading.speedCount++;
    }
  }

  #leaveOutUnseen(sees: (place: Point) => boolean, points: Points): void {
    for (let i = 0; i < points.count; i++) {
      if (this.#inside[i] === 0 || sees([points.x[i], points.y[i]])) continue;
      this.#inside[i] = 0;
      this.#reading.people--;
    }
  }

  /** {@link inside} of a zone that was read on the picture, in the order of the positions on the ground. */
  insideOnGround(feet: FootPoints, positions: Positions): Uint8Array {
    if (this.#insideOnGround.length < positions.count) this.#insideOnGround = new Uint8Array(2 * positions.count);
    for (let i = 0, placed = 0; i < feet.count && placed < positions.count; i++)
      if (positions.id[placed] === feet.id[i]) this.#insideOnGround[placed++] = this.#inside[i];
    return this.#insideOnGround;
  }
}

/** Gives each foot point the speed of its position, with its error; those without a position get NaN. */
export const speedsOfFeet = (feet: FootPoints, positions: Positions, motion: Speeds, out: Speeds): void => {
  out.count = feet.count;
  let placed = 0;
  for (let i = 0; i < feet.count; i++) {
    const known = placed < positions.count && positions.id[placed] === feet.id[i];
    out.speedMps[i] = known ? motion.speedMps[placed] : Number.NaN;
    out.standardErrorMps[i] = known ? motion.standardErrorMps[placed] : Number.NaN;
    if (known) placed++;
  }
};
