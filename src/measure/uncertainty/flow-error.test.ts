import { expect, it } from 'vitest';
import { deviation, rms, seededChance } from './chance.fixture.ts';
import { flowStandardError } from './flow-error.ts';

it.each([0.2, 2, 20])('foresees how counts of the same flow differ: %d a window', (mean) => {
  const chance = seededChance(11);
  const counts = Array.from({ length: 2000 }, () => chance.poisson(mean));
  const told = rms(counts.map((count) => flowStandardError(count, 0, 30)));
  // With few, the half person for those who did not come weighs: too large, and never 0.
  expect(told / (deviation(counts) / 30)).toBeGreaterThan(0.95);
  expect(told / (deviation(counts) / 30)).toBeLessThan(mean < 1 ? 2 : 1.15);
});

it.each<[string, number, number, number, number]>([
  ['a count known exactly', 9.5, 0, 10, Math.sqrt(10) / 10],
  ['with an error of the count', 5.5, 3, 10, 0.3],
  ['nobody', 0, 0, 60, Math.sqrt(0.5) / 60],
])('adds the variance of the count: %s', (_what, people, variance, windowS, expected) => {
  expect(flowStandardError(people, variance, windowS)).toBeCloseTo(expected, 12);
});
