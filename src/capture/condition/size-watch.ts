import { type CameraReason, cameraReason } from '../../contract/index.ts';
import type { LumaPicture } from '../live/luma-picture.ts';
import { createLatch } from './latch.ts';

const CLEAR_MS = 2000;

/** Size of a picture, pixels. */
export interface PictureSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Watches for pictures of another size than the calibration was made for. */
export interface SizeWatch {
  look(picture: LumaPicture, clockMs: number): void;
  reason(): CameraReason | null;
}

/** Creates the watch; without an expectation the first picture's size is it. It tells of the first picture that differs. */
export const createSizeWatch = (expectedSize: PictureSize | null): SizeWatch => {
  const latch = createLatch(0, CLEAR_MS);
  let expected = expectedSize;
  let width = 0;
  let height = 0;
  return {
    look(picture, clockMs) {
      expected ??= { widthPx: picture.width, heightPx: picture.height };
      const differs = picture.width !== expected.widthPx || picture.height !== expected.heightPx;
      if (differs) ({ width, height } = picture);
      latch.tell(differs, clockMs);
    },
    reason() {
      if (!latch.raised || expected === null) return null;
      const { widthPx: expectedWidth, heightPx: expectedHeight } = expected;
      return cameraReason('RESOLUTION_CHANGED', { width, height, expectedWidth, expectedHeight });
    },
  };
};
