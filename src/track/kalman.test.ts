import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AXIS_SIZE, edgeSurprise, initializeAxis, observeEdge, predictAxis } from './kalman.ts';

/** An axis with anchor 10, size 4, edges of variance 1, and an unknown rate of variance 9. */
const begin = (upperShare: number): Float64Array => {
  const x = new Float64Array(AXIS_SIZE);
  initializeAxis(x, 0, { anchor: 10, size: 4, upperShare, edgeVariance: 1, rateVariance: 9 });
  return x;
};

//                 p, v, s | PP, PV, PS, VV, VS, SS
describe('an axis', () => {
  it.each([
    ['its middle', 0.5, [10, 0, 4, 0.5, 0, 0, 9, 0, 2]],
    ['its far edge', 0, [10, 0, 4, 1, 0, 1, 9, 0, 2]],
  ])('begins at %s', (_name, share, expected) => {
    expect(Array.from(begin(share))).toEqual(expected);
  });

  it('moves on: p + v·dt, P = F·P·Fᵀ + Q, by hand for dt = 2, q = 3, r = 0.5', () => {
    const x = begin(0.5);
    x[1] = 1;
    predictAxis(x, 0, 2, 3, 0.5);
    // PP = 0.5 + 4·9 + 3·8/3 = 44.5, PV = 2·9 + 3·4/2 = 24, VV = 9 + 6 = 15, SS = 2 + 1 = 3
    expect(Array.from(x)).toEqual([12, 1, 4, 44.5, 24, 0, 15, 0, 3]);
  });

  it('takes in an edge: by hand for the anchor itself, observed at 11 with variance 1', () => {
    const x = begin(0);
    observeEdge(x, 0, 0, 11, 1);
    // S = 1 + 1, gain = (1, 0, 1)/2, innovation 1
    expect(Array.from(x)).toEqual([10.5, 0, 4.5, 0.5, 0, 0.5, 9, 0, 1.5]);
  });

  it('takes in an edge beside the anchor: right edge at p + s/2, observed at 13 with variance 1', () => {
    const x = begin(0.5);
    observeEdge(x, 0, 0.5, 13, 1);
    // h·P = (0.5, 0, 1), S = 0.5 + 0.5 + 1 = 2, innovation 1
    expect(Array.from(x)).toEqual([10.25, 0, 4.5, 0.375, 0, -0.25, 9, 0, 1.5]);
  });

  it('learns its rate from where it goes', () => {
    const x = begin(0);
    for (let i = 1; i <= 50; i++) {
      predictAxis(x, 0, 0.2, 0.01, 0.01);
      observeEdge(x, 0, 0, 10 + 0.6 * i, 0.01);
      observeEdge(x, 0, -1, 6 + 0.6 * i, 0.01);
    }
    expect(x[0]).toBeCloseTo(40, 2);
    expect(x[1]).toBeCloseTo(3, 2);
    expect(x[2]).toBeCloseTo(4, 2);
  });

  it('does not follow one edge that jumps, and does once it insists', () => {
    const settled = begin(0);
    for (let i = 0; i < 30; i++) {
      predictAxis(settled, 0, 0.1, 0.1, 0.1);
      observeEdge(settled, 0, 0, 10, 0.04);
      observeEdge(settled, 0, -1, 6, 0.04);
    }
    const jumped = settled.slice();
    observeEdge(jumped, 0, 0, 8, 0.04);
    expect(10 - jumped[0]).toBeLessThan(0.3);
    for (let i = 0; i < 60; i++) {
      predictAxis(jumped, 0, 0.1, 0.1, 0.1);
      observeEdge(jumped, 0, 0, 8, 0.04);
      observeEdge(jumped, 0, -1, 6, 0.04);
    }
    expect(jumped[0]).toBeCloseTo(8, 1);
  });

  it('learns nothing from an edge of infinite variance', () => {
    const x = begin(0.5);
    observeEdge(x, 0, 0.5, 99, Infinity);
    expect(Array.from(x)).toEqual(Array.from(begin(0.5)));
    expect(edgeSurprise(x, 0, 0.5, 99, Infinity)).toBe(0);
  });

  it('keeps a covariance that is one, whatever comes', () => {
    const step = fc.record({
      dtS: fc.double({ min: 0, max: 3, noNaN: true }),
      k: fc.constantFrom(-1, -0.5, 0, 0.5),
      observed: fc.double({ min: -50, max: 50, noNaN: true }),
      variance: fc.double({ min: 1e-4, max: 10, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const x = begin(0.5);
        for (const { dtS, k, observed, variance } of steps) {
          predictAxis(x, 0, dtS, 0.2, 0.02);
          observeEdge(x, 0, k, observed, variance);
        }
        const [, , , pp, pv, ps, vv, vs, ss] = x;
        const determinant = pp * (vv * ss - vs * vs) - pv * (pv * ss - vs * ps) + ps * (pv * vs - vv * ps);
        for (const value of [pp, vv, ss, pp * vv - pv * pv, pp * ss - ps * ps, determinant])
          expect(value).toBeGreaterThan(-1e-9);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe('surprise', () => {
  it.each([
    ['as expected', 10, 0],
    ['two deviations off', 10 + 2 * Math.SQRT2, 0.5],
    ['six deviations off', 10 + 6 * Math.SQRT2, 0.9],
  ])('%s', (_name, observed, expected) => {
    expect(edgeSurprise(begin(0), 0, 0, observed, 1)).toBeCloseTo(expected, 12);
  });
});
