import { type CameraReason, cameraReason } from '../../contract/index.ts';
import type { ConditionThresholds } from './thresholds.ts';

/** Pictures remembered at most: 30 s at 60 a second. */
const CAPACITY = 2048;
/** A run may leave out so many pictures, less one, between two that come again. */
const LONGEST_STEP = 3;
/** A run with fewer different pictures is a still scene, or one that blinks. */
const LEAST_DIFFERENT_SHARE = 0.7;
const CLEAR_MS = 3000;

/** Watches for pictures that came before. */
export interface ReplayWatch {
  /**
   * Whether the picture is not known to have come before.
   *
   * @param hash of a picture that differs from the one before it
   */
  look(hash: number, clockMs: number): boolean;
  reason(clockMs: number): CameraReason | null;
}

/**
 * Creates the watch. It remembers a hash of each picture, and follows a run of them that comes again in the same order:
 *
 * ```
 *   remembered   a b c d e f g h i j k l        now   … l  b c d f g h i j
 *                  └─────────────┘                         └─────────────┘ the eighth in its order: replayed
 * ```
 *
 * The pictures up to the eighth were taken for new ones: what a proxy sends again after a reconnect is counted twice for
 * that long at most.
 */
export const createReplayWatch = ({ replayMemoryS, replayRun }: ConditionThresholds): ReplayWatch => {
  const hashes = new Int32Array(CAPACITY);
  const times = new Float64Array(CAPACITY);
  const memoryMs = replayMemoryS * 1000;
  let count = 0;
  let followed = -1;
  let run = 0;
  let repeatedAtMs = Number.NEGATIVE_INFINITY;

  const isRemembered = (index: number, clockMs: number): boolean =>
    index >= 0 && index > count - CAPACITY && clockMs - times[index % CAPACITY] <= memoryMs;

  const continuation = (hash: number, clockMs: number): number => {
    for (let index = followed + 1; index <= followed + LONGEST_STEP && index < count; index++)
      if (isRemembered(index, clockMs) && hashes[index % CAPACITY] === hash) return index;
    return -1;
  };

  const latest = (hash: number, clockMs: number): number => {
    for (let index = count - 1; isRemembered(index, clockMs); index--)
      if (hashes[index % CAPACITY] === hash) return index;
    return -1;
  };

  const follow = (hash: number, clockMs: number): void => {
    const next = run > 0 ? continuation(hash, clockMs) : -1;
    run = next >= 0 ? run + 1 : 0;
    followed = next >= 0 ? next : latest(hash, clockMs);
    if (run === 0 && followed >= 0) run = 1;
  };

  const differentOfRun = (): number => {
    let different = 0;
    for (let back = 1; back <= replayRun; back++) {
      let first = true;
      for (let later = 1; later < back; later++)
        if (hashes[(count - later) % CAPACITY] === hashes[(count - back) % CAPACITY]) first = false;
      if (first) different++;
    }
    return different;
  };

  return {
    look(hash, clockMs) {
      if (memoryMs <= 0) return true;
      follow(hash, clockMs);
      hashes[count % CAPACITY] = hash;
      times[count % CAPACITY] = clockMs;
      count++;
      if (run < replayRun || differentOfRun() < replayRun * LEAST_DIFFERENT_SHARE) return true;
      repeatedAtMs = clockMs;
      return false;
    },
    reason: (clockMs) => (clockMs - repeatedAtMs < CLEAR_MS ? cameraReason('REPLAYED', {}) : null),
  };
};
