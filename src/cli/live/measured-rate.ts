import { type CameraReason, cameraReason } from '../../contract/index.ts';

/** Below it people move by more than their own width between frames, and are lost from one to the next. */
const LEAST_FRAMES_PER_S = 2;

/** Over so many seconds a rate is told. */
const SECONDS = 5;

/** A second more or less is not a rate too low: frames do not come by the clock. */
const TOLERANCE = 0.9;

/** How many frames a second are measured, over the last few seconds. */
export class MeasuredRate {
  readonly #counts: number[] = [];

  /** Takes the frames of one second. */
  add(frames: number): void {
    this.#counts.push(frames);
    if (this.#counts.length > SECONDS) this.#counts.shift();
  }

  /** Begins anew: what comes next has nothing to do with what was. */
  reset(): void {
    this.#counts.length = 0;
  }

  /** Frames a second; null before it can be told. */
  get framesPerS(): number | null {
    return this.#counts.length < SECONDS ? null : this.#counts.reduce((sum, count) => sum + count, 0) / SECONDS;
  }

  /** RATE_TOO_LOW, or nothing. */
  reasons(): CameraReason[] {
    const rate = this.framesPerS;
    if (rate === null || rate >= TOLERANCE * LEAST_FRAMES_PER_S) return [];
    return [cameraReason('RATE_TOO_LOW', { framesPerS: rate.toFixed(1) })];
  }
}
