/** Aborts what has stood still for too long. */
export interface Watchdog {
  /** Watches from now on. */
  arm(): void;
  /** Something moved. */
  feed(): void;
  /** Nothing is expected to move now. */
  disarm(): void;
  /** Stops for good. */
  stop(): void;
}

/**
 * Creates a watchdog.
 *
 * @param limitMs how long nothing may move
 * @param bark    called once, when nothing did
 */
export const createWatchdog = (limitMs: number, bark: () => void): Watchdog => {
  let armed = false;
  const timer = setTimeout(() => {
    if (armed) bark();
  }, limitMs);
  return {
    arm() {
      armed = true;
      timer.refresh();
    },
    feed: () => void timer.refresh(),
    disarm() {
      armed = false;
    },
    stop: () => clearTimeout(timer),
  };
};
