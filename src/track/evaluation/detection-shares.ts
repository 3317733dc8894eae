import { type DetectionShares, ERROR_MEMORY_S } from '../../contract/index.ts';
import { matchFrame } from './frame-matching.ts';
import { framesOf, type MotBoxes } from './mot-boxes.ts';

/** Blocks that errors of one are not likely to reach out of on both sides, s. */
const BLOCK_S = 2 * ERROR_MEMORY_S;

/**
 * Standard error of a share Σa/Σb of a series whose neighbours are alike, by overlapping batch means of a − share·b.
 *
 *   Var = L / ((T − L + 1)·(T − L)) · Σ (mean of block)² / (mean of b)²
 *
 * @returns 0 when the series is shorter than two blocks
 * @see Meketon & Schmeiser, "Overlapping batch means: something for nothing?", WSC 1984
 */
const blockError = (a: Float64Array, b: Float64Array, share: number, blockFrames: number): number => {
  const frames = a.length;
  if (frames < 2 * blockFrames) return 0;
  let total = 0;
  let block = 0;
  let squares = 0;
  for (let t = 0; t < frames; t++) {
    total += b[t];
    block += a[t] - share * b[t];
    if (t >= blockFrames) block -= a[t - blockFrames] - share * b[t - blockFrames];
    if (t >= blockFrames - 1) squares += (block / blockFrames) ** 2;
  }
  const variance = (blockFrames * squares) / ((frames - blockFrames + 1) * (frames - blockFrames));
  return Math.sqrt(variance) / (total / frames);
};

/**
 * Standard error of a share of `looks` independent looks; half a look of either kind is added, so that a short clip
 * without an error does not prove that there are none.
 */
const binomialError = (share: number, looks: number): number => {
  const even = (share * looks + 0.5) / (looks + 1);
  return Math.sqrt((even * (1 - even)) / (looks + 1));
};

/** Σa/Σb over the frames with the greater of its two errors; null when there is nothing to divide by. */
const shareOf = (a: Float64Array, b: Float64Array, framesPerS: number): { value: number; se: number } | null => {
  const total = b.reduce((sum, n) => sum + n, 0);
  if (total === 0) return null;
  const value = a.reduce((sum, n) => sum + n, 0) / total;
  const looks = total / (framesPerS * ERROR_MEMORY_S);
  const blockFrames = Math.max(1, Math.round(BLOCK_S * framesPerS));
  return { value, se: Math.max(blockError(a, b, value, blockFrames), binomialError(value, looks)) };
};

/**
 * Recall and precision of the people counted, per person and frame, at an overlap of 0.5. Their standard errors allow
 * for frames being like their neighbours, and for one person's errors lasting {@link ERROR_MEMORY_S}.
 *
 * @param truth      true boxes, without those to be ignored
 * @param found      what was counted, without what matches ignored boxes
 * @param frames     numbers of the frames that were measured, in order
 * @param framesPerS how many of them there are in a second
 * @returns null when nobody was there, nobody was found, or nobody of those who were there was found
 */
export const computeDetectionShares = (
  truth: MotBoxes,
  found: MotBoxes,
  frames: readonly number[],
  framesPerS: number,
): DetectionShares | null => {
  const at = new Map(frames.map((frame, i) => [frame, i] as const));
  const there = new Float64Array(frames.length);
  const reported = new Float64Array(frames.length);
  const right = new Float64Array(frames.length);
  for (const rows of framesOf(truth, found)) {
    const i = at.get(rows.frame);
    if (i === undefined) continue;
    there[i] = rows.truthTo - rows.truthFrom;
    reported[i] = rows.foundTo - rows.foundFrom;
    right[i] = matchFrame(truth, found, rows).length;
  }
  const recall = shareOf(right, there, framesPerS);
  const precision = shareOf(right, reported, framesPerS);
  if (!recall || !precision || recall.value === 0) return null;
  return { recall: recall.value, recallSe: recall.se, precision: precision.value, precisionSe: precision.se };
};
