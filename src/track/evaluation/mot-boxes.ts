/** Boxes with identities over a whole recording, as MOTChallenge files hold them. */
export interface MotBoxes {
  readonly count: number;
  /** Frame, 1 for the first; rows are in order of frame, then identity. */
  readonly frame: Int32Array;
  readonly id: Int32Array;
  /** Sides, in pixels or in any other unit: overlaps do not depend on it. */
  readonly left: Float64Array;
  readonly top: Float64Array;
  readonly right: Float64Array;
  readonly bottom: Float64Array;
  /** In a truth: 0 marks a box that is to be ignored. Elsewhere a confidence. */
  readonly flag: Float64Array;
}

/** One box on its way into a table. */
export interface MotBox {
  readonly frame: number;
  readonly id: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly flag: number;
}

/** A table of `boxes`, put in order of frame, then identity. */
export const createMotBoxes = (boxes: readonly MotBox[]): MotBoxes => {
  const sorted = boxes.toSorted((a, b) => a.frame - b.frame || a.id - b.id);
  return {
    count: sorted.length,
    frame: Int32Array.from(sorted, ({ frame }) => frame),
    id: Int32Array.from(sorted, ({ id }) => id),
    left: Float64Array.from(sorted, ({ left }) => left),
    top: Float64Array.from(sorted, ({ top }) => top),
    right: Float64Array.from(sorted, ({ right }) => right),
    bottom: Float64Array.from(sorted, ({ bottom }) => bottom),
    flag: Float64Array.from(sorted, ({ flag }) => flag),
  };
};

const pick = (boxes: MotBoxes, i: number): MotBox => ({
  frame: boxes.frame[i],
  id: boxes.id[i],
  left: boxes.left[i],
  top: boxes.top[i],
  right: boxes.right[i],
  bottom: boxes.bottom[i],
  flag: boxes.flag[i],
});

/** The rows of `boxes` for which `keeps` holds. */
export const filterMotBoxes = (boxes: MotBoxes, keeps: (row: number) => boolean): MotBoxes => {
  const kept: MotBox[] = [];
  for (let i = 0; i < boxes.count; i++) if (keeps(i)) kept.push(pick(boxes, i));
  return createMotBoxes(kept);
};

/** Rows of one frame in two tables: `[from, to)` in each. */
export interface FrameRows {
  readonly frame: number;
  readonly truthFrom: number;
  readonly truthTo: number;
  readonly foundFrom: number;
  readonly foundTo: number;
}

/** The frames in which either table has a box, in order. */
export const framesOf = (truth: MotBoxes, found: MotBoxes): FrameRows[] => {
  const frames: FrameRows[] = [];
  let t = 0;
  let f = 0;
  while (t < truth.count || f < found.count) {
    const frame = Math.min(t < truth.count ? truth.frame[t] : Infinity, f < found.count ? found.frame[f] : Infinity);
    const truthFrom = t;
    const foundFrom = f;
    while (t < truth.count && truth.frame[t] === frame) t++;
    while (f < found.count && found.frame[f] === frame) f++;
    frames.push({ frame, truthFrom, truthTo: t, foundFrom, foundTo: f });
  }
  return frames;
};

/** Intersection over union of row `i` of `a` and row `j` of `b`, 0 to 1. */
export const overlapOf = (a: MotBoxes, i: number, b: MotBoxes, j: number): number => {
  const across = Math.min(a.right[i], b.right[j]) - Math.max(a.left[i], b.left[j]);
  const down = Math.min(a.bottom[i], b.bottom[j]) - Math.max(a.top[i], b.top[j]);
  if (across <= 0 || down <= 0) return 0;
  const shared = across * down;
  const areas =
    (a.right[i] - a.left[i]) * (a.bottom[i] - a.top[i]) + (b.right[j] - b.left[j]) * (b.bottom[j] - b.top[j]);
  return shared / (areas - shared);
};
