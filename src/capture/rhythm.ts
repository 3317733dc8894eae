/** Chooses which pictures are measured, spread evenly over time. */
export interface Rhythm {
  /**
   * Whether the picture of this instant is one of those. Pictures are asked about one after the other.
   *
   * @param periodMs time from one picture of the source to the next, ms
   */
  takes(timeMs: number, periodMs: number): boolean;
  /** Changes how many to take from now on. */
  setRate(framesPerS: number): void;
}

/**
 * A picture whenever the next is due, or nearer to it than the one after. After a gap, and when the clock was set back,
 * the rhythm begins anew.
 *
 * @param framesPerS how many to take, per second (> 0); more than there are, or infinity, takes all
 */
export const createRhythm = (framesPerS: number): Rhythm => {
  let stepMs = 1000 / framesPerS;
  let dueMs = Number.NEGATIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    takes(timeMs, periodMs) {
      if (timeMs < lastMs) dueMs = Number.NEGATIVE_INFINITY;
      lastMs = timeMs;
      if (timeMs < dueMs - periodMs / 2) return false;
      const begins = dueMs === Number.NEGATIVE_INFINITY || timeMs > dueMs + stepMs;
      dueMs = (begins ? timeMs : dueMs) + stepMs;
      return true;
    },
    setRate(rate) {
      const dueNowMs = dueMs - stepMs + 1000 / rate;
      stepMs = 1000 / rate;
      // Where there was no rhythm, the new one begins at once.
      dueMs = Number.isFinite(dueNowMs) ? dueNowMs : Number.NEGATIVE_INFINITY;
    },
  };
};
