import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CounterflowIndex } from './counterflow.ts';
import { sceneOf, type Walker } from './scene.fixture.ts';

type Velocity = readonly [vx: number, vy: number];

const walkersOf = (velocities: readonly Velocity[]): Walker[] => velocities.map(([vx, vy]) => ({ x: 0, y: 0, vx, vy }));

const indexOf = (...frames: readonly (readonly Velocity[])[]): number | null => {
  const index = new CounterflowIndex();
  for (const velocities of frames) {
    const { motion } = sceneOf(walkersOf(velocities));
    index.add(motion, new Uint8Array(velocities.length).fill(1));
  }
  return index.value;
};

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 1e12) / 1e12);

const times = (count: number, velocity: Velocity): Velocity[] => Array.from({ length: count }, () => velocity);

const EAST: Velocity = [1, 0];
const WEST: Velocity = [-1.5, 0];
const NORTH: Velocity = [0, 1];

describe('CounterflowIndex', () => {
  it.each<[string, Velocity[], number | null]>([
    ['all one way', times(5, EAST), 0],
    ['all one way, fast and slow', [EAST, [0.3, 0], [3, 0]], 0],
    ['one person', [EAST], 0],
    ['as many one way as the other', [...times(5, EAST), ...times(5, WEST)], 1],
    // A share of a quarter against three quarters: 2 · 1/4.
    ['one in four the other way', [...times(3, EAST), WEST], 0.5],
    ['two streams at a right angle', [...times(5, EAST), ...times(5, NORTH)], 1 - Math.SQRT1_2],
    ['a few who cross a stream', [...times(9, EAST), NORTH], 1 - Math.hypot(9, 1) / 10],
    ['every way at once', [EAST, NORTH, [-1, 0], [0, -1]], 1],
    ['two against each other, and many who stand', [EAST, WEST, ...times(20, [0.1, 0.1])], 1],
    ['one way, and somebody of unknown velocity', [EAST, EAST, [Number.NaN, 0]], 0],
    ['one way, and an impossible velocity', [EAST, [Number.NEGATIVE_INFINITY, 0]], 0],
    ['people who stand', times(3, [0.1, 0]), null],
    ['nobody', [], null],
  ])('%s', (_what, velocities, index) => {
    // Rounded, so that null can be compared too.
    expect(rounded(indexOf(velocities))).toBe(rounded(index));
  });

  it('compares people of one moment: there and later back is no counterflow', () => {
    expect(indexOf(times(4, EAST), times(4, WEST))).toBeCloseTo(0, 12);
  });

  it('weighs moments by their people', () => {
    // Four people against each other, then twelve one way.
    expect(indexOf([EAST, EAST, WEST, WEST], times(12, EAST))).toBeCloseTo(4 / 16, 12);
  });

  it('is between 0 and 1, whichever way the place is turned, whoever comes first', () => {
    const velocity = fc.tuple(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: -2, max: 2, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(velocity, { minLength: 1 }),
        fc.double({ min: 0, max: 7, noNaN: true }),
        (velocities, angle) => {
          // Not so near the border of standing that rounding decides.
          fc.pre(velocities.every(([x, y]) => Math.abs(Math.hypot(x, y) - 0.2) > 1e-6));
          fc.pre(velocities.some(([x, y]) => Math.hypot(x, y) > 0.2));
          const value = indexOf(velocities) ?? Number.NaN;
          const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
          const turned = velocities.map(([x, y]): Velocity => [x * cos - y * sin, x * sin + y * cos]).toReversed();
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
          expect(indexOf(turned)).toBeCloseTo(value, 9);
        },
      ),
    );
  });

  it('knows only the people of the zone', () => {
    const index = new CounterflowIndex();
    const { motion } = sceneOf(walkersOf([EAST, WEST, EAST]));
    index.add(motion, Uint8Array.of(1, 0, 1));
    expect(index.value).toBe(0);
  });
});
