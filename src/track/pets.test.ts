/** The tracker on real paths: the hand-drawn boxes of PETS 2009 S2.L1, made worse as a detector would make them. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDetections, type Detections, frameNumber, mediaTimeMs } from '../contract/index.ts';
import { computeClearMot } from './evaluation/clear-mot.ts';
import { computeIdentityScores } from './evaluation/identity.ts';
import { createMotBoxes, type MotBox, type MotBoxes } from './evaluation/mot-boxes.ts';
import { parseMot } from './evaluation/mot-text.ts';
import { createFixedLag } from './fixed-lag.ts';
import { addBox, createRandom } from './scene.fixture.ts';
import { createTracker } from './tracker.ts';

const TRUTH = '../shared/data/pets2009-s2l1/gt-frames-1-400.txt';
const [WIDTH, HEIGHT, FPS] = [768, 576, 7];

const worsen = (truth: MotBoxes, every: number): Detections[] => {
  const random = createRandom(11);
  const jitter = (): number => (random() + random() + random() - 1.5) * 0.1;
  const frames = Array.from({ length: Math.ceil(truth.frame[truth.count - 1] / every) }, (_, i) => {
    const detections = createDetections(64);
    detections.frame = frameNumber(i * every + 1);
    detections.timeMs = mediaTimeMs((i * every * 1000) / FPS);
    return detections;
  });
  for (let i = 0; i < truth.count; i++) {
    const missed = random() < 0.1;
    if ((truth.frame[i] - 1) % every !== 0 || missed) continue;
    const height = truth.bottom[i] - truth.top[i];
    addBox(frames[(truth.frame[i] - 1) / every], {
      left: (truth.left[i] + jitter() * height) / WIDTH,
      right: (truth.right[i] + jitter() * height) / WIDTH,
      top: (truth.top[i] + jitter() * height) / HEIGHT,
      bottom: (truth.bottom[i] + jitter() * height) / HEIGHT,
      score: 0.5 + 0.4 * random(),
    });
  }
  return frames;
};

const track = (frames: readonly Detections[]): MotBoxes => {
  const aspectRatio = WIDTH / HEIGHT;
  const tracker = createTracker({ aspectRatio });
  const lag = createFixedLag({ aspectRatio });
  const boxes: MotBox[] = [];
  const settled = frames.flatMap((detections) => [() => lag.push(tracker.update(detections))]);
  for (const next of [...settled, () => lag.flush()]) {
    for (const tracks of next()) {
      for (let i = 0; i < tracks.count; i++) {
        const [left, right] = [tracks.left[i] * WIDTH, tracks.right[i] * WIDTH];
        const [top, bottom] = [tracks.top[i] * HEIGHT, tracks.bottom[i] * HEIGHT];
        boxes.push({ frame: tracks.frame, id: tracks.id[i], left, top, right, bottom, flag: 1 });
      }
    }
  }
  return createMotBoxes(boxes);
};

describe.skipIf(!existsSync(TRUTH))('PETS 2009 S2.L1 (skipped where ../shared/data is absent)', () => {
  it.each([
    ['7 frames/s', 1, 0.96, 0.85],
    ['3.5 frames/s', 2, 0.9, 0.8],
  ])('at %s', (_name, every, mota, idf1) => {
    const truth = parseMot(readFileSync(TRUTH, 'utf8'), TRUTH);
    const found = track(worsen(truth, every));
    const kept = createMotBoxes(
      Array.from({ length: truth.count }, (_, i) => i)
        .filter((i) => (truth.frame[i] - 1) % every === 0)
        .map((i) => ({
          frame: truth.frame[i],
          id: truth.id[i],
          left: truth.left[i],
          top: truth.top[i],
          right: truth.right[i],
          bottom: truth.bottom[i],
          flag: 1,
        })),
    );
    expect(computeClearMot(kept, found).mota).toBeGreaterThan(mota);
    expect(computeIdentityScores(kept, found).idf1).toBeGreaterThan(idf1);
  });
});
