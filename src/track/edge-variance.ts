/**
 * How far each edge of a box can be trusted. An edge is worse where the model is unsure, where the picture ends, and
 * where something nearer to the camera stands in front of it.
 */
import { type BoxColumns, sizeOf } from './overlap.ts';

/** Variance of each edge of each box, in heights of the picture, squared. */
export interface EdgeVariances {
  leftVariance: Float64Array;
  topVariance: Float64Array;
  rightVariance: Float64Array;
  bottomVariance: Float64Array;
  /** Edges where the picture ends before the object may: sum of {@link CUT_LEFT} and so on. */
  cut: Uint8Array;
}

/** The left edge is that of the picture. */
export const CUT_LEFT = 1;
/** The top edge is that of the picture. */
export const CUT_TOP = 2;
/** The right edge is that of the picture. */
export const CUT_RIGHT = 4;
/** The bottom edge is that of the picture. */
export const CUT_BOTTOM = 8;

interface ScoredBoxes extends BoxColumns, EdgeVariances {
  readonly count: number;
  readonly score: Float64Array;
}

/** What {@link setEdgeVariances} needs of the tracker's options. */
export interface EdgeOptions {
  readonly aspectRatio: number;
  readonly edgeDeviation: number;
  /** Only a box this strong hides another: a weaker one may be a mistake. */
  readonly trackHighThreshold: number;
}

/**
 * From this score on a box is as good as boxes get. Below it, edges are off in proportion to 1 - score: on three models
 * (NanoDet, YOLOX, RTMDet) by 0.05 sizes at 0.7, 0.08 at 0.5, 0.15 at 0.2. StrongSORT's NSA filter has the same idea.
 */
const SURE_SCORE = 0.7;

/** Width of the strip along the picture's sides in which an edge is the picture's, not the object's. */
const BORDER = 0.005;

/** An edge that is cut off or hidden is known to so many times its usual deviation: a third of a person. */
export const HIDDEN_FACTOR = 6;

/** Share of [a, b] that [c, d] covers. */
const covered = (a: number, b: number, c: number, d: number): number =>
  Math.max(0, Math.min(b, d) - Math.max(a, c)) / (b - a);

const raise = (variances: Float64Array, i: number, share: number, visible: number): void => {
  variances[i] = Math.max(variances[i], visible * (1 + (HIDDEN_FACTOR ** 2 - 1) * share * share));
};

/** Raises the variance of those edges of `far` that lie behind `near`. */
const hideEdges = (o: ScoredBoxes, far: number, near: number, visible: number): void => {
  const down = covered(o.top[far], o.bottom[far], o.top[near], o.bottom[near]);
  raise(o.bottomVariance, far, covered(o.left[far], o.right[far], o.left[near], o.right[near]), visible);
  if (o.right[near] > o.right[far]) raise(o.rightVariance, far, down, visible);
  if (o.left[near] < o.left[far]) raise(o.leftVariance, far, down, visible);
};

const deviationOf = (o: ScoredBoxes, i: number, edgeDeviation: number): number =>
  edgeDeviation * sizeOf(o, i) * Math.max(1, (1 - o.score[i]) / (1 - SURE_SCORE));

const cutEdges = (o: ScoredBoxes, i: number, aspectRatio: number): number =>
  (o.left[i] < BORDER ? CUT_LEFT : 0) +
  (o.top[i] < BORDER ? CUT_TOP : 0) +
  (o.right[i] > aspectRatio - BORDER ? CUT_RIGHT : 0) +
  (o.bottom[i] > 1 - BORDER ? CUT_BOTTOM : 0);

/** What stands in front reaches further down the picture: its foot is nearer to the camera. */
const raiseHidden = (o: ScoredBoxes, options: EdgeOptions): void => {
  for (let i = 0; i < o.count; i++) {
    for (let j = i + 1; j < o.count && o.left[j] < o.right[i]; j++) {
      if (o.top[j] >= o.bottom[i] || o.bottom[j] <= o.top[i]) continue;
      const far = o.bottom[i] < o.bottom[j] ? i : j;
      const near = i + j - far;
      if (o.score[near] >= options.trackHighThreshold)
        hideEdges(o, far, near, deviationOf(o, far, options.edgeDeviation) ** 2);
    }
  }
};

/** Sets the variances of all boxes, which must be sorted by left edge. */
export const setEdgeVariances = (o: ScoredBoxes, options: EdgeOptions): void => {
  for (let i = 0; i < o.count; i++) {
    const variance = deviationOf(o, i, options.edgeDeviation) ** 2;
    o.leftVariance[i] = variance;
    o.topVariance[i] = variance;
    o.rightVariance[i] = variance;
    o.bottomVariance[i] = variance;
    o.cut[i] = cutEdges(o, i, options.aspectRatio);
  }
  raiseHidden(o, options);
};

/**
 * Variance of an edge of observation `i` as a track sees it. Where the picture ends, the object may go on: an edge that
 * is expected beyond the border says nothing, one expected before it says that the object reaches that far.
 *
 * @param isBeyond whether the track expects this edge further out than it was observed
 */
export const varianceFor = (variance: number, isCut: number, isBeyond: boolean): number =>
  isCut !== 0 && isBeyond ? Number.POSITIVE_INFINITY : variance;
