/**
 * A place in small squares: where a body fits, and which of these hang together.
 */
import type { Point } from '../../contract/index.ts';
import { flatPolygon, pointInPolygon } from '../../ground/index.ts';
import type { Walls } from './walls.ts';

/** Side of a square, m, unless the place is so large that they would be too many. */
const CELL_M = 0.25;
const MOST_CELLS = 600_000;

/** The squares of a place, row by row from its origin. Only the largest part that hangs together is free. */
export class FreeCells {
  readonly cellM: number;
  readonly columns: number;
  readonly rows: number;
  /** 1 where a body fits. */
  readonly free: Uint8Array;
  /** The free ones. */
  readonly list: Uint32Array;
  /** Distance of each centre from the nearest wall, m, as far as walls are seen. */
  readonly clearanceM: Float32Array;

  /**
   * @param radiusM of a body. A passage has to be wider than two of it and a square to be found for sure.
   */
  constructor(rings: readonly (readonly Point[])[], walls: Walls, widthM: number, heightM: number, radiusM: number) {
    this.cellM = Math.max(CELL_M, Math.sqrt((widthM * heightM) / MOST_CELLS));
    this.columns = Math.max(1, Math.ceil(widthM / this.cellM));
    this.rows = Math.max(1, Math.ceil(heightM / this.cellM));
    const cells = this.columns * this.rows;
    this.free = new Uint8Array(cells);
    this.clearanceM = new Float32Array(cells);
    const [outline, ...holes] = rings.map(flatPolygon);
    // Half a square keeps a way from one side of a thin wall to the other, from centre to centre, from being found.
    const least = Math.max(radiusM, this.cellM / 2);
    for (let cell = 0; cell < cells; cell++) {
      const x = this.xOf(cell);
      const y = this.yOf(cell);
      if (!pointInPolygon(outline, x, y) || holes.some((hole) => pointInPolygon(hole, x, y))) continue;
      walls.look(x, y);
      this.clearanceM[cell] = walls.clearanceM;
      if (walls.clearanceM > least) this.free[cell] = 1;
    }
    this.list = this.#keepLargestPart();
  }

  /** Centre of a square, m. */
  xOf(cell: number): number {
    return ((cell % this.columns) + 0.5) * this.cellM;
  }

  /** Centre of a square, m. */
  yOf(cell: number): number {
    return (Math.floor(cell / this.columns) + 0.5) * this.cellM;
  }

  /** The square that a point is in, or the nearest. */
  cellAt(x: number, y: number): number {
    const column = Math.min(this.columns - 1, Math.max(0, Math.floor(x / this.cellM)));
    const row = Math.min(this.rows - 1, Math.max(0, Math.floor(y / this.cellM)));
    return row * this.columns + column;
  }

  /** Ground in so many squares, m². */
  areaM2(cells: number): number {
    return cells * this.cellM * this.cellM;
  }

  /** The neighbours of a square on its four sides that are free, into `found`; returns how many. */
  besides(cell: number, found: Int32Array): number {
    const column = cell % this.columns;
    let count = 0;
    if (column > 0 && this.free[cell - 1] === 1) found[count++] = cell - 1;
    if (column + 1 < this.columns && this.free[cell + 1] === 1) found[count++] = cell + 1;
    if (cell >= this.columns && this.free[cell - this.columns] === 1) found[count++] = cell - this.columns;
    if (cell + this.columns < this.free.length && this.free[cell + this.columns] === 1)
      found[count++] = cell + this.columns;
    return count;
  }

  /** Leaves only the largest part free; returns its squares in order. */
  #keepLargestPart(): Uint32Array {
    const part = new Int32Array(this.free.length).fill(-1);
    const queue = new Uint32Array(this.free.length);
    let largest = -1;
    let most = 0;
    for (let cell = 0; cell < this.free.length; cell++) {
      if (this.free[cell] === 0 || part[cell] >= 0) continue;
      const size = this.#flood(cell, part, queue);
      if (size > most) {
        most = size;
        largest = cell;
      }
    }
    const list = new Uint32Array(most);
    let count = 0;
    for (let cell = 0; cell < this.free.length; cell++) {
      if (largest >= 0 && part[cell] === largest) list[count++] = cell;
      else this.free[cell] = 0;
    }
    return list;
  }

  /** Marks what hangs together with a square by its number; returns how many they are. */
  #flood(from: number, part: Int32Array, queue: Uint32Array): number {
    const beside = new Int32Array(4);
    let end = 1;
    queue[0] = from;
    part[from] = from;
    for (let i = 0; i < end; i++) {
      const count = this.besides(queue[i], beside);
      for (let k = 0; k < count; k++) {
        if (part[beside[k]] >= 0) continue;
        part[beside[k]] = from;
        queue[end++] = beside[k];
      }
    }
    return end;
  }
}
