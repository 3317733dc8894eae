/**
 * Profiles averaged over time, for a map.
 */
import type { GroundGrid } from '../../contract/index.ts';
import type { WalkableArea } from '../../ground/index.ts';
import type { VoronoiCells } from '../density/voronoi-cells.ts';
import { cellSideM } from '../space/field-grid.ts';
import { GridOverlap, type ProfileGrid, profileGrid } from './profile-grid.ts';

/** How fine the map is, and what stays out of it. */
export interface MeanProfileOptions {
  readonly walkable: WalkableArea;
  /** Side of a square, m (> 0). Squares grow where the map would have more than 40,000. */
  readonly cellM: number;
  /** Frames with fewer people than this are left out. Default 0. */
  readonly minimumCount?: number;
}

/** A speed needs this much ground covered: that of a fiftieth of a square in one frame. */
const LEAST_COVER = 0.02;

const gridFor = ({ walkable, cellM }: MeanProfileOptions): ProfileGrid => {
  const { left, bottom, right, top } = walkable.box;
  return profileGrid(walkable, cellSideM(right - left, top - bottom, cellM));
};

/** 1 for each square that has some walkable area. */
const walkableSquares = (walkable: WalkableArea, grid: ProfileGrid): Uint8Array => {
  const overlap = new GridOverlap(grid);
  const { originX, originY, sideStart, cornerX, cornerY } = walkable;
  for (let piece = 0; piece < walkable.count; piece++) {
    const [begin, end] = [sideStart[piece], sideStart[piece + 1]];
    overlap.add(cornerX, cornerY, begin, end, originX - grid.leftM, originY - grid.topM, 1);
  }
  return Uint8Array.from(overlap.areaM2, (area) => Number(area > 0));
};

/** Rows in the opposite order. */
const turned = ({ columns, rows }: ProfileGrid, values: Float64Array): Float64Array => {
  const out = new Float64Array(values.length);
  for (let row = 0; row < rows; row++)
    out.set(values.subarray(row * columns, (row + 1) * columns), (rows - 1 - row) * columns);
  return out;
};

/**
 * Mean of the Voronoi profiles of many frames. Density is the mean over the frames taken; speed is the mean over the
 * ground covered, so that a square that is empty at times is not slower for it:
 *
 *   ρ(g) = Σ over frames of ρ(g) ÷ frames
 *   v(g) = Σ over frames and people of |cell ∩ g| · speed ÷ Σ |cell ∩ g|
 *
 * With a minimum count it is a mean over the frames that have as many: denser than the mean over all time, and
 * unknown (NaN) when no frame had.
 */
export class MeanProfile {
  readonly #grid: ProfileGrid;
  readonly #minimumCount: number;
  readonly #walkable: Uint8Array;
  readonly #overlap: GridOverlap;
  readonly #presence: Float64Array;
  readonly #coveredM2: Float64Array;
  readonly #swept: Float64Array;
  #frames = 0;
  #leftOut = 0;

  constructor(options: MeanProfileOptions) {
    this.#grid = gridFor(options);
    this.#minimumCount = options.minimumCount ?? 0;
    this.#walkable = walkableSquares(options.walkable, this.#grid);
    this.#overlap = new GridOverlap(this.#grid);
    this.#presence = new Float64Array(this.#walkable.length);
    this.#coveredM2 = new Float64Array(this.#walkable.length);
    this.#swept = new Float64Array(this.#walkable.length);
  }

  /** Frames left out because too few people were there. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /**
   * Takes one frame, unless too few people have a cell: then it is left out of the mean too.
   *
   * @param cells    all cells of the frame
   * @param speedMps by row, NaN where unknown
   */
  add(cells: VoronoiCells, speedMps: Float64Array): void {
    let people = 0;
    for (let row = 0; row < cells.rows; row++) if (cells.areaM2[row] > 0) people++;
    if (people < this.#minimumCount) {
      this.#leftOut++;
      return;
    }
    this.#frames++;
    for (let row = 0; row < cells.rows; row++) if (cells.areaM2[row] > 0) this.#addRow(cells, row, speedMps[row]);
  }

  #addRow(cells: VoronoiCells, row: number, speedMps: number): void {
    const overlap = this.#overlap;
    overlap.cover(cells, row);
    const isKnown = !Number.isNaN(speedMps);
    for (let i = 0; i < overlap.count; i++) {
      const square = overlap.cells[i];
      const area = overlap.areaM2[square];
      this.#presence[square] += area / cells.areaM2[row];
      if (!isKnown) continue;
      this.#coveredM2[square] += area;
      this.#swept[square] += area * speedMps;
    }
  }

  /** The map so far, row 0 with the lowest y; a copy, to keep. NaN where there is no walkable area. */
  snapshot(): GroundGrid {
    const grid = this.#grid;
    const squareM2 = grid.cellM ** 2;
    const perFrame = 1 / (this.#frames * squareM2);
    const density = this.#presence.map((presence, square) =>
      this.#walkable[square] && this.#frames > 0 ? presence * perFrame : Number.NaN,
    );
    const speed = this.#swept.map((swept, square) =>
      this.#coveredM2[square] >= LEAST_COVER * squareM2 ? swept / this.#coveredM2[square] : Number.NaN,
    );
    return {
      originXM: grid.leftM,
      originYM: grid.topM - grid.rows * grid.cellM,
      cellM: grid.cellM,
      columns: grid.columns,
      rows: grid.rows,
      densityPerM2: turned(grid, density),
      speedMps: turned(grid, speed),
    };
  }
}

/** Prepares a mean profile. */
export const createMeanProfile = (options: MeanProfileOptions): MeanProfile => new MeanProfile(options);
