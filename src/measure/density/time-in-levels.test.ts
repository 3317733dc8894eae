import { describe, expect, it } from 'vitest';
import { TimeInLevels } from './time-in-levels.ts';

describe('TimeInLevels', () => {
  it('adds up the time at each level', () => {
    const levels = new TimeInLevels('walkway');
    for (const [density, seconds] of [
      [0.1, 2],
      [0.2, 1],
      [1, 5],
      [6, 0.5],
    ] as const) {
      levels.add(density, seconds);
    }
    expect(levels.snapshot()).toEqual({ A: 3, B: 0, C: 0, D: 5, E: 0, F: 0.5 });
  });

  it('goes by the table of the site', () => {
    const levels = new TimeInLevels('queue');
    levels.add(1, 5);
    expect(levels.snapshot().B).toBe(5);
  });

  it('puts time of which nothing is known at no level', () => {
    const levels = new TimeInLevels('walkway');
    levels.add(null, 5);
    levels.add(Number.NaN, 5);
    expect(Object.values(levels.snapshot())).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('gives copies', () => {
    const levels = new TimeInLevels('walkway');
    const before = levels.snapshot();
    levels.add(0, 1);
    expect([before.A, levels.snapshot().A]).toEqual([0, 1]);
  });
});
