/** A reason that comes and goes slower than what it is about, so that it does not flap. */
export interface Latch {
  readonly raised: boolean;
  /** Whether what holds now is the opposite, and not yet for long enough. */
  readonly isOpposed: boolean;
  /**
   * What holds now; null when nothing can be said, which changes nothing.
   *
   * @param clockMs a clock that never runs back, ms
   */
  tell(holds: boolean | null, clockMs: number): void;
}

/**
 * Creates a latch.
 *
 * @param raiseMs how long it must hold, without a break, to be raised
 * @param clearMs how long it must not hold, without a break, to be cleared
 */
export const createLatch = (raiseMs: number, clearMs: number): Latch => {
  let raised = false;
  let opposedSinceMs: number | null = null;
  return {
    get raised() {
      return raised;
    },
    get isOpposed() {
      return opposedSinceMs !== null;
    },
    tell(holds, clockMs) {
      if (holds === null) return;
      if (holds === raised) {
        opposedSinceMs = null;
        return;
      }
      opposedSinceMs ??= clockMs;
      if (clockMs - opposedSinceMs < (holds ? raiseMs : clearMs)) return;
      raised = holds;
      opposedSinceMs = null;
    },
  };
};
