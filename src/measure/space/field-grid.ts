/**
 * Square cells over a box of the ground, and what of them is walked on or belongs to a zone: what every field
 * (density, pressure, velocity) is drawn on.
 *
 * ```
 * row 1  | 3 | 4 | 5 |      a cell's number is row · columns + column
 * row 0  | 0 | 1 | 2 |      the origin is the lower left corner of cell 0
 * ```
 */
import type { GroundGrid, Point } from '../../contract/index.ts';
import { flatPolygon, pointInPolygon } from '../../ground/index.ts';

/** Where square cells lie on the ground. */
export type FieldGrid = Pick<GroundGrid, 'originXM' | 'originYM' | 'cellM' | 'columns' | 'rows'>;

/** A box of the ground, m. */
export interface Box {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

/** A grid has about this many cells at most: more could not be drawn, and would be slow. */
const MOST_CELLS = 40_000;

/** The box around points; null around none. */
export const boxAround = (points: readonly Point[]): Box | null => {
  if (points.length === 0) return null;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return { left: Math.min(...xs), bottom: Math.min(...ys), right: Math.max(...xs), top: Math.max(...ys) };
};

/** Cells side by side that cover a length; a millionth of one more does not ask for another. */
const cellsAlong = (lengthM: number, cellM: number): number => Math.max(1, Math.ceil(lengthM / cellM - 1e-6));

/**
 * Side of a cell, m: as asked for, but larger where there would be more than 40,000 cells in a box, a long and narrow
 * one included.
 */
export const cellSideM = (widthM: number, heightM: number, askedM: number): number =>
  Math.max(askedM, Math.sqrt((widthM * heightM) / MOST_CELLS), Math.max(widthM, heightM) / MOST_CELLS);

/**
 * A grid that covers a box, from its lower left corner; it may stand out over the right and upper sides.
 *
 * @param cellM side of a cell, m (> 0); it grows where the grid would have more than 40,000 cells
 */
export const fieldGrid = ({ left, bottom, right, top }: Box, cellM: number): FieldGrid => {
  const width = right - left;
  const height = top - bottom;
  const side = cellSideM(width, height, cellM);
  return {
    originXM: left,
    originYM: bottom,
    cellM: side,
    columns: cellsAlong(width, side),
    rows: cellsAlong(height, side),
  };
};

/** Number of cells. */
export const cellCount = ({ columns, rows }: FieldGrid): number => columns * rows;

/** Centre of a cell, m. */
export const cellCentre = ({ originXM, originYM, cellM, columns }: FieldGrid, cell: number): Point => [
  originXM + ((cell % columns) + 0.5) * cellM,
  originYM + (Math.floor(cell / columns) + 0.5) * cellM,
];

/** The cell that a place is in; −1 off the grid and for NaN. */
export const cellAt = ({ originXM, originYM, cellM, columns, rows }: FieldGrid, x: number, y: number): number => {
  const column = Math.floor((x - originXM) / cellM);
  const row = Math.floor((y - originYM) / cellM);
  return column >= 0 && row >= 0 && column < columns && row < rows ? row * columns + column : -1;
};

/** 1 for each cell whose centre is as asked for, else 0. */
export const maskOf = (grid: FieldGrid, belongs: (centre: Point) => boolean): Uint8Array =>
  Uint8Array.from({ length: cellCount(grid) }, (_, cell) => Number(belongs(cellCentre(grid, cell))));

/**
 * Whether a place is in a cell of a mask, or in a neighbour of one: cells are in or out by their centre, so somebody
 * who walks along a wall may be in a cell that is out.
 */
export const isNearMask = (grid: FieldGrid, mask: Uint8Array, x: number, y: number): boolean => {
  const column = Math.floor((x - grid.originXM) / grid.cellM);
  const row = Math.floor((y - grid.originYM) / grid.cellM);
  const right = Math.min(grid.columns - 1, column + 1);
  const top = Math.min(grid.rows - 1, row + 1);
  for (let r = Math.max(0, row - 1); r <= top; r++) {
    for (let c = Math.max(0, column - 1); c <= right; c++) if (mask[r * grid.columns + c] === 1) return true;
  }
  return false;
};

/**
 * Cells whose centre is in a zone; for a zone so small that it holds no centre, the cells under its corners. Empty
 * when it lies off the grid.
 */
export const zoneCells = (grid: FieldGrid, polygon: readonly Point[]): Uint32Array => {
  const border = flatPolygon(polygon);
  const cells = new Set<number>();
  for (let cell = 0; cell < cellCount(grid); cell++) {
    const [x, y] = cellCentre(grid, cell);
    if (pointInPolygon(border, x, y)) cells.add(cell);
  }
  if (cells.size === 0) for (const [x, y] of polygon) cells.add(cellAt(grid, x, y));
  cells.delete(-1);
  return Uint32Array.from(cells);
};

/** Mean of a field over some cells, weighted by area, those where it is unknown (NaN) left out; null when all are. */
export const zoneMean = (field: Float64Array, cells: Uint32Array): number | null => {
  let sum = 0;
  let known = 0;
  for (const cell of cells) {
    if (Number.isNaN(field[cell])) continue;
    sum += field[cell];
    known++;
  }
  return known === 0 ? null : sum / known;
};

/** Greatest value of a field in some cells, those where it is unknown (NaN) left out; null when all are. */
export const zoneMax = (field: Float64Array, cells: Uint32Array): number | null => {
  let max = Number.NEGATIVE_INFINITY;
  for (const cell of cells) if (field[cell] > max) max = field[cell];
  return max === Number.NEGATIVE_INFINITY ? null : max;
};
