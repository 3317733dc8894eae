import { describe, expect, it } from 'vitest';
import type { Point } from '../../contract/index.ts';
import { rectangle } from '../crowd.fixture.ts';
import { createPlace, type Place, type Side } from './place.ts';

const RADIUS_M = 0.15;

/** The middle of some squares, on the plan. */
const middleOf = ({ cells, originX, originY }: Place, list: readonly number[]): Point => [
  originX + list.reduce((sum, cell) => sum + cells.xOf(cell), 0) / list.length,
  originY + list.reduce((sum, cell) => sum + cells.yOf(cell), 0) / list.length,
];

/** 40 m × 6 m, turned by the angle of the triangle 3, 4, 5. */
const turned: Point[] = rectangle(0, 0, 40, 6).map(([x, y]) => [0.8 * x - 0.6 * y, 0.6 * x + 0.8 * y]);

describe('createPlace', () => {
  it.each<readonly [what: string, ring: readonly Point[], side: Side, x: number, y: number]>([
    ['a corridor', rectangle(0, 0, 40, 6), 'left', 0.5, 3],
    ['a corridor', rectangle(0, 0, 40, 6), 'right', 39.5, 3],
    ['a corridor', rectangle(0, 0, 40, 6), 'bottom', 20, 0.5],
    ['a corridor', rectangle(0, 0, 40, 6), 'top', 20, 5.5],
    ['one that stands on end', rectangle(100, 200, 106, 240), 'left', 103, 200.5],
    ['a turned one', turned, 'left', 0.8 * 0.5 - 0.6 * 3, 0.6 * 0.5 + 0.8 * 3],
    ['a turned one', turned, 'right', 0.8 * 39.5 - 0.6 * 3, 0.6 * 39.5 + 0.8 * 3],
    ['a square, whose first side is its axis', rectangle(0, 0, 9, 9), 'right', 8.5, 4.5],
  ])('%s: finds the %3$s end', (_, ring, side, x, y) => {
    const place = createPlace([ring], RADIUS_M);
    const [foundX, foundY] = middleOf(place, place.end(side).exit);
    expect(Math.abs(foundX - x)).toBeLessThan(0.3);
    expect(Math.abs(foundY - y)).toBeLessThan(0.3);
  });

  it('makes the strips of a pointed end deep enough to stand in', () => {
    const place = createPlace(
      [
        [
          [0, 0],
          [30, 5],
          [0, 10],
        ],
      ],
      RADIUS_M,
    );
    const { exit, entrance } = place.end('right');
    expect(place.cells.areaM2(exit.length)).toBeGreaterThanOrEqual(1);
    expect(place.cells.areaM2(entrance.length)).toBeGreaterThanOrEqual(2);
    expect(exit.filter((cell) => entrance.includes(cell))).toEqual([]);
  });

  it('leaves out what cannot be reached: behind a gap that is too narrow', () => {
    const [narrow, wide] = [0.3, 0.8].map((gap) =>
      createPlace([rectangle(0, 0, 20, 6), rectangle(12, 0.01, 12.5, 6 - gap)], RADIUS_M),
    );
    expect(narrow.cells.list.every((cell) => narrow.cells.xOf(cell) < 12)).toBe(true);
    expect(wide.cells.list.some((cell) => wide.cells.xOf(cell) > 12.5)).toBe(true);
  });

  it('knows its area, holes left out', () => {
    expect(createPlace([rectangle(0, 0, 20, 6), rectangle(5, 2, 7, 4)], RADIUS_M).areaM2).toBeCloseTo(116, 9);
  });
});
