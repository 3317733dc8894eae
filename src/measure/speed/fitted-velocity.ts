/**
 * Individual speed on the ground.
 *
 * A foot point trembles by some centimetres from frame to frame, which read as a displacement per frame would be
 * metres per second. So the velocity is the slope of a straight line fitted to the positions of about a second and a
 * half, and the speed that the remaining tremble alone would show is taken off.
 */
import type { Positions } from '../../contract/index.ts';
import { createMotion, type Motion } from './motion.ts';
import { grown, TrackSlots } from '../track-slots.ts';

/** How speed is measured. */
export interface SpeedOptions {
  /** Length of the stretch that a line is fitted to, ms. Default 1600: ±0.8 s about its middle. */
  readonly windowMs?: number;
  /**
   * No faster than this, m/s. A position that would take more is somebody else's (a swapped track): the measurement
   * begins anew there. Default 12.5, just above the fastest sprint on record.
   */
  readonly maxSpeedMps?: number;
  /** A speed known worse than this is not stated, m/s. Default 1. */
  readonly maxStandardErrorMps?: number;
  /** A track unseen for this long is forgotten, ms. Default 5000. */
  readonly lifeMs?: number;
}

/** Samples kept of a track; more frames than this in a window are thinned. */
const KEPT = 24;

/** Fewer samples than this, or a stretch shorter than half the window, show no speed. */
const LEAST_SAMPLES = 4;

/** A line fitted to x and y over time. */
interface Line {
  velocityX: number;
  velocityY: number;
  /** Variance of the slopes. */
  varianceX: number;
  varianceY: number;
}

/** Measures the velocity of every track, frame by frame. */
export class FittedVelocity {
  #windowMs: number;
  readonly #maxSpeedMps: number;
  readonly #maxStandardErrorMps: number;
  readonly #slots: TrackSlots;
  /** Per row a ring of samples: times (s), places (m), where the next goes, how many there are. */
  #t = new Float64Array(0);
  #x = new Float64Array(0);
  #y = new Float64Array(0);
  #head = new Float64Array(0);
  #length = new Float64Array(0);
  #motion = createMotion(16);
  readonly #line: Line = { velocityX: 0, velocityY: 0, varianceX: 0, varianceY: 0 };

  constructor(options: SpeedOptions = {}) {
    const { windowMs = 1600, maxSpeedMps = 12.5, maxStandardErrorMps = 1, lifeMs = 5000 } = options;
    this.#windowMs = windowMs;
    this.#maxSpeedMps = maxSpeedMps;
    this.#maxStandardErrorMps = maxStandardErrorMps;
    this.#slots = new TrackSlots(lifeMs);
  }

  /** Another length of the stretch, ms (> 0), from the next frame on: for frames that come further apart. */
  set windowMs(ms: number) {
    this.#windowMs = ms;
  }

  /** Tracks end here: whoever comes next is somebody new. */
  interrupt(): void {
    this.#slots.clear();
  }

  /**
   * Speeds of the people at `positions`, from there and where they were.
   *
   *   v̂ = slope of the least-squares line through the last 1.6 s,  s² = |v̂|² − Var(v̂ₓ) − Var(v̂ᵧ),  speed = √max(0, s²)
   *
   * Squaring a trembling velocity adds its variance; taking it off again leaves the mean square speed unbiased. The
   * variances come from the scatter about the line. The speed is that of the middle of the stretch, 0.8 s ago; who
   * turns sharply within it is measured along the chord, a little slow.
   *
   * @returns columns that the next call overwrites
   */
  update(positions: Positions): Motion {
    if (this.#motion.speedMps.length < positions.count) this.#motion = createMotion(2 * positions.count);
    this.#motion.count = positions.count;
    for (let i = 0; i < positions.count; i++) this.#measure(positions, i);
    this.#slots.sweep(positions.timeMs);
    return this.#motion;
  }

  #measure(positions: Positions, i: number): void {
    const slot = this.#rowOf(positions.id[i], positions.timeMs);
    this.#take(slot, positions, i);
    const known = this.#fit(slot, positions.timeMs / 1000);
    const { velocityX, velocityY, varianceX, varianceY } = this.#line;
    const square = velocityX ** 2 + velocityY ** 2;
    // Error along the way walked; in the worst direction for somebody who stands.
    const across = square > 0 ? (velocityX ** 2 * varianceX + velocityY ** 2 * varianceY) / square : 0;
    const error = Math.sqrt(square > varianceX + varianceY ? across : Math.max(varianceX, varianceY));
    const told = known && error <= this.#maxStandardErrorMps && square <= this.#maxSpeedMps ** 2;
    const speed = Math.sqrt(Math.max(0, square - varianceX - varianceY));
    this.#motion.speedMps[i] = told ? speed : Number.NaN;
    this.#motion.standardErrorMps[i] = told ? error : Number.NaN;
    this.#motion.velocityXMps[i] = told ? velocityX : Number.NaN;
    this.#motion.velocityYMps[i] = told ? velocityY : Number.NaN;
  }

