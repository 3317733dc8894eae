/**
 * Cuts time into windows, and says of each how much of it was measured.
 */
import { mediaTimeMs, StarlingError, type UtcMs, utcMs, type Window } from '../../contract/index.ts';
import { FramePeriod } from './frame-period.ts';

/** A window that is over. */
export interface ClosedWindow extends Window {
  /** Share of it that was measured, 0 to 1. */
  readonly coverage: number;
  readonly lengthS: number;
}

/** How time is cut. */
export interface WindowOptions<T> {
  /** Length of a window, s. */
  readonly windowS: number;
  /** Frames measured per second, as announced: believed until the frames show their own. */
  readonly frameRate: number;
  /** UTC of time 0, null when unknown. */
  readonly startUtc: UtcMs | null;
  /** What is gathered in a new window. */
  readonly open: () => T;
  /** Told of each hole between two frames, before the windows that end in it are closed. */
  readonly hole?: () => void;
  /** Told of each window when it is over. */
  readonly close: (gathered: T, window: ClosedWindow) => void;
}

/**
 * Windows side by side from time 0. The first begins with the first frame and the last ends with the last, so that
 * both are measured in full. Windows in which nothing was measured come as one, with coverage 0: a gap is told,
 * however long.
 *
 * A frame stands for the time to the next one; before a hole, more than three times the ordinary time between
 * frames, it stands for an ordinary one. Coverage is the sum of that over the length of the window.
 *
 * @throws MEASURE_BAD_WINDOW
 */
export class Windows<T> {
  readonly #options: WindowOptions<T>;
  readonly #windowMs: number;
  readonly #period: FramePeriod;
  #gathered: T;
  #startMs = 0;
  #lastMs = 0;
  #frames = 0;
  /** Time that the frames before the last one stand for: in this window, and in all. */
  #windowMeasuredMs = 0;
  #measuredMs = 0;
  #begun = false;
  #frameMs = 0;

  constructor(options: WindowOptions<T>) {
    if (!(options.windowS > 0)) throw new StarlingError('MEASURE_BAD_WINDOW', { windowS: options.windowS });
    this.#options = options;
    this.#windowMs = options.windowS * 1000;
    this.#period = new FramePeriod(1000 / options.frameRate);
    this.#gathered = options.open();
  }

  /** Time that all frames so far stand for, the last one for an ordinary period, s. */
  get measuredS(): number {
    return this.#begun ? (this.#measuredMs + this.#period.ms) / 1000 : 0;
  }

  /**
   * Time that the last frame is taken to stand for, s: that since the frame before it, holes left out, and an ordinary
   * period for the first. Over all frames it adds up to {@link measuredS}.
   */
  get frameS(): number {
    return this.#frameMs / 1000;
  }

  /** What the window of this frame gathers. Windows that ended before it are closed first. */
  at(timeMs: number): T {
    // A time that steps back stands for nothing.
    this.#frameMs = 0;
    if (!this.#begun) {
      this.#begun = true;
      this.#startMs = timeMs;
      this.#lastMs = timeMs;
      this.#frameMs = this.#period.ms;
    } else if (timeMs > this.#lastMs) this.#advance(timeMs);
    this.#frames++;
    return this.#gathered;
  }

  /** Closes the last window, at the end of the last frame. */
  finish(): void {
    if (this.#frames === 0) return;
    const end = Math.min(this.#lastMs + this.#period.ms, this.#nominalEnd());
    this.#windowMeasuredMs += end - this.#lastMs;
    this.#close(end);
  }

  #advance(timeMs: number): void {
    const gapMs = timeMs - this.#lastMs;
    const credited = this.#period.credit(gapMs);
    this.#frameMs = credited;
    if (credited < gapMs) this.#options.hole?.();
    const until = this.#lastMs + credited;
    const nominal = this.#nominalStart(timeMs);
    this.#measuredMs += credited;
    if (nominal > this.#startMs) {
      const end = this.#nominalEnd();
      this.#windowMeasuredMs += Math.min(until, end) - this.#lastMs;
      this.#close(end);
      // A window without a frame measured nothing, though the last frame before it may reach into it.
      if (nominal > end) this.#closeFrom(end, nominal);
      this.#startMs = nominal;
      this.#windowMeasuredMs = Math.max(0, until - nominal);
    } else this.#windowMeasuredMs += credited;
    this.#lastMs = timeMs;
  }

  #nominalStart(timeMs: number): number {
    // A thousandth of a millisecond, so that 59999.9999 opens the second minute.
    return Math.floor((timeMs + 1e-3) / this.#windowMs) * this.#windowMs;
  }

  #nominalEnd(): number {
    return this.#nominalStart(this.#startMs) + this.#windowMs;
  }

  #closeFrom(startMs: number, endMs: number): void {
    this.#startMs = startMs;
    this.#close(endMs);
  }

  #close(endMs: number): void {
    const { startUtc, open, close } = this.#options;
    const lengthMs = endMs - this.#startMs;
    const share = this.#windowMeasuredMs / lengthMs;
    close(this.#gathered, {
      startMs: mediaTimeMs(this.#startMs),
      endMs: mediaTimeMs(endMs),
      startUtc: startUtc === null ? null : utcMs(startUtc + this.#startMs),
      // Sums of many periods miss 1 by rounding.
      coverage: share > 1 - 1e-9 ? 1 : Math.max(0, share),
      lengthS: lengthMs / 1000,
    });
    this.#gathered = open();
    this.#frames = 0;
    this.#windowMeasuredMs = 0;
  }
}
