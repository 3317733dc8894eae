import { expect, test } from 'vitest';
import { MeasuredRate } from './measured-rate.ts';

const rateOf = (counts: readonly number[]): MeasuredRate => {
  const rate = new MeasuredRate();
  for (const count of counts) rate.add(count);
  return rate;
};

test.each<[string, number[], boolean]>([
  ['nothing yet', [], false],
  ['too short to tell', [0, 0, 0, 0], false],
  ['two a second', [2, 2, 2, 2, 2], false],
  ['two a second, not by the clock', [2, 1, 3, 2, 1], false],
  ['one a second', [1, 1, 1, 1, 1], true],
  ['a moment of calm in the past', [0, 0, 5, 5, 5, 5, 5], false],
])('%s', (_, counts, tooLow) => {
  expect(
    rateOf(counts)
      .reasons()
      .map(({ code }) => code),
  ).toEqual(tooLow ? ['RATE_TOO_LOW'] : []);
});

test('what was before a hole says nothing about now', () => {
  const rate = rateOf([1, 1, 1, 1, 1]);
  rate.reset();
  expect(rate.framesPerS).toBeNull();
  expect(rate.reasons()).toEqual([]);
});
