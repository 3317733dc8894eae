import { describe, expect, it } from 'vitest';
import type { Point } from '../../contract/index.ts';
import {
  boxAround,
  cellAt,
  cellCentre,
  cellCount,
  fieldGrid,
  isNearMask,
  maskOf,
  zoneCells,
  zoneMax,
  zoneMean,
} from './field-grid.ts';

const GRID = fieldGrid({ left: 10, bottom: -2, right: 12, top: -1 }, 0.5);

describe('fieldGrid', () => {
  it.each([
    ['a box', { left: 0, bottom: 0, right: 4, top: 2 }, 0.5, 8, 4],
    ['a box that is no multiple of a cell', { left: 0, bottom: 0, right: 4.2, top: 2 }, 0.5, 9, 4],
    // 0.3 / 0.1 is 2.9999999999999996 and 0.6 / 0.2 as well; 0.7 / 0.1 is 6.999…; none asks for one more.
    ['a box that is one but for rounding', { left: 0.1, bottom: 0, right: 0.8, top: 0.3 }, 0.1, 7, 3],
    ['a point', { left: 1, bottom: 1, right: 1, top: 1 }, 0.5, 1, 1],
    ['a line', { left: 0, bottom: 0, right: 2, top: 0 }, 0.5, 4, 1],
  ])('covers %s', (_what, box, cellM, columns, rows) => {
    expect(fieldGrid(box, cellM)).toMatchObject({ cellM, columns, rows });
  });

  it.each([
    ['a large box', { left: 0, bottom: 0, right: 10_000, top: 10_000 }],
    ['a long and narrow one', { left: 0, bottom: 0, right: 1e7, top: 0.001 }],
  ])('has larger cells for %s', (_what, box) => {
    expect(cellCount(fieldGrid(box, 0.5))).toBeLessThanOrEqual(40_401);
  });

  it('knows its cells by their centre', () => {
    expect(cellCount(GRID)).toBe(8);
    for (let cell = 0; cell < 8; cell++) expect(cellAt(GRID, ...cellCentre(GRID, cell))).toBe(cell);
    expect(cellCentre(GRID, 0)).toEqual([10.25, -1.75]);
    expect(cellCentre(GRID, 5)).toEqual([10.75, -1.25]);
  });

  it.each([
    [9.9, -1.5],
    [12, -1.5],
    [11, -0.9],
    [11, -2.1],
    [Number.NaN, -1.5],
    [11, Number.NaN],
    [Number.POSITIVE_INFINITY, -1.5],
    [Number.NEGATIVE_INFINITY, -1.5],
  ])('(%f, %f) is off it', (x, y) => {
    expect(cellAt(GRID, x, y)).toBe(-1);
  });

  it('lies around points', () => {
    const points: Point[] = [
      [1, 5],
      [-2, 3],
    ];
    expect(boxAround(points)).toEqual({ left: -2, bottom: 3, right: 1, top: 5 });
    expect(boxAround([])).toBeNull();
  });
});

describe('isNearMask', () => {
  const mask = maskOf(GRID, ([x]) => x > 11.5);
  it.each([
    ['in a cell of it', 11.6, -1.5, true],
    ['next to one', 11.1, -1.5, true],
    ['next to one, off the grid', 11.6, -0.8, true],
    ['farther away', 10.9, -1.5, false],
    ['far off the grid', 11.6, 5, false],
    ['nowhere', Number.NaN, -1.5, false],
    ['at infinity', Number.POSITIVE_INFINITY, -1.5, false],
  ])('%s', (_where, x, y, near) => {
    expect(isNearMask(GRID, mask, x, y)).toBe(near);
  });
});

describe('zoneCells', () => {
  it.each<[string, Point[], number[]]>([
    [
      'those whose centre is in it',
      [
        [10, -2],
        [11, -2],
        [11, -1],
        [10, -1],
      ],
      [0, 1, 4, 5],
    ],
    [
      'the one under a tiny zone',
      [
        [10.6, -1.9],
        [10.7, -1.9],
        [10.7, -1.8],
      ],
      [1],
    ],
    [
      'those under the corners of a sliver',
      [
        [10.3, -1.9],
        [10.9, -1.9],
        [10.9, -1.88],
      ],
      [0, 1],
    ],
    [
      'none off the grid',
      [
        [20, 20],
        [21, 20],
        [21, 21],
      ],
      [],
    ],
    [
      'those of the grid only',
      [
        [11.5, -2],
        [20, -2],
        [20, -1],
        [11.5, -1],
      ],
      [3, 7],
    ],
  ])('%s', (_what, polygon, cells) => {
    expect([...zoneCells(GRID, polygon).sort()]).toEqual(cells);
  });
});

describe('figures of a zone', () => {
  const field = Float64Array.of(1, Number.NaN, 4, -1);
  it.each([
    [[0, 2], 2.5, 4],
    [[0, 1, 2], 2.5, 4],
    [[3], -1, -1],
    [[1], null, null],
    [[], null, null],
  ])('of cells %j', (cells, mean, max) => {
    expect(zoneMean(field, Uint32Array.from(cells))).toBe(mean);
    expect(zoneMax(field, Uint32Array.from(cells))).toBe(max);
  });
});
