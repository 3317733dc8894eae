/**
 * Boxes drawn by hand, and the boxes that Starling found, side by side.
 */
import type { RecordingInfo } from '../capture/index.ts';
import {
  createPlanarPoints,
  type DetectionShares,
  type FootPoints,
  frameNumber,
  mediaTimeMs,
  PERSON_CLASS_INDEX,
  type Tracks,
} from '../contract/index.ts';
import { placeOnGround } from '../ground/index.ts';
import { createMeter, type GateEvent } from '../measure/index.ts';
import {
  type ClearMot,
  type CountErrors,
  computeClearMot,
  computeCountErrors,
  computeDetectionShares,
  computeIdentityScores,
  createMotBoxes,
  filterMotBoxes,
  type IdentityScores,
  type MotBox,
  type MotBoxes,
  withoutIgnored,
} from '../track/index.ts';
import { meterOptionsFor, type Subject } from './subject.ts';

/** Number and time of a frame that was measured. */
export interface FrameTime {
  readonly frame: number;
  readonly timeMs: number;
}

/** Last frame of which a truth knows something. */
export const lastFrameOf = (truth: MotBoxes): number => truth.frame.reduce((last, frame) => Math.max(last, frame), 0);

/** Collects the people that were found, in pixels of the recording. */
export class TrackLog {
  readonly frames: FrameTime[] = [];
  readonly #boxes: MotBox[] = [];
  readonly #picture: RecordingInfo;

  constructor(picture: RecordingInfo) {
    this.#picture = picture;
  }

  /** Takes over one frame. */
  add(tracks: Tracks): void {
    const { width, height } = this.#picture;
    const { frame, timeMs } = tracks;
    this.frames.push({ frame, timeMs });
    for (let i = 0; i < tracks.count; i++) {
      if (tracks.confirmed[i] === 0 || tracks.classIndex[i] !== PERSON_CLASS_INDEX) continue;
      this.#boxes.push({
        frame,
        id: tracks.id[i],
        left: tracks.left[i] * width,
        top: tracks.top[i] * height,
        right: tracks.right[i] * width,
        bottom: tracks.bottom[i] * height,
        flag: 1,
      });
    }
  }

  /** Everything taken over so far. */
  boxes(): MotBoxes {
    return createMotBoxes(this.#boxes);
  }
}

/** A box drawn by hand is right to about this share of its own size. */
const HAND_ERROR = 0.02;

/** Foot points of the truth in one frame, fractions of the picture. */
const footPointsAt = (
  truth: MotBoxes,
  rows: readonly number[],
  { frame, timeMs }: FrameTime,
  { width, height }: RecordingInfo,
): FootPoints => {
  const points = createPlanarPoints('image', rows.length);
  points.frame = frameNumber(frame);
  points.timeMs = mediaTimeMs(timeMs);
  points.count = rows.length;
  for (const [i, row] of rows.entries()) {
    points.id[i] = truth.id[row];
    points.classIndex[i] = PERSON_CLASS_INDEX;
    points.x[i] = (truth.left[row] + truth.right[row]) / 2 / width;
    points.y[i] = truth.bottom[row] / height;
    points.varianceXX[i] = (((truth.right[row] - truth.left[row]) / width) * HAND_ERROR) ** 2;
    points.varianceYY[i] = (((truth.bottom[row] - truth.top[row]) / height) * HAND_ERROR) ** 2;
  }
  return points;
};

const rowsByFrame = (truth: MotBoxes): ReadonlyMap<number, readonly number[]> =>
  Map.groupBy(truth.frame.keys(), (row) => truth.frame[row]);

/** Crossings in the truth, by the same definition and the same engine as in what was measured. */
export const crossingsOf = (truth: MotBoxes, frames: readonly FrameTime[], subject: Subject): GateEvent[] => {
  const crossings: GateEvent[] = [];
  const { recording, calibration } = subject.sensor;
  const meter = createMeter({
    ...meterOptionsFor(subject),
    zones: [],
    onCrossing: (gate, { direction, timeMs }) => crossings.push({ gate, direction, timeMs }),
  });
  const rows = rowsByFrame(truth);
  for (const at of frames) {
    const footPoints = footPointsAt(truth, rows.get(at.frame) ?? [], at, recording);
    const positions = calibration && createPlanarPoints('ground', footPoints.count);
    if (calibration && positions) placeOnGround(calibration, footPoints, positions);
    meter.measure(footPoints, positions);
  }
  meter.finish();
  return crossings;
};

/** How well boxes and counts agree with a truth. */
export interface BoxEvaluation {
  readonly counts: CountErrors;
  /** For the site file: how well people are found; null when nobody was. */
  readonly detection: DetectionShares | null;
  readonly tracking: ClearMot & IdentityScores;
}

/** Holds found boxes against the truth, over the frames that were measured. */
export const evaluateBoxes = (
  truth: MotBoxes,
  found: MotBoxes,
  frames: readonly FrameTime[],
  framesPerS: number,
): BoxEvaluation => {
  const numbers = new Set(frames.map(({ frame }) => frame));
  const measured = filterMotBoxes(truth, (row) => numbers.has(truth.frame[row]));
  const kept = withoutIgnored(measured, found);
  return {
    counts: computeCountErrors(kept.truth, kept.found, numbers),
    detection: computeDetectionShares(kept.truth, kept.found, [...numbers], framesPerS),
    tracking: { ...computeClearMot(kept.truth, kept.found), ...computeIdentityScores(kept.truth, kept.found) },
  };
};
