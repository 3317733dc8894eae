import { describe, expect, it } from 'vitest';
import type { Point } from '../../contract/index.ts';
import { flatPolygon } from '../../ground/index.ts';
import { measureOccupancy } from '../density/occupancy.ts';
import { createRandom } from '../../../test/helpers/random.ts';
import { frameTimes, positionsAt, type Walker } from './crowd.fixture.ts';
import { DwellMeter, type DwellOptions } from './dwell.ts';

/** Ten metres by ten; people come along the x axis at y = 5. */
const ZONE = flatPolygon([
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
]);

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(1e6 * value) / 1e6);

const run = (meter: DwellMeter, walkers: readonly Walker[], times: readonly number[]): void => {
  const inside = new Uint8Array(walkers.length + 1);
  for (const timeS of times) {
    const positions = positionsAt(walkers, timeS);
    measureOccupancy(ZONE, positions, inside, { people: 0, borderVariance: 0 });
    meter.update(positions, inside);
  }
};

const measured = (
  walkers: readonly Walker[],
  times: readonly number[],
  options: DwellOptions = { minimumStays: 1 },
) => {
  const meter = new DwellMeter(ZONE, options);
  run(meter, walkers, times);
  meter.finish();
  return meter.whole();
};

/** Waits 3 m outside, is at x = 5 from `from` to `to`, and then 3 m outside again. */
const visitor = (id: number, from: number, to: number): Walker => ({
  id,
  at: (t): Point => [t >= from && t < to ? 5 : -3, 5],
});

