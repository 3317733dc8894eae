/**
 * Individual speed of trajectories that are known well: displacement over a fixed number of frames before and after.
 *
 * For a laboratory's trajectories, of which each point is good to a centimetre or two. Foot points of a camera
 * tremble more than that; they go through `FittedVelocity`.
 */
import type { Positions } from '../../contract/index.ts';
import { FrameRing, isPlaced, type KeptFrame, placeIn } from './frame-ring.ts';
import { createMotion, type Motion } from './motion.ts';
import { varianceAlong } from './variance-along.ts';

/** Told of each frame when its speeds are known. Both are overwritten by the next frame: copy what is to be kept. */
export type MotionListener = (positions: Positions, motion: Motion) => void;

/**
 * Velocity of every person by central differences, n frames late.
 *
 *   v(t) = |X(t + n) − X(t − n)| / Δt
 *
 * Single-sided where one of the two is missing: |X(t + n) − X(t)| / Δt at the beginning of a trajectory and
 * |X(t) − X(t − n)| / Δt at its end. Unknown (NaN) where both are missing: a trajectory of n frames or fewer.
 *
 * Δt is the difference of the frames' own times, so that frames need not be equally far apart in time. The number of
 * a frame decides what is n away. A person who is missing at exactly that frame, or has no coordinates there, counts
 * as missing on that side, though they may be there a frame earlier: so a hole of more than n frames, between which
 * nothing is assumed, ends one trajectory and begins another. In a file that holds only every k-th frame, n has to be
 * a multiple of k.
 *
 * The standard error is that of the displacement along its own direction, from the covariances of its two ends taken
 * to be independent, over Δt; 0 where the positions claim none.
 *
 * Caveats: a way that bends within ±n frames is measured along its chord. Single-sided speeds belong to a moment n/2
 * frames away.
 *
 * @throws MEASURE_TIME_BACKWARDS where a frame does not come after the one before it
 * @see Steffen & Seyfried, Physica A 389 (2010) 1902
 * @example
 *   const speeds = new CentralVelocity(5, (positions, { speedMps }) => use(positions, speedMps));
 *   for (const positions of frames) speeds.push(positions);
 *   speeds.flush();
 */
export class CentralVelocity {
  readonly #ring: FrameRing;
  readonly #listener: MotionListener;
  #motion = createMotion(16);

  /** @param frames n, frames before and after, ≥ 1 */
  constructor(frames: number, listener: MotionListener) {
    this.#listener = listener;
    this.#ring = new FrameRing(frames, (at, before, after) => this.#tell(at, before, after));
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
    if (this.#motion.speedMps.length < count) this.#motion = createMotion(2 * count);
    this.#motion.count = count;
    for (let i = 0; i < count; i++) {
      const earlier = before ? placeIn(before, at, i) : -1;
      const later = after ? placeIn(after, at, i) : -1;
      const from = before && earlier >= 0 ? before.positions : at.positions;
      const to = after && later >= 0 ? after.positions : at.positions;
      if (isPlaced(at.positions, i)) this.#measure(i, from, earlier >= 0 ? earlier : i, to, later >= 0 ? later : i);
      else this.#write(i, Number.NaN, Number.NaN, Number.NaN);
    }
    this.#listener(at.positions, this.#motion);
  }

  #measure(i: number, from: Positions, earlier: number, to: Positions, later: number): void {
    const elapsedS = (to.timeMs - from.timeMs) / 1000;
    // Neither side is known, or the clock stood still.
    if (!(elapsedS > 0)) return this.#write(i, Number.NaN, Number.NaN, Number.NaN);
    const dx = to.x[later] - from.x[earlier];
    const dy = to.y[later] - from.y[earlier];
    const variance = varianceAlong(
      dx,
      dy,
      from.varianceXX[earlier] + to.varianceXX[later],
      from.varianceXY[earlier] + to.varianceXY[later],
      from.varianceYY[earlier] + to.varianceYY[later],
    );
    this.#write(i, dx / elapsedS, dy / elapsedS, Math.sqrt(variance) / elapsedS);
  }

  #write(i: number, velocityX: number, velocityY: number, standardError: number): void {
    const motion = this.#motion;
    motion.velocityXMps[i] = velocityX;
    motion.velocityYMps[i] = velocityY;
    motion.speedMps[i] = Math.sqrt(velocityX * velocityX + velocityY * velocityY);
    motion.standardErrorMps[i] = standardError;
  }
}
