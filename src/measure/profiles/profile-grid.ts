/**
 * The grid of profiles: square cells over the box round a walkable area, from its upper left corner, and how much of
 * each a person's Voronoi cell covers.
 */
import type { WalkableArea } from '../../ground/index.ts';
import type { VoronoiCells } from '../density/voronoi-cells.ts';

/** Where the square cells lie. Cell 0 is the upper left one, and rows run downwards. */
export interface ProfileGrid {
  /** Left side of the first column, m. */
  readonly leftM: number;
  /** Upper side of the first row, m. */
  readonly topM: number;
  readonly cellM: number;
  readonly columns: number;
  readonly rows: number;
}

/**
 * The grid over the box round a walkable area. It may stand out over the box on the right and below.
 *
 * Columns and rows are as many as `numpy.arange(min, max + cell, cell)` leaves between its points, so that profiles
 * can be laid beside those of PedPy and JPSreport.
 *
 * @param cellM side of a cell, m (> 0)
 */
export const profileGrid = ({ originX, originY, box }: WalkableArea, cellM: number): ProfileGrid => {
  const spaces = (from: number, to: number): number => Math.max(1, Math.ceil((to + cellM - from) / cellM) - 1);
  return {
    leftM: originX + box.left,
    topM: originY + box.top,
    cellM,
    columns: spaces(originX + box.left, originX + box.right),
    rows: spaces(originY + box.bottom, originY + box.top),
  };
};

/** Who covers less of a square than this share only touches it: rounding makes as much. */
const TOUCH = 1e-12;

/**
 * Which squares a shape covers, and how much of each. Columns are used again for the next shape.
 *
 * How: each side of a polygon adds to the square it runs through what lies to the right of it there, and to all squares
 * further right the height that it runs; downward and upward sides have opposite signs. Sums from left to right are then
 * the areas. That takes a few additions a side and square, where to clip would take a polygon a square.
 */
export class GridOverlap {
  /** Number of squares that are covered. */
  count = 0;
  /** Their numbers, row · columns + column. */
  readonly cells: Uint32Array;
  /** Area covered, by square; 0 where nothing is. */
  readonly areaM2: Float64Array;
  readonly #grid: ProfileGrid;
  /** What sides add, in squares; a column more than the grid has, and 0 in between. */
  readonly #sums: Float64Array;

  constructor(grid: ProfileGrid) {
    this.#grid = grid;
    this.cells = new Uint32Array(grid.columns * grid.rows);
    this.areaM2 = new Float64Array(grid.columns * grid.rows);
    this.#sums = new Float64Array((grid.columns + 1) * grid.rows);
  }

  /** Nothing is covered. */
  clear(): void {
    for (let i = 0; i < this.count; i++) this.areaM2[this.cells[i]] = 0;
    this.count = 0;
  }

  /** Covers what one row's Voronoi cell covers, and nothing else. Areas are of the row's own portion. */
  cover(cells: VoronoiCells, row: number): void {
    this.clear();
    const dx = cells.walkable.originX - this.#grid.leftM + cells.x[row];
    const dy = cells.walkable.originY - this.#grid.topM + cells.y[row];
    for (let fragment = cells.fragmentBegin[row]; fragment < cells.fragmentEnd[row]; fragment++) {
      const begin = cells.cornerBegin[fragment];
      const end = cells.cornerBegin[fragment + 1];
      this.add(cells.cornerX, cells.cornerY, begin, end, dx, dy, cells.portion[row]);
    }
  }

  /** Covers a polygon too: corners from `begin` to before `end`, moved by (dx, dy) to be from the upper left corner. */
  add(x: Float64Array, y: Float64Array, begin: number, end: number, dx: number, dy: number, portion: number): void {
    const { cellM, columns, rows } = this.#grid;
    let left = columns;
    let right = 0;
    let top = rows;
    let bottom = 0;
    let lastX = within((x[end - 1] + dx) / cellM, columns);
    let lastY = within(-(y[end - 1] + dy) / cellM, rows);
    for (let i = begin; i < end; i++) {
      const toX = within((x[i] + dx) / cellM, columns);
      const toY = within(-(y[i] + dy) / cellM, rows);
      if (lastY < toY) this.#addSide(lastX, lastY, toX, toY, 1);
      else if (lastY > toY) this.#addSide(toX, toY, lastX, lastY, -1);
      left = Math.min(left, toX);
      right = Math.max(right, toX);
      top = Math.min(top, toY);
      bottom = Math.max(bottom, toY);
      lastX = toX;
      lastY = toY;
    }
    const lastRow = Math.min(rows - 1, Math.floor(bottom));
    const lastColumn = Math.min(columns - 1, Math.floor(right));
    for (let row = Math.floor(top); row <= lastRow; row++)
      this.#collect(row, Math.floor(left), lastColumn, portion * cellM ** 2);
  }

  /** Adds a side that runs downwards from (x0, y0), row by row; coordinates in squares. */
  #addSide(x0: number, y0: number, x1: number, y1: number, sign: number): void {
    const slope = (x1 - x0) / (y1 - y0);
    let fromX = x0;
    let fromY = y0;
    for (let row = Math.floor(y0); fromY < y1; row++) {
      const isLast = y1 <= row + 1;
      const toY = isLast ? y1 : row + 1;
      const toX = isLast ? x1 : x0 + (toY - y0) * slope;
      this.#addInRow(row, Math.min(fromX, toX), Math.max(fromX, toX), sign * (toY - fromY));
      fromX = toX;
      fromY = toY;
    }
  }

  /** Adds the part of a side in one row, from x0 to x1 ≥ x0, which runs down by `height`. */
  #addInRow(row: number, x0: number, x1: number, height: number): void {
    const sums = this.#sums;
    const { columns } = this.#grid;
    const first = row * (columns + 1);
    const last = Math.min(columns - 1, Math.floor(x1));
    let column = Math.min(last, Math.floor(x0));
    let fromX = x0;
    // Most sides of most cells stay in one square of a row.
    for (; column < last; column++) {
      const part = (height * (column + 1 - fromX)) / (x1 - x0);
      const right = (column + 1 - fromX) / 2;
      sums[first + column] += part * right;
      sums[first + column + 1] += part * (1 - right);
      fromX = column + 1;
    }
    const part = x1 > x0 ? (height * (x1 - fromX)) / (x1 - x0) : height;
    const right = column + 1 - (fromX + x1) / 2;
    sums[first + column] += part * right;
    sums[first + column + 1] += part * (1 - right);
  }

  /** Sums up a row from left to right, notes what is covered, and leaves 0 behind. */
  #collect(row: number, from: number, to: number, squareM2: number): void {
    const sums = this.#sums;
    const { columns } = this.#grid;
    let covered = 0;
    for (let column = from; column <= to; column++) {
      const at = row * (columns + 1) + column;
      covered += sums[at];
      sums[at] = 0;
      if (Math.abs(covered) > TOUCH) this.#note(row * columns + column, Math.abs(covered) * squareM2);
    }
    sums[row * (columns + 1) + to + 1] = 0;
  }

  #note(cell: number, area: number): void {
    if (this.areaM2[cell] === 0) this.cells[this.count++] = cell;
    this.areaM2[cell] += area;
  }
}

/** A coordinate in squares, with no rounding beyond the grid. */
const within = (value: number, most: number): number => Math.min(most, Math.max(0, value));
