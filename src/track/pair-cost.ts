/** What speaks for and against a pair of a track and a detection, besides how far their boxes overlap. */
import { CUT_BOTTOM, CUT_LEFT, CUT_RIGHT, CUT_TOP, varianceFor } from './edge-variance.ts';
import { edgeSurprise } from './kalman.ts';
import { ACROSS, DOWN } from './motion.ts';
import type { Observations } from './observations.ts';
import { middleX, middleY, sizeOf } from './overlap.ts';
import { HISTORY_SIZE, STATE_SIZE, type TrackPool } from './pool.ts';

/** Row of the history that is `back` observations old; 0 is the last. */
const historyRow = (pool: TrackPool, track: number, back: number): number =>
  track * HISTORY_SIZE + ((pool.historyCount[track] - 1 - back) % HISTORY_SIZE);

/** Row of the youngest observation at least `deltaTS` older than the last, or else of the oldest remembered. */
const earlierRow = (pool: TrackPool, track: number, deltaTS: number): number => {
  const last = historyRow(pool, track, 0);
  const remembered = Math.min(pool.historyCount[track], HISTORY_SIZE);
  for (let back = 1; back < remembered; back++) {
    const row = historyRow(pool, track, back);
    if (pool.historyS[last] - pool.historyS[row] >= deltaTS) return row;
  }
  return historyRow(pool, track, remembered - 1);
};

/**
 * Observation-centric momentum (OC-SORT §4.2): the angle between where a track was going, by its own observations, and
 * where this detection would take it, as a cost from -½ (straight on) to ½ (straight back).
 *
 * A track that barely moves has no direction; the cost fades with the distance travelled.
 */
export const directionCost = (
  pool: TrackPool,
  track: number,
  o: Observations,
  d: number,
  options: { readonly deltaTS: number; readonly moveDistance: number },
): number => {
  if (pool.historyCount[track] < 2) return 0;
  const last = historyRow(pool, track, 0);
  const from = earlierRow(pool, track, options.deltaTS);
  const wentX = pool.historyX[last] - pool.historyX[from];
  const wentY = pool.historyY[last] - pool.historyY[from];
  const goesX = middleX(o, d) - pool.historyX[from];
  const goesY = middleY(o, d) - pool.historyY[from];
  const went = Math.sqrt(wentX * wentX + wentY * wentY);
  const goes = Math.sqrt(goesX * goesX + goesY * goesY);
  if (went === 0 || goes === 0) return 0;
  const cosine = (wentX * goesX + wentY * goesY) / (went * goes);
  const angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
  return Math.min(1, went / (options.moveDistance * sizeOf(pool, track))) * (angle / Math.PI - 0.5);
};

/**
 * How surprising a detection's edges are to a track's filter, from 0 to 1: the mean over the four edges of
 * d² / (d² + 4), d being the distance in standard deviations (Geman and McClure's robust form of the Mahalanobis
 * distance by which DeepSORT admits pairs). One edge that something hides costs a quarter at most.
 */
export const surpriseCost = (pool: TrackPool, track: number, o: Observations, d: number): number => {
  const x = pool.state;
  const across = track * STATE_SIZE + ACROSS;
  const down = track * STATE_SIZE + DOWN;
  const cut = o.cut[d];
  const left = varianceFor(o.leftVariance[d], cut & CUT_LEFT, pool.left[track] < o.left[d]);
  const right = varianceFor(o.rightVariance[d], cut & CUT_RIGHT, pool.right[track] > o.right[d]);
  const top = varianceFor(o.topVariance[d], cut & CUT_TOP, pool.top[track] < o.top[d]);
  const bottom = varianceFor(o.bottomVariance[d], cut & CUT_BOTTOM, pool.bottom[track] > o.bottom[d]);
  const sum =
    edgeSurprise(x, across, -0.5, o.left[d], left) +
    edgeSurprise(x, across, 0.5, o.right[d], right) +
    edgeSurprise(x, down, -1, o.top[d], top) +
    edgeSurprise(x, down, 0, o.bottom[d], bottom);
  return sum / 4;
};
