import { describe, expect, it } from 'vitest';
import { Headways } from './headway.ts';

const of = (...timesS: number[]): Headways => {
  const headways = new Headways();
  for (const timeS of timesS) headways.add(1000 * timeS);
  return headways;
};

const rounded = (value: number | null): number | null => value && Math.round(1e9 * value) / 1e9;

describe('Headways', () => {
  it.each<readonly [what: string, timesS: number[], mean: number | null, error: number | null, least: number | null]>([
    ['nobody', [], null, null, null],
    ['one person', [3], null, null, null],
    ['two people', [3, 5], 2, null, 2],
    // Headways 1, 2, 3: standard deviation 1.
    ['four people', [0, 1, 3, 6], 2, 1 / Math.sqrt(3), 1],
    ['the same out of order', [6, 1, 0, 3], 2, 1 / Math.sqrt(3), 1],
    ['a steady stream', [0, 2, 4, 6, 8], 2, 0, 2],
    ['two at once', [0, 0, 4], 2, 2, 0],
    ['times that nobody knows', [0, Number.NaN, 2], 2, null, 2],
  ])('%s', (_what, timesS, mean, error, least) => {
    const { meanS, leastS } = of(...timesS).close();
    expect(meanS.value).toEqual(mean);
    expect(leastS).toEqual(least);
    expect(rounded(meanS.standardError)).toEqual(rounded(error));
  });

  it('counts a headway in the window in which it ends', () => {
    const headways = of(0, 1, 2);
    expect(headways.close().meanS.value).toBe(1);
    expect(headways.close().meanS.value).toBeNull();
    headways.add(12_000);
    expect(headways.close()).toEqual({ meanS: { value: 10, standardError: null }, leastS: 10 });
  });

  it('takes a time that comes a window late for what it is', () => {
    const headways = of(0, 4);
    headways.close();
    headways.add(3000);
    headways.add(6000);
    // From 3 to 4 and from 4 to 6; the 4 s told of before are not taken back.
    expect(headways.close().meanS.value).toBe(1.5);
  });

  it('does not measure through a hole', () => {
    const headways = of(0, 1);
    headways.interrupt();
    headways.add(100_000);
    headways.add(103_000);
    expect(headways.close().meanS.value).toBe(2);
  });

  it('holds as many crossings as there are', () => {
    const headways = new Headways();
    for (let i = 0; i <= 1000; i++) headways.add(500 * i);
    expect(headways.close().meanS).toEqual({ value: 0.5, standardError: 0 });
  });
});
