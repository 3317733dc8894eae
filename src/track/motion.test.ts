import { describe, expect, it } from 'vitest';
import { createDetections, frameNumber, mediaTimeMs } from '../contract/index.ts';
import { beginMotion, predictMotion, reUpdateMotion, saveMotion, updateMotion, velocityX } from './motion.ts';
import { createObservationReader, type Observations } from './observations.ts';
import { DEFAULT_TRACKER_OPTIONS } from './options.ts';
import { directionCost, surpriseCost } from './pair-cost.ts';
import { createPool, type TrackPool } from './pool.ts';
import { noteHit } from './lifecycle.ts';
import { addBox } from './scene.fixture.ts';

const OPTIONS = { ...DEFAULT_TRACKER_OPTIONS, aspectRatio: 1 };

type Box = readonly [left: number, top: number, right: number, bottom: number, score?: number, classIndex?: number];

/** What the tracker makes of these boxes in one frame; a picture as wide as high. */
const observe = (...boxes: Box[]): Observations => {
  const detections = createDetections(boxes.length);
  detections.frame = frameNumber(1);
  detections.timeMs = mediaTimeMs(0);
  for (const [left, top, right, bottom, score = 0.8, classIndex = 0] of boxes)
    addBox(detections, { left, top, right, bottom, score, classIndex });
  return createObservationReader(OPTIONS).read(detections);
};

/** A track that was seen at these boxes, `stepS` apart. */
const trackOf = (boxes: readonly Box[], stepS = 0.2): TrackPool => {
  const pool = createPool(1);
  pool.count = 1;
  for (const [i, box] of boxes.entries()) {
    const o = observe(box);
    if (i === 0) beginMotion(pool, 0, o, 0, OPTIONS);
    else {
      predictMotion(pool, 0, stepS, OPTIONS);
      updateMotion(pool, 0, o, 0);
    }
    noteHit(pool, 0, o, 0, i * stepS);
  }
  return pool;
};

const walkRight = (i: number): Box => [0.2 + 0.02 * i, 0.4, 0.28 + 0.02 * i, 0.6];
const WALKED = [0, 1, 2, 3, 4, 5].map(walkRight);

describe('the way back after a gap (OC-SORT)', () => {
  it('forgets what was drifted while blind', () => {
    // It walks, is not seen for six frames, and turns out to have stood still.
    const drifted = trackOf(WALKED);
    const seen = observe(walkRight(5));
    for (let i = 0; i < 7; i++) predictMotion(drifted, 0, 0.2, OPTIONS);
    updateMotion(drifted, 0, seen, 0);
    const led = trackOf(WALKED);
    for (let i = 0; i < 7; i++) predictMotion(led, 0, 0.2, OPTIONS);
    reUpdateMotion(led, 0, seen, 0, 1.4, 7, OPTIONS);
    expect(Math.abs(velocityX(led, 0))).toBeLessThan(0.02);
    expect(Math.abs(velocityX(led, 0))).toBeLessThan(Math.abs(velocityX(drifted, 0)));
    expect(led.left[0]).toBeCloseTo(walkRight(5)[0], 2);
  });

  it('begins from where it was last seen', () => {
    const pool = trackOf(WALKED);
    saveMotion(pool, 0);
    const before = pool.left[0];
    for (let i = 0; i < 3; i++) predictMotion(pool, 0, 0.2, OPTIONS);
    reUpdateMotion(pool, 0, observe(walkRight(8)), 0, 0.6, 3, OPTIONS);
    expect(pool.left[0]).toBeCloseTo(before + 0.06, 2);
  });
});

