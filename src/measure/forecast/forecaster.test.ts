import { describe, expect, it } from 'vitest';
import { type UtcMs, utcMs } from '../../contract/index.ts';
import { type ForecastOptions, timeToThreshold, ZoneForecaster, type ZoneForecast } from './forecaster.ts';
import { ordinarySquare } from './synthetic-days.fixture.ts';
import { DAY_MIN, MINUTE_MS, type ZoneMinute } from './zone-minute.ts';

const START = Date.UTC(2026, 0, 5);

const minuteAt = (
  minute: number,
  occupancy: number | null,
  entered: number | null,
  left: number | null,
): ZoneMinute => ({
  timeUtc: utcMs(START + minute * MINUTE_MS),
  occupancy,
  entered,
  left,
});

const after = (series: readonly ZoneMinute[], options?: ForecastOptions): ZoneForecast => {
  const forecaster = new ZoneForecaster(options);
  for (const minute of series) forecaster.observe(minute);
  const forecast = forecaster.forecast();
  if (forecast === null) throw new Error('no forecast');
  return forecast;
};

const at = ({ points }: ZoneForecast, horizonMin: number) => {
  const point = points[horizonMin - 1];
  if (point === undefined) throw new Error('no such horizon');
  return point;
};

const range = (length: number): number[] => Array.from({ length }, (_, i) => i);

/** 20 people a minute come and stay for 20 minutes on average: 400·(1 − e^(−t/20)) are there. */
const filled = (t: number): number => 400 * (1 - Math.exp(-t / 20));

/** Every day the same: 100 people from 9 h to 10 h, walking in and out within ten minutes, none else. */
const gathered = (minuteOfDay: number): number =>
  100 * Math.max(0, Math.min(1, (minuteOfDay - 540) / 10, (610 - minuteOfDay) / 10));

const gatheringAt = (minute: number, minuteOfDay: number): ZoneMinute => {
  const change = gathered(minuteOfDay) - gathered(minuteOfDay - 1);
  return minuteAt(minute, gathered(minuteOfDay), Math.max(0, change), Math.max(0, -change));
};

describe('a forecast', () => {
  it('of a crowd that leaves through a gate at its capacity is a straight line down to nobody', () => {
    const forecast = after(range(60).map((m) => minuteAt(m, 1500 - 20 * m, 0, 20)));
    expect(at(forecast, 10).occupancy).toBeCloseTo(120, -1);
    expect(Math.abs(at(forecast, 15).occupancy - 20)).toBeLessThan(10);
    expect(at(forecast, 10).lower).toBeGreaterThanOrEqual(0);
  });

  it('of a zone that fills towards a balance follows the exponential', () => {
    const series = range(40).map((m) => minuteAt(m, filled(m), 20, m === 0 ? 0 : 20 - (filled(m) - filled(m - 1))));
    expect(Math.abs(at(after(series), 15).occupancy - filled(39 + 15))).toBeLessThan(5);
  });

  it('of what never changes is the same, with room for chance', () => {
    const forecast = after(range(300).map((m) => minuteAt(m, 50, 0, 0)));
    expect(at(forecast, 15)).toMatchObject({ occupancy: 50, horizonMin: 15, timeUtc: START + 314 * MINUTE_MS });
    expect(at(forecast, 15).lower).toBeLessThan(50);
    expect(at(forecast, 15).upper).toBeGreaterThan(50);
    expect(at(forecast, 15).upper).toBeLessThan(56);
  });

  it('knows what is usual at that time of day', () => {
    const forecast = after(range(3 * DAY_MIN + 535).map((m) => gatheringAt(m, m % DAY_MIN)));
    // 8:54, nobody is there yet.
    expect(forecast.occupancy).toBe(0);
    expect(at(forecast, 15).occupancy).toBeGreaterThan(70);
    expect(at(forecast, 15).weights.usualFlows + at(forecast, 15).weights.usualShape).toBeGreaterThan(0.9);
  });

  it('states how much each way is believed', () => {
    const { weights } = at(after(ordinarySquare(1).slice(0, 700)), 10);
    expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
    // No earlier day is known.
    expect(weights.usualFlows + weights.usualShape).toBe(0);
  });

  it('believes in "same as now" until it has seen something', () => {
    const forecast = after([minuteAt(0, 7, 3, 1)]);
    expect(forecast.calibrated).toBe(false);
    expect(at(forecast, 5)).toMatchObject({ occupancy: 7, weights: { same: 1 } });
    expect(after(ordinarySquare(1).slice(0, 800)).calibrated).toBe(true);
  });

  it('has densities where there is an area', () => {
    const series = range(30).map((m) => minuteAt(m, 40, 5, 5));
    const point = at(after(series, { areaM2: 80 }), 5);
    expect(point.densityPerM2).toBeCloseTo(point.occupancy / 80, 12);
    expect(point.densityUpperPerM2).toBeCloseTo(point.upper / 80, 12);
    expect(at(after(series), 5).densityPerM2).toBeNull();
    expect(at(after(series, { areaM2: 0 }), 5).densityPerM2).toBeNull();
  });

  it('comes from the past alone', () => {
    const one = ordinarySquare(2, 1);
    const other = [...one.slice(0, 2000), ...ordinarySquare(2, 9).slice(2000)];
    expect(after(one.slice(0, 2000))).toEqual(after(other.slice(0, 2000)));
    expect(after(one.slice(0, 2100))).not.toEqual(after(other.slice(0, 2100)));
  });

  it('looks as far as asked', () => {
    expect(after([minuteAt(0, 1, 0, 0)], { horizonMin: 3 }).points).toHaveLength(3);
    expect(after([minuteAt(0, 1, 0, 0)], { horizonMin: 0 }).points).toHaveLength(1);
  });
});

