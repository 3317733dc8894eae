import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, frameNumber, mediaTimeMs, type Positions, StarlingError } from '../../contract/index.ts';
import { frameOf, type Somebody } from '../flow/crowd.fixture.ts';
import { CentralVelocity } from './central-velocity.ts';

const N = 2;

interface Told {
  frame: number;
  id: number;
  x: number;
  speedMps: number;
  velocity: readonly [number, number];
  standardErrorMps: number;
}

/** Everything told of the given frames, in the order in which it was told. */
const tellOf = (frames: readonly Positions[], n = N): Told[] => {
  const told: Told[] = [];
  const speeds = new CentralVelocity(n, (positions, motion) => {
    for (let i = 0; i < positions.count; i++)
      told.push({
        frame: positions.frame,
        id: positions.id[i],
        x: positions.x[i],
        speedMps: motion.speedMps[i],
        velocity: [motion.velocityXMps[i], motion.velocityYMps[i]],
        standardErrorMps: motion.standardErrorMps[i],
      });
  });
  for (const frame of frames) speeds.push(frame);
  speeds.flush();
  return told;
};

/** To a millionth, so that rows of numbers can be compared. */
const rounded = (value: number): number => Math.round(1e6 * value) / 1e6;

/** Speeds of one person, by frame, who is at x(frame) where that is a number; 10 frames a second. */
const speedsOf = (places: readonly (number | null)[], n = N): Record<number, number> =>
  Object.fromEntries(
    tellOf(
      places.flatMap((x, frame) => [frameOf(frame, x === null ? [] : [[7, x, 0]])]),
      n,
    ).map(({ frame, speedMps }) => [frame, rounded(speedMps)]),
  );

