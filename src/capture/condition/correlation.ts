import { type BlockEdges, CHANNELS } from './block-edges.ts';
import { BLOCKS, LEAST_OPEN_SHARE } from './grid.ts';
import type { Warp } from './warps.ts';

/** Edges of every block of a view, and which blocks are open. */
export interface ViewEdges {
  /** 1 for blocks that are looked at. */
  readonly open: Uint8Array;
  /** {@link CHANNELS} numbers a block. */
  readonly edges: Float32Array;
}

/** How well a view that is remembered agrees with the present one, its blocks warped and then shifted by whole cells. */
export type Correlate = (view: ViewEdges, warp: Warp, columns: number, rows: number) => number;

/** The correlation of views that have too little in common. */
export const NO_MATCH = -1;

/** Sums of a channel: a, b, ab, a², b². */
const SUMS = 5;

const take = (sums: Float64Array, now: Float64Array, edges: Float32Array, from: number): void => {
  for (let k = 0, at = 0; k < CHANNELS; k++, at += SUMS) {
    const a = now[k];
    const b = edges[from + k];
    sums[at] += a;
    sums[at + 1] += b;
    sums[at + 2] += a * b;
    sums[at + 3] += a * a;
    sums[at + 4] += b * b;
  }
};

const coefficient = (sums: Float64Array, count: number): number => {
  let common = 0;
  let own = 0;
  let other = 0;
  for (let at = 0; at < sums.length; at += SUMS) {
    common += sums[at + 2] - (sums[at] * sums[at + 1]) / count;
    own += sums[at + 3] - (sums[at] * sums[at]) / count;
    other += sums[at + 4] - (sums[at + 1] * sums[at + 1]) / count;
  }
  return own > 0 && other > 0 ? common / Math.sqrt(own * other) : NO_MATCH;
};

/**
 * Creates the normalised cross-correlation of the blocks' numbers, each channel about its own mean:
 *
 *   r = Σ cov(a, b) / √(Σ var(a) · Σ var(b))   over the channels, of the blocks that both views have
 *
 * The view that is remembered has coarse blocks; those of the present one are read wherever a shift would bring them, cell
 * by cell, so that a shift is found to a fraction of a block.
 *
 * @returns −1 to 1; −1 as well where fewer than half of the blocks that are remembered are in the picture
 */
export const createCorrelation = (blocks: BlockEdges): Correlate => {
  const now = new Float64Array(CHANNELS);
  const sums = new Float64Array(CHANNELS * SUMS);
  return ({ open, edges }, warp, columns, rows) => {
    sums.fill(0);
    let count = 0;
    let remembered = 0;
    for (let block = 0; block < BLOCKS; block++) {
      if (open[block] === 0) continue;
      remembered++;
      if (blocks.read(warp.columns[block] + columns, warp.rows[block] + rows, now) < LEAST_OPEN_SHARE) continue;
      count++;
      take(sums, now, edges, block * CHANNELS);
    }
    return count > 0 && count >= remembered / 2 ? coefficient(sums, count) : NO_MATCH;
  };
};
