/** Frames of people for tests, from tables that are easy to read. */
import { createPlanarPoints, frameNumber, mediaTimeMs, type Positions } from '../../contract/index.ts';
import { StepTracker, type StepOptions, type Steps } from './steps.ts';

/** One person in one frame: number, x, y in metres. */
export type Somebody = readonly [id: number, x: number, y: number];

/** One frame; its people may come in any order. */
export const frameOf = (frame: number, people: readonly Somebody[], frameRate = 10): Positions => {
  const positions = createPlanarPoints('ground', people.length);
  positions.frame = frameNumber(frame);
  positions.timeMs = mediaTimeMs((frame * 1000) / frameRate);
  positions.count = people.length;
  for (const [i, [id, x, y]] of people.entries()) {
    positions.id[i] = id;
    positions.x[i] = x;
    positions.y[i] = y;
  }
  return positions;
};

/** Calls `look` with the steps of each frame in turn; null is a frame that is missing. */
export const walkThrough = (
  frames: readonly (readonly Somebody[] | null)[],
  look: (steps: Steps, frame: number) => void,
  { frameRate = 10, ...options }: StepOptions & { frameRate?: number } = {},
): void => {
  const tracker = new StepTracker(options);
  for (const [frame, people] of frames.entries()) {
    if (people) look(tracker.update(frameOf(frame, people, frameRate)), frame);
  }
};
