import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDetections, type Detections, frameNumber, mediaTimeMs } from '../contract/index.ts';
import {
  type Actor,
  addBox,
  createRandom,
  film,
  follow,
  followSettled,
  HEIGHT,
  idsIn,
  nearest,
  shoot,
  type Sighting,
  walk,
} from './scene.fixture.ts';
import { createTracker } from './tracker.ts';

const RATES = [5, 7, 12.5, 25] as const;
const countsOf = (frames: readonly (readonly Sighting[])[]): number[] => frames.map(({ length }) => length);
const hiddenFrom =
  (foot: Actor['foot'], fromS: number, toS: number): Actor['foot'] =>
  (t) =>
    t >= fromS && t < toS ? null : foot(t);

/** A walker covers 0.8 of their own height in a second. */
const PACE = (0.8 * HEIGHT * 9) / 16;

const walkAndStop = (t: number): readonly [number, number] => [0.2 + PACE * Math.min(t, 2), 0.6];

describe.each(RATES)('at %d frames/s', (fps) => {
  it('two people who cross keep their identities', () => {
    // a ->   <- b, b a little nearer to the camera
    const a = walk([0.3, 0.6], [PACE, 0]);
    const b = walk([0.7, 0.64], [-PACE, 0]);
    const frames = followSettled(film([{ foot: a }, { foot: b }], { seconds: 4, fps }));
    const [first, last] = [frames[0], frames[frames.length - 1]];
    const endS = (frames.length - 1) / fps;
    expect(idsIn(frames)).toHaveLength(2);
    expect(nearest(last, a(endS)).id).toBe(nearest(first, a(0)).id);
    expect(nearest(last, b(endS)).id).toBe(nearest(first, b(0)).id);
  });

  it('somebody behind a pole for a second stays present, and the same', () => {
    const foot = walk([0.3, 0.6], [PACE, 0.01]);
    const shots = film([{ foot: hiddenFrom(foot, 2, 3) }], { seconds: 5, fps });
    const frames = followSettled(shots);
    expect(idsIn(frames)).toHaveLength(1);
    expect(countsOf(frames).every((count) => count === 1)).toBe(true);
    for (const [i, frame] of frames.entries())
      expect(nearest(frame, foot(i / fps)).distance).toBeLessThan(0.2 * HEIGHT);
  });

  it('somebody who stands still after walking in counts, with weak scores, too', () => {
    const frames = followSettled(
      film([{ foot: walkAndStop, score: (t) => (t < 2.5 ? 0.7 : 0.35) }], { seconds: 20, fps }),
    );
    expect(idsIn(frames)).toHaveLength(1);
    expect(countsOf(frames).every((count) => count === 1)).toBe(true);
  });

  it('somebody who stands there from the first frame counts when the score is steady', () => {
    const frames = followSettled(film([{ foot: () => [0.5, 0.6], score: 0.75 }], { seconds: 5, fps }));
    expect(countsOf(frames).every((count) => count === 1)).toBe(true);
  });

  it('a rock whose score flickers about the threshold never counts', () => {
    const random = createRandom(3);
    const rock: Actor = { foot: () => (random() < 0.3 ? null : [0.5, 0.6]), score: () => 0.35 + 0.3 * random() };
    expect(idsIn(follow(film([rock], { seconds: 60, fps })))).toEqual([]);
  });

  it('somebody who passes such a rock is not left standing on it', () => {
    const rock: Actor = { foot: () => [0.5, 0.6], score: 0.45 };
    const walker = walk([0.2, 0.6], [PACE, 0]);
    // In front of the rock only one box is seen, and the walker is gone right after it.
    const shots = film([rock, { foot: hiddenFrom(walker, 3.2, 99), score: 0.6 }], { seconds: 20, fps });
    const frames = followSettled(shots);
    expect(frames.slice(Math.round(10 * fps)).flat()).toEqual([]);
  });

  it('who leaves by the edge is gone at once, and who enters there is somebody else', () => {
    const out = walk([0.8, 0.6], [PACE, 0]);
    const into = (t: number): readonly [number, number] | null => (t < 4 ? null : [1.02 - PACE * (t - 4), 0.6]);
    const frames = followSettled(film([{ foot: out }, { foot: into }], { seconds: 6, fps }));
    expect(idsIn(frames)).toHaveLength(2);
    const leftS = 0.2 / PACE;
    for (const frame of frames) {
      for (const { timeS, x } of frame) expect(timeS < leftS + 2 / fps ? x : 0.9).toBeLessThan(1.01);
    }
    const between = frames.filter((_, i) => i / fps > leftS + 0.3 && i / fps < 4);
    expect(between.flat()).toEqual([]);
  });

  it('after three seconds without any detection, nobody is taken for somebody else', () => {
    const foot = walk([0.2, 0.6], [PACE, 0]);
    const frames = follow(film([{ foot: hiddenFrom(foot, 2, 5) }], { seconds: 7, fps }));
    expect(idsIn(frames)).toHaveLength(2);
    // Coasting ends after a second: unknown is not present.
    expect(frames[Math.round(4 * fps)]).toEqual([]);
  });

  it('a head in a box of its own is not a second person', () => {
    const foot = walk([0.2, 0.6], [PACE, 0]);
    const head: Actor = {
      foot: (t) => [foot(t)[0], foot(t)[1] - 0.75 * HEIGHT],
      height: 0.25 * HEIGHT,
      width: 0.03,
      score: 0.7,
    };
    const frames = followSettled(film([{ foot }, head], { seconds: 4, fps }));
    expect(countsOf(frames).every((count) => count === 1)).toBe(true);
  });

  it('a box around two people is not a third', () => {
    const [a, b] = [walk([0.2, 0.6], [PACE, 0]), walk([0.26, 0.6], [PACE, 0])];
    const both: Actor = { foot: (t) => [a(t)[0] + 0.03, 0.61], height: 1.1 * HEIGHT, width: 0.12, score: 0.65 };
    const frames = followSettled(film([{ foot: a }, { foot: b }, both], { seconds: 4, fps }));
    expect(countsOf(frames).every((count) => count === 2)).toBe(true);
  });

  it('a car that is sometimes called a truck is a car, and one car', () => {
    const car: Actor = { foot: walk([0.2, 0.6], [0.2, 0]), height: 0.1, width: 0.12, score: 0.8, classIndex: 2 };
    const asTruck: Actor = { ...car, score: (t) => (Math.round(t * fps) % 3 === 1 ? 0.9 : 0.4), classIndex: 6 };
    const frames = followSettled(film([car, asTruck], { seconds: 3, fps }));
    expect(idsIn(frames)).toHaveLength(1);
    expect(frames.flat().every(({ classIndex }) => classIndex === 2)).toBe(true);
  });

  it('a person beside a car never becomes one', () => {
    const foot = walk([0.3, 0.6], [PACE, 0]);
    const car: Actor = { foot: hiddenFrom(() => [0.42, 0.6], 0, 2), width: 0.08, classIndex: 2, score: 0.9 };
    const frames = followSettled(film([{ foot: hiddenFrom(foot, 2, 99) }, car], { seconds: 4, fps }));
    const people = new Set(
      frames
        .flat()
        .filter(({ classIndex }) => classIndex === 0)
        .map(({ id }) => id),
    );
    expect(frames.flat().filter(({ id, classIndex }) => people.has(id) && classIndex !== 0)).toEqual([]);
  });

  it('a fast car is followed from one edge to the other', () => {
    const car: Actor = { foot: walk([-0.05, 0.6], [0.5, 0]), height: 0.1, width: 0.12, classIndex: 2, score: 0.85 };
    const frames = followSettled(film([car], { seconds: 2.4, fps }));
    expect(idsIn(frames)).toHaveLength(1);
    expect(frames.flat().length).toBeGreaterThan(1.5 * fps);
  });
});

