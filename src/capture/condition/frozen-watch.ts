import { type CameraReason, cameraReason } from '../../contract/index.ts';
import { createLatch } from './latch.ts';
import type { ConditionThresholds } from './thresholds.ts';

/** So many pictures must be the same, however seldom they come. */
const LEAST_UNCHANGED = 3;
const CLEAR_MS = 1000;

/** Watches for a picture that stands still to the last value. */
export interface FrozenWatch {
  /** Whether the picture is one that moves. */
  look(changed: boolean, clockMs: number): boolean;
  reason(): CameraReason | null;
}

/**
 * Creates the watch. A camera's sensor has noise, so that two pictures of it are never the same in thousands of values.
 *
 * Caveat: drawn pictures have no noise, and an encoder that is short of bits sends a still scene as copies; nothing then
 * tells them from a frozen one. A clock burnt into the picture goes on when the sensor behind it hangs: mask it.
 */
export const createFrozenWatch = ({ frozenS }: ConditionThresholds): FrozenWatch => {
  const latch = createLatch(0, CLEAR_MS);
  let changedAtMs: number | null = null;
  let stillS = 0;
  let unchanged = 0;
  return {
    look(changed, clockMs) {
      if (changed) unchanged = 0;
      else unchanged++;
      if (changed || changedAtMs === null) changedAtMs = clockMs;
      const forS = (clockMs - changedAtMs) / 1000;
      if (!changed) stillS = forS;
      latch.tell(forS >= frozenS && unchanged >= LEAST_UNCHANGED, clockMs);
      return !latch.raised;
    },
    reason: () => (latch.raised ? cameraReason('FROZEN', { seconds: Math.floor(stillS) }) : null),
  };
};
