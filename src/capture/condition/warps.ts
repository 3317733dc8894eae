import { BLOCK_CELLS, BLOCK_COLUMNS, BLOCK_ROWS, BLOCKS, COLUMNS, ROWS } from './grid.ts';

/** Where each block of a view comes to lie when the camera is zoomed or turned about its axis. */
export interface Warp {
  /** Leftmost cell, by block. */
  readonly columns: Int8Array;
  /** Topmost cell, by block. */
  readonly rows: Int8Array;
  /** How far blocks are moved, root mean square, as a share of the picture's width. */
  readonly displacement: number;
}

/** A cell's height over its width: 1 at 4:3 and 0.75 at 16:9; half-way is wrong by half a cell at 6° at most. */
const CELL_ASPECT = 0.875;

const createWarp = (zoom: number, degrees: number): Warp => {
  const columns = new Int8Array(BLOCKS);
  const rows = new Int8Array(BLOCKS);
  const cosine = zoom * Math.cos((degrees * Math.PI) / 180);
  const sine = zoom * Math.sin((degrees * Math.PI) / 180);
  let squares = 0;
  for (let block = 0; block < BLOCKS; block++) {
    const x = ((block % BLOCK_COLUMNS) + 0.5 - BLOCK_COLUMNS / 2) * BLOCK_CELLS;
    const y = (Math.floor(block / BLOCK_COLUMNS) + 0.5 - BLOCK_ROWS / 2) * BLOCK_CELLS;
    const toX = cosine * x - sine * y * CELL_ASPECT;
    const toY = (sine * x) / CELL_ASPECT + cosine * y;
    columns[block] = Math.round(toX + (COLUMNS - BLOCK_CELLS) / 2);
    rows[block] = Math.round(toY + (ROWS - BLOCK_CELLS) / 2);
    squares += (toX - x) ** 2 + ((toY - y) * CELL_ASPECT) ** 2;
  }
  return { columns, rows, displacement: Math.sqrt(squares / BLOCKS) / COLUMNS };
};

/** Blocks where they are. */
export const IN_PLACE = createWarp(1, 0);

/** Zooms and turns that are tried whenever a view is checked. */
export const SMALL_WARPS: readonly Warp[] = [
  createWarp(1.07, 0),
  createWarp(0.93, 0),
  createWarp(1, 4),
  createWarp(1, -4),
];

/** Zooms and turns that are tried beside when it does not match. */
export const LARGE_WARPS: readonly Warp[] = [
  createWarp(1.14, 0),
  createWarp(0.87, 0),
  createWarp(1.25, 0),
  createWarp(0.8, 0),
  createWarp(1, 8),
  createWarp(1, -8),
];
