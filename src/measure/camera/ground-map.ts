/**
 * Where on the ground people were, on average, and how fast they walked there: a grid of square cells.
 */
import { type GroundGrid, PERSON_CLASS_INDEX, type Point, type Positions } from '../../contract/index.ts';
import { type GroundCalibration, groundToImage, isMeasuredWell, visibleGround } from '../../ground/index.ts';
import { isMasked, type Sight, sightOf } from './sight.ts';

/** How fine the map is. */
export interface GroundMapOptions {
  /** Side of a cell, m. Default 0.5. Cells grow where the map would have more than 40,000. */
  readonly cellM?: number;
  /** Standard deviation of the kernel that a person is spread with, m. Default 0.7. */
  readonly kernelM?: number;
  /** Frames with fewer people on the map than this are left out of it. Default 0. */
  readonly minimumCount?: number;
  /** Parts of the picture that are blackened, fractions: the map does not know the ground there. */
  readonly masks?: readonly (readonly Point[])[];
}

const MOST_CELLS = 40_000;
/** A kernel is cut off at this many standard deviations. */
const REACH = 3;
/** A speed needs this much presence in a cell: a fiftieth of one person in one frame. */
const LEAST_PRESENCE = 0.02;

/** Where the grid lies. */
interface Extent {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

/** The box of the ground that the camera measures well; null when it measures nowhere well. */
const measuredExtent = (calibration: GroundCalibration): Extent | null => {
  const outline = visibleGround(calibration);
  if (outline === null) return null;
  const xs = outline.map(([x]) => x);
  const ys = outline.map(([, y]) => y);
  return { left: Math.min(...xs), bottom: Math.min(...ys), right: Math.max(...xs), top: Math.max(...ys) };
};

const seesWell = (calibration: GroundCalibration, sight: Sight, ground: Point): boolean => {
  const image = groundToImage(calibration, ground);
  if (image === null || !image.every((part) => part >= 0 && part <= 1)) return false;
  return isMeasuredWell(calibration, image) && !isMasked(sight, image);
};

/** Cells side by side that cover a length; a millionth of one more does not ask for another. */
const cellsIn = (lengthM: number, cellM: number): number => Math.max(1, Math.ceil(lengthM / cellM - 1e-6));

/**
 * Mean density on the ground. Each person is spread over the cells with a Gaussian kernel, widened by the
 * uncertainty of the position, whose shares of the cells seen add up to 1, so that the map adds up to the people on
 * it:
 *
 *   ρ(cell) = Σ over frames and people of share(cell) ÷ (frames · cell area)
 *
 * Speed is the mean over the people near, weighted by their shares.
 *
 * With a minimum count it is a mean over the frames that have as many: denser than the mean over all time, and
 * unknown (NaN) when no frame had.
 *
 * @see Silverman, Density Estimation, 1986, chapter 4 (kernel); its width is a choice, not a finding
 */
export class GroundMap {
  readonly #cellM: number;
  readonly #kernelVariance: number;
  readonly #extent: Extent;
  readonly #columns: number;
  readonly #rows: number;
  readonly #visible: Uint8Array;
  readonly #presence: Float64Array;
  readonly #speedWeight: Float64Array;
  readonly #speedSum: Float64Array;
  /** Cells under the kernel at hand and their weights. */
  readonly #cells: Uint32Array;
  readonly #weights: Float64Array;
  readonly #minimumCount: number;
  #frames = 0;
  #leftOut = 0;

  private constructor(
    calibration: GroundCalibration,
    extent: Extent,
    { cellM = 0.5, kernelM = 0.7, minimumCount = 0, masks = [] }: GroundMapOptions,
  ) {
    const width = extent.right - extent.left;
    const height = extent.top - extent.bottom;
    this.#cellM = Math.max(cellM, Math.sqrt((width * height) / MOST_CELLS));
    this.#kernelVariance = Math.max(kernelM, this.#cellM / 2) ** 2;
    this.#extent = extent;
    this.#columns = cellsIn(width, this.#cellM);
    this.#rows = cellsIn(height, this.#cellM);
    this.#minimumCount = minimumCount;
    const cells = this.#columns * this.#rows;
    const sight = sightOf(calibration, masks);
    this.#visible = Uint8Array.from({ length: cells }, (_, i) => Number(seesWell(calibration, sight, this.#centre(i))));
    this.#presence = new Float64Array(cells);
    this.#speedWeight = new Float64Array(cells);
    this.#speedSum = new Float64Array(cells);
    this.#cells = new Uint32Array(cells);
    this.#weights = new Float64Array(cells);
  }

