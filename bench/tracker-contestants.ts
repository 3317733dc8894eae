/** The trackers that are compared: same detections in, boxes with identities out. */
import rival from 'node-moving-things-tracker/tracker.js';
import { type Detections, PERSON_CLASS_INDEX, type Tracks } from '../src/contract/index.ts';
import { createFixedLag, createTracker, DEFAULT_TRACKER_OPTIONS, type MotBox } from '../src/track/index.ts';

/** Size of the picture, pixels. */
export interface Picture {
  readonly width: number;
  readonly height: number;
}

/** A tracker under test. */
export interface Contestant {
  /** Takes the detections of the next frame; the time it takes is what is measured. */
  update(detections: Detections): void;
  /** The people that it sees in the frame of the last update (or, with a lag, in those it has settled since). */
  take(): MotBox[];
  /** Ends the recording. */
  finish(): void;
}

/** Boxes of people that count, pixels. */
const boxesOf = (tracks: Tracks, { width, height }: Picture): MotBox[] => {
  const boxes: MotBox[] = [];
  for (let i = 0; i < tracks.count; i++) {
    if (tracks.confirmed[i] === 0 || tracks.classIndex[i] !== PERSON_CLASS_INDEX) continue;
    boxes.push({
      frame: tracks.frame,
      id: tracks.id[i],
      left: tracks.left[i] * width,
      top: tracks.top[i] * height,
      right: tracks.right[i] * width,
      bottom: tracks.bottom[i] * height,
      flag: 1,
    });
  }
  return boxes;
};

/** Starling's tracker as it is live: no hindsight. */
export const createOnline = (picture: Picture): Contestant => {
  const tracker = createTracker({ aspectRatio: picture.width / picture.height });
  let tracks: Tracks | null = null;
  return {
    update(detections) {
      tracks = tracker.update(detections);
    },
    take: () => (tracks ? boxesOf(tracks, picture) : []),
    finish() {
      tracks = null;
    },
  };
};

/** Starling's tracker as `measure` uses it: settled with hindsight. */
export const createLagged = (picture: Picture): Contestant => {
  const tracker = createTracker({ aspectRatio: picture.width / picture.height });
  const lag = createFixedLag({ aspectRatio: picture.width / picture.height });
  let boxes: MotBox[] = [];
  return {
    update(detections) {
      boxes = [];
      for (const tracks of lag.push(tracker.update(detections))) boxes.push(...boxesOf(tracks, picture));
    },
    take: () => boxes,
    finish() {
      boxes = [];
      for (const tracks of lag.flush()) boxes.push(...boxesOf(tracks, picture));
    },
  };
};

/** node-moving-things-tracker as it comes. It knows no weak detections, so it is given the strong ones. */
export const createRival = ({ width, height }: Picture): Contestant => {
  rival.reset();
  let frame = 0;
  return {
    update(detections) {
      frame = detections.frame;
      const things = [];
      for (let i = 0; i < detections.count; i++) {
        if (detections.score[i] < DEFAULT_TRACKER_OPTIONS.trackHighThreshold) continue;
        if (detections.classIndex[i] !== PERSON_CLASS_INDEX) continue;
        things.push({
          x: ((detections.left[i] + detections.right[i]) / 2) * width,
          y: ((detections.top[i] + detections.bottom[i]) / 2) * height,
          w: (detections.right[i] - detections.left[i]) * width,
          h: (detections.bottom[i] - detections.top[i]) * height,
          confidence: detections.score[i],
          name: 'person',
        });
      }
      rival.updateTrackedItemsWithNewFrame(things, frame);
    },
    take: () =>
      rival
        .getJSONOfTrackedItems(false)
        .filter(({ isZombie }) => !isZombie)
        .map(({ id, x, y, w, h }) => ({
          frame,
          id,
          left: x - w / 2,
          top: y - h / 2,
          right: x + w / 2,
          bottom: y + h / 2,
          flag: 1,
        })),
    finish() {
      rival.reset();
    },
  };
};
