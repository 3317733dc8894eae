/**
 * Cuts time into windows, and says of each how much of it was measured.
 */
import { mediaTimeMs, StarlingError, type UtcMs, utcMs, type Window } from '../contract/index.ts';

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
  /** Frames measured per second when none is missing. */
  readonly frameRate: number;
  /** UTC of time 0, null when unknown. */
  readonly startUtc: UtcMs | null;
  /** What is gathered in a new window. */
  readonly open: () => T;
  /** Told of each window when it is over. */
  readonly close: (gathered: T, window: ClosedWindow) => void;
}

/**
 * Windows side by side from time 0. The first begins with the first frame and the last ends with the last, so that
 * both are measured in full. Windows in which nothing was measured come as one, with coverage 0: a gap is told,
 * however long.
 *
 * @throws MEASURE_BAD_WINDOW
 */
export class Windows<T> {
  readonly #options: WindowOptions<T>;
  readonly #windowMs: number;
  readonly #periodMs: number;
  #gathered: T;
  #startMs = 0;
  #lastMs = 0;
  #frames = 0;
  #begun = false;

  constructor(options: WindowOptions<T>) {
    if (!(options.windowS > 0)) throw new StarlingError('MEASURE_BAD_WINDOW', { windowS: options.windowS });
    this.#options = options;
    this.#windowMs = options.windowS * 1000;
    this.#periodMs = 1000 / options.frameRate;
    this.#gathered = options.open();
  }

  /** What the window of this frame gathers. Windows that ended before it are closed first. */
  at(timeMs: number): T {
    if (!this.#begun) {
      this.#begun = true;
      this.#startMs = timeMs;
    }
    const nominal = this.#nominalStart(timeMs);
    if (nominal > this.#startMs) {
      const end = this.#nominalStart(this.#startMs) + this.#windowMs;
      this.#close(end);
      if (nominal > end) this.#closeFrom(end, nominal);
      this.#startMs = nominal;
    }
    this.#frames++;
    this.#lastMs = Math.max(this.#lastMs, timeMs);
    return this.#gathered;
  }

  /** Closes the last window, at the end of the last frame. */
  finish(): void {
    if (this.#frames > 0)
      this.#close(Math.min(this.#lastMs + this.#periodMs, this.#nominalStart(this.#startMs) + this.#windowMs));
  }

  #nominalStart(timeMs: number): number {
    // A thousandth of a millisecond, so that 59999.9999 opens the second minute.
    return Math.floor((timeMs + 1e-3) / this.#windowMs) * this.#windowMs;
  }

  #closeFrom(startMs: number, endMs: number): void {
    this.#startMs = startMs;
    this.#close(endMs);
  }

  #close(endMs: number): void {
    const { startUtc, open, close } = this.#options;
    const lengthMs = endMs - this.#startMs;
    close(this.#gathered, {
      startMs: mediaTimeMs(this.#startMs),
      endMs: mediaTimeMs(endMs),
      startUtc: startUtc === null ? null : utcMs(startUtc + this.#startMs),
      coverage: Math.min(1, (this.#frames * this.#periodMs) / lengthMs),
      lengthS: lengthMs / 1000,
    });
    this.#gathered = open();
    this.#frames = 0;
  }
}
