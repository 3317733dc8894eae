import { describe, expect, it } from 'vitest';
import { utcMs } from '../../contract/index.ts';
import { type BackTestRow, backTest } from './back-test.ts';
import { IntervalErrors, PointErrors } from './scores.ts';
import {
  constantHall,
  eventNights,
  ordinarySquare,
  randomWalk,
  shockDay,
  squareWithGaps,
  stationHall,
  steadyCrossing,
} from './synthetic-days.fixture.ts';
import { DAY_MIN, MINUTE_MS, type ZoneMinute } from './zone-minute.ts';

const flat = (minutes: number, occupancy: (m: number) => number): ZoneMinute[] =>
  Array.from({ length: minutes }, (_, m) => ({
    timeUtc: utcMs(m * MINUTE_MS),
    occupancy: occupancy(m),
    entered: 0,
    left: 0,
  }));

const rowAt = (rows: readonly BackTestRow[], horizonMin: number): BackTestRow => {
  const row = rows.find((each) => each.horizonMin === horizonMin);
  if (row === undefined) throw new Error('no such horizon');
  return row;
};

describe('backTest', () => {
  it('of what never changes finds no error', () => {
    const [row] = backTest(flat(200, () => 30));
    expect(row).toMatchObject({
      horizonMin: 5,
      forecast: { count: 195, mae: 0, rmse: 0, bias: 0 },
      same: { count: 195, mae: 0 },
      yesterday: null,
      interval: { coverage: 1 },
      skill: null,
    });
  });

  it('holds "same as now" and "same as yesterday" against what came', () => {
    // One more a minute; the same every day.
    const rows = backTest(
      flat(2 * DAY_MIN, (m) => m % DAY_MIN),
      { warmUpMin: DAY_MIN, horizonsMin: [10] },
    );
    // Until the last ten minutes, of which nothing came.
    expect(rows).toMatchObject([{ same: { count: 1430, mae: 10, rmse: 10, bias: -10 }, yesterday: { rmse: 0 } }]);
  });

  it.each([
    ['nothing', []],
    ['less than a horizon', flat(4, () => 3)],
    ['nothing known', flat(30, () => Number.NaN)],
  ])('of %s has no rows', (_what, series) => {
    expect(backTest(series)).toEqual([]);
  });
});

const heldOf = (coverage: number) => rowAt(backTest(ordinarySquare(2), { coverage, warmUpMin: DAY_MIN }), 10).interval;

// Skill over 'same as now' at 5 and 15 minutes that is to be reached, and coverage of the 90 % intervals. The limits
// leave room for the drawing of the days, and are far above what forecasting nothing would reach.
describe('on made-up days', () => {
  it.each([
    ['a square on its first day', ordinarySquare(1), 0, 0.1, 0.2, 0.04],
    ['a square after three days', ordinarySquare(4), 3, 0.15, 0.45, 0.04],
    ['a square with gaps and miscounts', squareWithGaps(4), 3, 0.15, 0.45, 0.05],
    ['a station on its first day', stationHall(1), 0, 0.1, 0.15, 0.04],
    ['a station after three days', stationHall(4), 3, 0.5, 0.5, 0.04],
    ['a night of an event, unannounced', eventNights(1), 0, 0.45, 0.3, 0.06],
    ['people who come at a steady rate', steadyCrossing(2), 1, 0.1, 0.15, 0.04],
    ['a day unlike those before it', shockDay(4), 3, 0.15, -0.05, 0.08],
    // Here nothing is to be known; the price of trying is small.
    ['people who come and go at random', randomWalk(2), 1, -0.05, -0.05, 0.04],
    ['a hall in which hardly anything happens', constantHall(2), 1, -0.1, -0.1, 0.1],
  ] as const)('%s', (_what, series, days, skill5, skill15, slack) => {
    const rows = backTest(series, { warmUpMin: days * DAY_MIN, horizonsMin: [5, 15] });
    expect(rowAt(rows, 5).skill).toBeGreaterThan(skill5);
    expect(rowAt(rows, 15).skill).toBeGreaterThan(skill15);
    for (const { interval } of rows) expect(Math.abs(interval.coverage - 0.9)).toBeLessThan(slack);
  });

  it('intervals are as wide as asked for', () => {
    const [half, most] = [heldOf(0.5), heldOf(0.95)];
    expect(Math.abs(half.coverage - 0.5)).toBeLessThan(0.2);
    expect(Math.abs(most.coverage - 0.95)).toBeLessThan(0.03);
    expect(most.width).toBeGreaterThan(2 * half.width);
  });
});

describe('scores', () => {
  it('are those of the definitions', () => {
    const errors = new PointErrors();
    errors.add(12, 10);
    errors.add(6, 10);
    expect(errors.scores()).toEqual({ count: 2, mae: 3, rmse: Math.sqrt(10), bias: -1 });
    expect(new PointErrors().scores()).toBeNull();
  });

  it('of intervals punish what lies outside by how far', () => {
    const errors = new IntervalErrors(0.9);
    errors.add(5, 15, 10);
    errors.add(5, 15, 17);
    // Widths 10 and 10, and 2/0.1 · 2.
    expect(errors.scores()).toMatchObject({ coverage: 0.5, width: 10, winkler: expect.closeTo(30, 9) });
    expect(new IntervalErrors(0.9).scores()).toBeNull();
  });
});
