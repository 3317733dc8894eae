/**
 * Which way leads to a goal, from everywhere in a place, round holes and corners: worked out once.
 *
 * The time t that it takes solves the eikonal equation |∇t| = slowness on the free squares, t = 0 in the goal; people
 * walk down its gradient. Ground near a wall is slower, so that nobody is led along it.
 *
 * @see Sethian, A fast marching level set method for monotonically advancing fronts, PNAS 93 (1996) 1591
 */
import { CellHeap } from './cell-heap.ts';
import type { FreeCells } from './free-cells.ts';

/** The direction to walk in, of length 1, at the place asked about last; 0, 0 where there is none. */
export interface Way {
  x: number;
  y: number;
  /** Asks about a place, from the origin. */
  ask(x: number, y: number): void;
  /** Whether a place is in the goal. */
  isReached(x: number, y: number): boolean;
}

/** Who walks nearer to a wall than this walks on slower ground, m. */
const SHY_M = 0.6;
/** How much slower it is at the wall itself. */
const WALL_SLOWNESS = 3;

const slownessAt = (clearanceM: number): number => {
  const near = Math.max(0, 1 - clearanceM / SHY_M);
  return 1 + (WALL_SLOWNESS - 1) * near * near;
};

/** Least of the times on the two sides of a square along one axis; infinite where neither is known. */
const leastBeside = (times: Float64Array, cell: number, step: number, hasBefore: boolean, hasAfter: boolean): number =>
  Math.min(
    hasBefore ? times[cell - step] : Number.POSITIVE_INFINITY,
    hasAfter ? times[cell + step] : Number.POSITIVE_INFINITY,
  );

/** Time at a square from those on its sides: Godunov's scheme of the first order. */
const eikonal = (alongX: number, alongY: number, cost: number): number => {
  const least = Math.min(alongX, alongY);
  const gap = Math.abs(alongX - alongY);
  if (!(gap < cost)) return least + cost;
  return (alongX + alongY + Math.sqrt(2 * cost * cost - gap * gap)) / 2;
};

const marchedTimes = (cells: FreeCells, goal: readonly number[], slowness: (cell: number) => number): Float64Array => {
  const { columns, rows } = cells;
  const times = new Float64Array(cells.free.length).fill(Number.POSITIVE_INFINITY);
  const isDone = new Uint8Array(cells.free.length);
  const heap = new CellHeap();
  const beside = new Int32Array(4);
  for (const cell of goal) {
    times[cell] = 0;
    heap.push(0, cell);
  }
  while (heap.size > 0) {
    const cell = heap.pop();
    if (isDone[cell] === 1) continue;
    isDone[cell] = 1;
    const count = cells.besides(cell, beside);
    for (let k = 0; k < count; k++) {
      const next = beside[k];
      if (isDone[next] === 1) continue;
      const column = next % columns;
      const alongX = leastBeside(times, next, 1, column > 0, column + 1 < columns);
      const alongY = leastBeside(times, next, columns, next >= columns, next < columns * (rows - 1));
      const cost = cells.cellM * slownessAt(cells.clearanceM[next]) * slowness(next);
      const time = eikonal(alongX, alongY, cost);
      if (time >= times[next]) continue;
      times[next] = time;
      heap.push(time, next);
    }
  }
  return times;
};

/** Slope along one axis down to the lower neighbour: towards the one before, it is negative. */
const slope = (here: number, before: number, after: number): number => {
  if (before < here && before <= after) return before - here;
  return after < here ? here - after : 0;
};

/** Leads to a set of squares. */
export class MarchedWay implements Way {
  x = 0;
  y = 0;
  readonly #cells: FreeCells;
  readonly #x: Float32Array;
  readonly #y: Float32Array;
  readonly #isGoal: Uint8Array;
  #weight = 0;

  /**
   * @param goal squares, free ones
   * @param slowness how much slower a square is than open ground, beside what walls make it
   */
  constructor(cells: FreeCells, goal: readonly number[], slowness: (cell: number) => number = () => 1) {
    this.#cells = cells;
    this.#x = new Float32Array(cells.free.length);
    this.#y = new Float32Array(cells.free.length);
    this.#isGoal = new Uint8Array(cells.free.length);
    for (const cell of goal) this.#isGoal[cell] = 1;
    const times = marchedTimes(cells, goal, slowness);
    const { columns } = cells;
    for (const cell of cells.list) {
      const column = cell % columns;
      const here = times[cell];
      const left = column > 0 ? times[cell - 1] : Number.POSITIVE_INFINITY;
      const right = column + 1 < columns ? times[cell + 1] : Number.POSITIVE_INFINITY;
      // Beyond the last row there is nothing, which compares as no lower.
      const x = slope(here, left, right);
      const y = slope(here, times[cell - columns] ?? Infinity, times[cell + columns] ?? Infinity);
      const length = Math.sqrt(x * x + y * y);
      if (!(length > 0)) continue;
      this.#x[cell] = x / length;
      this.#y[cell] = y / length;
    }
  }

  isReached(x: number, y: number): boolean {
    return this.#isGoal[this.#cells.cellAt(x, y)] === 1;
  }

  ask(x: number, y: number): void {
    const { cellM, columns, rows } = this.#cells;
    const u = Math.min(columns - 1, Math.max(0, x / cellM - 0.5));
    const v = Math.min(rows - 1, Math.max(0, y / cellM - 0.5));
    const column = Math.floor(u);
    const row = Math.floor(v);
    const cell = row * columns + column;
    const right = column + 1 < columns ? 1 : 0;
    const up = row + 1 < rows ? columns : 0;
    this.x = 0;
    this.y = 0;
    this.#weight = 0;
    this.#blend(cell, (1 - (u - column)) * (1 - (v - row)));
    this.#blend(cell + right, (u - column) * (1 - (v - row)));
    this.#blend(cell + up, (1 - (u - column)) * (v - row));
    this.#blend(cell + up + right, (u - column) * (v - row));
    const length = Math.sqrt(this.x * this.x + this.y * this.y);
    this.x = length > 0 ? this.x / length : 0;
    this.y = length > 0 ? this.y / length : 0;
    // Where ways to two goals part, they cancel out: then the square's own holds.
    if (length < 0.2 * this.#weight) this.#take(this.#cells.cellAt(x, y));
  }

  #blend(cell: number, weight: number): void {
    if (this.#cells.free[cell] === 0) return;
    this.x += weight * this.#x[cell];
    this.y += weight * this.#y[cell];
    this.#weight += weight;
  }

  #take(cell: number): void {
    this.x = this.#x[cell];
    this.y = this.#y[cell];
  }
}