const emptyAt = (frame: number): Detections => {
  const detections = createDetections(1);
  detections.frame = frameNumber(frame);
  detections.timeMs = mediaTimeMs(frame * 100);
  return detections;
};

const crowd = (seed: number): Detections[] => {
  const random = createRandom(seed);
  const actors = Array.from({ length: 12 }, (): Actor => {
    const foot = walk([random(), 0.4 + 0.5 * random()], [(random() - 0.5) * 0.2, (random() - 0.5) * 0.05]);
    return { foot: (t) => (random() < 0.1 ? null : foot(t)), score: () => 0.3 + 0.6 * random() };
  });
  return film(actors, { seconds: 4, fps: 7 });
};

const shuffled = (from: Detections, random: () => number): Detections => {
  const to = createDetections(from.left.length);
  to.frame = from.frame;
  to.timeMs = from.timeMs;
  const order = Array.from({ length: from.count }, (_, i) => ({ i, key: random() })).toSorted((a, b) => a.key - b.key);
  for (const { i } of order) {
    const [left, top, right, bottom] = [from.left[i], from.top[i], from.right[i], from.bottom[i]];
    addBox(to, { left, top, right, bottom, score: from.score[i], classIndex: from.classIndex[i] });
  }
  return to;
};

const footErrors = (actors: readonly Actor[], hides: (t: number) => boolean): number[] => {
  const tracker = createTracker();
  return Array.from({ length: 40 }, (_, i) => {
    const t = i / 10;
    const detections = shoot(actors, i + 1, t, () => 0);
    // Something hides the lower third of the first actor.
    if (hides(t)) detections.bottom[0] -= HEIGHT / 3;
    const tracks = tracker.update(detections);
    return hides(t) ? Math.abs(0.6 - tracks.bottom[tracks.id.indexOf(1)]) : 0;
  });
};

