/** Gives each picture of a connection its instant. */
export interface PictureClock {
  /**
   * @param stampS    the picture's own time stamp, s; null when it has none
   * @param arrivalMs when it came, ms since 1970 in UTC
   * @returns ms since 1970, later than for any picture before and not after `arrivalMs`; null for a picture that is not
   *   to be measured, because nobody knows when it was taken
   */
  timeOf(stampS: number | null, arrivalMs: number): number | null;
  /** Whether pictures have been coming in the wrong order, or the same stamp again and again, up to now. */
  disordered(nowMs: number): boolean;
}

/** Pictures out of order before it is said; one or two happen. */
const DISORDERED_PICTURES = 3;
const DISORDERED_FOR_MS = 5000;

/** How long stamps may stay behind before it is believed that the camera's clock was set back. */
const SET_BACK_MS = 5000;

/** Stamps that stand still so often in a row mean nothing. */
const STANDING_STILL = 10;

/** Pictures in a row that came too early for their stamps, before the stamps are believed to mean nothing. */
const TOO_EARLY = 50;

/** Windows in a row at whose end stamps were far behind, before the stamps are believed to mean nothing. */
const FAR_BEHIND = 4;

/** Stamps that lag more than this behind arrival, all of them for a window, are anchored anew. */
const DRIFT_MS = 500;
const WINDOW_MS = 2000;
const WINDOW_PICTURES = 4;

/** How much a window may move the anchor otherwise: 2.5 ms/s, more than any two clocks drift apart. */
const SLEW_MS = 5;

/** A picture that came sooner after the last than this share of the time between their stamps was waiting somewhere. */
const BUFFERED_SHARE = 0.5;
const SETTLE_MS = 3000;

/** Longest time without a picture because of doubts about how far apart they are. */
const LONGEST_SILENCE_MS = 1000;

/**
 * An honest clock for pictures of a live source: arrival says when, stamps say how far apart.
 *
 *   time = stamp + offset,   offset = least (arrival − stamp) of late
 *
 * The least delay is that of the pictures that nothing held up, so that a picture stuck in the network for a second is
 * given the time at which it was taken, and none is ever in the future. After connecting, servers may send what they
 * had kept: pictures that come faster than their stamps say are passed over until the pace is that of life. Stamps that
 * run backwards are passed over; when they go on from there, the camera's clock was set back, and they are believed
 * again after 5 s. Without stamps, and with stamps that mean nothing, a picture's time is its arrival.
 */
class ArrivalClock implements PictureClock {
  #offsetMs: number | null = null;
  #lastTimeMs = Number.NEGATIVE_INFINITY;
  #lastGivenStampMs: number | null = null;
  #lastStampMs = Number.NEGATIVE_INFINITY;
  #lastArrivalMs = 0;
  #stampless = 0;
  #settlingSinceMs: number | null = null;
  #settled: boolean;
  #windowFromMs = 0;
  #windowLeastMs = Number.POSITIVE_INFINITY;
  #windowPictures = 0;
  #farBehind = 0;
  #tooEarly = 0;
  #standingStill = 0;
  #backwards = 0;
  #backwardsSinceMs = 0;
  #backwardsAtMs = Number.NEGATIVE_INFINITY;
  #meaningless = false;

  /** @param settled whether pictures come at their pace from the first on */
  constructor(settled: boolean) {
    this.#settled = settled;
  }

