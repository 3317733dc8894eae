import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rectangle } from '../crowd.fixture.ts';
import { createPlace, type Place } from './place.ts';
import { MarchedWay } from './way.ts';

const RADIUS_M = 0.15;
const open = createPlace([rectangle(0, 0, 20, 10)], RADIUS_M);
/** A wall of 10 cm across the middle, with a gap at the top. */
const divided = createPlace([rectangle(0, 0, 20, 10), rectangle(9.95, 0.001, 10.05, 8)], RADIUS_M);

/** Follows the way from a point in steps of 5 cm; where it ends, and how long it was. */
const walk = (
  place: Place,
  way: MarchedWay,
  fromX: number,
  fromY: number,
): { x: number; y: number; lengthM: number } => {
  let [x, y, lengthM] = [fromX, fromY, 0];
  while (!way.isReached(x, y) && lengthM < 100) {
    way.ask(x, y);
    expect(way.x * way.x + way.y * way.y, `at ${x}, ${y}`).toBeCloseTo(1, 5);
    place.walls.move(x, y, x + 0.05 * way.x, y + 0.05 * way.y, RADIUS_M);
    ({ x, y } = place.walls);
    lengthM += 0.05;
  }
  return { x, y, lengthM };
};

const point = fc.record({
  x: fc.double({ min: 0.2, max: 19.8, noNaN: true }),
  y: fc.double({ min: 0.2, max: 9.8, noNaN: true }),
});

describe('MarchedWay', () => {
  it('leads straight to a goal in the open, nearly', () => {
    const way = new MarchedWay(open.cells, [open.cells.cellAt(15, 5)]);
    fc.assert(
      fc.property(point, ({ x, y }) => {
        const { lengthM } = walk(open, way, x, y);
        const straightM = Math.sqrt((x - 15) ** 2 + (y - 5) ** 2);
        expect(lengthM).toBeLessThan(1.15 * straightM + 0.3);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('leads round a wall, and never through it', () => {
    const way = new MarchedWay(divided.cells, [divided.cells.cellAt(15, 1)]);
    fc.assert(
      fc.property(point, ({ x, y }) => {
        fc.pre(Math.abs(x - 10) > 0.25 || y > 8.2);
        const { lengthM } = walk(divided, way, x, y);
        const straightM = Math.sqrt((x - 15) ** 2 + (y - 1) ** 2);
        const roundM = Math.sqrt((x - 10) ** 2 + (y - 8.2) ** 2) + Math.sqrt(5 ** 2 + 7.2 ** 2);
        expect(lengthM).toBeGreaterThan((x > 10 ? straightM : Math.max(straightM, 8.7)) - 0.5);
        expect(lengthM).toBeLessThan(1.15 * (x > 10 ? straightM : roundM) + 0.5);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('gives no direction in its goal', () => {
    const way = new MarchedWay(open.cells, [...open.cells.list]);
    way.ask(5, 5);
    expect([way.x, way.y, way.isReached(5, 5)]).toEqual([0, 0, true]);
  });
});
