import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DetectionQuality, ERROR_MEMORY_S } from '../../contract/index.ts';
import { rms, seededChance } from './chance.fixture.ts';
import {
  countErrors,
  detectionErrorOf,
  independentLooks,
  NO_DETECTION_ERROR,
  totalVariance,
} from './detection-error.ts';

const validated = (recall: number, precision: number, recallSe = 0, precisionSe = 0): DetectionQuality => ({
  recall,
  precision,
  recallSe,
  precisionSe,
  source: 'validated here',
});

describe('detectionErrorOf', () => {
  it('knows nothing of an unknown detector', () => {
    expect(detectionErrorOf(null)).toBe(NO_DETECTION_ERROR);
    expect(countErrors(NO_DETECTION_ERROR, 40)).toEqual({ random: 0, systematic: 0 });
  });

  it('has no error for a perfect one', () => {
    expect(countErrors(detectionErrorOf(validated(1, 1)), 40)).toEqual({ random: 0, systematic: 0 });
  });

  // recall, precision, standard errors, where from -> systematic share of the count
  it.each<[string, DetectionQuality, number]>([
    ['a tenth is missed, nobody made up', validated(0.9, 1), 1 / 0.9 - 1],
    ['as many made up as missed', validated(0.9, 0.9), 0],
    ['the same, known to 3 %', validated(0.9, 0.9, 0.027, 0), 0.03],
    ['known to 3 % and 4 %', validated(0.9, 0.9, 0.027, 0.036), 0.05],
    ['nobody said how sure', { recall: 0.8, precision: 1, source: 'validated here' }, Math.hypot(0.25, 1.25 * 0.25)],
    ['a card that is sure of itself', { ...validated(0.8, 1), source: 'model card' }, Math.hypot(0.25, 1.25 * 0.25)],
    [
      'a card less sure than that',
      { ...validated(0.8, 1, 0.4), source: 'model card' },
      Math.hypot(0.25, 1.25 * (0.4 / 0.8)),
    ],
  ])('adds bias and doubt: %s', (_what, quality, share) => {
    expect(detectionErrorOf(quality).systematicShare).toBeCloseTo(share, 12);
  });

  it('does not believe that nobody is missed because nobody was', () => {
    const { variancePerPerson, varianceOfNobody, selectionShare } = detectionErrorOf(validated(1, 1, 0.03, 0.04));
    expect([variancePerPerson, varianceOfNobody, selectionShare]).toEqual([
      expect.closeTo(0.07, 12),
      expect.closeTo(0.015, 12),
      expect.closeTo(0.05, 12),
    ]);
  });
});

describe('countErrors', () => {
  // The world: N people, each seen with probability r; so many false alarms that the share p of all reports is real.
  it.each<[recall: number, precision: number, mean: number]>([
    [0.936, 0.922, 5.6],
    [0.95, 0.99, 30],
    [0.8, 0.9, 100],
    [0.6, 0.95, 12],
    [0.936, 0.922, 0.3],
  ])('agrees with chance: recall %d, precision %d, about %d people', (r, p, mean) => {
    const chance = seededChance(3);
    const error = detectionErrorOf(validated(r, p));
    const z: number[] = [];
    for (let trial = 0; trial < 4000; trial++) {
      const people = chance.poisson(mean);
      const reported = chance.binomial(people, r) + chance.poisson((mean * r * (1 - p)) / p);
      z.push((reported - people) / Math.sqrt(totalVariance(countErrors(error, reported))));
    }
    // Where hardly anybody is, the half person of whom nothing was seen makes it cautious.
    expect(rms(z)).toBeGreaterThan(mean < 1 ? 0.7 : 0.8);
    expect(rms(z)).toBeLessThan(1.15);
  });

  it('averages out what is random, and nothing else', () => {
    const error = detectionErrorOf(validated(0.9, 0.95, 0.02, 0.02));
    const once = countErrors(error, 20);
    const often = countErrors(error, 20, 25);
    expect(often.random).toBeCloseTo(once.random / 5, 12);
    expect(often.systematic).toBe(once.systematic);
  });

  it('is not certain that an empty zone is empty', () => {
    const { random, systematic } = countErrors(detectionErrorOf(validated(0.9, 0.95)), 0);
    expect(random).toBeCloseTo(Math.sqrt(0.05) / 0.9, 12);
    expect(systematic).toBe(0);
  });

  it('grows with the people, and falls with recall', () => {
    const share = fc.double({ min: 0.05, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(share, share, fc.nat(1000), (r, p, people) => {
        const error = detectionErrorOf(validated(r, p));
        const worse = detectionErrorOf(validated(r * 0.9, p));
        const [one, more, less] = [
          countErrors(error, people),
          countErrors(error, people + 1),
          countErrors(worse, people),
        ];
        expect(more.random).toBeGreaterThan(one.random);
        expect(less.random).toBeGreaterThan(one.random);
        expect(Number.isFinite(totalVariance(less))).toBe(true);
      }),
    );
  });
});

it('looks anew once in the memory of an error, and once at least', () => {
  expect([0, 1, ERROR_MEMORY_S, 60].map(independentLooks)).toEqual([1, 1, 1, 60 / ERROR_MEMORY_S]);
});

it('foresees the mean of a series whose errors last', () => {
  // Twelve people for a minute at 5 frames/s; whether each is seen is drawn anew at random times, every 5 s on average.
  const chance = seededChance(4);
  const r = 0.9;
  const errors = Array.from({ length: 300 }, () => {
    let seen = 0;
    for (let person = 0; person < 12; person++) {
      let isSeen = chance.uniform() < r;
      for (let frame = 0; frame < 300; frame++) {
        // Redrawn at rate 2/τ: the integrated autocorrelation is then τ.
        if (chance.uniform() < 2 / (5 * ERROR_MEMORY_S)) isSeen = chance.uniform() < r;
        if (isSeen) seen++;
      }
    }
    return seen / 300 - 12 * r;
  });
  const { random } = countErrors(detectionErrorOf(validated(r, 1)), 12 * r, independentLooks(60));
  // An error of the people there is one of those reported divided by r.
  expect(rms(errors) / r / random).toBeGreaterThan(0.85);
  expect(rms(errors) / r / random).toBeLessThan(1.15);
});
