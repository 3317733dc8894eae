/**
 * Where on the ground people were, on average, and how fast they walked there: a grid of square cells.
 */
import { type GroundGrid, PERSON_CLASS_INDEX, type Point, type Positions } from '../../contract/index.ts';
import { type GroundCalibration, groundToImage, isMeasuredWell, visibleGround } from '../../ground/index.ts';
import { boxAround, cellAt, cellCount, type FieldGrid, fieldGrid, maskOf } from '../space/field-grid.ts';
import { GaussianSpread, kernelVarianceM2 } from '../space/gaussian-spread.ts';
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

/** A speed needs this much presence in a cell: a fiftieth of one person in one frame. */
const LEAST_PRESENCE = 0.02;

/** A grid over the box of the ground that the camera measures well; null when it measures nowhere well. */
const measuredGrid = (calibration: GroundCalibration, cellM: number): FieldGrid | null => {
  const outline = visibleGround(calibration);
  const box = outline && boxAround(outline);
  return box && fieldGrid(box, cellM);
};

const seesWell = (calibration: GroundCalibration, sight: Sight, ground: Point): boolean => {
  const image = groundToImage(calibration, ground);
  if (image === null || !image.every((part) => part >= 0 && part <= 1)) return false;
  return isMeasuredWell(calibration, image) && !isMasked(sight, image);
};

/** 1 for each cell whose centre the camera sees, unmasked, and measures well. */
export const wellSeenCells = (calibration: GroundCalibration, grid: FieldGrid, sight: Sight): Uint8Array =>
  maskOf(grid, (centre) => seesWell(calibration, sight, centre));

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
  readonly #grid: FieldGrid;
  readonly #kernelVariance: number;
  readonly #visible: Uint8Array;
  readonly #spread: GaussianSpread;
  readonly #presence: Float64Array;
  readonly #speedWeight: Float64Array;
  readonly #speedSum: Float64Array;
  readonly #minimumCount: number;
  #frames = 0;
  #leftOut = 0;

  private constructor(
    calibration: GroundCalibration,
    grid: FieldGrid,
    { kernelM = 0.7, minimumCount = 0, masks = [] }: GroundMapOptions,
  ) {
    const cells = cellCount(grid);
    this.#grid = grid;
    this.#kernelVariance = kernelVarianceM2(grid, kernelM);
    this.#minimumCount = minimumCount;
    this.#visible = wellSeenCells(calibration, grid, sightOf(calibration, masks));
    this.#spread = new GaussianSpread(grid, this.#visible);
    this.#presence = new Float64Array(cells);
    this.#speedWeight = new Float64Array(cells);
    this.#speedSum = new Float64Array(cells);
  }

  /** A map of what the camera measures well; null when it measures nowhere to a metre. */
  static of(calibration: GroundCalibration, options: GroundMapOptions = {}): GroundMap | null {
    const grid = measuredGrid(calibration, options.cellM ?? 0.5);
    return grid && new GroundMap(calibration, grid, options);
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
      if (this.#isOn(positions, i)) this.#add(positions, i, speedMps[i]);
    }
  }

  #peopleOn(positions: Positions): number {
    let people = 0;
    for (let i = 0; i < positions.count; i++) if (this.#isOn(positions, i)) people++;
    return people;
  }

  /** Whether an object is a person whose cell is seen. */
  #isOn({ classIndex, x, y }: Positions, i: number): boolean {
    return classIndex[i] === PERSON_CLASS_INDEX && this.#visible[cellAt(this.#grid, x[i], y[i])] === 1;
  }

  #add(positions: Positions, i: number, speedMps: number): void {
    const xx = positions.varianceXX[i] + this.#kernelVariance;
    const yy = positions.varianceYY[i] + this.#kernelVariance;
    const count = this.#spread.spread(positions.x[i], positions.y[i], xx, positions.varianceXY[i], yy);
    const { cells, shares } = this.#spread;
    for (let k = 0; k < count; k++) {
      const cell = cells[k];
      this.#presence[cell] += shares[k];
      if (Number.isNaN(speedMps)) continue;
      this.#speedWeight[cell] += shares[k];
      this.#speedSum[cell] += speedMps * shares[k];
    }
  }

  /** The map so far; a copy, to keep. */
  snapshot(): GroundGrid {
    const perFrame = 1 / (this.#frames * this.#grid.cellM ** 2);
    return {
      ...this.#grid,
      densityPerM2: this.#presence.map((presence, cell) =>
        this.#visible[cell] && this.#frames > 0 ? presence * perFrame : Number.NaN,
      ),
      speedMps: this.#speedSum.map((sum, cell) =>
        this.#speedWeight[cell] >= LEAST_PRESENCE ? sum / this.#speedWeight[cell] : Number.NaN,
      ),
    };
  }
}
