/**
 * Spreads one person over the cells around with a Gaussian kernel. What a person adds to a field is its share of
 * them: the kernel density, the mean map of a camera and crowd pressure are all sums of such shares.
 */
import { cellCount, type FieldGrid } from './field-grid.ts';

/** A kernel is cut off at this many standard deviations; 1.1 % of it lies beyond. */
const REACH = 3;

/**
 * Variance of a kernel on a grid, m². A kernel narrower than half a cell might miss the centre of every cell, and is
 * widened to that.
 *
 * @param sigmaM its width, one standard deviation, m
 */
export const kernelVarianceM2 = ({ cellM }: FieldGrid, sigmaM: number): number => Math.max(sigmaM, cellM / 2) ** 2;

/**
 * Shares of the cells around a place:
 *
 *   share(cell) = K(centre − place) ÷ Σ over the cells of the mask of K,   K(d) = exp(−dᵀ C⁻¹ d / 2),   0 beyond 3 σ
 *
 * They add up to 1 whatever is cut off by walls and edges (edge correction): nobody is lost there.
 *
 * @see Silverman, Density Estimation, 1986, sections 2.10 (edges) and 4.2 (the kernel in the plane)
 */
export class GaussianSpread {
  /** Cells under the kernel, up to what {@link spread} returns. */
  readonly cells: Uint32Array;
  /** Their shares. */
  readonly shares: Float64Array;
  readonly #grid: FieldGrid;
  readonly #mask: Uint8Array;
  /** The kernel along a row, per column. */
  readonly #along: Float64Array;

  /** @param mask 1 for the cells that people may be spread over */
  constructor(grid: FieldGrid, mask: Uint8Array) {
    this.#grid = grid;
    this.#mask = mask;
    this.cells = new Uint32Array(cellCount(grid));
    this.shares = new Float64Array(cellCount(grid));
    this.#along = new Float64Array(grid.columns);
  }

  /**
   * Spreads a person at (xM, yM), m, with the covariance xx, xy, yy, m² (positive definite).
   *
   * @returns how many cells have a share; 0 when none is in reach, and for NaN
   */
  spread(xM: number, yM: number, xx: number, xy: number, yy: number): number {
    const { originXM, originYM, cellM } = this.#grid;
    const x = (xM - originXM) / cellM;
    const y = (yM - originYM) / cellM;
    const unit = cellM * cellM;
    const round = xy === 0 && xx === yy;
    const count = round ? this.#weighRound(x, y, xx / unit) : this.#weighOval(x, y, xx / unit, xy / unit, yy / unit);
    this.#normalise(count);
    return count;
  }

  #normalise(count: number): void {
    const { shares } = this;
    let sum = 0;
    for (let k = 0; k < count; k++) sum += shares[k];
    const perWeight = 1 / sum;
    for (let k = 0; k < count; k++) shares[k] *= perWeight;
  }

  /** The cells in a circle, units of cells: a product of two one-dimensional kernels, so exponentials are few. */
  #weighRound(x: number, y: number, variance: number): number {
    const { columns, rows } = this.#grid;
    const { cells, shares } = this;
    const mask = this.#mask;
    const along = this.#along;
    const reach = REACH * Math.sqrt(variance);
    const perVariance = -1 / (2 * variance);
    const left = Math.max(0, Math.ceil(x - reach - 0.5));
    const right = Math.min(columns - 1, Math.floor(x + reach - 0.5));
    for (let column = left; column <= right; column++) {
      const dx = column + 0.5 - x;
      along[column] = Math.exp(dx * dx * perVariance);
    }
    const top = Math.min(rows - 1, Math.floor(y + reach - 0.5));
    let count = 0;
    for (let row = Math.max(0, Math.ceil(y - reach - 0.5)); row <= top; row++) {
      const dy = row + 0.5 - y;
      const half = Math.sqrt(Math.max(0, reach * reach - dy * dy));
      const across = Math.exp(dy * dy * perVariance);
      const last = Math.min(right, Math.floor(x + half - 0.5));
      for (let column = Math.max(left, Math.ceil(x - half - 0.5)); column <= last; column++) {
        const cell = row * columns + column;
        if (mask[cell] !== 1) continue;
        cells[count] = cell;
        shares[count++] = across * along[column];
      }
    }
    return count;
  }

  /** The cells in an ellipse, units of cells. */
  #weighOval(x: number, y: number, xx: number, xy: number, yy: number): number {
    const { columns, rows } = this.#grid;
    const twiceDet = 2 * (xx * yy - xy * xy);
    const reachX = REACH * Math.sqrt(xx);
    const reachY = REACH * Math.sqrt(yy);
    const right = Math.min(columns - 1, Math.floor(x + reachX - 0.5));
    const top = Math.min(rows - 1, Math.floor(y + reachY - 0.5));
    let count = 0;
    for (let row = Math.max(0, Math.ceil(y - reachY - 0.5)); row <= top; row++) {
      for (let column = Math.max(0, Math.ceil(x - reachX - 0.5)); column <= right; column++) {
        const cell = row * columns + column;
        if (this.#mask[cell] !== 1) continue;
        const dx = column + 0.5 - x;
        const dy = row + 0.5 - y;
        const exponent = (yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / twiceDet;
        // An ellipse, as uncertainty is, and not the rectangle around it.
        if (exponent > REACH ** 2 / 2) continue;
        this.cells[count] = cell;
        this.shares[count++] = Math.exp(-exponent);
      }
    }
    return count;
  }
}
