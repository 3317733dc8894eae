/**
 * Sample and hold: what a frame shows holds until the next one, and not for long where none comes.
 *
 * ```
 * frames      x--->x--->x---->x- - - ->|          x--->     three ordinary periods at most
 * seconds  |              |              |              |   each gets its part of what holds, to the instant
 * ```
 */
import { FramePeriod } from '../window/frame-period.ts';
import { Reading } from './reading.ts';

/** A reading holds for this many ordinary periods at most: then the camera is taken to be blind. */
const MOST_PERIODS = 3;

/** Frames kept until a second is closed. A minute at thirty a second is fewer; where there are more, the oldest go. */
const MOST_KEPT = 2048;

/** A reading, and how long it holds. */
interface Held {
  startMs: number;
  endMs: number;
  readonly reading: Reading;
}

/** Told of a reading that holds, and for how long, ms (> 0). */
export type HeldListener = (reading: Reading, ms: number) => void;

/**
 * Keeps readings in order of time, no two of which hold at once, until the seconds in which they hold are over. So it
 * makes no difference how late a second is closed, or a frame comes, as long as the frame comes first.
 */
export class HeldReadings {
  readonly #zones: number;
  readonly #period: FramePeriod;
  /** A ring; `#count` of them from `#first` on hold something. */
  #ring: Held[] = [];
  #first = 0;
  #count = 0;
  #lastMs = Number.NaN;

  /**
   * @param zones     number of zones in a reading
   * @param nominalMs time between frames as announced
   */
  constructor(zones: number, nominalMs: number) {
    this.#zones = zones;
    this.#period = new FramePeriod(nominalMs);
  }

  /** Ordinary time between frames, ms. */
  get periodMs(): number {
    return this.#period.ms;
  }

  /** Readings kept, for tests of memory. */
  get kept(): number {
    return this.#count;
  }

  /**
   * Begins the reading of a frame; the one before holds until then. Where time steps back, what was seen later than
   * now is from a clock that was wrong, and forgotten.
   *
   * @param timeMs finite
   * @returns an empty reading to be written to
   */
  begin(timeMs: number): Reading {
    const gapMs = timeMs - this.#lastMs;
    if (gapMs > 0) this.#period.credit(gapMs);
    this.#lastMs = timeMs;
    while (this.#count > 0 && this.#at(this.#count - 1).startMs >= timeMs) this.#count--;
    this.#cut(timeMs);
    if (this.#count === this.#ring.length) this.#grow();
    const held = this.#at(this.#count++);
    held.startMs = timeMs;
    held.endMs = timeMs + MOST_PERIODS * this.#period.ms;
    held.reading.clear();
    return held.reading;
  }

  /** Nothing is known from here on: the last reading holds for an ordinary period, as before any hole. */
  interrupt(): void {
    if (Number.isNaN(this.#lastMs)) return;
    this.#cut(this.#lastMs + this.#period.ms);
    this.#lastMs = Number.NaN;
  }

  /** Tells of what holds between two instants, ms, and forgets what does not hold any longer than the second. */
  take(startMs: number, endMs: number, listener: HeldListener): void {
    for (let i = 0; i < this.#count; i++) {
      const held = this.#at(i);
      const ms = Math.min(held.endMs, endMs) - Math.max(held.startMs, startMs);
      if (ms > 0) listener(held.reading, ms);
    }
    while (this.#count > 0 && this.#at(0).endMs <= endMs) this.#dropFirst();
  }

  #at(i: number): Held {
    return this.#ring[(this.#first + i) % this.#ring.length];
  }

  #dropFirst(): void {
    this.#first = (this.#first + 1) % this.#ring.length;
    this.#count--;
  }

  /** The last reading holds no longer than this. */
  #cut(endMs: number): void {
    if (this.#count === 0) return;
    const last = this.#at(this.#count - 1);
    last.endMs = Math.min(last.endMs, endMs);
  }

  #grow(): void {
    if (this.#count >= MOST_KEPT) {
      this.#dropFirst();
      return;
    }
    const kept = Array.from({ length: this.#count }, (_, i) => this.#at(i));
    const more = Math.max(4, this.#count);
    const empty = Array.from({ length: more }, () => ({ startMs: 0, endMs: 0, reading: new Reading(this.#zones) }));
    this.#ring = [...kept, ...empty];
    this.#first = 0;
  }
}
