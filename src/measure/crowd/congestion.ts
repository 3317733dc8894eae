/**
 * Congestion Level and Congestion Number: how much the way people turn differs from one spot to the next. Streams
 * that slide along, however dense, have little; people who work their way through each other have much.
 */
import { PERSON_CLASS_INDEX, type Positions } from '../../contract/index.ts';
import { cellAt, cellCount, type FieldGrid } from '../space/field-grid.ts';
import type { Motion } from '../speed/motion.ts';

/** How congestion is measured. */
export interface CongestionOptions {
  /** Velocities are averaged over so long, ms. Default 10,000. */
  readonly averagingMs?: number;
  /** Radius of the region round a cell that is looked at, in cells. Default 3.5. */
  readonly regionCells?: number;
}

/** Makes the number of the level: of the order of 1 where neighbouring cells walk against each other. */
const NUMBER_DIVISOR = 6;

/** One rotor has no range. */
const LEAST_ROTORS = 2;

/** Cells of a region, relative to its middle. */
interface Region {
  readonly dx: Int32Array;
  readonly dy: Int32Array;
}

const regionOf = (radius: number): Region => {
  const reach = Math.floor(radius);
  const dx: number[] = [];
  const dy: number[] = [];
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) {
      if (Math.hypot(x, y) > radius) continue;
      dx.push(x);
      dy.push(y);
    }
  }
  return { dx: Int32Array.from(dx), dy: Int32Array.from(dy) };
};

/**
 * Congestion on a grid, a stretch of ten seconds at a time. With the mean velocity V of the people who were in a
 * cell, h the side of a cell and E, W, N, S its neighbours:
 *
 *   r  = ∂Vy/∂x − ∂Vx/∂y ≈ (Vy(E) − Vy(W) − Vx(N) + Vx(S)) / 2h                       rotor, 1/s
 *   CL = (max r − min r) / mean |V|    over the cells within 3.5 h                     Congestion Level, 1/m
 *   CN = h · CL / 6                                                                    Congestion Number, no unit
 *
 * (1/s) / (m/s) = 1/m, and a length makes it a pure number. The rotor is known where all four neighbours are; a level
 * where the cell's own velocity is, somebody moves within the region, and two rotors are known in it.
 *
 * Known cases: a crowd that moves as one, one that turns as one (r = 2ω everywhere) and a uniform shear have CL = 0;
 * two opposite lanes of equal speed side by side CN = 1/6 where they meet; no field of one speed exceeds 2/3, which
 * cells that walk against each other all round would reach. The authors take CN ≪ 1 for safe, regular motion and CN
 * near 1 for a congested, possibly dangerous one.
 *
 * Caveats: it grows with noise of the velocities when few people pass a cell, and with a finer grid; compare like
 * with like. A nearly standing crowd divides noise by next to nothing. Cells on two sides of a thin wall are
 * neighbours here.
 *
 * @example
 * const congestion = new Congestion(grid);
 * if (congestion.add(positions, motion)) levels.add(zoneMean(congestion.number, cells)); // cells = zoneCells(…)
 * @see Feliciani & Nishinari, Measurement of congestion and intrinsic risk in pedestrian crowds, Transportation
 *   Research Part C 91 (2018) 124 (level); Zanlungo, Feliciani, Yücel, Nishinari & Kanda, A pure number to assess
 *   "congestion" in pedestrian crowds, ibid. 148 (2023) 104041, arXiv 2004.01883 (number). Formulas, the 6 and the
 *   round region are those of the authors' program `pedtools`; the lengths of the average and of the region are a
 *   choice, not a finding
 */
export class Congestion {
  /** Congestion Level of the last stretch, 1/m; NaN where unknown. */
  readonly levelPerM: Float64Array;
  /** Congestion Number of the last stretch; NaN where unknown. */
  readonly number: Float64Array;
  /** Rotor of the last stretch, 1/s; NaN where unknown. */
  readonly rotorPerS: Float64Array;
  readonly #grid: FieldGrid;
  readonly #averagingMs: number;
  readonly #region: Region;
  /** Of the stretch at hand: velocities seen in a cell, their sums, and then their mean, NaN where nobody was. */
  readonly #seen: Float64Array;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  #startMs = Number.NaN;
  #lastMs = Number.NaN;

