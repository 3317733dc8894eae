import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConvexPolygon } from './convex.ts';

const square = (): ConvexPolygon => {
  const polygon = new ConvexPolygon();
  polygon.load(Float64Array.of(0, 2, 2, 0), Float64Array.of(0, 0, 2, 2), 0, 4, -1, -1);
  return polygon;
};

describe('ConvexPolygon', () => {
  it.each([
    ['nothing', [1, 0, 5], 4, false],
    ['nothing, along a side', [1, 0, 1], 4, false],
    ['half', [1, 0, 0], 2, true],
    ['a corner', [-1, -1, 1.5], 4 - 0.125, true],
    ['all but a corner', [1, 1, -1.5], 0.125, true],
    ['everything', [1, 0, -5], 0, true],
    ['everything but a side', [1, 0, -1], 0, true],
  ] as const)('cuts off %s', (_what, [a, b, c], area, isCut) => {
    const polygon = square();
    expect(polygon.clip(a, b, c)).toBe(isCut);
    expect(polygon.area).toBeCloseTo(area, 12);
  });

  it('goes on with more corners than it had room for', () => {
    const polygon = square();
    for (let i = 0; i < 1000; i++) polygon.clip(-Math.cos(i), -Math.sin(i), 0.9);
    expect(polygon.count).toBeGreaterThan(64);
    expect(polygon.area).toBeCloseTo(Math.PI * 0.81, 3);
  });

  it('knows how far its corners are', () => {
    expect(square().reachSquared).toBe(2);
  });

  // The square from −1 to 1.
  it.each([
    ['across', [-3, 0, 3, 0], 2],
    ['within', [-0.5, 0, 0.5, 0], 1],
    ['half in', [0, 0, 0, 5], 1],
    ['beside', [-3, 2, 3, 2], 0],
    ['along a side', [-3, 1, 3, 1], 2],
    ['past a corner', [0, 3, 3, 0], 0],
    ['of no length', [0, 0, 0, 0], 0],
  ] as const)('measures a segment %s', (_what, [ax, ay, bx, by], length) => {
    expect(square().lengthInside(ax, ay, bx, by)).toBeCloseTo(length, 12);
  });

  it('leaves as much as it cuts off', () => {
    const side = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(side, side, side), { maxLength: 12 }), (cuts) => {
        const polygon = square();
        const other = new ConvexPolygon();
        for (const [a, b, c] of cuts) {
          const before = polygon.area;
          other.copy(polygon);
          polygon.clip(a, b, c);
          other.clip(-a, -b, -c);
          expect(polygon.area + other.area).toBeCloseTo(before, 9);
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
