import { describe, expect, it } from 'vitest';
import { OBJECT_CLASSES } from '../../contract/index.ts';
import { detectionErrorOf, NO_DETECTION_ERROR } from '../uncertainty/detection-error.ts';
import { GateTally } from './gate-tally.ts';
import { ZoneTally } from './zone-tally.ts';

/** People of one frame, all equally fast. */
const reading = (people: number, speedSumMps = 0, speedCount = 0, borderVariance = 0) => ({
  people,
  borderVariance,
  speedSumMps,
  speedSquareSum: speedCount > 0 ? speedSumMps ** 2 / speedCount : 0,
  speedErrorSquareSum: 0,
  speedCount,
});

/** Nobody is made up, a tenth is missed, and that is known exactly. */
const A_TENTH_MISSED = detectionErrorOf({
  recall: 0.9,
  precision: 1,
  recallSe: 0,
  precisionSe: 0,
  source: 'validated here',
});

describe('ZoneTally', () => {
  it('knows nothing before the first frame', () => {
    const tally = new ZoneTally();
    expect(tally.occupancyMean(10, NO_DETECTION_ERROR)).toEqual({ value: null, standardError: null });
    expect([tally.occupancyMax, tally.occupancyP95, tally.speed(0, 10, NO_DETECTION_ERROR).value]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('tells mean, 95th percentile and maximum apart', () => {
    const tally = new ZoneTally();
    for (let frame = 0; frame < 100; frame++) tally.add(reading(frame < 90 ? 1 : frame < 97 ? 4 : 9));
    expect(tally.occupancyMean(10, NO_DETECTION_ERROR).value).toBeCloseTo(0.9 + 0.28 + 0.27, 9);
    expect([tally.occupancyP95, tally.occupancyMax]).toEqual([4, 9]);
  });

  it('weighs speeds by people, not by frames', () => {
    const tally = new ZoneTally();
    tally.add(reading(1, 2, 1));
    tally.add(reading(3, 3, 3));
    tally.add(reading(0));
    tally.add(reading(2));
    expect(tally.speed(0, 10, NO_DETECTION_ERROR).value).toBe(1.25);
  });

  it('adds the error of the scale', () => {
    const tally = new ZoneTally();
    for (let frame = 0; frame < 10; frame++) tally.add(reading(1, 2, 1));
    expect(tally.speed(0.05, 10, NO_DETECTION_ERROR).standardError).toBeCloseTo(0.1, 12);
  });

  it.each([
    ['one frame', 1, 60, null],
    ['nothing changed in two seconds', 50, 2, null],
    ['nothing changed in a minute', 50, 60, 0],
  ])('knows a standard error, or does not: %s', (_what, frames, measuredS, standardError) => {
    const tally = new ZoneTally();
    for (let frame = 0; frame < frames; frame++) tally.add(reading(2, 2.2, 2));
    expect(tally.occupancyMean(measuredS, NO_DETECTION_ERROR)).toEqual({ value: 2, standardError });
    expect(tally.speed(0, measuredS, NO_DETECTION_ERROR).standardError).toEqual(standardError);
  });

  it('adds who may be on the other side of the border, decided anew every second', () => {
    const tally = new ZoneTally();
    for (let frame = 0; frame < 100; frame++) tally.add(reading(4, 0, 0, 0.25));
    expect(tally.occupancyMean(10, NO_DETECTION_ERROR).standardError).toBeCloseTo(Math.sqrt(0.25 / 10), 12);
  });

  it('adds whom the detector missed: at random once in five seconds, and all of the time', () => {
    const tally = new ZoneTally();
    for (let frame = 0; frame < 100; frame++) tally.add(reading(4));
    const random = (4 * 0.1 + 0.05) / 0.81;
    const systematic = (4 / 9) ** 2;
    expect(tally.occupancyMean(50, A_TENTH_MISSED).standardError).toBeCloseTo(Math.sqrt(random / 10 + systematic), 12);
    expect(tally.occupancyMean(2, A_TENTH_MISSED).standardError).toBeNull();
  });

  it('is not certain that nobody was there', () => {
    const tally = new ZoneTally();
    for (let frame = 0; frame < 100; frame++) tally.add(reading(0));
    expect(tally.occupancyMean(20, A_TENTH_MISSED)).toEqual({
      value: 0,
      standardError: expect.closeTo(Math.sqrt(0.05 / 0.81 / 4), 12),
    });
  });

  it('adds the errors of single speeds, new every 1.6 s', () => {
    const tally = new ZoneTally();
    for (let frame = 0; frame < 100; frame++) tally.add({ ...reading(2, 2.2, 2), speedErrorSquareSum: 2 * 0.2 ** 2 });
    expect(tally.speed(0, 16, NO_DETECTION_ERROR).standardError).toBeCloseTo(0.2 / Math.sqrt(2 * 10), 12);
  });

  it.each([
    ['nobody is missed', NO_DETECTION_ERROR, 0, 2],
    ['half have no speed yet', NO_DETECTION_ERROR, 0.5 * 0.4, 4],
    ['a tenth is missed', A_TENTH_MISSED, Math.hypot(0.4 * 0.1, (0.4 / 2) * Math.sqrt((2 * 0.1 + 0.05) / 0.81 / 5)), 2],
  ])('is less sure of a speed that not everybody is in: %s', (_what, detection, expected, people) => {
    const tally = new ZoneTally();
    // One at 0.8 m/s and one at 1.6 m/s: a deviation of 0.4 m/s.
    for (let frame = 0; frame < 100; frame++)
      tally.add({ ...reading(people, 2.4, 2), speedSquareSum: 0.8 ** 2 + 1.6 ** 2 });
    expect(tally.speed(0, 25, detection).standardError).toBeCloseTo(expected, 12);
  });
});

describe('GateTally', () => {
  it('counts by direction and class', () => {
    const tally = new GateTally();
    tally.add('in', 0);
    tally.add('in', 0);
    tally.add('out', 0);
    tally.add('out', OBJECT_CLASSES.indexOf('bicycle'));
    expect([tally.count('in'), tally.count('out'), tally.people]).toEqual([2, 2, 3]);
    expect(tally.byClass).toEqual({ person: { in: 2, out: 1 }, bicycle: { in: 0, out: 1 } });
  });

  it('is less sure of a direction with open cases', () => {
    const tally = new GateTally();
    for (let i = 0; i < 4; i++) tally.addUnresolved('out', 0);
    expect(
      [tally.estimate('in', NO_DETECTION_ERROR), tally.estimate('out', NO_DETECTION_ERROR)].map(
        ({ standardError }) => standardError,
      ),
    ).toEqual([0, 1]);
    expect(tally.standardError(NO_DETECTION_ERROR)).toBe(1);
  });

  it('keeps vehicles out of the error of the people', () => {
    const tally = new GateTally();
    tally.add('in', 0);
    for (let i = 0; i < 40; i++) tally.add('out', OBJECT_CLASSES.indexOf('car'));
    for (let i = 0; i < 8; i++) tally.addUnresolved('out', OBJECT_CLASSES.indexOf('car'));
    for (let i = 0; i < 4; i++) tally.addUnresolved('in', 0);
    const alone = new GateTally();
    alone.add('in', 0);
    for (let i = 0; i < 4; i++) alone.addUnresolved('in', 0);
    expect(tally.peopleVariance(NO_DETECTION_ERROR)).toBe(alone.peopleVariance(NO_DETECTION_ERROR));
    expect(tally.peopleVariance(NO_DETECTION_ERROR)).toBeGreaterThan(1);
    expect(tally.standardError(NO_DETECTION_ERROR) ** 2).toBeGreaterThan(3);
  });

  it('adds whom the detector missed; nobody crossing is not certain', () => {
    const tally = new GateTally();
    const before = tally.estimate('in', A_TENTH_MISSED).standardError;
    expect(before).toBeCloseTo(Math.sqrt(0.05) / 0.9, 12);
    for (let i = 0; i < 9; i++) tally.add('in', 0);
    const known = tally.estimate('in', NO_DETECTION_ERROR).standardError ?? 0;
    // Nine seen of ten: one person too few, and one by chance.
    expect(tally.estimate('in', A_TENTH_MISSED).standardError).toBeCloseTo(Math.sqrt(known ** 2 + 0.95 / 0.81 + 1), 12);
  });
});
