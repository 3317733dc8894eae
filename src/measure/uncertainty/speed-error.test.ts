import { describe, expect, it } from 'vitest';
import { rms, seededChance } from './chance.fixture.ts';
import { detectionErrorOf, NO_DETECTION_ERROR } from './detection-error.ts';
import { selectionVariance } from './speed-error.ts';

describe('selectionVariance', () => {
  const detection = detectionErrorOf({
    recall: 0.9,
    precision: 1,
    recallSe: 0,
    precisionSe: 0,
    source: 'validated here',
  });

  it.each<[string, number, number, number, number]>([
    ['everybody is known', 0.09, 1, 0, 0.09 * 0.01],
    ['half are too new to have a speed', 0.09, 0.5, 0, 0.09 * 0.26],
    ['all walk alike', 0, 0.5, 0.3, 0],
    ['few people', 0.09, 1, 0.2, 0.09 * 0.05],
  ])('%s', (_what, between, known, randomShare, expected) => {
    expect(selectionVariance(between, known, detection, randomShare)).toBeCloseTo(expected, 12);
  });

  it('is nothing where everybody is seen', () => {
    expect(selectionVariance(0.09, 1, NO_DETECTION_ERROR)).toBe(0);
  });

  it('covers those who are missed because they are slow', () => {
    // A fifth walks one deviation slower than the rest, and is missed half of the time.
    const { normal, uniform } = seededChance(22);
    const off = Array.from({ length: 500 }, () => {
      const people = Array.from({ length: 40 }, (_, i) => ({
        speed: 1 + 0.3 * (normal() - Number(i < 8)),
        slow: i < 8,
      }));
      const seen = people.filter(({ slow }) => !slow || uniform() < 0.5);
      const mean = (all: typeof people): number => all.reduce((sum, { speed }) => sum + speed, 0) / all.length;
      return mean(seen) - mean(people);
    });
    expect(rms(off)).toBeLessThan(Math.sqrt(selectionVariance(0.09 * 1.16, 1, detection)) * 1.5);
  });
});
