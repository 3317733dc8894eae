import { describe, expect, it } from 'vitest';
import type { Point } from '../../contract/index.ts';
import { stretchDepthM } from './stretch-depth.ts';

const A: Point = [0, 0];
const B: Point = [4, 0];
/** Left of a→b: above it. */
const ABOVE: Point[] = [A, B, [4, 3], [0, 3]];
const BELOW: Point[] = [A, B, [4, -2], [0, -2]];
const ELSEWHERE: Point[] = [
  [9, 9],
  [10, 9],
  [10, 10],
];

describe('stretchDepthM', () => {
  it.each<readonly [what: string, statedM: number | undefined, zones: Point[][], depthM: number]>([
    ['what the gate states, before any zone', 1.5, [ABOVE], 1.5],
    ['a zone on its left', undefined, [ELSEWHERE, ABOVE], 3],
    ['a zone on its right', undefined, [BELOW], -2],
    ['the zone on its left before the one on its right', undefined, [BELOW, ABOVE], 3],
    ['a zone drawn the other way round', undefined, [ABOVE.toReversed()], 3],
    ['a zone that begins at another corner', undefined, [[...ABOVE.slice(2), ...ABOVE.slice(0, 2)]], 3],
    ['a zone that is not a rectangle: as far as it reaches', undefined, [[A, B, [3, 5], [1, 2]]], 5],
    ['a concave zone: on the side of the gate only', undefined, [[A, B, [6, -7], [7, 3], [0, 2]]], 3],
    [
      'corners a micrometre off',
      undefined,
      [
        [
          [0, 5e-7],
          [4, -5e-7],
          [4, 3],
          [0, 3],
        ],
      ],
      3,
    ],
    ['corners a millimetre off are no side of it', undefined, [[[0, 1e-3], B, [4, 3], [0, 3]]], 1],
    ['a zone that shares one corner', undefined, [[A, [1, 1], [-1, 1]]], 1],
    ['no zones: the default', undefined, [], 1],
  ])('%s', (_what, statedM, zones, depthM) => {
    expect(stretchDepthM(A, B, statedM, zones, 1)).toBeCloseTo(depthM, 5);
  });

  it('has everything on its other side when the gate is turned round', () => {
    expect(stretchDepthM(B, A, undefined, [ABOVE], 1)).toBe(-3);
    expect(stretchDepthM(B, A, undefined, [BELOW, ABOVE], 1)).toBe(2);
    expect(stretchDepthM(B, A, undefined, [], 1)).toBe(1);
  });
});
