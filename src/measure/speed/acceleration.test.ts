import { describe, expect, it } from 'vitest';
import { mediaTimeMs, type Point, type Positions } from '../../contract/index.ts';
import { frameOf } from '../flow/crowd.fixture.ts';
import { Acceleration } from './acceleration.ts';
import { CentralVelocity } from './central-velocity.ts';

const N = 2;

interface Told {
  readonly frame: number;
  readonly vector: Point;
  readonly magnitude: number;
  readonly along: number;
  readonly standardError: number;
}

const tellOf = (frames: readonly Positions[]): Told[] => {
  const told: Told[] = [];
  const meter = new Acceleration(N, (positions, a) => {
    expect(a.count).toBe(positions.count);
    for (let i = 0; i < positions.count; i++)
      told.push({
        frame: positions.frame,
        vector: [a.xMps2[i], a.yMps2[i]],
        magnitude: a.magnitudeMps2[i],
        along: a.alongMps2[i],
        standardError: a.standardErrorMps2[i],
      });
  });
  for (const frame of frames) meter.push(frame);
  meter.flush();
  return told;
};

/** One person on a way, at 10 frames a second. */
const framesOf = (way: (timeS: number) => Point, frames = 21): Positions[] =>
  Array.from({ length: frames }, (_, t) => frameOf(t, [[1, ...way(t / 10)]]));

describe('Acceleration', () => {
  it.each<readonly [what: string, way: (t: number) => Point, magnitude: number, along: number]>([
    ['a steady walk', (t) => [1.3 * t, -0.4 * t], 0, 0],
    ['speeding up', (t) => [t + 0.25 * t * t, 0], 0.5, 0.5],
    ['braking', (t) => [5 * t - 0.25 * t * t, 0], 0.5, -0.5],
    ['standing', () => [3, 4], 0, Number.NaN],
    ['turning', (t) => [t, 0.1 * (t - 1) ** 2], 0.2, 0],
  ])('is exact for %s', (_what, way, magnitude, along) => {
    const middle = tellOf(framesOf(way)).find(({ frame }) => frame === 10);
    expect(middle?.magnitude).toBeCloseTo(magnitude, 9);
    // Adding nought makes −0 nought.
    expect(Math.round(1e9 * (middle?.along ?? 0)) / 1e9 + 0).toEqual(along);
  });

  it('points to the middle of a circle, at v²/r', () => {
    // 1 m/s on a circle of 4 m: the chords of ±0.4 s make it 0.08 % less.
    const { vector, magnitude } = tellOf(framesOf((t) => [4 * Math.cos(t / 4), 4 * Math.sin(t / 4)]))[10];
    expect(magnitude).toBeCloseTo(0.25, 3);
    const angle = Math.atan2(vector[1], vector[0]);
    expect(angle).toBeCloseTo(1 / 4 - Math.PI, 9);
  });

  it('is the central difference of the central velocity', () => {
    const frames = framesOf((t) => [Math.sin(t), t ** 3]);
    const velocity: Point[] = [];
    const speeds = new CentralVelocity(N, (_, { velocityXMps, velocityYMps }) =>
      velocity.push([velocityXMps[0], velocityYMps[0]]),
    );
    for (const frame of frames) speeds.push(frame);
    speeds.flush();
    for (const { frame, vector } of tellOf(frames).slice(2 * N, -2 * N)) {
      expect(vector[0]).toBeCloseTo((velocity[frame + N][0] - velocity[frame - N][0]) / 0.4, 9);
      expect(vector[1]).toBeCloseTo((velocity[frame + N][1] - velocity[frame - N][1]) / 0.4, 9);
    }
  });

  it('is unknown within 2n frames of an end, of a hole, and of somebody nowhere', () => {
    const frames = framesOf((t) => [t, 0]);
    frames.splice(12, 1);
    const known = tellOf(frames).flatMap(({ frame, magnitude }) => (Number.isNaN(magnitude) ? [] : [frame]));
    // Frame 12 is missing: frames 8 and 16 need it.
    expect(known).toEqual([4, 5, 6, 7, 9, 10, 11, 13, 14, 15]);
    const lost = framesOf((t) => [t === 1 ? Number.NaN : t, 0], 11);
    expect(tellOf(lost).flatMap(({ frame, magnitude }) => (Number.isNaN(magnitude) ? [] : [frame]))).toEqual([4, 5]);
  });

  it('allows for frames that are not equally far apart', () => {
    const times = [0, 0.1, 0.3, 0.35, 0.6, 0.9, 1.3, 1.4, 2];
    const frames = times.map((t, i) =>
      Object.assign(frameOf(i, [[1, 2 * t + 3 * t * t, 0]]), { timeMs: mediaTimeMs(1000 * t) }),
    );
    expect(tellOf(frames)[4].vector[0]).toBeCloseTo(6, 9);
  });

  it('carries the error of the three points', () => {
    const frames = framesOf((t) => [t, 0]);
    for (const frame of frames) {
      frame.varianceXX[0] = 1e-4;
      frame.varianceYY[0] = 1e-4;
    }
    // √(1 + 4 + 1) · 1 cm over (0.4 s)².
    expect(tellOf(frames)[10].standardError).toBeCloseTo((Math.sqrt(6) * 0.01) / 0.16, 12);
  });
});
