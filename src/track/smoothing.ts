/**
 * Smooths boxes over the frames before and after: a straight line is fitted to each side of a track's box over a window
 * in time, with weights that fall to nothing at its ends, and read off in the middle.
 *
 *   minimise Σ w(tᵢ - t) · (xᵢ - a - b·(tᵢ - t))²,   w(u) = 1 - |u| / reach;   the smoothed side is a
 *
 * Local linear regression (Cleveland 1979) follows a steady walk without lagging and without shrinking it at its ends.
 * What bends or grows on the way is flattened, so the window reaches no further than the time in which the object moves
 * by half its own size, and at most to the lag: who strolls is smoothed over seconds, a fast car hardly at all.
 */
import { createTracks, type Tracks } from '../contract/index.ts';
import { copyTracks, rowOf } from './track-rows.ts';

/** A frame with a mark for the rows that may be used. */
export interface SettledFrame {
  readonly tracks: Tracks;
  readonly settled: Uint8Array;
}

/** Smooths one frame after another. */
export interface Smoother {
  /**
   * Smooths the first frame of `held` with the frames of `past` and the others of `held`.
   *
   * @returns a copy, used again at the next call
   */
  smooth(past: readonly SettledFrame[], held: readonly SettledFrame[]): Tracks;
}

const SIDES = ['left', 'top', 'right', 'bottom'] as const;

/** Sums per row: Σw, Σwu, Σwu², then Σwx and Σwux of each side. */
const SUMS = 3 + 2 * SIDES.length;

/** The window reaches as far as the object needs to move by this part of its own size. */
const REACH_SIZES = 0.5;

/** Speeds are read off over this part of the lag to either side. */
const SPEED_SHARE = 0.5;

const addFrame = (sums: Float64Array, reachMs: Float64Array, at: Tracks, { tracks, settled }: SettledFrame): void => {
  const offsetMs = tracks.timeMs - at.timeMs;
  let other = 0;
  for (let row = 0; row < at.count; row++) {
    while (other < tracks.count && tracks.id[other] < at.id[row]) other++;
    if (other === tracks.count) return;
    const u = offsetMs === 0 ? 0 : offsetMs / reachMs[row];
    const w = 1 - Math.abs(u);
    if (tracks.id[other] !== at.id[row] || !settled[other] || w <= 0) continue;
    const o = row * SUMS;
    sums[o] += w;
    sums[o + 1] += w * u;
    sums[o + 2] += w * u * u;
    for (let side = 0; side < SIDES.length; side++) {
      const x = w * tracks[SIDES[side]][other];
      sums[o + 3 + 2 * side] += x;
      sums[o + 4 + 2 * side] += x * u;
    }
  }
};

/** Below it, the frames with weight are too few for a line. */
const SMALLEST_DETERMINANT = 1e-9;

const writeSides = (sums: Float64Array, tracks: Tracks): void => {
  for (let row = 0; row < tracks.count; row++) {
    const o = row * SUMS;
    const determinant = sums[o] * sums[o + 2] - sums[o + 1] * sums[o + 1];
    if (determinant < SMALLEST_DETERMINANT) continue;
    for (let side = 0; side < SIDES.length; side++) {
      const x = sums[o + 3 + 2 * side];
      const xu = sums[o + 4 + 2 * side];
      tracks[SIDES[side]][row] = (sums[o + 2] * x - sums[o + 1] * xu) / determinant;
    }
  }
};

/** Row of a track in a frame if it may be used, else -1. */
const settledRow = ({ tracks, settled }: SettledFrame, id: number): number => {
  const row = rowOf(tracks, id);
  return row >= 0 && settled[row] ? row : -1;
};

/** How far a track's box moved between two frames, heights of the picture. */
const distance = (first: Tracks, a: number, last: Tracks, b: number, aspectRatio: number): number => {
  const dx = ((last.left[b] + last.right[b] - first.left[a] - first.right[a]) / 2) * aspectRatio;
  const dy = (last.top[b] + last.bottom[b] - first.top[a] - first.bottom[a]) / 2;
  return Math.sqrt(dx * dx + dy * dy);
};

/**
 * A smoother that looks `lagMs` to either side at most.
 *
 * @param aspectRatio width of the picture over its height
 */
export const createSmoother = (lagMs: number, aspectRatio: number): Smoother => {
  let smooth = createTracks(64);
  let sums = new Float64Array(64 * SUMS);
  let reachMs = new Float64Array(64);

  const isNear = (at: Tracks, { tracks }: SettledFrame): boolean =>
    Math.abs(tracks.timeMs - at.timeMs) <= lagMs * SPEED_SHARE;

  /** The way there and the way on are measured apart, so that who turns round is not taken to stand. */
  const fillReach = (first: SettledFrame, at: SettledFrame, last: SettledFrame): void => {
    const { tracks } = at;
    for (let row = 0; row < tracks.count; row++) {
      const before = settledRow(first, tracks.id[row]);
      const after = settledRow(last, tracks.id[row]);
      const cameMs = before < 0 ? 0 : tracks.timeMs - first.tracks.timeMs;
      const wentMs = after < 0 ? 0 : last.tracks.timeMs - tracks.timeMs;
      const came = before < 0 ? 0 : distance(first.tracks, before, tracks, row, aspectRatio);
      const went = after < 0 ? 0 : distance(tracks, row, last.tracks, after, aspectRatio);
      const size = Math.max((tracks.right[row] - tracks.left[row]) * aspectRatio, tracks.bottom[row] - tracks.top[row]);
      const isKnown = came + went > 0;
      reachMs[row] = isKnown ? Math.min(lagMs, (REACH_SIZES * size * (cameMs + wentMs)) / (came + went)) : lagMs;
    }
  };

  const reserve = (rows: number): void => {
    if (smooth.id.length >= rows) return;
    smooth = createTracks(rows * 2);
    sums = new Float64Array(rows * 2 * SUMS);
    reachMs = new Float64Array(rows * 2);
  };

  return {
    smooth(past, held) {
      const [at] = held;
      reserve(at.tracks.count);
      copyTracks(at.tracks, smooth);
      const first = past.find((frame) => isNear(at.tracks, frame)) ?? at;
      const last = held.findLast((frame) => isNear(at.tracks, frame)) ?? at;
      fillReach(first, at, last);
      sums.fill(0, 0, at.tracks.count * SUMS);
      for (const frame of past) addFrame(sums, reachMs, at.tracks, frame);
      for (const frame of held) addFrame(sums, reachMs, at.tracks, frame);
      writeSides(sums, smooth);
      return smooth;
    },
  };
};
