/**
 * Individual acceleration of trajectories that are known well.
 */
import type { Positions } from '../../contract/index.ts';
import { FrameRing, isPlaced, type KeptFrame, placeIn } from './frame-ring.ts';
import { varianceAlong } from './variance-along.ts';

/** Accelerations of one frame's people, in the order of its positions; NaN where unknown. */
export interface Accelerations {
  count: number;
  /** Acceleration, m/s². */
  xMps2: Float64Array;
  yMps2: Float64Array;
  /** Its magnitude, m/s², ≥ 0. */
  magnitudeMps2: Float64Array;
  /** Its part along the way walked, m/s²: speeding up is positive; NaN for those who stand. */
  alongMps2: Float64Array;
  /** Standard error of the magnitude and of the part along, m/s²: that of any one direction, in the worst of them. */
  standardErrorMps2: Float64Array;
}

/** Told of each frame when its accelerations are known. Both are overwritten by the next frame. */
export type AccelerationListener = (positions: Positions, accelerations: Accelerations) => void;

const createAccelerations = (capacity: number): Accelerations => ({
  count: 0,
  xMps2: new Float64Array(capacity),
  yMps2: new Float64Array(capacity),
  magnitudeMps2: new Float64Array(capacity),
  alongMps2: new Float64Array(capacity),
  standardErrorMps2: new Float64Array(capacity),
});

/**
 * Acceleration of every person by central differences of the central velocity over ±n frames, 2n frames late.
 *
 *   a(t) = (v(t + n) − v(t − n)) / Δt = (X(t + 2n) − 2·X(t) + X(t − 2n)) / Δt²,  Δt the time of 2n frames
 *
 * and where the two Δt differ, the second derivative of the parabola through the three points. Part along the way
 * walked: a · u with u the direction of X(t + 2n) − X(t − 2n).
 *
 * Unknown within 2n frames of either end of a trajectory, where one of the two velocities would be single-sided: that
 * one belongs to another moment, and its difference would be off by a half. Frames are told apart by their numbers,
 * as in `CentralVelocity`.
 *
 * Caveat: it amplifies error. Points good to 1 cm give 0.06 m/s² at n = 5 and 16 frames/s.
 *
 * @throws MEASURE_TIME_BACKWARDS where a frame does not come after the one before it
 */
export class Acceleration {
  readonly #ring: FrameRing;
  readonly #listener: AccelerationListener;
  #out = createAccelerations(16);

  /** @param frames n, as for `CentralVelocity`, ≥ 1 */
  constructor(frames: number, listener: AccelerationListener) {
    this.#listener = listener;
    this.#ring = new FrameRing(2 * frames, (at, before, after) => this.#tell(at, before, after));
  }

  /** Takes the next frame, and tells of those that became complete. */
  push(positions: Positions): void {
    this.#ring.push(positions);
  }

  /** Tells of the last frames. A new recording may follow. */
  flush(): void {
    this.#ring.flush();
  }

  #tell(at: KeptFrame, before: KeptFrame | null, after: KeptFrame | null): void {
    const { count } = at.positions;
    if (this.#out.xMps2.length < count) this.#out = createAccelerations(2 * count);
    this.#out.count = count;
    for (let i = 0; i < count; i++) {
      const earlier = before ? placeIn(before, at, i) : -1;
      const later = after ? placeIn(after, at, i) : -1;
      if (before && after && earlier >= 0 && later >= 0 && isPlaced(at.positions, i))
        this.#measure(i, before.positions, earlier, at.positions, after.positions, later);
      else this.#write(i, Number.NaN, Number.NaN, Number.NaN, Number.NaN);
    }
    this.#listener(at.positions, this.#out);
  }

  #measure(i: number, from: Positions, earlier: number, at: Positions, to: Positions, later: number): void {
    const beforeS = (at.timeMs - from.timeMs) / 1000;
    const afterS = (to.timeMs - at.timeMs) / 1000;
    if (!(beforeS > 0 && afterS > 0)) return this.#write(i, Number.NaN, Number.NaN, Number.NaN, Number.NaN);
    const weightBefore = 2 / (beforeS * (beforeS + afterS));
    const weightAfter = 2 / (afterS * (beforeS + afterS));
    const dx0 = at.x[i] - from.x[earlier];
    const dy0 = at.y[i] - from.y[earlier];
    const dx1 = to.x[later] - at.x[i];
    const dy1 = to.y[later] - at.y[i];
    const x = weightAfter * dx1 - weightBefore * dx0;
    const y = weightAfter * dy1 - weightBefore * dy0;
    const wayX = dx0 + dx1;
    const wayY = dy0 + dy1;
    const along = (x * wayX + y * wayY) / Math.sqrt(wayX * wayX + wayY * wayY);
    const variance =
      weightBefore ** 2 * worstVariance(from, earlier) +
      (weightBefore + weightAfter) ** 2 * worstVariance(at, i) +
      weightAfter ** 2 * worstVariance(to, later);
    this.#write(i, x, y, along, Math.sqrt(variance));
  }

  #write(i: number, x: number, y: number, along: number, standardError: number): void {
    this.#out.xMps2[i] = x;
    this.#out.yMps2[i] = y;
    this.#out.magnitudeMps2[i] = Math.sqrt(x * x + y * y);
    this.#out.alongMps2[i] = along;
    this.#out.standardErrorMps2[i] = standardError;
  }
}

/** Variance of a position in the direction in which it is known worst, m². */
const worstVariance = ({ varianceXX, varianceXY, varianceYY }: Positions, i: number): number =>
  varianceAlong(0, 0, varianceXX[i], varianceXY[i], varianceYY[i]);
