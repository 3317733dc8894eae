import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRhythm } from './rhythm.ts';

const taken = (times: readonly number[], framesPerS: number, periodMs: number): number[] => {
  const rhythm = createRhythm(framesPerS);
  return times.filter((timeMs) => rhythm.takes(timeMs, periodMs));
};

const every = (periodMs: number, count: number): number[] => Array.from({ length: count }, (_, i) => i * periodMs);

describe('a rhythm', () => {
  const cases: readonly [name: string, times: number[], framesPerS: number, periodMs: number, taken: number[]][] = [
    ['half of them', every(100, 6), 5, 100, [0, 200, 400]],
    ['all, at their own rate', every(100, 4), 10, 100, [0, 100, 200, 300]],
    ['all, at more than there are', every(100, 4), 1000, 100, [0, 100, 200, 300]],
    ['all, without a rate', every(100, 4), Number.POSITIVE_INFINITY, 100, [0, 100, 200, 300]],
    // 5 of 7 a second: the nearest to each fifth of a second.
    [
      'a rate that does not divide',
      [0, 143, 286, 429, 571, 714, 857, 1000],
      5,
      1000 / 7,
      [0, 143, 429, 571, 857, 1000],
    ],
    ['after a gap it begins anew', [0, 100, 200, 950, 1050, 1150, 1250], 5, 100, [0, 200, 950, 1150]],
    ['after the clock was set back it begins anew', [900, 1000, 100, 200, 300], 5, 100, [900, 100, 300]],
    ['only the first, at no rate', every(100, 4), 0, 100, [0]],
    ['none', [], 5, 100, []],
  ];
  it.each(cases)('%s', (_, times, framesPerS, periodMs, expected) => {
    expect(taken(times, framesPerS, periodMs)).toEqual(expected);
  });

  it('takes as many as it was asked for, whatever the two rates', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (sourcePerS, framesPerS) => {
        const seconds = 20;
        const count = taken(every(1000 / sourcePerS, seconds * sourcePerS), framesPerS, 1000 / sourcePerS).length;
        expect(Math.abs(count - seconds * Math.min(sourcePerS, framesPerS))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('changes its rate on the way', () => {
    const rhythm = createRhythm(1);
    const takes = (timeMs: number): boolean => rhythm.takes(timeMs, 100);
    expect([0, 100, 200].map(takes)).toEqual([true, false, false]);
    rhythm.setRate(5);
    expect([300, 400, 500, 600].map(takes)).toEqual([true, true, false, true]);
    rhythm.setRate(1);
    expect([700, 1500, 1600].map(takes)).toEqual([false, false, true]);
    rhythm.setRate(Number.POSITIVE_INFINITY);
    expect([1700, 1800].map(takes)).toEqual([true, true]);
  });
});