  /** A map of what the camera measures well; null when it measures nowhere to a metre. */
  static of(calibration: GroundCalibration, options: GroundMapOptions = {}): GroundMap | null {
    const extent = measuredExtent(calibration);
    return extent && new GroundMap(calibration, extent, options);
  }

  #centre(cell: number): Point {
    const column = cell % this.#columns;
    const row = Math.floor(cell / this.#columns);
    return [this.#extent.left + (column + 0.5) * this.#cellM, this.#extent.bottom + (row + 0.5) * this.#cellM];
  }

  /** Frames left out because too few people were on the map. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /**
   * Takes one frame, unless too few people are on the map: then it is left out of the mean too.
   *
   * @param speedMps in the order of the positions, NaN where unknown
   */
  add(positions: Positions, speedMps: Float64Array): void {
    if (this.#peopleOn(positions) < this.#minimumCount) {
      this.#leftOut++;
      return;
    }
    this.#frames++;
    for (let i = 0; i < positions.count; i++) {
      if (positions.classIndex[i] === PERSON_CLASS_INDEX) this.#spread(positions, i, speedMps[i]);
    }
  }

  #peopleOn(positions: Positions): number {
    let people = 0;
    for (let i = 0; i < positions.count; i++) {
      if (positions.classIndex[i] !== PERSON_CLASS_INDEX) continue;
      const column = Math.floor((positions.x[i] - this.#extent.left) / this.#cellM);
      const row = Math.floor((positions.y[i] - this.#extent.bottom) / this.#cellM);
      if (this.#isVisible(column, row)) people++;
    }
    return people;
  }

  #spread(positions: Positions, i: number, speedMps: number): void {
    const x = (positions.x[i] - this.#extent.left) / this.#cellM;
    const y = (positions.y[i] - this.#extent.bottom) / this.#cellM;
    if (!this.#isVisible(Math.floor(x), Math.floor(y))) return;
    const unit = this.#cellM ** 2;
    const xx = (positions.varianceXX[i] + this.#kernelVariance) / unit;
    const yy = (positions.varianceYY[i] + this.#kernelVariance) / unit;
    const xy = positions.varianceXY[i] / unit;
    const cells = this.#weigh(x, y, xx, xy, yy);
    let sum = 0;
    for (let k = 0; k < cells; k++) sum += this.#weights[k];
    for (let k = 0; k < cells; k++) {
      const cell = this.#cells[k];
      const share = this.#weights[k] / sum;
      this.#presence[cell] += share;
      if (Number.isNaN(speedMps)) continue;
      this.#speedWeight[cell] += share;
      this.#speedSum[cell] += speedMps * share;
    }
  }

  #isVisible(column: number, row: number): boolean {
    if (!(column >= 0 && row >= 0 && column < this.#columns && row < this.#rows)) return false;
    return this.#visible[row * this.#columns + column] === 1;
  }

  /** Notes the visible cells under a kernel and their weights, everything in units of cells; returns how many. */
  #weigh(x: number, y: number, xx: number, xy: number, yy: number): number {
    const twiceDet = 2 * (xx * yy - xy * xy);
    const reachX = REACH * Math.sqrt(xx);
    const reachY = REACH * Math.sqrt(yy);
    let count = 0;
    for (let row = Math.floor(y - reachY); row <= y + reachY; row++) {
      for (let column = Math.floor(x - reachX); column <= x + reachX; column++) {
        if (!this.#isVisible(column, row)) continue;
        const dx = column + 0.5 - x;
        const dy = row + 0.5 - y;
        const exponent = (yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / twiceDet;
        // An ellipse, as uncertainty is, and not the rectangle around it.
        if (exponent > REACH ** 2 / 2) continue;
        this.#cells[count] = row * this.#columns + column;
        this.#weights[count++] = Math.exp(-exponent);
      }
    }
    return count;
  }

  /** The map so far; a copy, to keep. */
  snapshot(): GroundGrid {
    const perFrame = 1 / (this.#frames * this.#cellM ** 2);
    return {
      originXM: this.#extent.left,
      originYM: this.#extent.bottom,
      cellM: this.#cellM,
      columns: this.#columns,
      rows: this.#rows,
      densityPerM2: this.#presence.map((presence, cell) =>
        this.#visible[cell] && this.#frames > 0 ? presence * perFrame : Number.NaN,
      ),
      speedMps: this.#speedSum.map((sum, cell) =>
        this.#speedWeight[cell] >= LEAST_PRESENCE ? sum / this.#speedWeight[cell] : Number.NaN,
      ),
    };
  }
}
