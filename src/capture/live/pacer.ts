/** Says when pictures that lie ready are to be shown. */
export interface Pacer {
  /**
   * @param stampS the picture's time stamp, s; null when it has none
   * @param nowMs  on a clock that nobody sets, ms
   * @returns how long to wait before the picture is shown, ms
   */
  waitMs(stampS: number | null, nowMs: number): number;
}

/** Steps beyond this are no pace but a hole in the recording, and not waited for. */
const LONGEST_STEP_S = 10;

/** Further behind than this, time is let go instead of hurrying after it. */
const BEHIND_MS = 500;

/**
 * Creates the pacer of a recording.
 *
 * @param periodMs time from picture to picture where stamps do not say, ms
 */
export const createPacer = (periodMs: number): Pacer => {
  let dueMs: number | null = null;
  let lastStampS: number | null = null;
  const stepMs = (stampS: number | null): number => {
    const stepS = stampS === null || lastStampS === null ? 0 : stampS - lastStampS;
    return stepS > 0 && stepS <= LONGEST_STEP_S ? stepS * 1000 : periodMs;
  };
  return {
    waitMs(stampS, nowMs) {
      dueMs = dueMs === null ? nowMs : dueMs + stepMs(stampS);
      lastStampS = stampS;
      if (nowMs - dueMs > BEHIND_MS) dueMs = nowMs;
      return Math.max(0, dueMs - nowMs);
    },
  };
};
