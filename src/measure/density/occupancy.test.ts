import { describe, expect, it } from 'vitest';
import { createPlanarPoints, type ErrorCode, type Point, StarlingError } from '../../contract/index.ts';
import { flatPolygon } from '../../ground/index.ts';
import { classicDensity, meanDensity } from './classic.ts';
import { flow, specificFlow } from '../flow/flow.ts';
import { measureOccupancy, measureViewOccupancy } from './occupancy.ts';

const SQUARE = flatPolygon([
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
]);

const occupancyOf = (people: readonly Point[], error: number, classIndex = 0) => {
  const points = createPlanarPoints('ground', people.length + 1);
  points.count = people.length;
  for (const [i, [x, y]] of people.entries()) {
    points.x[i] = x;
    points.y[i] = y;
    points.varianceXX[i] = error ** 2;
    points.varianceYY[i] = error ** 2;
    points.classIndex[i] = classIndex;
  }
  const inside = new Uint8Array(people.length);
  const out = { people: 0, borderVariance: 0 };
  measureOccupancy(SQUARE, points, inside, out);
  const view = { people: 0, borderVariance: 0 };
  measureViewOccupancy(points, new Uint8Array(people.length), view);
  return { ...out, inside: [...inside], view: view.people };
};

describe('measureOccupancy', () => {
  it('counts people in the zone, and in the view', () => {
    const found = occupancyOf(
      [
        [1, 1],
        [5, 5],
        [3, 3],
      ],
      0.1,
    );
    expect(found).toMatchObject({ people: 2, inside: [1, 0, 1], view: 3 });
    expect(found.borderVariance).toBeLessThan(1e-3);
  });

  it('does not count what is not a person', () => {
    expect(occupancyOf([[1, 1]], 0.1, 2)).toMatchObject({ people: 0, inside: [0], view: 0, borderVariance: 0 });
  });

  // Variance p(1 − p) with p from the standard normal table.
  it.each([
    ['on the border', [0, 2], 0.25],
    ['half a standard error inside', [0.1, 2], 0.3085 * 0.6915],
    ['half a standard error outside', [-0.1, 2], 0.3085 * 0.6915],
    ['two standard errors inside', [0.4, 2], 0.02275 * 0.97725],
    ['five standard errors inside', [1, 2], 0],
  ] as const)('knows how sure it is of somebody %s', (_what, place, variance) => {
    expect(occupancyOf([place], 0.2).borderVariance).toBeCloseTo(variance, 4);
  });

  it('takes points without error at their word', () => {
    expect(occupancyOf([[0, 2]], 0).borderVariance).toBe(0);
  });

  it('counts nobody', () => {
    expect(occupancyOf([], 0.1)).toMatchObject({ people: 0, borderVariance: 0, view: 0 });
  });
});

const codeOf = (action: () => unknown): ErrorCode | 'none' => {
  try {
    action();
    return 'none';
  } catch (error) {
    if (error instanceof StarlingError) return error.code;
    throw error;
  }
};

describe('density', () => {
  it('is people over area', () => {
    expect(classicDensity(9, 6)).toBe(1.5);
    expect(classicDensity(0, 6)).toBe(0);
  });

  it('carries the errors of both', () => {
    const occupancy = { value: 10, standardError: 1 };
    expect(meanDensity(occupancy, { value: 5, standardError: 0 })).toEqual({ value: 2, standardError: 0.2 });
    // 10 % and 10 % make 14.1 %.
    expect(meanDensity(occupancy, { value: 5, standardError: 0.5 }).standardError).toBeCloseTo(
      2 * Math.SQRT2 * 0.1,
      12,
    );
    expect(meanDensity({ value: null, standardError: null }, { value: 5, standardError: 0 }).value).toBeNull();
  });

  it.each([0, -1, Number.NaN])('has no meaning for an area of %f', (areaM2) => {
    expect(codeOf(() => classicDensity(1, areaM2))).toBe('MEASURE_BAD_AREA');
  });
});

describe('flow', () => {
  it('is people over time, and over width', () => {
    expect(flow(30, 60)).toBe(0.5);
    // The Green Guide's 82 people per metre per minute.
    expect(specificFlow(164, 60, 2)).toBeCloseTo(82 / 60, 12);
  });

  it.each([
    ['no time', () => flow(1, 0), 'MEASURE_BAD_WINDOW'],
    ['no width', () => specificFlow(1, 60, 0), 'MEASURE_BAD_WIDTH'],
    ['a width that is not a number', () => specificFlow(1, 60, Number.NaN), 'MEASURE_BAD_WIDTH'],
  ] as const)('refuses %s', (_what, action, code) => {
    expect(codeOf(action)).toBe(code);
  });
});
