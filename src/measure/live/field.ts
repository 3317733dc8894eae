/**
 * Density and velocity on the ground over one second: cells larger than a person, and nobody drawn alone.
 */
import { type FieldObservation, LEAST_FIELD_CELL_M, MOST_FIELD_CELLS } from '../../contract/index.ts';
import { type Box, cellCount, type FieldGrid, fieldGrid, isNearMask } from '../space/field-grid.ts';
import { GaussianSpread, kernelVarianceM2 } from '../space/gaussian-spread.ts';
import type { Reading } from './reading.ts';

/** Cells grow by this much until they are few enough. */
const GROWTH = 1.02;

/** A grid over a box: cells of a metre, larger where there would be too many. */
export const fieldOver = (box: Box): FieldGrid => {
  let grid = fieldGrid(box, LEAST_FIELD_CELL_M);
  while (cellCount(grid) > MOST_FIELD_CELLS) grid = fieldGrid(box, grid.cellM * GROWTH);
  return grid;
};

/** Thinner than this is the far end of somebody's kernel, people/m²; in large cells a tenth of a person. */
const NOTICEABLE_PER_M2 = 0.005;
const NOTICEABLE_PEOPLE = 0.1;

const MOST_PER_M2 = 100;
const MOST_MPS = 100;
/** Cells longer than this hold so little per m² that it takes two digits more. */
const LARGE_CELL_M = 4;

const rounded = (value: number, digits: number): number => {
  const unit = 10 ** digits;
  // Never −0, which would come back as 0 from the wire.
  return Math.round(value * unit) / unit + 0;
};

/** Whether a covariance is one: with anything else a person is taken to be where the point is. */
const isCovariance = (xx: number, xy: number, yy: number): boolean => xx > 0 && xx * yy - xy * xy > 0 && xx + yy < 1e6;

/** How the field is drawn. */
interface FieldOptions {
  readonly grid: FieldGrid;
  /** 1 for cells that are seen, or walked on. */
  readonly mask: Uint8Array;
  /** Width (one sigma) of the kernel, m. */
  readonly kernelM: number;
  readonly minimumCount: number;
}

/**
 * Mean density and velocity of a second:
 *
 *   ρ(cell) = Σ share(cell)·dt ÷ (T · cell area),   v(cell) = Σ share·v·dt ÷ Σ share·dt
 *
 * over the people of the frames that have at least the minimum count on the grid, dt the part of the second in which
 * each frame holds, T their sum. Frames with fewer add nothing, neither people nor time; with none that has enough the
 * field is unknown. So whoever is drawn is one of at least so many drawn at the same instant. Each person is spread
 * with a Gaussian kernel, widened by the uncertainty of the position, as on the camera's mean map.
 *
 * Cells that hold nothing worth seeing (0.005 people/m², or a tenth of a person where cells are large) are left out.
 * v is of those whose velocity is known; null where they by themselves would not be worth seeing.
 *
 * @see Silverman, Density Estimation, 1986, chapter 4 (kernel); its width is a choice, not a finding
 */
export class LiveField {
  readonly #options: FieldOptions;
  readonly #varianceM2: number;
  readonly #spread: GaussianSpread;
  readonly #presence: Float64Array;
  readonly #known: Float64Array;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  #seconds = 0;

  constructor(options: FieldOptions) {
    const { grid, mask, kernelM } = options;
    this.#options = options;
    this.#varianceM2 = kernelVarianceM2(grid, kernelM);
    this.#spread = new GaussianSpread(grid, mask);
    this.#presence = new Float64Array(cellCount(grid));
    this.#known = new Float64Array(cellCount(grid));
    this.#x = new Float64Array(cellCount(grid));
    this.#y = new Float64Array(cellCount(grid));
  }

  /** Begins another second. */
  clear(): void {
    this.#seconds = 0;
    this.#presence.fill(0);
    this.#known.fill(0);
    this.#x.fill(0);
    this.#y.fill(0);
  }

  /** Adds a frame that holds for so long. */
  add({ people }: Reading, seconds: number): void {
    let on = 0;
    for (let i = 0; i < people.count; i++) if (this.#isOn(people.x[i], people.y[i])) on++;
    if (on === 0 || on < this.#options.minimumCount) return;
    this.#seconds += seconds;
    for (let i = 0; i < people.count; i++) if (this.#isOn(people.x[i], people.y[i])) this.#add(people, i, seconds);
  }

  #isOn(x: number, y: number): boolean {
    return isNearMask(this.#options.grid, this.#options.mask, x, y);
  }

  #add(people: Reading['people'], i: number, seconds: number): void {
    const { x, y, varianceXX, varianceXY, varianceYY } = people;
    const known = isCovariance(varianceXX[i], varianceXY[i], varianceYY[i]);
    const xx = this.#varianceM2 + (known ? varianceXX[i] : 0);
    const yy = this.#varianceM2 + (known ? varianceYY[i] : 0);
    const count = this.#spread.spread(x[i], y[i], xx, known ? varianceXY[i] : 0, yy);
    const vx = people.velocityXMps[i];
    const vy = people.velocityYMps[i];
    const moves = Math.abs(vx) < MOST_MPS && Math.abs(vy) < MOST_MPS;
    const { cells, shares } = this.#spread;
    for (let k = 0; k < count; k++) {
      const cell = cells[k];
      const share = shares[k] * seconds;
      this.#presence[cell] += share;
      if (!moves) continue;
      this.#known[cell] += share;
      this.#x[cell] += share * vx;
      this.#y[cell] += share * vy;
    }
  }

  /** The field of the second; null when too few people were seen. */
  told(): FieldObservation | null {
    if (this.#seconds === 0) return null;
    const { cellM } = this.#options.grid;
    const field: FieldObservation = {
      ...this.#options.grid,
      cell: [],
      densityPerM2: [],
      velocityXMps: [],
      velocityYMps: [],
    };
    const noticeable = Math.min(NOTICEABLE_PER_M2, NOTICEABLE_PEOPLE / cellM ** 2);
    const digits = cellM > LARGE_CELL_M ? 5 : 3;
    for (let cell = 0; cell < this.#presence.length; cell++) {
      const density = this.#presence[cell] / (this.#seconds * cellM ** 2);
      if (!(density > noticeable)) continue;
      const known = this.#known[cell];
      const moves = known / (this.#seconds * cellM ** 2) > noticeable;
      field.cell.push(cell);
      field.densityPerM2.push(rounded(Math.min(MOST_PER_M2, density), digits));
      field.velocityXMps.push(moves ? rounded(this.#x[cell] / known, 2) : null);
      field.velocityYMps.push(moves ? rounded(this.#y[cell] / known, 2) : null);
    }
    return field;
  }
}
