import { framesOf, type MotBoxes } from './mot-boxes.ts';

/** How wrong the number of people was, frame by frame. */
export interface CountErrors {
  readonly frames: number;
  /** Mean of |found - true|, people. */
  readonly meanAbsolute: number;
  /** Mean of found - true: positive when too many are counted, people. */
  readonly bias: number;
  /** Mean absolute error and bias by number truly present, in rising order. */
  readonly byPresent: readonly PresentErrors[];
}

/** The errors of all frames with the same number of people. */
export interface PresentErrors {
  readonly present: number;
  readonly frames: number;
  readonly meanAbsolute: number;
  readonly bias: number;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const summarize = (errors: readonly number[]): { frames: number; meanAbsolute: number; bias: number } => ({
  frames: errors.length,
  meanAbsolute: mean(errors.map(Math.abs)),
  bias: mean(errors),
});

/**
 * Errors of the count over the frames that were looked at. One in which neither table has a box is a frame too: nobody
 * was there, and nobody was found.
 *
 * @param truth  true boxes, without those to be ignored
 * @param found  what was counted, without what matches ignored boxes
 * @param frames numbers of the frames, each once
 */
export const computeCountErrors = (truth: MotBoxes, found: MotBoxes, frames: Iterable<number>): CountErrors => {
  const byPresent = new Map<number, number[]>();
  const all: number[] = [];
  const add = (present: number, counted: number): void => {
    all.push(counted - present);
    const errors = byPresent.get(present) ?? [];
    errors.push(counted - present);
    byPresent.set(present, errors);
  };
  const empty = new Set(frames);
  for (const rows of framesOf(truth, found))
    if (empty.delete(rows.frame)) add(rows.truthTo - rows.truthFrom, rows.foundTo - rows.foundFrom);
  for (let left = empty.size; left > 0; left--) add(0, 0);
  return {
    ...summarize(all),
    byPresent: [...byPresent]
      .toSorted(([a], [b]) => a - b)
      .map(([present, errors]) => Object.assign(summarize(errors), { present })),
  };
};
