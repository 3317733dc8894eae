import type { CameraReason, Point } from '../../contract/index.ts';
import type { LumaPicture } from '../live/luma-picture.ts';
import { createDamageWatch } from './damage-watch.ts';
import { createExposureWatch } from './exposure-watch.ts';
import { createFrozenWatch } from './frozen-watch.ts';
import { openCells } from './grid.ts';
import { createReplayWatch } from './replay-watch.ts';
import { createSampler } from './sample.ts';
import type { ViewSignature } from './signature.ts';
import { createSizeWatch, type PictureSize } from './size-watch.ts';
import { CONDITION_THRESHOLDS, type ConditionThresholds } from './thresholds.ts';
import { createViewWatch } from './view-watch.ts';

/** What a watch is told. */
export interface PictureWatchOptions {
  /** Size that the calibration was made for; null takes the first picture's. */
  readonly expectedSize: PictureSize | null;
  /** The view as it was learnt before; null learns it from the first seconds. */
  readonly reference: ViewSignature | null;
  /**
   * Called when a view was learnt, and at most every quarter of an hour since its light changed slowly: keep the last.
   * Not while pictures have another size than was expected; and a view that was given is not told at once.
   */
  readonly onReference?: (signature: ViewSignature) => void;
  /** Parts of the picture, in fractions of it, that are not looked at at all. */
  readonly masks?: readonly (readonly Point[])[];
  /** What differs from `CONDITION_THRESHOLDS`. */
  readonly thresholds?: Partial<ConditionThresholds>;
}

/** Looks at every picture of a camera, and says why it cannot be believed. */
export interface PictureWatch {
  /**
   * Looks at a picture, and says whether it may be measured: not when it is frozen, known to be replayed, black or white.
   *
   * @param timeMs when it came, ms; a clock that is set back or forward does no harm
   */
  look(picture: LumaPicture, timeMs: number): boolean;
  /**
   * Why the pictures cannot be believed now; empty when they can. When no picture has come for ten seconds only what
   * outlasts the pictures is told: another size, another view.
   */
  reasons(nowMs: number): CameraReason[];
}

/** Longest time that passes between two pictures, for whoever waits for something to have lasted. */
const LONGEST_STEP_MS = 2000;
const STALE_MS = 10_000;

/** A clock that neither runs back nor jumps. */
const createPictureClock = (): ((timeMs: number) => number) => {
  let clockMs = 0;
  let lastMs = Number.NaN;
  return (timeMs) => {
    const step = timeMs - lastMs;
    if (step > 0) clockMs += Math.min(step, LONGEST_STEP_MS);
    if (Number.isFinite(timeMs)) lastMs = timeMs;
    return clockMs;
  };
};

const present = (reasons: readonly (CameraReason | null)[]): CameraReason[] =>
  reasons.filter((reason) => reason !== null);

/**
 * Creates the watch of one camera. Each condition is told within 10 s of its beginning, and no longer than 10 s after its
 * end; README.md says what each looks at and how it was measured.
 *
 * @example
 * const watch = createPictureWatch({ expectedSize: null, reference: null, masks: camera.masks });
 * if (watch.look(picture, Date.now())) measure(picture);
 * health = cameraHealth(watch.reasons(Date.now()));
 */
export const createPictureWatch = (options: PictureWatchOptions): PictureWatch => {
  const thresholds = { ...CONDITION_THRESHOLDS, ...options.thresholds };
  const open = openCells(options.masks ?? []);
  const sampler = createSampler(open, thresholds);
  const exposure = createExposureWatch(thresholds);
  const frozen = createFrozenWatch(thresholds);
  const replay = createReplayWatch(thresholds);
  const damage = createDamageWatch(thresholds);
  const size = createSizeWatch(options.expectedSize);
  const view = createViewWatch({
    openCells: open,
    reference: options.reference,
    onReference: options.onReference ?? (() => undefined),
    mayKeep: () => size.reason() === null,
    thresholds,
  });
  const clockOf = createPictureClock();
  const { sample } = sampler;
  let clockMs = 0;
  let lookedAtMs = Number.NaN;

  const isNew = (picture: LumaPicture): boolean =>
    !sample.changed || picture.damaged || replay.look(sample.hash, clockMs);

  return {
    look(picture, timeMs) {
      clockMs = clockOf(timeMs);
      lookedAtMs = timeMs;
      const whole = sampler.read(picture);
      damage.look(picture.damaged || !whole, clockMs);
      if (!whole) return false;
      size.look(picture, clockMs);
      const visible = exposure.look(sample, clockMs);
      const moving = frozen.look(sample.changed || !visible, clockMs);
      const believed = isNew(picture) && visible && moving;
      if (believed && !picture.damaged) view.look(picture, sample, clockMs);
      return believed;
    },
    reasons(nowMs) {
      const lasting = [size.reason(), view.shifted()];
      if (nowMs - lookedAtMs > STALE_MS) return present(lasting);
      const passing = [frozen.reason(), replay.reason(clockMs), exposure.reason(), view.blurred(), damage.reason()];
      return present([...passing, ...lasting]);
    },
  };
};