describe('CentralVelocity', () => {
  // x = t²: a speed measured over ±2 frames is that of the middle, single-sided ones of a frame later or earlier.
  it.each<readonly [what: string, places: readonly (number | null)[], speeds: Record<number, number>]>([
    ['a whole trajectory', [0, 1, 4, 9, 16, 25, 36], { 0: 20, 1: 40, 2: 40, 3: 60, 4: 80, 5: 80, 6: 100 }],
    ['one of n + 1 frames, whose middle has neither', [0, 1, 4], { 0: 20, 1: Number.NaN, 2: 20 }],
    ['one of n frames, too short', [0, 1], { 0: Number.NaN, 1: Number.NaN }],
    ['a single frame', [5], { 0: Number.NaN }],
    [
      'a hole of one frame: single-sided where it is exactly n away',
      [0, 1, 4, null, 16, 25, 36],
      { 0: 20, 1: Number.NaN, 2: 40, 4: 80, 5: Number.NaN, 6: 100 },
    ],
    [
      'a hole of n frames: an end and a beginning',
      [0, 1, 4, null, null, 25, 36, 49],
      { 0: 20, 1: Number.NaN, 2: 20, 5: 120, 6: Number.NaN, 7: 120 },
    ],
    [
      'a hole longer than n frames',
      [0, 1, 4, null, null, null, null, null, null, 0, 1, 4],
      { 0: 20, 1: Number.NaN, 2: 20, 9: 20, 10: Number.NaN, 11: 20 },
    ],
  ])('%s', (_what, places, speeds) => {
    expect(speedsOf(places)).toEqual(speeds);
  });

  it('takes frames that are missing altogether like people who are missing in them', () => {
    const whole = tellOf([0, 1, 2, 4, 5, 6].map((t) => frameOf(t, [[7, t * t, 0]])));
    const empty = speedsOf([0, 1, 4, null, 16, 25, 36]);
    expect(Object.fromEntries(whole.map(({ frame, speedMps }) => [frame, rounded(speedMps)]))).toEqual(empty);
  });

  it('tells a frame as soon as the frame n later came, and frames without people too', () => {
    const told: number[] = [];
    const speeds = new CentralVelocity(N, ({ frame }) => told.push(frame));
    const after = (frame: number): number[] => {
      speeds.push(frameOf(frame, frame === 4 ? [] : [[1, 0, 0]]));
      return told.splice(0);
    };
    expect([3, 4, 5, 6, 100, 101].map(after)).toEqual([[], [], [3], [4], [5, 6], []]);
    speeds.flush();
    expect(told.splice(0)).toEqual([100, 101]);
    // A new recording.
    expect([1, 3].map((frame) => after(frame))).toEqual([[], [1]]);
  });

  it('tells a direction', () => {
    const [first] = tellOf([0, 1, 2].map((t) => frameOf(t, [[1, -3 * t, 4 * t]])));
    expect(first?.velocity).toEqual([-30, 40]);
    expect(first?.speedMps).toBe(50);
  });

  it('divides by the time that passed, not by frames', () => {
    const frames = [0, 1, 2, 3, 4].map((t) => frameOf(t, [[1, 3 * t, 0]]));
    const times = [0, 10, 500, 600, 1500];
    for (const [i, frame] of frames.entries()) frame.timeMs = mediaTimeMs(times[i] ?? 0);
    expect(tellOf(frames)[2]?.speedMps).toBeCloseTo(12 / 1.5, 12);
  });

  it('states no speed while the clock stands still', () => {
    const frames = [0, 1, 2, 3, 4].map((t) => Object.assign(frameOf(t, [[1, t, 0]]), { timeMs: mediaTimeMs(0) }));
    expect(tellOf(frames).every(({ speedMps }) => Number.isNaN(speedMps))).toBe(true);
  });

  it.each([
    ['along the way walked', 0.03, 0.04, 0, 0.03],
    ['not across it', 0, 0.04, 0, 0],
    ['in the worst direction for those who stand', 0.03, 0.04, 1, 0.04],
  ])('carries the error of both ends: %s', (_what, errorX, errorY, still, error) => {
    const frames = [0, 1, 2, 3, 4].map((t) => {
      const frame = frameOf(t, [[1, still === 1 ? 0 : t, 0]]);
      frame.varianceXX[0] = errorX ** 2;
      frame.varianceYY[0] = errorY ** 2;
      return frame;
    });
    // ±2 frames of 0.1 s.
    expect(tellOf(frames)[2]?.standardErrorMps).toBeCloseTo((Math.SQRT2 * error) / 0.4, 12);
  });

  it('knows errors that lie askew', () => {
    const frames = [0, 1, 2, 3, 4].map((t) => {
      const frame = frameOf(t, [[1, t, t]]);
      frame.varianceXX[0] = 5e-4;
      frame.varianceYY[0] = 5e-4;
      frame.varianceXY[0] = 4e-4;
      return frame;
    });
    // Along the diagonal the variance is 5e-4 + 4e-4.
    expect(tellOf(frames)[2]?.standardErrorMps).toBeCloseTo(Math.sqrt(2 * 9e-4) / 0.4, 12);
  });

  it('states no speed of who is nowhere, though they were somewhere before and after', () => {
    expect(speedsOf([0, 1, Number.NaN, 3, 4])).toEqual({ 0: Number.NaN, 1: 10, 2: Number.NaN, 3: 10, 4: Number.NaN });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('leaves out who is at %f, and nobody else', (nowhere) => {
    const told = tellOf(
      [0, 1, 2, 3, 4].map((t) =>
        frameOf(t, [
          [1, t === 4 ? nowhere : t, 0],
          [2, 2 * t, 0],
        ]),
      ),
    );
    const of = (id: number): number[] => told.filter((row) => row.id === id).map(({ speedMps }) => rounded(speedMps));
    expect(of(1)).toEqual([10, 10, 10, 10, Number.NaN]);
    expect(of(2)).toEqual([20, 20, 20, 20, 20]);
  });

  it('does not join a number that comes back to who had it before', () => {
    const speeds = speedsOf([
      ...Array.from({ length: 5 }, () => 0),
      ...Array.from({ length: 40 }, () => null),
      9,
      9,
      9,
    ]);
    expect(Object.values(speeds).filter((speed) => !Number.isNaN(speed))).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it.each([
    ['backwards', [3, 2]],
    ['not at all', [3, 3]],
    ['nowhere', [3, Number.NaN]],
  ])('refuses time that runs %s', (_what, numbers) => {
    let code: ErrorCode | null = null;
    try {
      tellOf(numbers.map((frame) => Object.assign(frameOf(0, []), { frame: frameNumber(frame) })));
    } catch (error) {
      if (error instanceof StarlingError) code = error.code;
    }
    expect(code).toBe('MEASURE_TIME_BACKWARDS');
  });

  it('keeps people apart who come and go, in any order within a frame', () => {
    // Person p is there in frames p…p+6 and walks at p cm a frame.
    const people = Array.from({ length: 300 }, (_, p) => p);
    const frames = Array.from({ length: 310 }, (_, t) => {
      const there = people.filter((p) => t >= p && t <= p + 6).map((p): Somebody => [p, 0.01 * p * t, p]);
      return frameOf(t, t % 2 === 0 ? there : there.toReversed());
    });
    for (const { id, speedMps, frame } of tellOf(frames)) {
      expect(frame - id).toBeGreaterThanOrEqual(0);
      expect(speedMps).toBeCloseTo(0.1 * id, 9);
    }
  });

  it('is the same wherever the scene lies', () => {
    const walk = fc.array(fc.tuple(fc.double({ min: -5, max: 5 }), fc.double({ min: -5, max: 5 })), { minLength: 6 });
    const far = fc.integer({ min: -10_000, max: 10_000 });
    fc.assert(
      fc.property(
        walk.filter((places) => places.flat().every(Number.isFinite)),
        far,
        far,
        (places, dx, dy) => {
          const speeds = (x0: number, y0: number): number[] =>
            tellOf(places.map(([x, y], t) => frameOf(t, [[1, x + x0, y + y0]]))).map(({ speedMps }) => speedMps);
          const here = speeds(0, 0);
          for (const [i, speed] of speeds(dx, dy).entries()) expect(speed).toBeCloseTo(here[i] ?? Number.NaN, 6);
        },
      ),
      { seed: 3, numRuns: 100 },
    );
  });
});
