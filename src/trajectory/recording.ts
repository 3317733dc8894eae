import {
  createPlanarPoints,
  frameNumber,
  type HealthReason,
  mediaTimeMs,
  PERSON_CLASS_INDEX,
  type Point,
  type Positions,
} from '../contract/index.ts';
import type { Timeline, TrajectoryBounds } from './timeline.ts';

/** A trajectory file that was read. Units are metres, whatever the file's are. */
export interface TrajectoryRecording {
  /** Name of the format, for people. */
  readonly format: string;
  /** The file's frame numbers in a second. */
  readonly frameRate: number;
  /** From one recorded frame's number to the next; 1 but for a file that has every n-th frame number only. */
  readonly frameStep: number;
  /** The file's own numbers, of the range that was asked for. */
  readonly firstFrame: number;
  readonly lastFrame: number;
  /** Frames of `positions()`, those with nobody among them. */
  readonly frames: number;
  /** Different ids in the range. */
  readonly people: number;
  /** Where people can walk, if the file says: outer ring, then holes. */
  readonly geometry: readonly (readonly Point[])[] | null;
  /** Rectangle that holds all positions of the file. */
  readonly bounds: TrajectoryBounds;
  readonly doubts: readonly HealthReason[];
  /**
   * Who is where, frame by frame in order, those with nobody (count 0) among them.
   *
   *   timeMs = 1000 · frame / frameRate
   *
   * `frame` is the file's own number, and the time of frame 0 is 0. Ids are counters from 0 in order of first
   * appearance in the file; people come in the order of their ids. The file knows no uncertainty: variances are 0.
   * One object is used for all frames: what it holds is valid until the next.
   */
  positions(): Iterable<Positions>;
}

const mostInAFrame = (begin: Uint32Array): number => {
  let most = 0;
  for (let i = 1; i < begin.length; i += 1) most = Math.max(most, begin[i] - begin[i - 1]);
  return most;
};

/** Goes through a timeline, frame by frame. */
export function* walk(timeline: Timeline, frameRate: number): Generator<Positions> {
  const { begin, person, xM, yM, firstFrame, step } = timeline;
  const positions = createPlanarPoints('ground', mostInAFrame(begin));
  positions.classIndex.fill(PERSON_CLASS_INDEX);
  for (let i = 0; i + 1 < begin.length; i += 1) {
    const frame = firstFrame + i * step;
    positions.frame = frameNumber(frame);
    positions.timeMs = mediaTimeMs((1000 * frame) / frameRate);
    positions.count = begin[i + 1] - begin[i];
    for (let k = 0, row = begin[i]; row < begin[i + 1]; k += 1, row += 1) {
      positions.id[k] = person[row];
      positions.x[k] = xM[row];
      positions.y[k] = yM[row];
    }
    yield positions;
  }
}