describe('the edge of the picture', () => {
  it('says nothing of a box that goes on beyond it', () => {
    const leaving = [0, 1, 2, 3, 4, 5, 6].map((i): Box => [Math.max(0, 0.1 - 0.02 * i), 0.4, 0.2 - 0.02 * i, 0.6]);
    const pool = trackOf(leaving);
    expect(pool.left[0]).toBeCloseTo(-0.02, 2);
    expect(surpriseCost(pool, 0, observe([0, 0.4, 0.08, 0.6]), 0)).toBeLessThan(0.02);
  });

  it('says that a box reaches at least so far', () => {
    // A car comes in from above, ever more of it.
    const coming = [0, 1, 2, 3, 4, 5].map((i): Box => [0.4, 0, 0.6, 0.1 + 0.08 * i, 0.9, 2]);
    expect(trackOf(coming).top[0]).toBeLessThan(0.15);
  });

  it('hides part of a person, whose width is known from the height', () => {
    const pool = trackOf([[0.97, 0.4, 1, 0.6]]);
    expect(pool.right[0] - pool.left[0]).toBeCloseTo(0.41 * 0.2, 3);
    expect(pool.left[0]).toBeCloseTo(0.97, 3);
  });

  it('hides part of a vehicle, whose width is not known', () => {
    expect(trackOf([[0.97, 0.4, 1, 0.6, 0.8, 2]]).right[0]).toBeCloseTo(1, 3);
  });
});

describe('what a pair costs', () => {
  it.each<[string, Box, number, number]>([
    ['straight on', walkRight(6), -0.5, -0.45],
    ['sideways', [0.26, 0.5, 0.34, 0.7], -0.1, 0.1],
    ['straight back', walkRight(0), 0.4, 0.5],
  ])('by direction: %s', (_name, box, least, most) => {
    // The direction is read from observations at least 0.3 s apart: from the last but two, at 0.26.
    const cost = directionCost(trackOf(WALKED), 0, observe(box), 0, { deltaTS: 0.3, moveDistance: 0.1 });
    expect(cost).toBeGreaterThanOrEqual(least);
    expect(cost).toBeLessThanOrEqual(most);
  });

  it('a track that stands has no direction', () => {
    const pool = trackOf([walkRight(0), walkRight(0), walkRight(0)]);
    expect(directionCost(pool, 0, observe(walkRight(3)), 0, OPTIONS)).toBe(0);
  });

  it('by surprise: none where it is expected, much elsewhere, a quarter for one hidden edge', () => {
    const pool = trackOf(WALKED);
    predictMotion(pool, 0, 0.2, OPTIONS);
    const [left, top, right, bottom] = walkRight(6);
    expect(surpriseCost(pool, 0, observe(walkRight(6)), 0)).toBeLessThan(0.05);
    expect(surpriseCost(pool, 0, observe([left, top, right, bottom - 0.1]), 0)).toBeLessThan(0.3);
    expect(surpriseCost(pool, 0, observe([left + 0.3, top + 0.2, right + 0.3, bottom + 0.2]), 0)).toBeGreaterThan(0.9);
  });
});

describe('observations', () => {
  it('of one thing under two names are one, the surer', () => {
    const o = observe([0.1, 0.1, 0.3, 0.2, 0.6, 2], [0.1, 0.1, 0.31, 0.2, 0.7, 6], [0.1, 0.1, 0.3, 0.2, 0.5, 0]);
    expect(new Set(o.classIndex.subarray(0, o.count))).toEqual(new Set([0, 6]));
    expect(o.count).toBe(2);
  });

  it('are less certain where the model is unsure, and where somebody stands in front', () => {
    const sure = observe([0.1, 0.1, 0.2, 0.4]);
    const unsure = observe([0.1, 0.1, 0.2, 0.4, 0.2]);
    const hidden = observe([0.1, 0.1, 0.2, 0.4], [0.1, 0.3, 0.2, 0.6]);
    expect(unsure.bottomVariance[0]).toBeGreaterThan(4 * sure.bottomVariance[0]);
    expect(hidden.bottomVariance[0]).toBeGreaterThan(30 * sure.bottomVariance[0]);
    expect(hidden.topVariance[0]).toBeCloseTo(sure.topVariance[0], 9);
    expect(hidden.bottomVariance[1]).toBeCloseTo(sure.bottomVariance[0], 9);
  });
});