describe('live', () => {
  it('somebody counts from when half of them is in the picture', () => {
    const into = walk([1.04, 0.6], [-0.04, 0]);
    for (const { x } of follow(film([{ foot: into }], { seconds: 4, fps: 25, jitter: 0 })).flat())
      expect(x).toBeLessThan(1.005);
  });

  it('who stopped while out of sight is not taken to walk on', () => {
    const shots = film([{ foot: hiddenFrom(walkAndStop, 2, 2.8) }], { seconds: 3.4, fps: 10, jitter: 0 });
    const frames = follow(shots);
    // Seen again at 2.8 s: the frames after it show where the filter thinks that they are going.
    for (const frame of frames.slice(29)) expect(nearest(frame, walkAndStop(3)).distance).toBeLessThan(0.05 * HEIGHT);
  });
});

describe('time', () => {
  const foot = walk([0.2, 0.6], [PACE, 0.01]);
  const shots = film([{ foot }], { seconds: 6, fps: 25 });

  it.each([
    ['every frame', () => true],
    ['every fourth', (i: number) => i % 4 === 0],
    ['a varying rate', (i: number) => i % 7 === 0 || i % 5 === 0],
    ['half a second lost', (i: number) => i < 50 || i > 62],
  ])('%s: one person, where they are', (_name, keeps) => {
    const kept = shots.filter((_, i) => keeps(i));
    const frames = followSettled(kept);
    expect(idsIn(frames)).toHaveLength(1);
    for (const [i, frame] of frames.entries()) {
      expect(frame).toHaveLength(1);
      expect(nearest(frame, foot(kept[i].timeMs / 1000)).distance).toBeLessThan(0.1 * HEIGHT);
    }
  });

  it('that runs backwards is a new recording', () => {
    const tracker = createTracker();
    for (const shot of shots.slice(100)) tracker.update(shot);
    expect(tracker.update(shots[0]).confirmed[0]).toBe(0);
  });
});

