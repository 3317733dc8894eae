/**
 * The detections of one frame as the tracker wants them: in a canonical order (so that the order in which a model
 * lists its boxes changes nothing), in heights of the picture both ways, and with the variance of every edge.
 */
import type { Detections } from '../contract/index.ts';
import { groupOfClass } from './class-group.ts';
import { type EdgeOptions, type EdgeVariances, setEdgeVariances } from './edge-variance.ts';
import { iouOf } from './overlap.ts';

/** One column per property, sorted by left edge; reused from frame to frame. */
export interface Observations extends EdgeVariances {
  count: number;
  /** Widest box, for sweeps along x. */
  maxWidth: number;
  left: Float64Array;
  top: Float64Array;
  right: Float64Array;
  bottom: Float64Array;
  score: Float64Array;
  classIndex: Uint8Array;
  group: Uint8Array;
}

/** What a frame's detections are read with. */
export interface ReadOptions extends EdgeOptions {
  readonly trackLowThreshold: number;
  readonly duplicateOverlap: number;
}

/** Reads frames into columns that it keeps. */
export interface ObservationReader {
  /**
   * Reads one frame. Boxes that are empty, not finite or below the low threshold are left out, and so is the weaker
   * of two boxes on one thing for which a model found two names (a truck that may also be a car).
   */
  read(detections: Detections): Observations;
}

const createObservations = (capacity: number): Observations => ({
  count: 0,
  maxWidth: 0,
  left: new Float64Array(capacity),
  top: new Float64Array(capacity),
  right: new Float64Array(capacity),
  bottom: new Float64Array(capacity),
  score: new Float64Array(capacity),
  classIndex: new Uint8Array(capacity),
  group: new Uint8Array(capacity),
  leftVariance: new Float64Array(capacity),
  topVariance: new Float64Array(capacity),
  rightVariance: new Float64Array(capacity),
  bottomVariance: new Float64Array(capacity),
  cut: new Uint8Array(capacity),
});

const isUsable = (d: Detections, i: number, floor: number): boolean =>
  d.score[i] >= floor &&
  Number.isFinite(d.score[i] + d.left[i] + d.top[i] + d.right[i] + d.bottom[i]) &&
  d.right[i] > d.left[i] &&
  d.bottom[i] > d.top[i];

const compare = (d: Detections, a: number, b: number): number =>
  d.left[a] - d.left[b] ||
  d.top[a] - d.top[b] ||
  d.right[a] - d.right[b] ||
  d.bottom[a] - d.bottom[b] ||
  d.score[a] - d.score[b] ||
  d.classIndex[a] - d.classIndex[b];

const siftDown = (d: Detections, order: Uint32Array, from: number, count: number): void => {
  let parent = from;
  for (;;) {
    let child = 2 * parent + 1;
    if (child >= count) return;
    if (child + 1 < count && compare(d, order[child + 1], order[child]) > 0) child++;
    if (compare(d, order[child], order[parent]) <= 0) return;
    const moved = order[parent];
    order[parent] = order[child];
    order[child] = moved;
    parent = child;
  }
};

/** Heap sort: in place, so that nothing is allocated. */
const sortOrder = (d: Detections, order: Uint32Array, count: number): void => {
  for (let i = (count >> 1) - 1; i >= 0; i--) siftDown(d, order, i, count);
  for (let end = count - 1; end > 0; end--) {
    const last = order[0];
    order[0] = order[end];
    order[end] = last;
    siftDown(d, order, 0, end);
  }
};

const copyDetection = (o: Observations, d: Detections, i: number, aspectRatio: number): void => {
  const k = o.count++;
  o.left[k] = d.left[i] * aspectRatio;
  o.right[k] = d.right[i] * aspectRatio;
  o.top[k] = d.top[i];
  o.bottom[k] = d.bottom[i];
  o.score[k] = d.score[i];
  o.classIndex[k] = d.classIndex[i];
  o.group[k] = groupOfClass(d.classIndex[i]);
  o.maxWidth = Math.max(o.maxWidth, o.right[k] - o.left[k]);
};

const isSecondName = (o: Observations, i: number, overlap: number): boolean => {
  for (let j = firstFrom(o, o.left[i] - o.maxWidth); j < o.count && o.left[j] < o.right[i]; j++) {
    if (o.group[j] !== o.group[i] || o.classIndex[j] === o.classIndex[i]) continue;
    const isWeaker = o.score[i] - o.score[j] || o.classIndex[j] - o.classIndex[i];
    if (isWeaker < 0 && iouOf(o, i, o, j) >= overlap) return true;
  }
  return false;
};

const copyRow = (o: Observations, from: number, to: number): void => {
  o.left[to] = o.left[from];
  o.top[to] = o.top[from];
  o.right[to] = o.right[from];
  o.bottom[to] = o.bottom[from];
  o.score[to] = o.score[from];
  o.classIndex[to] = o.classIndex[from];
  o.group[to] = o.group[from];
};

const dropSecondNames = (o: Observations, dropped: Uint32Array, overlap: number): void => {
  for (let i = 0; i < o.count; i++) dropped[i] = isSecondName(o, i, overlap) ? 1 : 0;
  let kept = 0;
  for (let i = 0; i < o.count; i++) if (!dropped[i]) copyRow(o, i, kept++);
  o.count = kept;
};

/** Index of the first observation whose left edge is at or beyond `x`. */
export const firstFrom = (o: Observations, x: number): number => {
  let low = 0;
  let high = o.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (o.left[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** A reader; see {@link ObservationReader}. */
export const createObservationReader = (options: ReadOptions): ObservationReader => {
  let o = createObservations(64);
  let order = new Uint32Array(64);
  return {
    read(detections) {
      if (order.length < detections.count) {
        o = createObservations(detections.count * 2);
        order = new Uint32Array(detections.count * 2);
      }
      let count = 0;
      for (let i = 0; i < detections.count; i++) {
        if (isUsable(detections, i, options.trackLowThreshold)) order[count++] = i;
      }
      sortOrder(detections, order, count);
      o.count = 0;
      o.maxWidth = 0;
      for (let k = 0; k < count; k++) copyDetection(o, detections, order[k], options.aspectRatio);
      dropSecondNames(o, order, options.duplicateOverlap);
      setEdgeVariances(o, options);
      return o;
    },
  };
};
