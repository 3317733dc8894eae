import { type CameraReason, cameraReason } from '../../contract/index.ts';
import type { LumaPicture } from '../live/luma-picture.ts';
import { isBlurred } from './blur.ts';
import { createLatch } from './latch.ts';
import { createMatcher } from './match.ts';
import { createPresentView, follow, remember } from './present-view.ts';
import type { Sample } from './sample.ts';
import { createShiftJudge } from './shift.ts';
import { fromSignature, type RememberedView, toSignature, type ViewSignature } from './signature.ts';
import type { ConditionThresholds } from './thresholds.ts';

/** Pictures nearer than this to the last one that was taken in say little new. */
const ADD_EVERY_MS = 380;
const CHECK_EVERY_MS = 1000;
/** While a doubt waits to be told. */
const CHECK_DOUBT_EVERY_MS = 500;
/** Of a view that is known to be another one: it costs twenty times as much. */
const CHECK_SHIFTED_EVERY_MS = 2000;
/** How long a view is learnt, and then held against what is seen. */
const LEARN_MS = 5000;
const PROVE_MS = 3000;
/** Time constant with which the light is followed, s: dusk takes half an hour. */
const FOLLOW_S = 600;
const TELL_EVERY_MS = 900_000;
const SHIFT_RAISE_MS = 1500;
const BLUR_RAISE_MS = 3000;
const CLEAR_MS = 2000;

/** Watches where the camera looks, and whether it still sees sharply. */
export interface ViewWatch {
  look(picture: LumaPicture, sample: Sample, clockMs: number): void;
  /** VIEW_SHIFTED */
  shifted(): CameraReason | null;
  /** BLURRED */
  blurred(): CameraReason | null;
}

/** What a view watch is told. */
export interface ViewWatchOptions {
  readonly openCells: Uint8Array;
  readonly reference: ViewSignature | null;
  readonly onReference: (signature: ViewSignature) => void;
  /** Whether a view may be kept now: pictures of a size that nobody expected are not what was calibrated. */
  readonly mayKeep: () => boolean;
  readonly thresholds: ConditionThresholds;
}

/**
 * Creates the watch. Without a reference the first five seconds are learnt, and believed when the next three agree: a
 * camera that turns to its place as it starts is learnt when it has come to rest.
 */
export const createViewWatch = (options: ViewWatchOptions): ViewWatch => {
  const { openCells, reference, thresholds } = options;
  const now = createPresentView(openCells);
  const isElsewhere = createShiftJudge(createMatcher(now.blocks), thresholds);
  const shift = createLatch(SHIFT_RAISE_MS, CLEAR_MS);
  const blur = createLatch(BLUR_RAISE_MS, CLEAR_MS);
  let known: RememberedView | null = reference && fromSignature(reference);
  let proven = known !== null;
  let learntAtMs = 0;
  let toldAtMs = 0;
  let addedAtMs = Number.NEGATIVE_INFINITY;
  let checkedAtMs = 0;
  let startedAtMs: number | null = null;

  const checkEveryMs = (): number => {
    if (shift.raised) return CHECK_SHIFTED_EVERY_MS;
    return shift.isOpposed ? CHECK_DOUBT_EVERY_MS : CHECK_EVERY_MS;
  };

  const learn = (clockMs: number): void => {
    if (clockMs - (startedAtMs ?? clockMs) < LEARN_MS) return;
    known = remember(now);
    learntAtMs = clockMs;
  };

  const tell = (view: RememberedView, clockMs: number): void => {
    if (clockMs - toldAtMs < TELL_EVERY_MS || !options.mayKeep()) return;
    toldAtMs = clockMs;
    options.onReference(toSignature(view));
  };

  const prove = (view: RememberedView, aspect: number, clockMs: number): void => {
    if (clockMs - learntAtMs < PROVE_MS) return;
    proven = !isElsewhere(view, aspect, false);
    if (proven) {
      toldAtMs = Number.NEGATIVE_INFINITY;
      tell(view, clockMs);
      return;
    }
    known = null;
    startedAtMs = clockMs;
  };

  const judge = (view: RememberedView, aspect: number, clockMs: number): void => {
    const elsewhere = now.hasStructure() ? isElsewhere(view, aspect, shift.raised) : null;
    shift.tell(elsewhere, clockMs);
    // Of another view nobody knows how sharp it ought to be.
    const strange = elsewhere ?? shift.raised;
    blur.tell(strange ? false : isBlurred(now, view, thresholds), clockMs);
    if (elsewhere !== false || shift.raised || blur.raised) return;
    follow(view, now, (clockMs - checkedAtMs) / (1000 * FOLLOW_S));
    tell(view, clockMs);
  };

  const check = (sample: Sample, aspect: number, clockMs: number): void => {
    if (now.refresh(sample)) {
      if (known && proven) judge(known, aspect, clockMs);
      else if (known && now.hasStructure()) prove(known, aspect, clockMs);
      else if (now.hasStructure()) learn(clockMs);
    }
    checkedAtMs = clockMs;
  };

  return {
    look(picture, sample, clockMs) {
      if (clockMs - addedAtMs < ADD_EVERY_MS) return;
      addedAtMs = clockMs;
      startedAtMs ??= clockMs;
      now.add(picture, sample, clockMs);
      if (clockMs - checkedAtMs >= checkEveryMs()) check(sample, picture.height / picture.width, clockMs);
    },
    shifted: () => (shift.raised ? cameraReason('VIEW_SHIFTED', {}) : null),
    blurred: () => (blur.raised ? cameraReason('BLURRED', {}) : null),
  };
};
