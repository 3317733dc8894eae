/**
 * What one frame shows of every zone, as numbers that hold until the next frame; and who was where, for the field.
 */
import { PERSON_CLASS_INDEX, type Positions, type ZoneQuantity } from '../../contract/index.ts';
import type { Motion } from '../speed/motion.ts';
import { grown } from '../track-slots.ts';

/** Quantities that hold until the next frame, and their columns: all but stays, which are told when they are over. */
export const COLUMN = {
  occupancy: 0,
  ownOccupancy: 1,
  densityPerM2: 2,
  densityVoronoiPerM2: 3,
  densityPeakPerM2: 4,
  speedMps: 5,
  pressurePerS2: 6,
  counterflowIndex: 7,
  standing: 8,
} as const satisfies Readonly<Record<Exclude<ZoneQuantity, 'dwellS'>, number>>;

/** Number of {@link COLUMN}s. */
export const COLUMNS = Object.keys(COLUMN).length;

/** Beyond this a number is a fault, and unknown. */
const BELIEVABLE = 1e6;

/** People on the ground, in columns valid up to `count`. */
interface GroundPeople {
  count: number;
  x: Float64Array;
  y: Float64Array;
  varianceXX: Float64Array;
  varianceXY: Float64Array;
  varianceYY: Float64Array;
  /** NaN where unknown. */
  velocityXMps: Float64Array;
  velocityYMps: Float64Array;
}

const nobody = (): GroundPeople => ({
  count: 0,
  x: new Float64Array(0),
  y: new Float64Array(0),
  varianceXX: new Float64Array(0),
  varianceXY: new Float64Array(0),
  varianceYY: new Float64Array(0),
  velocityXMps: new Float64Array(0),
  velocityYMps: new Float64Array(0),
});

/** One frame. Columns are used again for another. */
export class Reading {
  /** By zone and column: the value, its standard error (NaN where unknown) and its weight; of 0 when unknown. */
  readonly value: Float64Array;
  readonly error: Float64Array;
  readonly weight: Float64Array;
  /** Whether places in metres were known. */
  onGround = false;
  readonly people: GroundPeople = nobody();

  /** @param zones number of zones */
  constructor(zones: number) {
    this.value = new Float64Array(zones * COLUMNS);
    this.error = new Float64Array(zones * COLUMNS);
    this.weight = new Float64Array(zones * COLUMNS);
  }

  /** Makes everything unknown. */
  clear(): void {
    this.weight.fill(0);
    this.onGround = false;
    this.people.count = 0;
  }

  /**
   * Writes one quantity of one zone.
   *
   * @param value  null and NaN are unknown
   * @param error  its standard error, NaN where unknown
   * @param weight what a second of it weighs, see the table in `contract/quantities.ts`
   */
  put(zone: number, column: number, value: number | null, error: number, weight = 1): void {
    if (value === null || !(Math.abs(value) < BELIEVABLE) || !(weight > 0)) return;
    const at = zone * COLUMNS + column;
    this.value[at] = value;
    this.error[at] = error >= 0 && error < BELIEVABLE ? error : Number.NaN;
    this.weight[at] = weight;
  }

  /** Keeps where people are and how they move. */
  keepPeople(positions: Positions, motion: Motion): void {
    this.#reserve(positions.count);
    const { people } = this;
    let count = 0;
    for (let i = 0; i < positions.count; i++) {
      if (positions.classIndex[i] !== PERSON_CLASS_INDEX) continue;
      people.x[count] = positions.x[i];
      people.y[count] = positions.y[i];
      people.varianceXX[count] = positions.varianceXX[i];
      people.varianceXY[count] = positions.varianceXY[i];
      people.varianceYY[count] = positions.varianceYY[i];
      people.velocityXMps[count] = motion.velocityXMps[i];
      people.velocityYMps[count++] = motion.velocityYMps[i];
    }
    people.count = count;
  }

  #reserve(count: number): void {
    const { people } = this;
    if (people.x.length >= count) return;
    people.x = grown(people.x, 2 * count);
    people.y = grown(people.y, 2 * count);
    people.varianceXX = grown(people.varianceXX, 2 * count);
    people.varianceXY = grown(people.varianceXY, 2 * count);
    people.varianceYY = grown(people.varianceYY, 2 * count);
    people.velocityXMps = grown(people.velocityXMps, 2 * count);
    people.velocityYMps = grown(people.velocityYMps, 2 * count);
  }
}
