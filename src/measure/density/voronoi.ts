/**
 * Who stands where in a walkable area, triangulated once a frame; cells of every kind are then made from it.
 */
import { PERSON_CLASS_INDEX, type Point, type Positions } from '../../contract/index.ts';
import type { WalkableArea } from '../../ground/index.ts';
import { boxOutline, isWithin, type Outline, seenOutline } from './outline.ts';
import { NeighbourLists } from './voronoi-neighbours.ts';

/** Where cells may reach. */
export interface TessellationOptions {
  readonly walkable: WalkableArea;
  /** Convex outline of what is seen, m: cells end there, and who is outside has none. Its convex hull is taken. */
  readonly bounds?: readonly Point[];
}

/** Steps to a metre: a step is about a nanometre, and exact in binary. */
const STEPS_PER_M = 2 ** 30;

/**
 * To the nearest step: people stand at the same place or a step apart, and whether they stand in line is not a matter
 * of where the scene lies on the map.
 */
const snapped = (metres: number): number => Math.round(metres * STEPS_PER_M) / STEPS_PER_M;

/**
 * The seeds of a frame: people in the walkable area, and those whose cells can border on theirs. Everybody else (no
 * person, outside, coordinates not finite) has no cell.
 *
 * Columns are used again from frame to frame.
 */
export class Tessellation {
  readonly walkable: WalkableArea;
  /** All cells are within this convex outline. */
  readonly outline: Outline;
  readonly neighbours = new NeighbourLists();
  /** Rows of the positions at hand. */
  rows = 0;
  /** Number of seeds. */
  seeds = 0;
  /** Place of each seed, m, from the area's origin. */
  x = new Float64Array(64);
  y = new Float64Array(64);
  /** Row of each seed among the positions. */
  row = new Uint32Array(64);
  /** Piece of the walkable area that each seed is in. */
  piece = new Uint32Array(64);
  readonly #isBounded: boolean;

  constructor({ walkable, bounds }: TessellationOptions) {
    this.walkable = walkable;
    this.#isBounded = bounds !== undefined;
    this.outline = bounds === undefined ? boxOutline(walkable) : seenOutline(walkable, bounds);
  }

  /** Takes the people of a frame. Cells made before are not changed by it. */
  locate(positions: Positions): void {
    this.#reserve(positions.count);
    const { walkable, outline, x, y, row } = this;
    let seeds = 0;
    for (let i = 0; i < positions.count; i++) {
      if (positions.classIndex[i] !== PERSON_CLASS_INDEX) continue;
      const px = snapped(positions.x[i] - walkable.originX);
      const py = snapped(positions.y[i] - walkable.originY);
      // Comparisons with NaN are false, so that whose place is unknown is in no piece.
      const piece = walkable.pieceAt(px, py);
      if (piece < 0 || (this.#isBounded && !isWithin(outline, px, py))) continue;
      x[seeds] = px;
      y[seeds] = py;
      row[seeds] = i;
      this.piece[seeds++] = piece;
    }
    this.rows = positions.count;
    this.seeds = seeds;
    this.neighbours.update(x, y, seeds, outline);
  }

  #reserve(rows: number): void {
    if (rows <= this.x.length) return;
    this.x = new Float64Array(2 * rows);
    this.y = new Float64Array(2 * rows);
    this.row = new Uint32Array(2 * rows);
    this.piece = new Uint32Array(2 * rows);
  }
}

/**
 * Prepares to divide one walkable area among its people, frame by frame.
 *
 * @throws GROUND_AREA_EMPTY for bounds that are a point or a line
 *
 * @example
 * const tessellation = createTessellation({ walkable: createWalkableArea(site.walkable) });
 * const cells = createVoronoiCells({ tessellation });
 * const cutCells = createVoronoiCells({ tessellation, cutoff: { radiusM: 0.8, segments: 3 } });
 * tessellation.locate(positions); // each frame
 * cells.update();
 * cutCells.update();
 */
export const createTessellation = (options: TessellationOptions): Tessellation => new Tessellation(options);
