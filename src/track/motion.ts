/** How a track moves: its two filtered axes, and the box that they describe. */
import { PERSON_CLASS_INDEX } from '../contract/index.ts';
import { groupOfClass } from './class-group.ts';
import { CUT_BOTTOM, CUT_LEFT, CUT_RIGHT, CUT_TOP, HIDDEN_FACTOR, varianceFor } from './edge-variance.ts';
import {
  ANCHOR,
  ANCHOR_RATE,
  ANCHOR_VARIANCE,
  AXIS_SIZE,
  initializeAxis,
  observeEdge,
  predictAxis,
  SIZE,
} from './kalman.ts';
import type { Observations } from './observations.ts';
import { type BoxColumns, middleX, sizeOf } from './overlap.ts';
import { STATE_SIZE, type TrackPool } from './pool.ts';

/** Noise of the motion model, in sizes of the object. */
export interface MotionOptions {
  readonly accelerationNoise: number;
  readonly sizeNoise: number;
  readonly initialVelocityDeviation: number;
}

/** Offset of the axis across in a track's state. */
export const ACROSS = 0;
/** Offset of the axis down in a track's state. */
export const DOWN = AXIS_SIZE;

const across = (track: number): number => track * STATE_SIZE + ACROSS;
const down = (track: number): number => track * STATE_SIZE + DOWN;

/** Keeps a box from vanishing or turning inside out. */
const SMALLEST_SIZE = 1e-4;

/** Writes the box of a track's state to its side columns. */
const refreshBox = (pool: TrackPool, track: number): void => {
  const x = pool.state;
  const half = Math.max(SMALLEST_SIZE, x[across(track) + SIZE]) / 2;
  const center = x[across(track) + ANCHOR];
  const foot = x[down(track) + ANCHOR];
  pool.left[track] = center - half;
  pool.right[track] = center + half;
  pool.bottom[track] = foot;
  pool.top[track] = foot - Math.max(SMALLEST_SIZE, x[down(track) + SIZE]);
};

/** Variance of an axis's edges when nothing else is known of it: a third of the object may be beyond the picture. */
const firstVariance = (sum: number, cut: number): number => (sum / 2) * (cut === 0 ? 1 : HIDDEN_FACTOR ** 2);

/** Width of a standing person over their height (Dollár et al., "Pedestrian Detection", PAMI 2012). */
const PERSON_ASPECT = 0.41;

/** Part of a person's width that the left or right side of the picture hides, as far as their height tells. */
const hiddenWidth = (o: Observations, i: number): number => {
  const isPerson = o.group[i] === groupOfClass(PERSON_CLASS_INDEX);
  if (!isPerson || (o.cut[i] & (CUT_LEFT | CUT_RIGHT)) === 0) return 0;
  return Math.max(0, PERSON_ASPECT * (o.bottom[i] - o.top[i]) - (o.right[i] - o.left[i]));
};

/** Begins a track's state at observation `i`. */
export const beginMotion = (
  pool: TrackPool,
  track: number,
  o: Observations,
  i: number,
  options: MotionOptions,
): void => {
  const rateVariance = (options.initialVelocityDeviation * sizeOf(o, i)) ** 2;
  const hidden = hiddenWidth(o, i);
  initializeAxis(pool.state, across(track), {
    anchor: middleX(o, i) + (o.cut[i] & CUT_LEFT ? -hidden / 2 : hidden / 2),
    size: o.right[i] - o.left[i] + hidden,
    upperShare: 0.5,
    edgeVariance: firstVariance(o.leftVariance[i] + o.rightVariance[i], o.cut[i] & (CUT_LEFT | CUT_RIGHT)),
    rateVariance,
  });
  initializeAxis(pool.state, down(track), {
    anchor: o.bottom[i],
    size: o.bottom[i] - o.top[i],
    upperShare: 0,
    edgeVariance: firstVariance(o.topVariance[i] + o.bottomVariance[i], o.cut[i] & (CUT_TOP | CUT_BOTTOM)),
    rateVariance,
  });
  refreshBox(pool, track);
};

/** Square of the speed, in sizes/s, whose growth even a thing at rest has: it bends, turns, lifts an arm. */
const REST_SPEED_SQUARE = 0.25;

