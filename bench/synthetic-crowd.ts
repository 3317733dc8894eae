/**
 * A made-up crowd: people who walk about on a flat ground before a camera, and what a detector would make of them, with
 * jitter, misses, people hidden behind others, and false alarms. The same seed makes the same crowd.
 */
import { createDetections, type Detections, frameNumber, mediaTimeMs } from '../src/contract/index.ts';
import type { MotBox } from '../src/track/index.ts';
import { createRandom } from '../test/helpers/random.ts';

/** Picture in which boxes are counted, pixels. */
export const PICTURE = { width: 1920, height: 1080 } as const;

/** A crowd to be made. */
export interface CrowdPlan {
  readonly people: number;
  readonly frames: number;
  readonly frameRate: number;
  readonly seed: number;
}

/** What was there, and what was detected. */
export interface Crowd {
  readonly truth: readonly MotBox[];
  readonly detections: readonly Detections[];
}

const MISSED = 0.08;
const FALSE_ALARMS_PER_PERSON = 0.04;
const HIDDEN_SHARE = 0.7;
const JITTER = 0.03;
const ASPECT = 0.4;

interface Walker {
  x: number;
  y: number;
  heading: number;
  readonly pace: number;
}

/** Height of a person whose foot is at `y`: further up is further away. */
const heightAt = (y: number, people: number): number => (0.3 + 0.7 * y) * Math.min(0.2, 1.2 / Math.sqrt(people));

const step = (walker: Walker, dtS: number, people: number, random: () => number): void => {
  walker.heading += (random() - 0.5) * dtS;
  const stride = walker.pace * heightAt(walker.y, people) * dtS;
  walker.x += (stride * Math.cos(walker.heading) * PICTURE.height) / PICTURE.width;
  walker.y += stride * Math.sin(walker.heading) * 0.5;
  if (walker.x < 0.02 || walker.x > 0.98) walker.heading = Math.PI - walker.heading;
  if (walker.y < 0.3 || walker.y > 0.98) walker.heading = -walker.heading;
  walker.x = Math.min(0.98, Math.max(0.02, walker.x));
  walker.y = Math.min(0.98, Math.max(0.3, walker.y));
};

const boxOf = (walker: Walker, id: number, frame: number, people: number): MotBox => {
  const height = heightAt(walker.y, people) * PICTURE.height;
  const center = walker.x * PICTURE.width;
  const bottom = walker.y * PICTURE.height;
  const half = (ASPECT * height) / 2;
  return { frame, id, left: center - half, top: bottom - height, right: center + half, bottom, flag: 1 };
};

const hiddenShare = (far: MotBox, near: MotBox): number => {
  const across = Math.min(far.right, near.right) - Math.max(far.left, near.left);
  const down = Math.min(far.bottom, near.bottom) - Math.max(far.top, near.top);
  if (near.bottom <= far.bottom || across <= 0 || down <= 0) return 0;
  return (across * down) / ((far.right - far.left) * (far.bottom - far.top));
};

const addDetection = (into: Detections, box: MotBox, score: number, random: () => number): void => {
  const i = into.count++;
  const jitter = (): number => (random() + random() + random() - 1.5) * 2 * JITTER * (box.bottom - box.top);
  into.left[i] = (box.left + jitter()) / PICTURE.width;
  into.right[i] = (box.right + jitter()) / PICTURE.width;
  into.top[i] = (box.top + jitter()) / PICTURE.height;
  into.bottom[i] = (box.bottom + jitter()) / PICTURE.height;
  into.score[i] = score;
};

const detect = (boxes: readonly MotBox[], frame: number, frameRate: number, random: () => number): Detections => {
  const detections = createDetections(boxes.length * 2 + 16);
  detections.frame = frameNumber(frame);
  detections.timeMs = mediaTimeMs(((frame - 1) * 1000) / frameRate);
  for (const box of boxes) {
    const hidden = boxes.reduce((most, other) => Math.max(most, hiddenShare(box, other)), 0);
    const score = (0.6 + 0.3 * random()) * (1 - hidden);
    if (random() >= MISSED && hidden < HIDDEN_SHARE && score >= 0.1) addDetection(detections, box, score, random);
    if (random() < FALSE_ALARMS_PER_PERSON) {
      const [dx, dy] = [random() * PICTURE.width, random() * PICTURE.height * 0.5];
      const alarm = { ...box, left: dx, right: dx + box.right - box.left, top: dy, bottom: dy + box.bottom - box.top };
      addDetection(detections, alarm, 0.1 + 0.5 * random(), random);
    }
  }
  return detections;
};

/** Makes a crowd. */
export const makeCrowd = ({ people, frames, frameRate, seed }: CrowdPlan): Crowd => {
  const random = createRandom(seed);
  const walkers = Array.from({ length: people }, (): Walker => {
    const [x, y, heading, pace] = [random(), 0.3 + 0.68 * random(), random() * 2 * Math.PI, 0.5 + 0.5 * random()];
    return { x, y, heading, pace };
  });
  const truth: MotBox[] = [];
  const detections: Detections[] = [];
  for (let frame = 1; frame <= frames; frame++) {
    for (const walker of walkers) step(walker, 1 / frameRate, people, random);
    const boxes = walkers.map((walker, i) => boxOf(walker, i + 1, frame, people));
    truth.push(...boxes);
    detections.push(detect(boxes, frame, frameRate, random));
  }
  return { truth, detections };
};
