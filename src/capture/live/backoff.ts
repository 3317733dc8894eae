/** How long to wait before the next attempt to connect. */
export interface Backoff {
  /** @param refused whether the camera refused the password: knocking often can lock an account */
  waitMs(refused: boolean): number;
  /** The connection has proved good: the next wait is a short one. */
  reset(): void;
}

const FIRST_MS = 500;

/** Low enough for a camera to be measured again well within ten seconds of a fault's end. */
const LONGEST_MS = 4000;
const REFUSED_MS = 5000;

/** Waits are between so much less and more: cameras that were lost together do not come back together. */
const JITTER = 0.25;

/**
 * Creates a backoff: waits double up to a ceiling.
 *
 * @param random from 0 to 1
 */
export const createBackoff = (random: () => number = Math.random): Backoff => {
  let nextMs = FIRST_MS;
  return {
    waitMs(refused) {
      const jitter = 1 - JITTER + 2 * JITTER * random();
      if (refused) return REFUSED_MS * jitter;
      const waitMs = nextMs * jitter;
      nextMs = Math.min(2 * nextMs, LONGEST_MS);
      return waitMs;
    },
    reset() {
      nextMs = FIRST_MS;
    },
  };
};
