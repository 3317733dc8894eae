import { describe, expect, it } from 'vitest';
import { OBJECT_CLASSES } from '../../contract/index.ts';
import { GateTally } from './gate-tally.ts';
import { ZoneTally } from './zone-tally.ts';

const reading = (people: number, speedSumMps = 0, speedCount = 0, borderVariance = 0) => ({
  people,
  borderVariance,
  speedSumMps,
  speedCount,
});

describe('ZoneTally', () => {
  it('knows nothing before the first frame', () => {
    const tally = new ZoneTally();
    expect(tally.occupancyMean(10)).toEqual({ value: null, standardError: null });
    expect([tally.occupancyMax, tally.occupancyP95, tally.speed(0, 10).value]).toEqual([null, null, null]);
  });

  it('tells mean, 95th percentile and maximum apart', () => {
    const tally = new ZoneTally();
    for (let frame = 0; frame < 100; frame++) tally.add(reading(frame < 90 ? 1 : frame < 97 ? 4 : 9));
    expect(tally.occupancyMean(10).value).toBeCloseTo(0.9 + 0.28 + 0.27, 9);
    expect([tally.occupancyP95, tally.occupancyMax]).toEqual([4, 9]);
  });

  it('weighs speeds by people, not by frames', () => {
    const tally = new ZoneTally();
    tally.add(reading(1, 2, 1));
    tally.add(reading(3, 3, 3));
    tally.add(reading(0));
    tally.add(reading(2));
    expect(tally.speed(0, 10).value).toBe(1.25);
  });

  it('adds the error of the scale', () => {
    const tally = new ZoneTally();
    for (let frame = 0; frame < 10; frame++) tally.add(reading(1, 2, 1));
    expect(tally.speed(0.05, 10).standardError).toBeCloseTo(0.1, 12);
  });

  it.each([
    ['one frame', 1, 60, null],
    ['nothing changed in two seconds', 50, 2, null],
    ['nothing changed in a minute', 50, 60, 0],
  ])('knows a standard error, or does not: %s', (_what, frames, measuredS, standardError) => {
    const tally = new ZoneTally();
    for (let frame = 0; frame < frames; frame++) tally.add(reading(2, 2.2, 2));
    expect(tally.occupancyMean(measuredS)).toEqual({ value: 2, standardError });
    expect(tally.speed(0, measuredS).standardError).toEqual(standardError);
  });

  it('adds who may be on the other side of the border, decided anew every second', () => {
    const tally = new ZoneTally();
    for (let frame = 0; frame < 100; frame++) tally.add(reading(4, 0, 0, 0.25));
    expect(tally.occupancyMean(10).standardError).toBeCloseTo(Math.sqrt(0.25 / 10), 12);
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
    for (let i = 0; i < 4; i++) tally.addUnresolved('out');
    expect([tally.estimate('in').standardError, tally.estimate('out').standardError, tally.standardError]).toEqual([
      0, 1, 1,
    ]);
  });
});
