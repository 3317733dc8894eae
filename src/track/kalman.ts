/**
 * A Kalman filter of one axis of a box, observed edge by edge.
 *
 * The state of an axis is an anchor, its rate, and a size: (p, ṗ, s). An edge lies at p + k·s:
 *
 * ```
 *   across                      down
 *   left   k = -½               top     k = -1
 *   right  k = +½               bottom  k =  0   (the foot)
 * ```
 *
 * so that each edge can be trusted on its own. When a person's legs are hidden, the bottom edge of the box is that of
 * whatever hides them; it is taken with caution, the top edge still pulls, and the foot stays a known height below it.
 *
 * The motion model is constant velocity under continuous white acceleration (Bar-Shalom, Li and Kirubarajan 2001,
 * §6.2.2), which holds for any step in time, so frames may be skipped or come at a varying rate. The size wanders
 * (white velocity), so that a box does not grow or shrink while nothing is seen of it.
 *
 * A state is 9 numbers at an offset in a flat array: p, ṗ, s, then the upper triangle of the covariance.
 */

/** Numbers per axis. */
export const AXIS_SIZE = 9;
/** Offset of the anchor in an axis. */
export const ANCHOR = 0;
/** Offset of the anchor's rate, per second. */
export const ANCHOR_RATE = 1;
/** Offset of the size in an axis. */
export const SIZE = 2;
/** Offset of the anchor's variance. */
export const ANCHOR_VARIANCE = 3;

const PP = 3;
const PV = 4;
const PS = 5;
const VV = 6;
const VS = 7;
const SS = 8;

/**
 * Begins an axis from one box whose two edges have equal variance.
 *
 * @param upperShare share of the size that lies beyond the anchor: ½ for a centre, 0 for an anchor that is the edge
 */
export const initializeAxis = (
  x: Float64Array,
  o: number,
  start: { anchor: number; size: number; upperShare: number; edgeVariance: number; rateVariance: number },
): void => {
  const w = start.upperShare;
  x.fill(0, o, o + AXIS_SIZE);
  x[o + ANCHOR] = start.anchor;
  x[o + SIZE] = start.size;
  // With edges a < b: s = b - a and p = b - w·s = (1 - w)·b + w·a.
  x[o + PP] = start.edgeVariance * ((1 - w) * (1 - w) + w * w);
  x[o + PS] = start.edgeVariance * (1 - 2 * w);
  x[o + SS] = 2 * start.edgeVariance;
  x[o + VV] = start.rateVariance;
};

/**
 * Moves an axis on by `dtS` seconds.
 *
 *   p += ṗ·dt    Q = q · [dt³/3  dt²/2; dt²/2  dt] for (p, ṗ),  r·dt for s
 *
 * @param accelerationNoise q, spectral density of the anchor's acceleration, lengths²/s³
 * @param sizeNoise         r, spectral density of the size's rate, lengths²/s
 */
export const predictAxis = (
  x: Float64Array,
  o: number,
  dtS: number,
  accelerationNoise: number,
  sizeNoise: number,
): void => {
  const q = accelerationNoise;
  x[o + ANCHOR] += dtS * x[o + ANCHOR_RATE];
  x[o + PP] += dtS * (2 * x[o + PV] + dtS * x[o + VV]) + (q * dtS * dtS * dtS) / 3;
  x[o + PV] += dtS * x[o + VV] + (q * dtS * dtS) / 2;
  x[o + PS] += dtS * x[o + VS];
  x[o + VV] += q * dtS;
  x[o + SS] += sizeNoise * dtS;
};

/** Beyond so many standard deviations an edge is an outlier, and its pull no longer grows. */
const OUTLIER_DEVIATIONS = 2;
const OUTLIER_RATIO = OUTLIER_DEVIATIONS ** 2;

/**
 * How surprising an edge observed at p + k·s would be, from 0 to 1: d² / (d² + 2²), with d the distance from where it
 * is expected in standard deviations.
 */
export const edgeSurprise = (x: Float64Array, o: number, k: number, observed: number, variance: number): number => {
  const expected = x[o + PP] + 2 * k * x[o + PS] + k * k * x[o + SS] + variance;
  const innovation = observed - x[o + ANCHOR] - k * x[o + SIZE];
  const square = innovation * innovation;
  return square / (square + OUTLIER_RATIO * expected);
};

/**
 * Takes in one observed edge at p + k·s with variance `variance`.
 *
 * An edge far from where it was expected is more likely that of something in front than the object's own. Beyond two
 * standard deviations its variance is raised with the square of the distance, as an iteratively reweighted estimator
 * does; an edge that insists is believed in the end, because the prediction grows less certain meanwhile.
 */
export const observeEdge = (x: Float64Array, o: number, k: number, observed: number, variance: number): void => {
  const hp = x[o + PP] + k * x[o + PS];
  const hv = x[o + PV] + k * x[o + VS];
  const hs = x[o + PS] + k * x[o + SS];
  const expected = hp + k * hs;
  const innovation = observed - x[o + ANCHOR] - k * x[o + SIZE];
  const surprise = (innovation * innovation) / (OUTLIER_RATIO * (expected + variance));
  const scale = 1 / (expected + variance * Math.max(1, surprise));
  const gain = innovation * scale;
  x[o + ANCHOR] += hp * gain;
  x[o + ANCHOR_RATE] += hv * gain;
  x[o + SIZE] += hs * gain;
  x[o + PP] -= hp * hp * scale;
  x[o + PV] -= hp * hv * scale;
  x[o + PS] -= hp * hs * scale;
  x[o + VV] -= hv * hv * scale;
  x[o + VS] -= hv * hs * scale;
  x[o + SS] -= hs * hs * scale;
};
