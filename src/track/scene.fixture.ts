/** Small made-up scenes for the tests: actors on given paths, what a detector would see of them, and who was followed. */
import { createDetections, type Detections, frameNumber, mediaTimeMs, type Tracks } from '../contract/index.ts';
import { createFixedLag } from './fixed-lag.ts';
import type { TrackerOptions } from './options.ts';
import { createTracker } from './tracker.ts';

/** One thing in the scene, in fractions of a picture 16 wide and 9 high. */
export interface Actor {
  /** Where the foot point is at a time in s; null when the thing is not there, or not seen. */
  readonly foot: (timeS: number) => readonly [x: number, y: number] | null;
  readonly height?: number;
  readonly width?: number;
  readonly score?: number | ((timeS: number) => number);
  readonly classIndex?: number;
}

/** Frames of a scene. */
export interface Shot {
  readonly seconds: number;
  readonly fps: number;
  /** Deviation of every edge, in heights of the thing. */
  readonly jitter?: number;
}

/** What was seen of one track. */
export interface Sighting {
  readonly timeS: number;
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly classIndex: number;
  readonly observed: boolean;
}

/** Box sizes of a walker in these scenes. */
export const HEIGHT = 0.2;
const WIDTH = (0.4 * HEIGHT * 9) / 16;

/** Random numbers that are the same every time. */
export const createRandom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
};

/** Writes one box at the end of `detections`. */
export const addBox = (
  detections: Detections,
  box: { left: number; top: number; right: number; bottom: number; score: number; classIndex?: number },
): void => {
  const i = detections.count++;
  detections.left[i] = box.left;
  detections.top[i] = box.top;
  detections.right[i] = box.right;
  detections.bottom[i] = box.bottom;
  detections.score[i] = box.score;
  detections.classIndex[i] = box.classIndex ?? 0;
};

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** What a detector sees of the actors at one time. */
export const shoot = (actors: readonly Actor[], frame: number, timeS: number, noise: () => number): Detections => {
  const detections = createDetections(Math.max(1, actors.length));
  detections.frame = frameNumber(frame);
  detections.timeMs = mediaTimeMs(timeS * 1000);
  for (const { foot, height = HEIGHT, width = WIDTH, score = 0.8, classIndex = 0 } of actors) {
    const at = foot(timeS);
    if (!at) continue;
    const [left, right] = [at[0] - width / 2, at[0] + width / 2].map((x) => clamp(x + noise() * height));
    const [top, bottom] = [at[1] - height, at[1]].map((y) => clamp(y + noise() * height));
    if (right - left < width / 4) continue;
    addBox(detections, {
      left,
      top,
      right,
      bottom,
      score: typeof score === 'number' ? score : score(timeS),
      classIndex,
    });
  }
  return detections;
};

/** All frames of a scene. */
export const film = (actors: readonly Actor[], { seconds, fps, jitter = 0.01 }: Shot): Detections[] => {
  const random = createRandom(7);
  const noise = (): number => (random() + random() + random() - 1.5) * 2 * jitter;
  return Array.from({ length: Math.round(seconds * fps) }, (_, i) => shoot(actors, i + 1, i / fps, noise));
};

/** The tracks of one frame that count. */
const sightings = (tracks: Tracks): Sighting[] =>
  Array.from({ length: tracks.count }, (_, i) => i)
    .filter((i) => tracks.confirmed[i] === 1)
    .map((i) => ({
      timeS: tracks.timeMs / 1000,
      id: tracks.id[i],
      x: (tracks.left[i] + tracks.right[i]) / 2,
      y: tracks.bottom[i],
      classIndex: tracks.classIndex[i],
      observed: tracks.observed[i] === 1,
    }));

/** Frame by frame what a tracker says, live. */
export const follow = (frames: readonly Detections[], options: Partial<TrackerOptions> = {}): Sighting[][] => {
  const tracker = createTracker(options);
  return frames.map((detections) => sightings(tracker.update(detections)));
};

/** Frame by frame what a tracker with a fixed lag says. */
export const followSettled = (frames: readonly Detections[], options: Partial<TrackerOptions> = {}): Sighting[][] => {
  const tracker = createTracker(options);
  const lag = createFixedLag();
  const settled: Sighting[][] = [];
  for (const detections of frames)
    for (const tracks of lag.push(tracker.update(detections))) settled.push(sightings(tracks));
  for (const tracks of lag.flush()) settled.push(sightings(tracks));
  return settled;
};

/** Walks in a straight line from `from`, `velocity` fractions per second. */
export const walk =
  (from: readonly [number, number], velocity: readonly [number, number]) =>
  (timeS: number): readonly [number, number] => [from[0] + velocity[0] * timeS, from[1] + velocity[1] * timeS];

/** The id of the track nearest to a point in one frame, and how far it is. */
export const nearest = (
  frame: readonly Sighting[],
  [x, y]: readonly [number, number],
): { id: number; distance: number } =>
  frame
    .map((seen) => ({ id: seen.id, distance: Math.hypot(seen.x - x, seen.y - y) }))
    .reduce((best, next) => (next.distance < best.distance ? next : best), { id: -1, distance: Infinity });

/** All ids that ever counted. */
export const idsIn = (frames: readonly (readonly Sighting[])[]): number[] => [
  ...new Set(frames.flatMap((frame) => frame.map(({ id }) => id))),
];
