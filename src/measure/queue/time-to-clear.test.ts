import { describe, expect, it } from 'vitest';
import { timeToClear } from './time-to-clear.ts';

describe('timeToClear', () => {
  it.each([
    // 100 people, 60 a minute out, none in: 100 s; 1.96·√60 = 15.18.
    ['an emptying hall', { occupancy: 100, entered: 0, left: 60, windowS: 60 }, 100, 6000 / 75.18, 6000 / 44.82],
    ['some come in', { occupancy: 100, entered: 20, left: 60, windowS: 60 }, 150, 6000 / 57.53, 6000 / 22.47],
    ['hardly emptying', { occupancy: 100, entered: 50, left: 60, windowS: 60 }, 600, 6000 / 30.556, null],
    ['nobody left to leave', { occupancy: 0, entered: 3, left: 1, windowS: 60 }, 0, 0, 0],
  ] as const)('%s', (_what, flows, timeS, earliestS, latestS) => {
    const found = timeToClear(flows);
    expect(found?.timeS).toBeCloseTo(timeS, 6);
    expect(found?.earliestS).toBeCloseTo(earliestS, 0);
    expect(found?.latestS && Math.round(found.latestS)).toBe(latestS && Math.round(latestS));
  });

  it.each([
    ['as many come as go', { occupancy: 10, entered: 5, left: 5, windowS: 60 }],
    ['it fills', { occupancy: 10, entered: 9, left: 5, windowS: 60 }],
    ['nothing moves', { occupancy: 10, entered: 0, left: 0, windowS: 60 }],
    ['the occupancy is unknown', { occupancy: null, entered: 0, left: 5, windowS: 60 }],
    ['the occupancy is not a number', { occupancy: Number.NaN, entered: 0, left: Number.NaN, windowS: 60 }],
    ['nothing was measured', { occupancy: 10, entered: 0, left: 5, windowS: 0 }],
  ] as const)('is unknown when %s', (_what, flows) => {
    expect(timeToClear(flows)).toBeNull();
  });
});
