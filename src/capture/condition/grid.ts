/**
 * The grid that a picture is looked at through, in fractions of the picture, so that it is the same for every size:
 *
 * ```
 *   96 × 72 cells, 1.04 % of the width and 1.39 % of the height each
 *   16 × 12 blocks of 6 × 6 cells
 * ```
 */
import type { Point } from '../../contract/index.ts';

/** Cells side by side. */
export const COLUMNS = 96;
/** Cells one above the other. */
export const ROWS = 72;
/** Cells in all. */
export const CELLS = COLUMNS * ROWS;
/** Cells along a side of a block. */
export const BLOCK_CELLS = 6;
/** Blocks side by side. */
export const BLOCK_COLUMNS = COLUMNS / BLOCK_CELLS;
/** Blocks one above the other. */
export const BLOCK_ROWS = ROWS / BLOCK_CELLS;
/** Blocks in all. */
export const BLOCKS = BLOCK_COLUMNS * BLOCK_ROWS;

/** Which block a cell belongs to. */
export const blockOfCell = (cell: number): number => {
  const column = cell % COLUMNS;
  const row = (cell - column) / COLUMNS;
  return Math.floor(row / BLOCK_CELLS) * BLOCK_COLUMNS + Math.floor(column / BLOCK_CELLS);
};

/** The cells for which something holds, in order. */
export const cellsWhere = (holds: (cell: number) => boolean): Uint16Array =>
  Uint16Array.from(Array.from({ length: CELLS }, (_cell, cell) => cell).filter(holds));

/** How much of a block must be open for it to be looked at. */
export const LEAST_OPEN_SHARE = 0.5;

const crossesAbove = ([ax, ay]: Point, [bx, by]: Point, x: number, y: number): boolean =>
  ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax);

const isInside = (polygon: readonly Point[], x: number, y: number): boolean => {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++)
    if (crossesAbove(polygon[i], polygon[j], x, y)) inside = !inside;
  return inside;
};

/** Points of a cell that are tried, as shares of its side: its taps are among them, and so are its corners. */
const TRIED = [0, 0.25, 0.5, 0.75, 1];

const touches = (polygon: readonly Point[], column: number, row: number): boolean =>
  TRIED.some((v) => TRIED.some((u) => isInside(polygon, (column + u) / COLUMNS, (row + v) / ROWS)));

/** Makes every cell that a closed one adjoins closed too: the edge of a mask is no edge of the scene. */
const widened = (closed: Uint8Array): Uint8Array =>
  closed.map((_own, cell) => {
    const column = cell % COLUMNS;
    for (let row = -1; row <= 1; row++)
      for (let step = -1; step <= 1; step++) {
        const other = cell + row * COLUMNS + step;
        if (column + step >= 0 && column + step < COLUMNS && closed[other]) return 1;
      }
    return 0;
  });

/**
 * Cells that may be looked at: 1 where no mask reaches, with a margin of one cell.
 *
 * @param masks polygons in fractions of the picture
 */
export const openCells = (masks: readonly (readonly Point[])[]): Uint8Array => {
  const closed = Uint8Array.from({ length: CELLS }, (_cell, cell) => {
    const column = cell % COLUMNS;
    return masks.some((polygon) => touches(polygon, column, (cell - column) / COLUMNS)) ? 1 : 0;
  });
  return widened(closed).map((shut) => 1 - shut);
};