  #rowOf(id: number, timeMs: number): number {
    const known = this.#slots.find(id, timeMs);
    if (known >= 0) return known;
    const slot = this.#slots.create(id, timeMs);
    const rows = this.#slots.capacity;
    if (this.#head.length < rows) {
      this.#t = grown(this.#t, rows * KEPT);
      this.#x = grown(this.#x, rows * KEPT);
      this.#y = grown(this.#y, rows * KEPT);
      this.#head = grown(this.#head, rows);
      this.#length = grown(this.#length, rows);
    }
    this.#length[slot] = 0;
    return slot;
  }

  /** Adds a sample to a row, unless the last one is too near in time; begins anew after an impossible step. */
  #take(slot: number, positions: Positions, i: number): void {
    const t = positions.timeMs / 1000;
    const x = positions.x[i];
    const y = positions.y[i];
    if (this.#length[slot] > 0) {
      const last = slot * KEPT + ((this.#head[slot] + KEPT - 1) % KEPT);
      const elapsed = t - this.#t[last];
      const reach = this.#maxSpeedMps * elapsed + 3 * Math.sqrt(positions.varianceXX[i] + positions.varianceYY[i]);
      if (elapsed <= 0 || Math.hypot(x - this.#x[last], y - this.#y[last]) > reach) this.#length[slot] = 0;
      else if (elapsed < (0.999 * this.#windowMs) / 1000 / (KEPT - 1)) return;
    }
    const next = slot * KEPT + this.#head[slot];
    this.#t[next] = t;
    this.#x[next] = x;
    this.#y[next] = y;
    this.#head[slot] = (this.#head[slot] + 1) % KEPT;
    this.#length[slot] = Math.min(KEPT, this.#length[slot] + 1);
  }

  /** How many of a row's last samples are in the window that ends at `nowS`. */
  #recent(slot: number, nowS: number): number {
    let count = 0;
    while (count < this.#length[slot]) {
      const at = slot * KEPT + ((this.#head[slot] + KEPT - 1 - count) % KEPT);
      if (this.#t[at] < nowS - this.#windowMs / 1000 - 1e-6) break;
      count++;
    }
    return count;
  }

  /** Fits a line to the recent samples of a row, into `#line`; false when they do not suffice. */
  #fit(slot: number, nowS: number): boolean {
    const count = this.#recent(slot, nowS);
    if (count < LEAST_SAMPLES) return false;
    const first = this.#head[slot] + KEPT - count;
    let tMean = 0;
    let xMean = 0;
    let yMean = 0;
    for (let k = 0; k < count; k++) {
      const at = slot * KEPT + ((first + k) % KEPT);
      tMean += this.#t[at] / count;
      xMean += this.#x[at] / count;
      yMean += this.#y[at] / count;
    }
    let tt = 0;
    let tx = 0;
    let ty = 0;
    let xx = 0;
    let yy = 0;
    for (let k = 0; k < count; k++) {
      const at = slot * KEPT + ((first + k) % KEPT);
      const t = this.#t[at] - tMean;
      const x = this.#x[at] - xMean;
      const y = this.#y[at] - yMean;
      tt += t * t;
      tx += t * x;
      ty += t * y;
      xx += x * x;
      yy += y * y;
    }
    const line = this.#line;
    line.velocityX = tx / tt;
    line.velocityY = ty / tt;
    line.varianceX = Math.max(0, xx - (tx * tx) / tt) / (count - 2) / tt;
    line.varianceY = Math.max(0, yy - (ty * ty) / tt) / (count - 2) / tt;
    const oldest = this.#t[slot * KEPT + (first % KEPT)];
    return nowS - oldest >= this.#windowMs / 2000 - 1e-6;
  }
}