/** Moves a track on by `dtS` seconds. */
export const predictMotion = (pool: TrackPool, track: number, dtS: number, options: MotionOptions): void => {
  const scale = sizeOf(pool, track) ** 2;
  const acceleration = options.accelerationNoise * scale;
  const vx = velocityX(pool, track);
  const vy = velocityY(pool, track);
  // A box grows or shrinks as its object comes or goes, so the faster it moves, the more.
  const growth = options.sizeNoise * (REST_SPEED_SQUARE * scale + vx * vx + vy * vy);
  predictAxis(pool.state, across(track), dtS, acceleration, growth);
  predictAxis(pool.state, down(track), dtS, acceleration, growth);
  refreshBox(pool, track);
};

/** Takes in a box with the edge variances of observation `i`. */
const observeBox = (
  pool: TrackPool,
  track: number,
  o: Observations,
  i: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
): void => {
  const x = pool.state;
  const cut = o.cut[i];
  const leftVariance = varianceFor(o.leftVariance[i], cut & CUT_LEFT, pool.left[track] < left);
  const rightVariance = varianceFor(o.rightVariance[i], cut & CUT_RIGHT, pool.right[track] > right);
  const bottomVariance = varianceFor(o.bottomVariance[i], cut & CUT_BOTTOM, pool.bottom[track] > bottom);
  const topVariance = varianceFor(o.topVariance[i], cut & CUT_TOP, pool.top[track] < top);
  observeEdge(x, across(track), -0.5, left, leftVariance);
  observeEdge(x, across(track), 0.5, right, rightVariance);
  observeEdge(x, down(track), 0, bottom, bottomVariance);
  observeEdge(x, down(track), -1, top, topVariance);
  refreshBox(pool, track);
};

/** Takes in observation `i`. */
export const updateMotion = (pool: TrackPool, track: number, o: Observations, i: number): void =>
  observeBox(pool, track, o, i, o.left[i], o.top[i], o.right[i], o.bottom[i]);

const restoreMotion = (pool: TrackPool, track: number): void => {
  for (let k = track * STATE_SIZE; k < (track + 1) * STATE_SIZE; k++) pool.state[k] = pool.savedState[k];
  refreshBox(pool, track);
};

/** Writes the box in which a track was last seen to the first row of `to`. */
export const writeSeenBox = (pool: TrackPool, track: number, to: BoxColumns): void => {
  const x = pool.savedState;
  const half = x[across(track) + SIZE] / 2;
  to.left[0] = x[across(track) + ANCHOR] - half;
  to.right[0] = x[across(track) + ANCHOR] + half;
  to.bottom[0] = x[down(track) + ANCHOR];
  to.top[0] = x[down(track) + ANCHOR] - x[down(track) + SIZE];
};

/** Remembers the state as it is at an observation. */
export const saveMotion = (pool: TrackPool, track: number): void => {
  for (let k = track * STATE_SIZE; k < (track + 1) * STATE_SIZE; k++) pool.savedState[k] = pool.state[k];
};

/**
 * Observation-centric re-update (OC-SORT §4.1): after a gap, the filter is put back to where it was last observed and
 * led along a straight virtual path to the new observation, so that what it drifted while blind is forgotten.
 *
 * @param gapS  time since the last observation, s
 * @param steps frames since then
 */
export const reUpdateMotion = (
  pool: TrackPool,
  track: number,
  o: Observations,
  i: number,
  gapS: number,
  steps: number,
  options: MotionOptions,
): void => {
  restoreMotion(pool, track);
  const left = pool.left[track];
  const top = pool.top[track];
  const right = pool.right[track];
  const bottom = pool.bottom[track];
  for (let k = 1; k <= steps; k++) {
    const share = k / steps;
    predictMotion(pool, track, gapS / steps, options);
    observeBox(
      pool,
      track,
      o,
      i,
      left + share * (o.left[i] - left),
      top + share * (o.top[i] - top),
      right + share * (o.right[i] - right),
      bottom + share * (o.bottom[i] - bottom),
    );
  }
};

/** Speed across, heights of the picture per second. */
export const velocityX = (pool: TrackPool, track: number): number => pool.state[across(track) + ANCHOR_RATE];
/** Speed down, heights of the picture per second. */
export const velocityY = (pool: TrackPool, track: number): number => pool.state[down(track) + ANCHOR_RATE];
/** Variance of the foot point across, heights of the picture squared. */
export const footVarianceX = (pool: TrackPool, track: number): number => pool.state[across(track) + ANCHOR_VARIANCE];
/** Variance of the foot point down, heights of the picture squared. */
export const footVarianceY = (pool: TrackPool, track: number): number => pool.state[down(track) + ANCHOR_VARIANCE];
