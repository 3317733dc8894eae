/**
 * Flow through a gate over windows of so many frames, from the first crossing on.
 */
import { type FlowWindow, type FrameNumber, frameNumber, type GateId, StarlingError } from '../../contract/index.ts';
import type { LineCrossings } from './line-crossing.ts';

/** What is cut into windows, and who is told. */
export interface FlowWindowOptions {
  readonly gate: GateId;
  /** Length of a window, frames (> 0). */
  readonly frames: number;
  /** Frames a second (> 0). */
  readonly frameRate: number;
  /** Told of each window when it is over and somebody crossed in it. */
  readonly onWindow: (window: FlowWindow) => void;
}

/**
 * Flow and speed at a gate, window by window:
 *
 *   J = N / (t_last − t_first),  v = mean speed of these N people in the frame of their crossing
 *
 * Windows stand side by side from the frame of the first crossing of all. N are the people who cross for the first
 * time in the window; t_last is the last of their crossings, t_first the last crossing before them. So every person
 * is counted with the time since somebody crossed before them: J is one over the mean headway, no time is lost
 * between windows, and the first of all to cross only starts the clock. A window in which nobody crosses is not told;
 * its time belongs to the next crossing. What comes after the last full window is not told either.
 *
 * Frames are those of the crossings; speeds that are unknown are left out of the mean.
 *
 * @throws MEASURE_BAD_WINDOW
 * @see JPSreport's method A (FDFlowVelocity)
 */
export class FlowWindows {
  readonly #options: FlowWindowOptions;
  /** Frame of the last crossing before this window; NaN before the first of all. */
  #firstFrame = Number.NaN;
  #lastFrame = Number.NaN;
  /** Last frame of this window. */
  #endFrame = Number.POSITIVE_INFINITY;
  #people = 0;
  #speedSum = 0;
  #speedCount = 0;

  constructor(options: FlowWindowOptions) {
    const windowS = options.frames / options.frameRate;
    if (!(windowS > 0 && windowS < Number.POSITIVE_INFINITY))
      throw new StarlingError('MEASURE_BAD_WINDOW', { windowS });
    this.#options = options;
  }

  /**
   * Takes the next frame.
   *
   * @param first    first crossings of the gate in this frame
   * @param speedMps speeds of the frame's people, in the order of its positions, NaN where unknown
   */
  update(frame: FrameNumber, first: LineCrossings, speedMps: Float64Array): void {
    while (frame > this.#endFrame) this.#close();
    this.#add(frame, first, speedMps);
    if (frame === this.#endFrame) this.#close();
  }

  #add(frame: FrameNumber, first: LineCrossings, speedMps: Float64Array): void {
    if (first.count === 0) return;
    if (Number.isNaN(this.#firstFrame)) {
      this.#firstFrame = frame;
      this.#endFrame = frame + this.#options.frames;
      return;
    }
    this.#lastFrame = frame;
    this.#people += first.count;
    for (let k = 0; k < first.count; k++) {
      const speed = speedMps[first.place[k]];
      if (Number.isNaN(speed)) continue;
      this.#speedSum += speed;
      this.#speedCount++;
    }
  }

  #close(): void {
    this.#endFrame += this.#options.frames;
    if (this.#people === 0) return;
    const { gate, frameRate, onWindow } = this.#options;
    onWindow({
      gate,
      firstFrame: frameNumber(this.#firstFrame),
      lastFrame: frameNumber(this.#lastFrame),
      people: this.#people,
      flowPerS: (this.#people * frameRate) / (this.#lastFrame - this.#firstFrame),
      speedMps: this.#speedCount > 0 ? this.#speedSum / this.#speedCount : null,
    });
    this.#firstFrame = this.#lastFrame;
    this.#people = 0;
    this.#speedSum = 0;
    this.#speedCount = 0;
  }
}