  timeOf(stampS: number | null, arrivalMs: number): number | null {
    if (this.#meaningless) return this.#give(arrivalMs, null);
    if (stampS === null) return this.#withoutStamp(arrivalMs);
    const stampMs = stampS * 1000;
    if (stampMs <= this.#lastStampMs && !this.#wasSetBack(stampMs, arrivalMs)) return null;
    this.#backwards = 0;
    this.#standingStill = 0;
    const time = this.#place(stampMs, arrivalMs);
    this.#lastStampMs = stampMs;
    this.#lastArrivalMs = arrivalMs;
    return time;
  }

  disordered(nowMs: number): boolean {
    return this.#backwards >= DISORDERED_PICTURES && nowMs - this.#backwardsAtMs < DISORDERED_FOR_MS;
  }

  #place(stampMs: number, arrivalMs: number): number | null {
    this.#anchor(arrivalMs - stampMs, arrivalMs);
    this.#settled ||= this.#isAtPace(stampMs, arrivalMs);
    if (!this.#settled) return null;
    const timeMs = Math.min(arrivalMs, stampMs + (this.#offsetMs ?? 0));
    if (!this.#isSqueezed(timeMs, stampMs)) this.#tooEarly = 0;
    else if (++this.#tooEarly >= TOO_EARLY) this.#giveUpOnStamps();
    const doubtful = this.#tooEarly > 0 && arrivalMs - this.#lastTimeMs <= LONGEST_SILENCE_MS;
    return doubtful ? null : this.#give(timeMs, stampMs);
  }

  /** Whether moving the anchor put this picture so close to the last that speeds would be wrong. */
  #isSqueezed(timeMs: number, stampMs: number): boolean {
    if (this.#lastGivenStampMs === null) return false;
    return timeMs - this.#lastTimeMs < BUFFERED_SHARE * (stampMs - this.#lastGivenStampMs);
  }

  #give(timeMs: number, stampMs: number | null): number | null {
    if (timeMs <= this.#lastTimeMs) return null;
    this.#lastTimeMs = timeMs;
    this.#lastGivenStampMs = stampMs;
    return timeMs;
  }

  #anchor(delayMs: number, arrivalMs: number): void {
    this.#offsetMs = Math.min(this.#offsetMs ?? delayMs, delayMs);
    if (this.#windowPictures === 0) this.#windowFromMs = arrivalMs;
    this.#windowLeastMs = Math.min(this.#windowLeastMs, delayMs);
    if (++this.#windowPictures < WINDOW_PICTURES || arrivalMs - this.#windowFromMs < WINDOW_MS) return;
    const behindMs = this.#windowLeastMs - this.#offsetMs;
    const far = behindMs > DRIFT_MS;
    this.#offsetMs += far ? behindMs : Math.min(behindMs, SLEW_MS);
    this.#farBehind = far ? this.#farBehind + 1 : 0;
    if (this.#farBehind >= FAR_BEHIND) this.#giveUpOnStamps();
    this.#startWindow();
  }

  #giveUpOnStamps(): void {
    this.#meaningless = true;
    this.#backwards = 0;
  }

  #startWindow(): void {
    this.#windowLeastMs = Number.POSITIVE_INFINITY;
    this.#windowPictures = 0;
  }

  /** The first picture of a stream may lack its stamp alone. Where a second does, there are none. */
  #withoutStamp(arrivalMs: number): number | null {
    this.#settled ||= ++this.#stampless > 1;
    return this.#settled ? this.#give(arrivalMs, null) : null;
  }

  /** Whether pictures come as they are taken, and none of them was kept somewhere. */
  #isAtPace(stampMs: number, arrivalMs: number): boolean {
    this.#settlingSinceMs ??= arrivalMs;
    if (arrivalMs - this.#settlingSinceMs > SETTLE_MS) return true;
    return arrivalMs - this.#lastArrivalMs >= BUFFERED_SHARE * (stampMs - this.#lastStampMs);
  }

  /** Looks at a stamp that is not after the last: whether it is to be believed. */
  #wasSetBack(stampMs: number, arrivalMs: number): boolean {
    if (this.#backwards === 0) this.#backwardsSinceMs = arrivalMs;
    this.#backwards++;
    this.#backwardsAtMs = arrivalMs;
    if (stampMs === this.#lastStampMs && ++this.#standingStill >= STANDING_STILL) this.#giveUpOnStamps();
    if (arrivalMs - this.#backwardsSinceMs < SET_BACK_MS) return false;
    this.#offsetMs = null;
    this.#lastGivenStampMs = null;
    this.#startWindow();
    return true;
  }
}

/**
 * Creates the clock of one connection.
 *
 * @param pace `live` for pictures that come as they are taken, `stored` for pictures that are shown at their pace
 */
export const createPictureClock = (pace: 'live' | 'stored'): PictureClock => new ArrivalClock(pace === 'stored');
