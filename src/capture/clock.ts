import { type MediaTimeMs, mediaTimeMs } from '../contract/index.ts';

/** Gives each frame of a source its time. */
export interface MediaClock {
  /**
   * @param number number of the frame, from 1
   * @param stampS the frame's own time stamp, s; null when it has none
   * @returns ms since the first frame, always later than the frame before
   */
  timeOf(number: number, stampS: number | null): MediaTimeMs;
  /** Frames whose time stamp ran backwards, or stood still. */
  readonly disordered: number;
  /** Leaps in time, and their length in all, ms. */
  readonly gaps: number;
  readonly gapMs: number;
}

// Recorders that save space leave out a few pictures where nothing moves; longer than this is a hole.
const GAP_MS = 2000;
const GAP_FRAMES = 5;

/**
 * A clock for a recording whose rate was given: frame n is at (n − 1) / rate, whatever the file says.
 *
 * @param frameRate frames per second (> 0)
 */
export const createRateClock = (frameRate: number): MediaClock => ({
  timeOf: (number) => mediaTimeMs(((number - 1) * 1000) / frameRate),
  disordered: 0,
  gaps: 0,
  gapMs: 0,
});

/**
 * A clock that believes the time stamps, which is right for a variable rate too. A frame without one follows the
 * frame before at the nominal rate; so does one whose stamp runs backwards, until the stamps catch up again.
 *
 * @param nominalRate frames per second where there is no time stamp (> 0)
 */
export const createStampClock = (nominalRate: number): MediaClock => {
  const stepMs = 1000 / nominalRate;
  let originMs: number | null = null;
  let lastMs = Number.NEGATIVE_INFINITY;
  let lastNumber = 0;
  let disordered = 0;
  let gaps = 0;
  let gapMs = 0;
  const noticeGap = (aheadMs: number): void => {
    if (aheadMs <= Math.max(GAP_MS, GAP_FRAMES * stepMs)) return;
    gaps++;
    gapMs += aheadMs;
  };
  return {
    timeOf(number, stampS) {
      const expectedMs = lastNumber === 0 ? (number - 1) * stepMs : lastMs + (number - lastNumber) * stepMs;
      let timeMs = expectedMs;
      if (stampS !== null) {
        originMs ??= stampS * 1000 - expectedMs;
        const stampMs = stampS * 1000 - originMs;
        if (stampMs > lastMs) timeMs = stampMs;
        else disordered++;
      }
      noticeGap(timeMs - expectedMs);
      lastMs = timeMs;
      lastNumber = number;
      return mediaTimeMs(timeMs);
    },
    get disordered() {
      return disordered;
    },
    get gaps() {
      return gaps;
    },
    get gapMs() {
      return gapMs;
    },
  };
};