describe('stays', () => {
  it('are as long as people are in the zone, half a frame about their ends', () => {
    const found = measured([visitor(1, 2, 12), visitor(2, 5, 25), visitor(3, 8, 38)], frameTimes(60));
    // Exactly 10, 20 and 30 s: both ends are half-way between frames.
    expect(found.completedS.value).toBeCloseTo(20, 9);
    expect(found.completedS.standardError).toBeCloseTo(10 / Math.sqrt(3), 9);
    expect(found.littleS.value).toBeCloseTo(20, 9);
    expect(found).toMatchObject({ entered: 3, left: 3, appeared: 0, vanished: 0, still: 0 });
  });

  // What the track does; stays that were completed, their mean, who came, left, appeared, vanished, is still there.
  const cases: readonly [string, Walker['at'], number | null, Partial<Record<string, number>>][] = [
    ['walks through', (t) => [t - 3.05, 5], 10, { entered: 1, left: 1 }],
    ['is there from the first frame on and leaves', (t) => [t < 20 ? 5 : -3, 5], null, { appeared: 1, left: 1 }],
    ['comes and is there at the end', (t) => [t < 20 ? -3 : 5, 5], null, { entered: 1, still: 1 }],
    ['is lost well inside', (t) => (t < 5 ? [-3, 5] : t < 20 ? [5, 5] : null), null, { entered: 1, vanished: 1 }],
    ['is first seen well inside', (t) => (t < 5 ? null : [t < 20 ? 5 : -3, 5]), null, { appeared: 1, left: 1 }],
    [
      'is first and last seen at the border, where the picture ends',
      (t) => (t < 5 || t >= 15 ? null : [t - 4.9, 5]),
      // Its last place, exactly on the right-hand side, is outside: left half a frame before.
      9.85,
      { entered: 1, left: 1 },
    ],
    [
      'flickers out for half a second',
      (t) => [t < 5 || t >= 25 || (t > 10 && t < 10.5) ? -0.1 : 1, 5],
      20,
      {
        entered: 1,
        left: 1,
      },
    ],
    ['flickers in for half a second', (t) => [t > 10 && t < 10.5 ? 0.1 : -0.1, 5], null, {}],
    [
      'goes out for two seconds',
      (t) => [t < 5 || t >= 25 || (t > 10 && t < 12) ? -0.1 : 1, 5],
      (5.1 + 13) / 2,
      {
        entered: 2,
        left: 2,
      },
    ],
    [
      'is hidden for three seconds inside',
      (t) => (t > 10 && t < 13 ? null : [t < 5 || t >= 25 ? -3 : 5, 5]),
      20,
      {
        entered: 1,
        left: 1,
      },
    ],
    [
      'is hidden for ten seconds: two people of whom neither is complete',
      (t) => (t > 10 && t < 20 ? null : [t < 5 || t >= 25 ? -3 : 5, 5]),
      null,
      { entered: 1, vanished: 1, appeared: 1, left: 1 },
    ],
    [
      'leaves unseen: half-way between the two sights',
      (t) => (t > 20 && t < 22 ? null : [t < 5 || t >= 22 ? -3 : 5, 5]),
      // 21 − 4.95
      16.05,
      { entered: 1, left: 1 },
    ],
    [
      'is nowhere for a while',
      (t) => [t > 10 && t < 12 ? Number.NaN : t < 5 || t >= 25 ? -3 : 5, 5],
      20,
      {
        entered: 1,
        left: 1,
      },
    ],
    ['never comes', () => [-3, 5], null, {}],
  ];
  it.each(cases)('of somebody who %s', (_what, at, stayS, counts) => {
    const found = measured([{ id: 7, at }], frameTimes(40));
    expect(found).toMatchObject({ entered: 0, left: 0, appeared: 0, vanished: 0, still: 0, ...counts });
    expect(rounded(found.completedS.value)).toBe(stayS);
  });

  it('are of people only', () => {
    expect(measured([{ ...visitor(1, 2, 12), classIndex: 2 }], frameTimes(20))).toMatchObject({ entered: 0, left: 0 });
  });

  it('of fewer people than the minimum are not told', () => {
    const few = measured([visitor(1, 2, 12), visitor(2, 2, 12)], frameTimes(30), {});
    expect(few).toMatchObject({ completedS: { value: null }, littleS: { value: null }, left: 2 });
    expect(
      measured(
        [1, 2, 3].map((id) => visitor(id, 2, 12)),
        frameTimes(30),
        {},
      ).completedS.value,
    ).toBeCloseTo(10, 9);
  });

  it('of nobody are unknown', () => {
    expect(measured([], frameTimes(5))).toMatchObject({ completedS: { value: null }, littleS: { value: null } });
    const meter = new DwellMeter(ZONE);
    meter.finish();
    expect(meter.whole().left).toBe(0);
  });

  it('begin anew when time runs backwards, and take a repeated frame once', () => {
    const meter = new DwellMeter(ZONE, { minimumStays: 1 });
    run(meter, [visitor(1, 2, 12)], [...frameTimes(10), ...frameTimes(10).slice(-1), ...frameTimes(20)]);
    meter.finish();
    // The first time round it is still inside; the second is whole, though its id is the same.
    expect(meter.whole()).toMatchObject({ entered: 2, left: 1, still: 1 });
    expect(meter.whole().completedS.value).toBeCloseTo(10, 9);
  });

  it('take an id that comes back for somebody else', () => {
    const walker: Walker = { id: 3, at: (t) => (t < 5 || t >= 60 ? [5, 5] : null) };
    expect(measured([walker], [...frameTimes(5), 60, 61, 62])).toMatchObject({
      appeared: 2,
      vanished: 1,
      still: 1,
    });
  });

  it('after a gap in the recording begin unseen', () => {
    // Everybody is at the border, but was so before, for all one knows.
    const found = measured([{ id: 1, at: (t) => (t < 30 ? null : [0.5, 5]) }], [0, 1, 2, 30, 31, 32]);
    expect(found).toMatchObject({ entered: 0, appeared: 1 });
  });

  it('are booked in the window in which they are known to be over', () => {
    const meter = new DwellMeter(ZONE, { minimumStays: 1 });
    const walkers = [visitor(1, 2, 12)];
    run(meter, walkers, frameTimes(12.5));
    const first = meter.takeWindow();
    run(meter, walkers, frameTimes(20).slice(125));
    const second = meter.takeWindow();
    expect(first).toMatchObject({ entered: 1, left: 0, completedS: { value: null } });
    expect(second).toMatchObject({ entered: 0, left: 1 });
    expect(second.completedS.value).toBeCloseTo(10, 9);
  });

  it('forget who is gone', () => {
    const meter = new DwellMeter(ZONE);
    const walkers = Array.from(
      { length: 500 },
      (_, id): Walker => ({ id, at: (t) => (Math.abs(t - id) < 1 ? [5, 5] : null) }),
    );
    run(meter, walkers, frameTimes(500, 2));
    expect(meter.remembered).toBeLessThan(25);
  });
});

describe("Little's mean", () => {
  const random = createRandom(5);
  const walkers: Walker[] = [];
  for (let id = 0, from = -400; from < 600; id++) {
    from += -2 * Math.log(random());
    const until = from - 60 * Math.log(random());
    const begun = from;
    walkers.push({ id, at: (t) => (t < begun - 1 || t > until + 1 ? null : [t >= begun && t < until ? 5 : -0.5, 5]) });
  }

  it('stands a recording that cuts stays off; the mean of completed stays does not', () => {
    // Exponential stays of 60 s on average, seen for 100 s: hardly any long one is complete.
    const found = measured(walkers, frameTimes(100, 4));
    expect(found.completedS.value).toBeLessThan(45);
    const little = found.littleS.value ?? 0;
    expect(Math.abs(little - 60)).toBeLessThan(2.5 * (found.littleS.standardError ?? 0));
    expect(found.littleS.standardError).toBeLessThan(12);
  });
});