describe('what is not known', () => {
  const steady = range(60).map((m) => minuteAt(m, 40, 5, 5));

  it.each([
    ['nothing yet', []],
    ['the last occupancy', [...steady, minuteAt(60, null, 5, 5)]],
    ['an occupancy that is not a number', [...steady, minuteAt(60, Number.NaN, 5, 5)]],
  ] as const)('%s: no forecast', (_what, series) => {
    const forecaster = new ZoneForecaster();
    for (const minute of series) forecaster.observe(minute);
    expect(forecaster.forecast()).toBeNull();
  });

  it.each([
    ['the flows', range(120).map((m) => minuteAt(m, 40 + (m % 3), null, null))],
    ['hours in between', [...steady, minuteAt(500, 40, 5, 5)]],
    [
      'the occupancy in between',
      [...steady, ...range(30).map((m) => minuteAt(60 + m, null, null, null)), minuteAt(90, 40, 5, 5)],
    ],
    ['flows that are not numbers', [...steady, minuteAt(60, 40, Number.NaN, Number.NaN)]],
    ['one minute in two', range(120).map((m) => minuteAt(2 * m, 40, 10, 10))],
  ])('%s: a forecast of what there is', (_what, series) => {
    const point = at(after(series), 10);
    expect(point.occupancy).toBeGreaterThan(35);
    expect(point.occupancy).toBeLessThan(47);
    expect(point.upper).toBeGreaterThan(point.occupancy);
    expect(point.lower).toBeLessThan(point.occupancy);
  });

  it('is not made of minutes that come twice or late', () => {
    expect(after([...steady, minuteAt(59, 90, 0, 0), minuteAt(3, 90, 0, 0)])).toEqual(after(steady));
  });
});

const isOdd = (timeUtc: UtcMs): boolean => Math.floor((timeUtc - START) / MINUTE_MS / DAY_MIN) % 2 === 1;
/** Whether a minute is of a day on which the clocks are an hour on: the fourth. */
const isSummer = (m: number): boolean => m >= 3 * DAY_MIN;
const summerMinuteOfDay = (timeUtc: UtcMs): number => {
  const minute = Math.round((timeUtc - START) / MINUTE_MS);
  return (minute + (isSummer(minute) ? 60 : 0)) % DAY_MIN;
};

describe('kinds of days', () => {
  it('do not mix', () => {
    // A crowd at noon on even days, nobody on odd ones; now it is the sixth day, 11:54.
    const series = range(5 * DAY_MIN + 715).map((m) => {
      const noon = Math.floor(m / DAY_MIN) % 2 === 0 && m % DAY_MIN >= 720 && m % DAY_MIN < 760;
      const before = Math.floor(m / DAY_MIN) % 2 === 0 && m % DAY_MIN > 720 && m % DAY_MIN <= 760;
      return minuteAt(m, noon ? 200 : 3, noon && !before ? 197 : 0, before && !noon ? 197 : 0);
    });
    const apart = at(after(series, { dayKind: (timeUtc) => (isOdd(timeUtc) ? 'odd' : 'even') }), 15);
    expect(apart.occupancy).toBeLessThan(15);
    expect(at(after(series), 15).occupancy).toBeGreaterThan(50);
  });

  it('go by the clock of the site', () => {
    // On the fourth day the clocks are an hour on: everything is an hour earlier in UTC. It is 7:54 there.
    const series = range(3 * DAY_MIN + 475).map((m) => gatheringAt(m, (m + (isSummer(m) ? 60 : 0)) % DAY_MIN));
    expect(at(after(series, { minuteOfDay: summerMinuteOfDay }), 15).occupancy).toBeGreaterThan(70);
    expect(at(after(series), 15).occupancy).toBeLessThan(5);
  });
});

const filling = (occupancy: number, perMin: number, spread: number): ZoneForecast => ({
  madeUtc: utcMs(START),
  occupancy,
  coverage: 0.9,
  calibrated: true,
  points: range(15).map((h) => ({
    horizonMin: h + 1,
    timeUtc: utcMs(START + (h + 1) * MINUTE_MS),
    occupancy: occupancy + perMin * (h + 1),
    lower: 0,
    upper: occupancy + (perMin + spread) * (h + 1),
    densityPerM2: null,
    densityLowerPerM2: null,
    densityUpperPerM2: null,
    weights: { same: 1, balance: 0, trend: 0, slowTrend: 0, usualFlows: 0, usualShape: 0 },
  })),
});

describe('timeToThreshold', () => {
  it.each([
    ['on the way', filling(100, 10, 10), 155, { expectedMin: 5.5, earliestMin: 2.75 }],
    ['only at the upper end', filling(100, 2, 8), 200, { expectedMin: null, earliestMin: 10 }],
    ['not in sight', filling(100, 2, 2), 200, { expectedMin: null, earliestMin: null }],
    ['there already', filling(100, 2, 2), 100, { expectedMin: 0, earliestMin: 0 }],
    ['falling', filling(100, -2, 0), 101, { expectedMin: null, earliestMin: null }],
  ])('%s', (_what, forecast, people, expected) => {
    expect(timeToThreshold(forecast, people)).toEqual(expected);
  });
});
