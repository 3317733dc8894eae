import { describe, expect, it } from 'vitest';
import type { Point } from '../../contract/index.ts';
import { sharedAreaM2 } from './shared.ts';
import { createWalkableArea, createZonePieces } from './walkable.ts';

const box = (left: number, bottom: number, right: number, top: number): Point[] => [
  [left, bottom],
  [right, bottom],
  [right, top],
  [left, top],
];

/** 10 m × 6 m with a hole of 2 m × 2 m, at the corner of a national grid. */
const FAR = 5_000_000;
const PLAZA = createWalkableArea([box(FAR, FAR, FAR + 10, FAR + 6), box(FAR + 4, FAR + 2, FAR + 6, FAR + 4)]);

describe('sharedAreaM2', () => {
  it.each<[what: string, zone: Point[], expected: number]>([
    ['inside', box(1, 1, 3, 2), 2],
    ['round the hole', box(3, 1, 7, 5), 12],
    ['in the hole', box(4.5, 2.5, 5.5, 3.5), 0],
    ['over the edge', box(9, 5, 12, 9), 1],
    ['beside it', box(10, 0, 12, 6), 0],
    ['far away', box(500, 500, 900, 900), 0],
    ['round all of it', box(-5, -5, 20, 20), 56],
    [
      'with a corner that turns inwards',
      [
        [0, 0],
        [4, 0],
        [4, 1],
        [1, 1],
        [1, 4],
        [0, 4],
      ],
      7,
    ],
  ])('of a zone %s', (_what, zone, expected) => {
    const there = zone.map(([x, y]): Point => [x + FAR, y + FAR]);
    expect(sharedAreaM2(PLAZA, createZonePieces(there))).toBeCloseTo(expected, 6);
    expect(sharedAreaM2(createZonePieces(there), PLAZA)).toBeCloseTo(expected, 6);
  });
});
