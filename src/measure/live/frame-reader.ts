/**
 * Reads one frame: who is in which zone, how fast, how crowded.
 */
import type { Aggregate, Analysis, FootPoints, Positions } from '../../contract/index.ts';
import type { Occupancy } from '../density/occupancy.ts';
import { type Points, type Speeds, speedsOfFeet, ZoneReader, type ZoneReading } from '../places/zone-reader.ts';
import { FittedVelocity } from '../speed/fitted-velocity.ts';
import { createMotion, type Motion } from '../speed/motion.ts';
import { countErrors, type DetectionError, totalVariance } from '../uncertainty/detection-error.ts';
import { selectionVariance } from '../uncertainty/speed-error.ts';
import { OwnPart, type Owner } from './own-part.ts';
import type { LivePlan } from './plan.ts';
import { COLUMN, type Reading } from './reading.ts';
import { ZoneCrowds } from './zone-crowd.ts';

/** What is read, and how. */
export interface FrameReaderOptions {
  readonly plan: LivePlan;
  readonly analysis: Analysis;
  readonly detection: DetectionError;
  readonly minimumCount: number;
  readonly owner: Owner | null;
}

/**
 * A velocity is fitted to 1.6 s, as in a recording; where frames are so far apart that four of them, and some delay,
 * take longer, to as long as that, and to 4 s at most.
 */
const LEAST_WINDOW_MS = 1600;
const WINDOW_PERIODS = 3.6;
const MOST_WINDOW_MS = 4000;

/** Standard error of a number of people at one instant: who near the border is in, whom the detector missed. */
const peopleError = ({ people, borderVariance }: Occupancy, detection: DetectionError): number =>
  Math.sqrt(borderVariance + totalVariance(countErrors(detection, people)));

/** Standard error of a mean speed at one instant: single speeds, the scale, and whose speed is not in it. */
const speedError = (reading: ZoneReading, scaleError: number, detection: DetectionError): number => {
  const { people, speedSumMps, speedSquareSum, speedErrorSquareSum, speedCount } = reading;
  const mean = speedSumMps / speedCount;
  const between = Math.max(0, speedSquareSum / speedCount - mean ** 2);
  const { random } = countErrors(detection, people);
  const selection = selectionVariance(between, speedCount / people, detection, random / people);
  return Math.sqrt(speedErrorSquareSum / speedCount ** 2 + (mean * scaleError) ** 2 + selection);
};

/** Reads frame by frame. It remembers how people move, and who is in a zone since when. */
export class FrameReader {
  readonly #plan: LivePlan;
  readonly #detection: DetectionError;
  readonly #readers: readonly ZoneReader[];
  readonly #velocity = new FittedVelocity();
  readonly #crowds: ZoneCrowds | null;
  readonly #own: OwnPart | null;
  /** Speeds in the order of the foot points. */
  #speedsOfFeet: Speeds = createMotion(64);

  constructor({ plan, owner, ...options }: FrameReaderOptions) {
    this.#plan = plan;
    this.#detection = options.detection;
    this.#readers = plan.zones.map((zone) => new ZoneReader(zone));
    this.#crowds = plan.ground && new ZoneCrowds({ ground: plan.ground, ...options });
    this.#own = owner && new OwnPart(owner, plan.zones);
  }

  /**
   * Reads one frame.
   *
   * @param footPoints null where there is no picture
   * @param positions  in the order of the foot points; null where lengths on the ground are not known
   * @param periodMs   ordinary time between frames, ms
   * @param reading    empty: gets what is known
   */
  read(footPoints: FootPoints | null, positions: Positions | null, periodMs: number, reading: Reading): void {
    const motion = positions && this.#measureMotion(footPoints, positions, periodMs);
    for (const [index, { plane, seenShare }] of this.#plan.zones.entries()) {
      if (seenShare === 0) continue;
      if (plane === 'ground') {
        if (positions) this.#readZone(index, positions, motion, reading);
      } else if (footPoints) this.#readZone(index, footPoints, motion && this.#speedsOfFeet, reading);
    }
    if (positions === null || motion === null) return;
    reading.onGround = true;
    reading.keepPeople(positions, motion);
    this.#countOwn(positions, reading);
    this.#crowds?.measure(positions, motion, (zone) => this.#insideOf(zone, footPoints, positions), reading);
  }

  #measureMotion(footPoints: FootPoints | null, positions: Positions, periodMs: number): Motion {
    this.#velocity.windowMs = Math.min(MOST_WINDOW_MS, Math.max(LEAST_WINDOW_MS, WINDOW_PERIODS * periodMs));
    const motion = this.#velocity.update(positions);
    if (footPoints === null) return motion;
    if (this.#speedsOfFeet.speedMps.length < footPoints.count) this.#speedsOfFeet = createMotion(2 * footPoints.count);
    speedsOfFeet(footPoints, positions, motion, this.#speedsOfFeet);
    return motion;
  }

  /** @param speeds in the order of the points; null where nothing is known in metres */
  #readZone(index: number, points: Points, speeds: Speeds | null, reading: Reading): void {
    const { areaM2: area, scaleError } = this.#plan.zones[index];
    const seen = this.#readers[index].read(points, speeds);
    const error = peopleError(seen, this.#detection);
    reading.put(index, COLUMN.occupancy, seen.people, error);
    if (speeds === null) return;
    if (area !== null) {
      const density = seen.people / area.value;
      const densityError = Math.hypot(error / area.value, (density * area.standardError) / area.value);
      reading.put(index, COLUMN.densityPerM2, density, densityError);
    }
    if (seen.speedCount === 0) return;
    const speed = seen.speedSumMps / seen.speedCount;
    reading.put(index, COLUMN.speedMps, speed, speedError(seen, scaleError, this.#detection), seen.speedCount);
  }

  #countOwn(positions: Positions, reading: Reading): void {
    if (this.#own === null) return;
    for (let zone = 0; zone < this.#plan.zones.length; zone++) {
      const own = this.#own.count(zone, positions);
      if (own !== null) reading.put(zone, COLUMN.ownOccupancy, own.people, peopleError(own, this.#detection));
    }
  }

  #insideOf(zone: number, footPoints: FootPoints | null, positions: Positions): Uint8Array {
    const reader = this.#readers[zone];
    return this.#plan.zones[zone].plane === 'ground' || footPoints === null
      ? reader.inside
      : reader.insideOnGround(footPoints, positions);
  }

  /** Tracks end here. */
  interrupt(): void {
    this.#velocity.interrupt();
    this.#crowds?.interrupt();
  }

  /** Stays in one zone that are over, once there are enough to be told together. */
  takeDwell(zone: number): Aggregate | null {
    return this.#crowds?.takeDwell(zone) ?? null;
  }
}
