import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rectangle } from '../crowd.fixture.ts';
import { Walls } from '../place/walls.ts';
import type { Way } from '../place/way.ts';
import { Neighbours } from './neighbours.ts';
import { People, STANDS } from './people.ts';
import { BODY_M, SIGHT_M, Walker } from './walker.ts';

/** The same direction everywhere. */
const straight = (x: number, y: number): Way => ({ x, y, ask: () => {}, isReached: () => false });
const TO_RIGHT = 0;
const TO_LEFT = 1;
const STEP_S = 0.05;

/** A hall of 40 m × 8 m. */
const createHall = () => {
  const people = new People(1);
  const neighbours = new Neighbours(40, 8, SIGHT_M);
  const walls = new Walls([rectangle(0, 0, 40, 8)], 40, 8);
  const walker = new Walker(walls, [straight(1, 0), straight(-1, 0)], neighbours);
  const step = (seconds: number): void => {
    for (let i = 0; i < seconds / STEP_S; i++) {
      neighbours.update(people.x, people.y, people.count);
      walker.step(people, STEP_S);
    }
  };
  const add = (x: number, y: number, goal: number, desiredMps = 1.34): number => {
    const row = people.add(x, y, desiredMps, BODY_M);
    people.goal[row] = goal;
    return row;
  };
  return { people, step, add };
};

describe('Walker', () => {
  it('lets somebody alone walk straight on at the speed they like', () => {
    const { people, step, add } = createHall();
    add(5, 4, TO_RIGHT, 1.2);
    step(10);
    expect(people.x[0]).toBeCloseTo(17, 6);
    expect(people.y[0]).toBe(4);
  });

  it('keeps the time gap of 1.06 s to who is ahead, where there is no way past', () => {
    const { people, step, add } = createHall();
    // Ten abreast, wall to wall, at 0.5 m/s, and the same again behind them who would like to go at 1.34 m/s.
    for (let i = 0; i < 16; i++) add(10, 0.25 + 0.5 * i, TO_RIGHT, 0.5);
    const follower = add(7, 4.25, TO_RIGHT);
    step(30);
    // s = ℓ + T v, as the model has it in its steady state; to who is ahead at a slant it is a little more.
    const ahead = people.x[8] - people.x[follower];
    expect(people.speedMps[follower]).toBeCloseTo(0.5, 1);
    expect(ahead).toBeGreaterThan(0.6);
    expect(ahead).toBeLessThan(1);
  });

  it('overtakes who is slower', () => {
    const { people, step, add } = createHall();
    const slow = add(8, 4, TO_RIGHT, 0.7);
    const fast = add(5, 4.02, TO_RIGHT, 1.6);
    step(14);
    expect(people.x[fast]).toBeGreaterThan(people.x[slow] + 1);
  });

  it('lets two who meet face to face pass, each on their right', () => {
    const { people, step, add } = createHall();
    const right = add(10, 4, TO_RIGHT);
    const left = add(20, 4, TO_LEFT);
    step(6);
    expect(people.x[right]).toBeGreaterThan(people.x[left] + 1);
    // Going right is turning to −y for who walks towards +x.
    expect(people.y[right]).toBeLessThan(people.y[left] - BODY_M / 2);
  });

  it('walks round who stands', () => {
    const { people, step, add } = createHall();
    const standing = add(12, 4, STANDS);
    const walking = add(5, 4, TO_RIGHT);
    step(12);
    expect(people.x[walking]).toBeGreaterThan(14);
    expect(Math.abs(people.x[standing] - 12)).toBeLessThan(0.3);
  });

  it('eases those apart who overlap, on one spot even', () => {
    const { people, step, add } = createHall();
    add(10, 4, STANDS);
    add(10, 4, STANDS);
    add(10.1, 4, STANDS);
    step(3);
    for (const [i, j] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ])
      expect(Math.abs(people.x[i] - people.x[j])).toBeGreaterThan(BODY_M - 0.02);
  });
});

describe('Neighbours', () => {
  it('finds who is near, as looking at everybody does', () => {
    const coordinate = fc.double({ min: 0, max: 12, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(coordinate, coordinate), { maxLength: 80 }),
        coordinate,
        coordinate,
        fc.double({ min: 0.1, max: SIGHT_M, noNaN: true }),
        (people, x, y, distance) => {
          const neighbours = new Neighbours(12, 12, SIGHT_M);
          const xs = Float64Array.from(people, ([px]) => px);
          const ys = Float64Array.from(people, ([, py]) => py);
          neighbours.update(xs, ys, people.length);
          const isNear = people.some(([px, py]) => (px - x) ** 2 + (py - y) ** 2 < distance * distance);
          expect(neighbours.isAnyoneWithin(x, y, distance, xs, ys)).toBe(isNear);
          expect([...neighbours.order.subarray(0, people.length)].sort((a, b) => a - b)).toEqual(
            people.map((_, row) => row),
          );
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });
});
