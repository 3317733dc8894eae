import { expect, test } from 'vitest';
import { isSimplePolygon, type Point, segmentsMeet, signedArea } from './geometry.ts';

const SQUARE: Point[] = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
];

test.each<[string, Point[], boolean]>([
  [
    'a triangle',
    [
      [0, 0],
      [1, 0],
      [0, 1],
    ],
    true,
  ],
  ['a square', SQUARE, true],
  [
    'an L',
    [
      [0, 0],
      [2, 0],
      [2, 1],
      [1, 1],
      [1, 2],
      [0, 2],
    ],
    true,
  ],
  [
    'a bow tie',
    [
      [0, 0],
      [2, 2],
      [2, 0],
      [0, 2],
    ],
    false,
  ],
  [
    'a corner that touches another side',
    [
      [0, 0],
      [4, 0],
      [4, 4],
      [2, 0],
      [0, 4],
    ],
    false,
  ],
  [
    'a side that goes back over its neighbour',
    [
      [0, 0],
      [4, 0],
      [2, 0],
      [2, 3],
    ],
    false,
  ],
  [
    'a last side that goes back over the first',
    [
      [0, 0],
      [4, 0],
      [4, 3],
      [2, 0],
    ],
    false,
  ],
  [
    'the same corner twice',
    [
      [0, 0],
      [0, 0],
      [1, 0],
      [0, 1],
    ],
    false,
  ],
])('%s is simple: %#', (_, polygon, simple) => {
  expect(isSimplePolygon(polygon)).toBe(simple);
});

test.each<[string, [Point, Point, Point, Point], boolean]>([
  [
    'crossing',
    [
      [0, 0],
      [2, 2],
      [0, 2],
      [2, 0],
    ],
    true,
  ],
  [
    'end on side',
    [
      [0, 0],
      [2, 0],
      [1, 0],
      [1, 1],
    ],
    true,
  ],
  [
    'overlapping on one line',
    [
      [0, 0],
      [2, 0],
      [1, 0],
      [3, 0],
    ],
    true,
  ],
  [
    'apart on one line',
    [
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 0],
    ],
    false,
  ],
  [
    'parallel',
    [
      [0, 0],
      [2, 0],
      [0, 1],
      [2, 1],
    ],
    false,
  ],
])('segments %s', (_, [a, b, c, d], meet) => {
  expect(segmentsMeet(a, b, c, d)).toBe(meet);
});

test('area is positive counter-clockwise, and nothing without three corners', () => {
  expect(signedArea(SQUARE)).toBe(4);
  expect(signedArea(SQUARE.toReversed())).toBe(-4);
  expect(signedArea([])).toBe(0);
  expect(
    signedArea([
      [1, 1],
      [2, 2],
    ]),
  ).toBe(0);
});
