import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Point } from '../../contract/index.ts';
import { flatPolygon, pointInPolygon } from '../../ground/index.ts';
import { rectangle } from '../crowd.fixture.ts';
import { Walls } from './walls.ts';

/** A square of 10 m with a thin slanting wall in it and a sharp corner cut into its side. */
const SLANT: Point[] = [
  [3, 3],
  [7, 6],
  [7, 6.02],
];
const NOTCHED: Point[] = [
  [0, 0],
  [10, 0],
  [10, 4.9],
  [8, 5],
  [10, 5.1],
  [10, 10],
  [0, 10],
];
const walls = new Walls([NOTCHED, SLANT], 10, 10);

describe('Walls', () => {
  it('knows how far the nearest wall is, and where it lies', () => {
    walls.look(5, 0.5);
    expect([walls.clearanceM, walls.normalX, walls.normalY]).toEqual([0.5, 0, 1]);
    walls.look(7.5, 5);
    expect([walls.clearanceM, walls.normalX, walls.normalY]).toEqual([0.5, -1, 0]);
    walls.look(5, 2);
    expect(walls.clearanceM).toBe(Number.POSITIVE_INFINITY);
  });

  it('stops a body at its radius', () => {
    walls.move(5, 0.3, 5, 0.05, 0.15);
    expect([walls.x, walls.y]).toEqual([5, 0.15]);
    // In a right-angled corner, off both walls.
    walls.move(0.2, 0.2, 0.1, 0.1, 0.15);
    expect(walls.x).toBeCloseTo(0.15, 9);
    expect(walls.y).toBeCloseTo(0.15, 9);
  });

  it('never lets anybody through, wherever they are pushed', () => {
    const [outline, slant] = [NOTCHED, SLANT].map(flatPolygon);
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 9.8, noNaN: true }),
        fc.double({ min: 0.2, max: 9.8, noNaN: true }),
        fc.array(
          fc.tuple(fc.double({ min: -0.3, max: 0.3, noNaN: true }), fc.double({ min: -0.3, max: 0.3, noNaN: true })),
          {
            minLength: 30,
            maxLength: 30,
          },
        ),
        (startX, startY, pushes) => {
          let [x, y] = [startX, startY];
          walls.look(x, y);
          fc.pre(walls.clearanceM > 0.15 && pointInPolygon(outline, x, y));
          for (const [dx, dy] of pushes) {
            walls.move(x, y, x + dx, y + dy, 0.15);
            expect(walls.hides(x, y, walls.x, walls.y)).toBe(false);
            ({ x, y } = walls);
            expect(pointInPolygon(outline, x, y) && !pointInPolygon(slant, x, y)).toBe(true);
            walls.look(x, y);
            expect(walls.clearanceM).toBeGreaterThan(0.07);
          }
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });

  it('knows what hides one point from another', () => {
    const box = new Walls([rectangle(0, 0, 10, 10), rectangle(4, 0.5, 6, 9)], 10, 10);
    expect(box.hides(1, 5, 9, 5)).toBe(true);
    expect(box.hides(1, 9.5, 9, 9.5)).toBe(false);
  });
});
