/** Rows of `Tracks`: finding, copying, interpolating. */
import type { Tracks } from '../contract/index.ts';

const COLUMNS = [
  'left',
  'top',
  'right',
  'bottom',
  'score',
  'classIndex',
  'id',
  'confirmed',
  'observed',
  'footVarianceX',
  'footVarianceY',
] as const;

const PLACE_COLUMNS = ['left', 'top', 'right', 'bottom', 'footVarianceX', 'footVarianceY'] as const;

/** Copies all rows; `to` must have room. */
export const copyTracks = (from: Tracks, to: Tracks): void => {
  to.frame = from.frame;
  to.timeMs = from.timeMs;
  to.count = from.count;
  for (const column of COLUMNS) {
    const source = from[column];
    const target = to[column];
    for (let row = 0; row < from.count; row++) target[row] = source[row];
  }
};

/** Keeps the rows for which `keeps` holds, in order. */
export const keepRows = (tracks: Tracks, keeps: (row: number) => boolean): void => {
  let kept = 0;
  for (let row = 0; row < tracks.count; row++) {
    if (!keeps(row)) continue;
    if (kept !== row) for (const column of COLUMNS) tracks[column][kept] = tracks[column][row];
    kept++;
  }
  tracks.count = kept;
};

/** Row of a track, or -1; rows are in rising order of id. */
export const rowOf = (tracks: Tracks, id: number): number => {
  let low = 0;
  let high = tracks.count - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (tracks.id[middle] === id) return middle;
    if (tracks.id[middle] < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
};

/** Puts the box of `row` on the straight line in time between the boxes of the same track in two other frames. */
export const interpolateRow = (tracks: Tracks, row: number, before: Tracks, after: Tracks): void => {
  const a = rowOf(before, tracks.id[row]);
  const b = rowOf(after, tracks.id[row]);
  const share = (tracks.timeMs - before.timeMs) / (after.timeMs - before.timeMs);
  for (const column of PLACE_COLUMNS) {
    tracks[column][row] = before[column][a] + share * (after[column][b] - before[column][a]);
  }
};