describe('detections', () => {
  it('may be none at all', () => {
    const tracker = createTracker();
    for (let frame = 0; frame < 5; frame++) expect(tracker.update(emptyAt(frame)).count).toBe(0);
  });

  it.each([
    ['a score that is not a number', { left: 0.1, top: 0.1, right: 0.2, bottom: 0.4, score: Number.NaN }],
    ['a side that is not a number', { left: Number.NaN, top: 0.1, right: 0.2, bottom: 0.4, score: 0.9 }],
    ['a side at infinity', { left: 0.1, top: 0.1, right: Infinity, bottom: 0.4, score: 0.9 }],
    ['no width', { left: 0.1, top: 0.1, right: 0.1, bottom: 0.4, score: 0.9 }],
    ['sides the wrong way round', { left: 0.1, top: 0.4, right: 0.2, bottom: 0.1, score: 0.9 }],
    ['a score below the low threshold', { left: 0.1, top: 0.1, right: 0.2, bottom: 0.4, score: 0.09 }],
  ])('with %s are not looked at', (_name, box) => {
    const detections = emptyAt(1);
    addBox(detections, box);
    expect(createTracker().update(detections).count).toBe(0);
  });

  it('come in any order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const shots = crowd(seed);
        const random = createRandom(seed + 1);
        expect(follow(shots.map((shot) => shuffled(shot, random)))).toEqual(follow(shots));
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it('give ids in rising order that are never used again', () => {
    const tracker = createTracker();
    const lastFrameOf = new Map<number, number>();
    for (const [frame, shot] of crowd(5).entries()) {
      const tracks = tracker.update(shot);
      const ids = Array.from(tracks.id.subarray(0, tracks.count));
      expect(ids).toEqual(ids.toSorted((a, b) => a - b));
      for (const id of ids) {
        expect(lastFrameOf.get(id) ?? frame - 1).toBe(frame - 1);
        lastFrameOf.set(id, frame);
      }
    }
  });
});

describe('the foot point', () => {
  it.each([
    ['something unknown', [{ foot: walk([0.2, 0.6], [PACE, 0]) }], 2.15],
    ['somebody in front', [{ foot: walk([0.2, 0.6], [PACE, 0]) }, { foot: walk([0.2, 0.68], [PACE, 0]) }], 2.25],
  ])('stays near the ground while %s hides the legs for a moment', (_name, actors, untilS) => {
    const errors = footErrors(actors, (t) => t > 2.05 && t < untilS);
    expect(Math.max(...errors)).toBeGreaterThan(0);
    expect(Math.max(...errors)).toBeLessThan(HEIGHT / 3 / 2);
  });

  it('is less certain when it is not seen', () => {
    const foot = walk([0.2, 0.6], [PACE, 0]);
    const tracker = createTracker();
    const variances = film([{ foot: hiddenFrom(foot, 2, 3) }], { seconds: 3, fps: 10 }).map(
      (shot) => tracker.update(shot).footVarianceX[0],
    );
    expect(variances[29]).toBeGreaterThan(4 * variances[19]);
    expect(Math.sqrt(variances[19])).toBeLessThan(0.05 * HEIGHT);
  });
});

/** However seldom a camera is looked at, whoever is there is counted. */
describe.each([0.2, 0.5, 1, 1.5, 2, 3, 4])('at %d frames/s', (fps) => {
  const seconds = Math.max(12, 8 / fps);

  it.each([
    ['stands there', () => [0.5, 0.6] as const],
    ['walks through', walk([0.1, 0.6], [(0.5 * PACE * 12) / seconds, 0])],
  ] as const)('somebody who %s is counted in every frame', (_, foot) => {
    const frames = followSettled(film([{ foot, score: 0.75 }], { seconds, fps }));
    // How far apart frames are is not known in the first.
    expect(countsOf(frames.slice(1))).toEqual(frames.slice(1).map(() => 1));
  });

  it('somebody unsure of whom nothing is ever sure is not', () => {
    expect(idsIn(follow(film([{ foot: () => [0.5, 0.6], score: 0.5 }], { seconds, fps })))).toEqual([]);
  });
});

describe.each([2, 3, 4])('at %d frames/s', (fps) => {
  it('somebody who walks is one and the same', () => {
    const frames = followSettled(film([{ foot: walk([0.2, 0.6], [PACE, 0]) }], { seconds: 4, fps }));
    expect(idsIn(frames)).toHaveLength(1);
    expect(countsOf(frames)).toEqual(frames.map(() => 1));
  });

  it('a rock whose score flickers about the threshold never counts', () => {
    const random = createRandom(3);
    const rock: Actor = { foot: () => (random() < 0.3 ? null : [0.5, 0.6]), score: () => 0.35 + 0.3 * random() };
    expect(idsIn(follow(film([rock], { seconds: 60, fps })))).toEqual([]);
  });
});
