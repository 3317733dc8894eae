/** Made-up people on given paths, frame by frame, for the tests of this folder. */
import {
  createPlanarPoints,
  frameNumber,
  mediaTimeMs,
  PERSON_CLASS_INDEX,
  type Point,
  type Positions,
} from '../../contract/index.ts';

/** Somebody, or something, and where at a time in s; null when not seen. */
export interface Walker {
  readonly id: number;
  readonly at: (timeS: number) => Point | null;
  readonly classIndex?: number;
}

/** Everybody's place at one time. */
export const positionsAt = (walkers: readonly Walker[], timeS: number): Positions => {
  const positions = createPlanarPoints('ground', Math.max(1, walkers.length));
  positions.frame = frameNumber(Math.round(10 * timeS) + 1);
  positions.timeMs = mediaTimeMs(1000 * timeS);
  for (const { id, at, classIndex = PERSON_CLASS_INDEX } of walkers) {
    const place = at(timeS);
    if (place === null) continue;
    const i = positions.count++;
    positions.id[i] = id;
    positions.classIndex[i] = classIndex;
    [positions.x[i], positions.y[i]] = place;
  }
  return positions;
};

/** Times of frames, s. */
export const frameTimes = (seconds: number, fps = 10): number[] =>
  Array.from({ length: Math.round(seconds * fps) }, (_, i) => i / fps);
