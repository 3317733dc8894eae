import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Point, signedArea } from '../contract/index.ts';
import {
  borderDistanceSquared,
  centroid,
  clipToConvex,
  clipToHalfPlane,
  densifyLine,
  densifyRing,
  flatPolygon,
  pointInPolygon,
} from './polygon.ts';

const UNIT: Point[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
/** An L: the upper right quarter of a 2×2 square is missing. */
const ELL: Point[] = [
  [0, 0],
  [2, 0],
  [2, 1],
  [1, 1],
  [1, 2],
  [0, 2],
];
const coordinate = fc.double({ min: -10, max: 10, noNaN: true });
const point: fc.Arbitrary<Point> = fc.tuple(coordinate, coordinate);

describe('pointInPolygon', () => {
  it.each([
    ['inside', 0.5, 0.5, true],
    ['outside', 1.5, 0.5, false],
    // Left and lower sides belong to it, right and upper ones do not.
    ['on the left side', 0, 0.5, true],
    ['on the lower side', 0.5, 0, true],
    ['on the right side', 1, 0.5, false],
    ['on the upper side', 0.5, 1, false],
    ['lower left corner', 0, 0, true],
    ['lower right corner', 1, 0, false],
    ['upper left corner', 0, 1, false],
    ['level with a corner, outside', -1, 0, false],
    ['not a number', Number.NaN, 0.5, false],
  ])('unit square: %s', (_what, x, y, expected) => {
    expect(pointInPolygon(flatPolygon(UNIT), x, y)).toBe(expected);
    expect(pointInPolygon(flatPolygon(UNIT.toReversed()), x, y)).toBe(expected);
  });

  it('knows the missing quarter of an L', () => {
    expect(pointInPolygon(flatPolygon(ELL), 1.5, 1.5)).toBe(false);
    expect(pointInPolygon(flatPolygon(ELL), 0.5, 1.5)).toBe(true);
  });

  it('puts every point in exactly one of two polygons that share a side (property)', () => {
    fc.assert(
      fc.property(point, point, point, (a, b, p) => {
        // A big square cut in two from its bottom to its top; the cut runs through a and b.
        const left = flatPolygon([[-20, -20], [a[0], -20], a, b, [b[0], 20], [-20, 20]]);
        const right = flatPolygon([[a[0], -20], [20, -20], [20, 20], [b[0], 20], b, a]);
        fc.pre(a[1] < b[1]);
        for (const [x, y] of [p, a, b]) expect(pointInPolygon(left, x, y)).not.toBe(pointInPolygon(right, x, y));
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});

describe('borderDistanceSquared', () => {
  it('is the plain distance for a unit circle', () => {
    expect(borderDistanceSquared(flatPolygon(UNIT), 0.5, 0.75, 1, 0, 1)).toBeCloseTo(0.25 ** 2);
    expect(borderDistanceSquared(flatPolygon(UNIT), 4, 5, 1, 0, 1)).toBeCloseTo(25);
  });

  it('does not change when both axes are stretched and sheared (property)', () => {
    const stretch = fc.double({ min: 0.1, max: 10, noNaN: true });
    fc.assert(
      fc.property(point, stretch, stretch, fc.double({ min: -2, max: 2, noNaN: true }), ([px, py], sx, sy, k) => {
        const map = ([x, y]: Point): Point => [sx * x + k * y, sy * y];
        const [qx, qy] = map([px, py]);
        const [xx, xy, yy] = [0.5, 0.2, 0.3];
        const plain = borderDistanceSquared(flatPolygon(ELL), px, py, xx, xy, yy);
        const mapped = borderDistanceSquared(
          flatPolygon(ELL.map(map)),
          qx,
          qy,
          sx * sx * xx + 2 * sx * k * xy + k * k * yy,
          sx * sy * xy + k * sy * yy,
          sy * sy * yy,
        );
        expect(mapped).toBeCloseTo(plain, 6);
      }),
      { seed: 4 },
    );
  });
});

describe('clipping, area and centroid', () => {
  it('clips to a convex polygon', () => {
    const square: Point[] = [
      [0.5, 0.5],
      [3, 0.5],
      [3, 3],
      [0.5, 3],
    ];
    expect(signedArea(clipToConvex(UNIT, square))).toBeCloseTo(0.25);
    expect(signedArea(clipToConvex(ELL, square))).toBeCloseTo(1.25);
    expect(
      clipToConvex(UNIT, [
        [5, 5],
        [6, 5],
        [6, 6],
      ]),
    ).toEqual([]);
    expect(signedArea(clipToConvex(UNIT, UNIT))).toBeCloseTo(1);
  });

  it('loses and gains no area when a half-plane cuts in two (property)', () => {
    fc.assert(
      fc.property(coordinate, coordinate, coordinate, (a, b, c) => {
        const one = signedArea(clipToHalfPlane(ELL, a, b, c / 10));
        const other = signedArea(clipToHalfPlane(ELL, -a, -b, -c / 10));
        fc.pre(Math.hypot(a, b) > 1e-3);
        expect(one + other).toBeCloseTo(3, 9);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('finds the centroid, far away too', () => {
    expect(centroid(UNIT)).toEqual([0.5, 0.5]);
    const [x, y] = centroid(ELL.map(([px, py]): Point => [px + 1e6, py - 1e6]));
    expect(x - 1e6).toBeCloseTo(5 / 6, 6);
    expect(y + 1e6).toBeCloseTo(5 / 6, 6);
    expect(
      centroid([
        [0, 0],
        [1, 0],
        [2, 0],
      ]),
    ).toEqual([1, 0]);
  });

  it('puts points along a border', () => {
    expect(densifyLine([0, 0], [1, 2], 2)).toEqual([
      [0, 0],
      [0.5, 1],
      [1, 2],
    ]);
    expect(densifyRing(UNIT, 3)).toHaveLength(12);
    expect(signedArea(densifyRing(ELL, 7))).toBeCloseTo(3);
  });
});

describe('signedArea', () => {
  it('loses no digits to the coordinates of a national grid', () => {
    const patch: Point[] = [
      [0, 0],
      [0.03125, 0],
      [0.03125, 0.0625],
    ];
    const away = patch.map(([x, y]): Point => [x + 500_000, y + 5_800_000]);
    expect(signedArea(away)).toBe(signedArea(patch));
    expect(signedArea(patch)).toBe((0.03125 * 0.0625) / 2);
  });
});
