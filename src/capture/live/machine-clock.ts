import { type CameraReason, cameraReason } from '../../contract/index.ts';

/** Watches the machine's clock against one that cannot be set. */
export interface MachineClock {
  /** The time now, ms since 1970 in UTC. */
  now(): number;
  /** Whether the clock jumped since the last call. */
  jumped(): boolean;
  /** Why times are in doubt now. */
  reasons(): CameraReason[];
}

/** Less than this is put right by the time service, smoothly or nearly so. */
const JUMP_MS = 2000;

/** How long a jump is told. */
const TOLD_FOR_MS = 60_000;

/**
 * Creates the watch of the machine's clock.
 *
 * @param now    the clock, ms since 1970 in UTC
 * @param steady a clock that nobody sets, ms
 */
export const createMachineClock = (now: () => number, steady: () => number): MachineClock => {
  let ahead = now() - steady();
  let jumpS = 0;
  let toldUntil = Number.NEGATIVE_INFINITY;
  return {
    now,
    jumped() {
      const aheadNow = now() - steady();
      const jumpMs = aheadNow - ahead;
      // A clock that is moved bit by bit is followed.
      ahead = aheadNow;
      if (Math.abs(jumpMs) <= JUMP_MS) return false;
      jumpS = jumpMs / 1000;
      toldUntil = steady() + TOLD_FOR_MS;
      return true;
    },
    reasons: () => (steady() < toldUntil ? [cameraReason('CLOCK_JUMPED', { seconds: jumpS.toFixed(1) })] : []),
  };
};
