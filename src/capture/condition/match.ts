import type { BlockEdges } from './block-edges.ts';
import { createCorrelation, NO_MATCH, type ViewEdges } from './correlation.ts';
import { COLUMNS, ROWS } from './grid.ts';
import { IN_PLACE, LARGE_WARPS, SMALL_WARPS, type Warp } from './warps.ts';

/** How a view matches another. */
export interface Match {
  /** Correlation in place, −1 to 1. */
  here: number;
  /** The highest correlation of all that were tried. */
  best: number;
  /** How far from its place the view matches best, as a share of the picture's width. */
  displacement: number;
  /** How far the correlation near its place stands out of those elsewhere, in their standard deviations. */
  prominence: number;
}

/** Compares the present view with one that is remembered. */
export interface Matcher {
  /** Tries it in place and a little beside: true when it matches in place, and nowhere tried better. */
  isInPlace(view: ViewEdges): boolean;
  /**
   * Tries it everywhere; the answer is valid until the next.
   *
   * @param aspect the picture's height over its width
   */
  search(view: ViewEdges, aspect: number): Match;
}

/** Cells up to which a view is tried to be shifted: 19 % of the width, 25 % of the height. */
const FARTHEST = 18;
/** Half the width of a peak, in cells. */
const COARSE_STEP = 3;
const FINE = 2;
/** Beyond so many cells from its place a correlation is one of elsewhere. */
const PEAK = 4;
/** Correlation from which a view matches without looking elsewhere; other scenes came to 0.33 at most, anywhere. */
const PLAIN_MATCH = 0.5;

/** Vertex of the parabola through three values, −0.5 to 0.5. */
const vertex = (before: number, at: number, after: number): number => {
  const bend = before - 2 * at + after;
  return bend < 0 ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend))) : 0;
};

/** Mean and standard deviation of the correlations elsewhere. */
interface Elsewhere {
  count: number;
  sum: number;
  squares: number;
}

const prominenceAmong = ({ count, sum, squares }: Elsewhere, value: number): number => {
  const mean = sum / Math.max(1, count);
  const deviation = Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean));
  return deviation > 0 ? (value - mean) / deviation : 0;
};

class ShiftSearch implements Matcher {
  readonly #correlate;
  readonly #match: Match = { here: 0, best: 0, displacement: 0, prominence: 0 };
  readonly #elsewhere: Elsewhere = { count: 0, sum: 0, squares: 0 };
  #column = 0;
  #row = 0;

  constructor(blocks: BlockEdges) {
    this.#correlate = createCorrelation(blocks);
  }

  isInPlace(view: ViewEdges): boolean {
    const here = this.#shifted(view, 0, 0);
    if (here < PLAIN_MATCH) return false;
    for (const step of [-FINE, FINE])
      if (this.#shifted(view, step, 0) > here || this.#shifted(view, 0, step) > here) return false;
    return SMALL_WARPS.every((warp) => this.#correlate(view, warp, 0, 0) <= here);
  }

  search(view: ViewEdges, aspect: number): Match {
    const match = this.#match;
    match.best = NO_MATCH;
    this.#tryAround(view, 0, 0, 1);
    const near = match.best;
    this.#tryAllOver(view);
    this.#tryAround(view, this.#column, this.#row, FINE);
    match.here = this.#shifted(view, 0, 0);
    match.prominence = prominenceAmong(this.#elsewhere, near);
    match.displacement = this.#displacement(view, aspect);
    this.#tryWarps(view, SMALL_WARPS);
    this.#tryWarps(view, LARGE_WARPS);
    return match;
  }

  #shifted(view: ViewEdges, columns: number, rows: number): number {
    return this.#correlate(view, IN_PLACE, columns, rows);
  }

  #try(view: ViewEdges, columns: number, rows: number): number {
    const value = this.#shifted(view, columns, rows);
    if (value <= this.#match.best) return value;
    this.#match.best = value;
    this.#column = columns;
    this.#row = rows;
    return value;
  }

  #tryAllOver(view: ViewEdges): void {
    const elsewhere = this.#elsewhere;
    elsewhere.count = 0;
    elsewhere.sum = 0;
    elsewhere.squares = 0;
    for (let rows = -FARTHEST; rows <= FARTHEST; rows += COARSE_STEP)
      for (let columns = -FARTHEST; columns <= FARTHEST; columns += COARSE_STEP) {
        const value = this.#try(view, columns, rows);
        if (value === NO_MATCH || Math.max(Math.abs(columns), Math.abs(rows)) <= PEAK) continue;
        elsewhere.count++;
        elsewhere.sum += value;
        elsewhere.squares += value * value;
      }
  }

  #tryAround(view: ViewEdges, column: number, row: number, reach: number): void {
    for (let rows = row - reach; rows <= row + reach; rows++)
      for (let columns = column - reach; columns <= column + reach; columns++) this.#try(view, columns, rows);
  }

  #displacement(view: ViewEdges, aspect: number): number {
    const [column, row, best] = [this.#column, this.#row, this.#match.best];
    const x = vertex(this.#shifted(view, column - 1, row), best, this.#shifted(view, column + 1, row));
    const y = vertex(this.#shifted(view, column, row - 1), best, this.#shifted(view, column, row + 1));
    return Math.hypot((column + x) / COLUMNS, ((row + y) / ROWS) * aspect);
  }

  #tryWarps(view: ViewEdges, warps: readonly Warp[]): void {
    for (const warp of warps) {
      const value = this.#correlate(view, warp, 0, 0);
      if (value <= this.#match.best) continue;
      this.#match.best = value;
      this.#match.displacement = warp.displacement;
    }
  }
}

/**
 * Creates a matcher: like phase correlation, it looks for the shift at which two views agree best, but over blocks too
 * coarse to show anything. What stands out is judged as correlation filters judge a peak, against the mean and the
 * standard deviation of the correlations elsewhere.
 *
 * @see Bolme et al.: Visual Object Tracking using Adaptive Correlation Filters, CVPR 2010 (peak to sidelobe ratio)
 */
export const createMatcher = (blocks: BlockEdges): Matcher => new ShiftSearch(blocks);
