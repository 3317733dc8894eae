import { CELLS, cellsWhere, COLUMNS, ROWS } from './grid.ts';
import type { Sample } from './sample.ts';

/**
 * Edges that stay: at each cell the mean over some seconds of its gradient, with the strength of the edge taken out.
 *
 *   e ← e + share · (g / (|g| + g₀) − e),   g₀ = 1 of 255 + 1/4 of the mean |g| of the picture before
 *
 * A strong edge that lasts comes to length 1, whatever its contrast, so that the exposure, the gain and the time of day matter
 * little. People who walk by, and noise, point now here, now there, and cancel out.
 */
export interface LastingEdges {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Cells that have a gradient: open ones with open neighbours. */
  readonly cells: Uint16Array;
  /** Samples since the beginning. */
  readonly samples: number;
  /** Variance of the mean of noise of variance 1: 1/n after n samples of the same share. */
  readonly noiseShare: number;
  /** Takes a sample in, with its share of the mean, 0 to 1. The first is taken whole. */
  add(sample: Sample, share: number): void;
}

const hasOpenNeighbours = (open: Uint8Array, cell: number): boolean => {
  const column = cell % COLUMNS;
  const row = (cell - column) / COLUMNS;
  if (column === 0 || column === COLUMNS - 1 || row === 0 || row === ROWS - 1) return false;
  return [cell, cell - 1, cell + 1, cell - COLUMNS, cell + COLUMNS].every((other) => open[other] === 1);
};

/** A step of 1 of 255 between a cell's neighbours, in sums of four taps: about that is noise. */
const LEAST_STEP = 4;
const FLOOR_SHARE = 0.25;

/**
 * Creates the mean of no samples.
 *
 * @param open 1 for cells that may be looked at
 */
export const createLastingEdges = (open: Uint8Array): LastingEdges => {
  const x = new Float32Array(CELLS);
  const y = new Float32Array(CELLS);
  const cells = cellsWhere((cell) => hasOpenNeighbours(open, cell));
  let meanStep = 0;
  let samples = 0;
  let noiseShare = 1;

  const addAll = (values: Uint16Array, share: number): void => {
    const floor = LEAST_STEP + FLOOR_SHARE * meanStep;
    let steps = 0;
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i];
      const across = values[cell + 1] - values[cell - 1];
      const down = values[cell + COLUMNS] - values[cell - COLUMNS];
      const step = Math.sqrt(across * across + down * down);
      const scale = 1 / (step + floor);
      steps += step;
      x[cell] += share * (across * scale - x[cell]);
      y[cell] += share * (down * scale - y[cell]);
    }
    meanStep = steps / Math.max(1, cells.length);
  };

  return {
    x,
    y,
    cells,
    get samples() {
      return samples;
    },
    get noiseShare() {
      return noiseShare;
    },
    add({ cells: values }, share) {
      const own = samples === 0 ? 1 : share;
      addAll(values, own);
      noiseShare = (1 - own) ** 2 * noiseShare + own ** 2;
      samples++;
    },
  };
};
