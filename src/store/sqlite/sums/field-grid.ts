/**
 * Sums of density and velocity in every cell of a grid.
 *
 * A calibration may change, and with it the grid; metres of the one are not metres of the other. Then the later grid
 * stays, with the time for which it was known: what the row says was known is shorter than what was measured, and so
 * tells that something is left out.
 */
import type { FieldObservation, Observation } from '../../../contract/index.ts';
import type { FieldSums, Grid } from '../field-body.ts';

const isSameGrid = (a: Grid, b: Grid): boolean =>
  a.originXM === b.originXM &&
  a.originYM === b.originYM &&
  a.cellM === b.cellM &&
  a.columns === b.columns &&
  a.rows === b.rows;

const addEach = (into: Float64Array, from: Float64Array): void => {
  for (let i = 0; i < into.length; i++) into[i] += from[i];
};

/** Sums over the time in which a field was known. */
export class FieldGrid {
  readonly grid: Grid;
  lastMs = -1;
  knownS = 0;
  readonly densityS: Float64Array;
  readonly movingS: Float64Array;
  readonly momentumX: Float64Array;
  readonly momentumY: Float64Array;

  constructor({ originXM, originYM, cellM, columns, rows }: Grid) {
    this.grid = { originXM, originYM, cellM, columns, rows };
    const cells = columns * rows;
    this.densityS = new Float64Array(cells);
    this.movingS = new Float64Array(cells);
    this.momentumX = new Float64Array(cells);
    this.momentumY = new Float64Array(cells);
  }

  /** Adds a second whose grid is this one. */
  addSecond(field: FieldObservation, { startMs, measuredS }: Observation): void {
    this.lastMs = Math.max(this.lastMs, startMs);
    this.knownS += measuredS;
    field.cell.forEach((cell, i) => {
      const density = field.densityPerM2[i] * measuredS;
      const [x, y] = [field.velocityXMps[i], field.velocityYMps[i]];
      this.densityS[cell] += density;
      if (x === null || y === null) return;
      this.movingS[cell] += density;
      this.momentumX[cell] += density * x;
      this.momentumY[cell] += density * y;
    });
  }

  /** Adds sums whose grid is this one. */
  add(other: FieldGrid): void {
    this.lastMs = Math.max(this.lastMs, other.lastMs);
    this.knownS += other.knownS;
    addEach(this.densityS, other.densityS);
    addEach(this.movingS, other.movingS);
    addEach(this.momentumX, other.momentumX);
    addEach(this.momentumY, other.momentumY);
  }

  /** The cells where somebody was. */
  toSums(): FieldSums {
    const cell = Uint32Array.from(this.densityS.keys()).filter((at) => this.densityS[at] > 0);
    const those = (column: Float64Array): Float32Array => Float32Array.from(cell, (at) => column[at]);
    return {
      grid: this.grid,
      lastMs: this.lastMs,
      cell,
      densityS: those(this.densityS),
      movingS: those(this.movingS),
      momentumX: those(this.momentumX),
      momentumY: those(this.momentumY),
    };
  }

  /** What {@link toSums} was made of. */
  static fromSums(sums: FieldSums, knownS: number): FieldGrid {
    const grid = new FieldGrid(sums.grid);
    grid.lastMs = sums.lastMs;
    grid.knownS = knownS;
    sums.cell.forEach((cell, i) => {
      grid.densityS[cell] = sums.densityS[i];
      grid.movingS[cell] = sums.movingS[i];
      grid.momentumX[cell] = sums.momentumX[i];
      grid.momentumY[cell] = sums.momentumY[i];
    });
    return grid;
  }
}

/** A field with one more second; the field may be changed, or another come out. */
export const withSecond = (sums: FieldGrid | undefined, observation: Observation): FieldGrid | undefined => {
  const { field } = observation;
  if (field === null) return sums;
  const into = sums !== undefined && isSameGrid(sums.grid, field) ? sums : new FieldGrid(field);
  into.addSecond(field, observation);
  return into;
};

/** Two fields as one; the first may be changed. */
export const withField = (sums: FieldGrid | undefined, other: FieldGrid | undefined): FieldGrid | undefined => {
  if (sums === undefined || other === undefined) return sums ?? other;
  if (!isSameGrid(sums.grid, other.grid)) return other.lastMs >= sums.lastMs ? other : sums;
  sums.add(other);
  return sums;
};
