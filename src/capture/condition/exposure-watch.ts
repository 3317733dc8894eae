import { type CameraReason, cameraReason } from '../../contract/index.ts';
import { createLatch } from './latch.ts';
import type { Sample } from './sample.ts';
import type { ConditionThresholds } from './thresholds.ts';

const RAISE_MS = 1500;
const CLEAR_MS = 1500;

/** Watches for pictures that are black or white all over. */
export interface ExposureWatch {
  /** Whether anything can be seen in the picture. */
  look(sample: Sample, clockMs: number): boolean;
  reason(): CameraReason | null;
}

/** Creates the watch. A single black picture is not measured; it is told when they keep coming. */
export const createExposureWatch = ({ blackShare, whiteShare }: ConditionThresholds): ExposureWatch => {
  const black = createLatch(RAISE_MS, CLEAR_MS);
  const white = createLatch(RAISE_MS, CLEAR_MS);
  return {
    look({ darkShare, lightShare }, clockMs) {
      const isBlack = darkShare >= blackShare;
      const isWhite = lightShare >= whiteShare;
      black.tell(isBlack, clockMs);
      white.tell(isWhite, clockMs);
      return !isBlack && !isWhite;
    },
    reason() {
      if (black.raised) return cameraReason('BLACK', {});
      return white.raised ? cameraReason('WHITE', {}) : null;
    },
  };
};
