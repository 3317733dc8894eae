/** How boxes lie to each other. */

/** Sides of boxes in columns; tracks and observations both are that. */
export interface BoxColumns {
  readonly left: Float64Array;
  readonly top: Float64Array;
  readonly right: Float64Array;
  readonly bottom: Float64Array;
}

/** Area of a box. */
const areaOf = (boxes: BoxColumns, i: number): number =>
  (boxes.right[i] - boxes.left[i]) * (boxes.bottom[i] - boxes.top[i]);

/** Longer side of a box: a person's height, a vehicle's length. Noise and distances are measured in it. */
export const sizeOf = (boxes: BoxColumns, i: number): number =>
  Math.max(boxes.right[i] - boxes.left[i], boxes.bottom[i] - boxes.top[i]);

/** Middle of a box across. */
export const middleX = (boxes: BoxColumns, i: number): number => (boxes.left[i] + boxes.right[i]) / 2;

/** Middle of a box down. */
export const middleY = (boxes: BoxColumns, i: number): number => (boxes.top[i] + boxes.bottom[i]) / 2;

const sharedArea = (a: BoxColumns, i: number, b: BoxColumns, j: number): number => {
  const across = Math.min(a.right[i], b.right[j]) - Math.max(a.left[i], b.left[j]);
  const down = Math.min(a.bottom[i], b.bottom[j]) - Math.max(a.top[i], b.top[j]);
  return across > 0 && down > 0 ? across * down : 0;
};

/** Intersection over union, 0 to 1. */
export const iouOf = (a: BoxColumns, i: number, b: BoxColumns, j: number): number => {
  const shared = sharedArea(a, i, b, j);
  return shared / (areaOf(a, i) + areaOf(b, j) - shared);
};

/** Share of the smaller box that lies in the larger one, 0 to 1. */
export const containmentOf = (a: BoxColumns, i: number, b: BoxColumns, j: number): number =>
  sharedArea(a, i, b, j) / Math.min(areaOf(a, i), areaOf(b, j));

/** Overlap of two intervals, each grown at both ends by `buffer` of its own length. */
const grownOverlap = (a: number, b: number, c: number, d: number, buffer: number): number =>
  Math.min(b + buffer * (b - a), d + buffer * (d - c)) - Math.max(a - buffer * (b - a), c - buffer * (d - c));

/** Intersection over union of two boxes, both grown on every side by `buffer` of their own sides (C-BIoU). */
export const bufferedIouOf = (a: BoxColumns, i: number, b: BoxColumns, j: number, buffer: number): number => {
  const across = grownOverlap(a.left[i], a.right[i], b.left[j], b.right[j], buffer);
  if (across <= 0) return 0;
  const down = grownOverlap(a.top[i], a.bottom[i], b.top[j], b.bottom[j], buffer);
  if (down <= 0) return 0;
  const shared = across * down;
  return shared / ((areaOf(a, i) + areaOf(b, j)) * (1 + 2 * buffer) ** 2 - shared);
};

/** Share of a box that lies in a picture `width` wide and 1 high. */
export const visibleShare = (left: number, top: number, right: number, bottom: number, width: number): number => {
  const across = Math.min(right, width) - Math.max(left, 0);
  const down = Math.min(bottom, 1) - Math.max(top, 0);
  return across > 0 && down > 0 ? (across * down) / ((right - left) * (bottom - top)) : 0;
};