  constructor(grid: FieldGrid, { averagingMs = 10_000, regionCells = 3.5 }: CongestionOptions = {}) {
    const column = (): Float64Array => new Float64Array(cellCount(grid));
    this.#grid = grid;
    this.#averagingMs = averagingMs;
    this.#region = regionOf(regionCells);
    this.levelPerM = column().fill(Number.NaN);
    this.number = column().fill(Number.NaN);
    this.rotorPerS = column().fill(Number.NaN);
    this.#seen = column();
    this.#x = column();
    this.#y = column();
  }

  /**
   * Takes one frame.
   *
   * @param motion of the same people, in the same order; who has no velocity is left out
   * @returns whether a stretch ended before this frame, so that the fields are new
   */
  add(positions: Positions, motion: Motion): boolean {
    const { timeMs } = positions;
    // A stretch ends when it is long enough, and when time runs backwards.
    const over = timeMs - this.#startMs >= this.#averagingMs || timeMs < this.#lastMs;
    const renewed = over && this.close();
    if (Number.isNaN(this.#startMs)) this.#startMs = timeMs;
    this.#lastMs = timeMs;
    for (let i = 0; i < positions.count; i++) {
      const x = motion.velocityXMps[i];
      const y = motion.velocityYMps[i];
      if (positions.classIndex[i] !== PERSON_CLASS_INDEX || !Number.isFinite(x) || !Number.isFinite(y)) continue;
      const cell = cellAt(this.#grid, positions.x[i], positions.y[i]);
      if (cell < 0) continue;
      this.#seen[cell]++;
      this.#x[cell] += x;
      this.#y[cell] += y;
    }
    return renewed;
  }

  /**
   * Ends the stretch at hand, as at the end of a window.
   *
   * @returns whether there was one, so that the fields are new
   */
  close(): boolean {
    if (Number.isNaN(this.#startMs)) return false;
    this.#takeMeans();
    this.#turn();
    this.#compare();
    this.#seen.fill(0);
    this.#x.fill(0);
    this.#y.fill(0);
    this.#startMs = Number.NaN;
    return true;
  }

  #takeMeans(): void {
    for (let cell = 0; cell < this.#seen.length; cell++) {
      const seen = this.#seen[cell];
      this.#x[cell] = seen > 0 ? this.#x[cell] / seen : Number.NaN;
      this.#y[cell] = seen > 0 ? this.#y[cell] / seen : Number.NaN;
    }
  }

  /** Rotors; what is unknown spreads as NaN. */
  #turn(): void {
    const { columns, rows, cellM } = this.#grid;
    this.rotorPerS.fill(Number.NaN);
    for (let row = 1; row < rows - 1; row++) {
      for (let column = 1; column < columns - 1; column++) {
        const cell = row * columns + column;
        const alongX = this.#y[cell + 1] - this.#y[cell - 1];
        const alongY = this.#x[cell + columns] - this.#x[cell - columns];
        this.rotorPerS[cell] = (alongX - alongY) / (2 * cellM);
      }
    }
  }

  #compare(): void {
    for (let cell = 0; cell < this.#seen.length; cell++) {
      const level = this.#seen[cell] > 0 ? this.#levelAt(cell) : Number.NaN;
      this.levelPerM[cell] = level;
      this.number[cell] = (this.#grid.cellM * level) / NUMBER_DIVISOR;
    }
  }

  #levelAt(cell: number): number {
    const { columns, rows } = this.#grid;
    const { dx, dy } = this.#region;
    const column = cell % columns;
    const row = Math.floor(cell / columns);
    let max = Number.NEGATIVE_INFINITY;
    let min = Number.POSITIVE_INFINITY;
    let rotors = 0;
    let speeds = 0;
    let speedSum = 0;
    for (let k = 0; k < dx.length; k++) {
      const c = column + dx[k];
      const r = row + dy[k];
      if (c < 0 || r < 0 || c >= columns || r >= rows) continue;
      const other = r * columns + c;
      if (this.#seen[other] > 0) {
        speeds++;
        speedSum += Math.sqrt(this.#x[other] ** 2 + this.#y[other] ** 2);
      }
      const rotor = this.rotorPerS[other];
      if (Number.isNaN(rotor)) continue;
      rotors++;
      if (rotor > max) max = rotor;
      if (rotor < min) min = rotor;
    }
    return rotors < LEAST_ROTORS || speedSum === 0 ? Number.NaN : ((max - min) * speeds) / speedSum;
  }
}
