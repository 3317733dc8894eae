/**
 * Who crosses a gate of the ground in a frame, for positions that are known well.
 *
 * ```
 *          b                a step from the right-hand side of the arrow
 *   left   ^   right        to its left-hand side, on a plan with y up,
 *     <----|----  in        crosses "in"
 *     -----|--->  out
 *          a
 * ```
 *
 * Every step over the line counts. Foot points of a camera tremble over a line and back; `CrossingCounter` is for them.
 */
import type { Point } from '../../contract/index.ts';
import { GateLine } from './gate-line.ts';
import type { Steps } from './steps.ts';

/** Crossings of one gate in one frame, in the order of the positions. Overwritten by the next frame. */
export interface LineCrossings {
  count: number;
  /** Which position it was that crossed. */
  place: Int32Array;
  /** 1 for in, −1 for out. */
  direction: Int8Array;
  /** Where in the step the line was, as a share of the step, 0 to 1. */
  share: Float64Array;
}

/** Crossings of nobody, with room for `capacity`. */
export const createLineCrossings = (capacity: number): LineCrossings => ({
  count: 0,
  place: new Int32Array(capacity),
  direction: new Int8Array(capacity),
  share: new Float64Array(capacity),
});

/** When a crossing happened, ms: the moment at which the straight step met the line. */
export const crossingTimeMs = ({ positions, durationMs }: Steps, { place, share }: LineCrossings, k: number): number =>
  positions.timeMs - (1 - share[k]) * durationMs[place[k]];

/**
 * Finds the crossings of one gate, frame by frame.
 *
 * A crossing belongs to the frame in which the step over the line ended; whether a step crosses is `GateLine`'s
 * definition. Somebody may cross again and again; `FirstCrossings` counts each person once.
 *
 * @throws MEASURE_BAD_WIDTH where a and b are the same point
 * @see JPSreport's method A; PedPy `compute_crossing_frames` with `count_on_line` off
 */
export class LineCrossingFinder {
  readonly #line: GateLine;
  #found = createLineCrossings(16);

  constructor(a: Point, b: Point) {
    this.#line = new GateLine(a, b);
  }

  /** Takes the steps of the next frame; what comes back is overwritten by the next call. */
  update({ positions, fromX, fromY, durationMs }: Steps): LineCrossings {
    if (this.#found.place.length < positions.count) this.#found = createLineCrossings(2 * positions.count);
    const { place, direction, share } = this.#found;
    let count = 0;
    for (let i = 0; i < positions.count; i++) {
      if (durationMs[i] === 0) continue;
      const crossedAt = this.#line.crossedAt(fromX[i], fromY[i], positions.x[i], positions.y[i]);
      if (Number.isNaN(crossedAt)) continue;
      place[count] = i;
      direction[count] = this.#line.acrossM(positions.x[i], positions.y[i]) > 0 ? 1 : -1;
      share[count] = crossedAt;
      count++;
    }
    this.#found.count = count;
    return this.#found;
  }
}
