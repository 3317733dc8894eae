import { describe, expect, it } from 'vitest';
import { rateOfTimes } from './clock.ts';

/** Times of so many frames, each rounded to so many decimals, some left out. */
const times = (rate: number, count: number, decimals: number, isThere = (_frame: number): boolean => true) =>
  Float64Array.from(
    Array.from({ length: count }, (_, frame) => frame)
      .filter(isThere)
      .map((frame) => Number((frame / rate).toFixed(decimals))),
  );

describe('rateOfTimes', () => {
  const even: readonly [name: string, times: Float64Array, expected: number][] = [
    ['25 frames/s', times(25, 100, 6), 25],
    ['30, with two decimals: gaps of 0.03 and 0.04', times(30, 300, 2), 30],
    ['every time as often as there are people', times(16, 100, 4).map((_, i, all) => all[i >> 1]), 16],
    ['backwards', times(10, 100, 3).toReversed(), 10],
    ['with frames missing', times(25, 400, 3, (frame) => frame % 7 !== 3 && frame < 390), 25],
    ['two times', Float64Array.of(4, 4.5), 2],
    ['ten minutes between pictures', times(1 / 600, 10, 0), 1 / 600],
  ];
  it.each(even)('%s', (_, input, expected) => {
    expect(rateOfTimes(input)).toBeCloseTo(expected, 9);
  });

  const uneven: readonly [name: string, times: Float64Array][] = [
    ['one time', Float64Array.of(4, 4, 4)],
    ['at random', Float64Array.of(0, 0.1, 0.27, 0.31, 0.5)],
  ];
  it.each(uneven)('%s', (_, input) => {
    expect(rateOfTimes(input)).toBeNull();
  });

  it('tells 29.97 from 30', () => {
    expect(rateOfTimes(times(29.97, 1000, 3))).toBeCloseTo(29.97, 3);
  });
});
