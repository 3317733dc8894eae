import { describe, expect, it } from 'vitest';
import { StarlingError } from '../../../contract/index.ts';
import type { HistoryQuery } from '../../store.ts';
import { type Bucket, planOf } from './buckets.ts';

const HOUR_MS = 3_600_000;
const QUARTER_HOUR_MS = 900_000;

const utc = (text: string): number => Date.parse(`${text}Z`);

type LongStep = 'hour' | 'day' | 'week' | 'month';

/** Buckets of all quarter-hours of a period. */
const bucketsOf = (step: LongStep, timezone: string, from: string, to: string): Bucket[] => {
  const query: HistoryQuery = { fromMs: utc(from), toMs: utc(to), step, timezone };
  const { buckets } = planOf(query, step);
  const found = new Set<Bucket>();
  const firstMs = Math.ceil(query.fromMs / QUARTER_HOUR_MS) * QUARTER_HOUR_MS;
  for (let startMs = firstMs; startMs < query.toMs; startMs += QUARTER_HOUR_MS) found.add(buckets(startMs));
  return [...found];
};

const hoursLong = (buckets: readonly Bucket[]): number[] =>
  buckets.map(({ startMs, endMs }) => (endMs - startMs) / HOUR_MS);

const ones = (count: number): number[] => Array.from({ length: count }, () => 1);

describe('buckets', () => {
  it.each<[string, string, string, string, number[]]>([
    // the day on which the clocks go forward, back, and none of the two
    ['day', 'Europe/Amsterdam', '2026-03-28T23:00', '2026-03-29T22:00', [23]],
    ['day', 'Europe/Amsterdam', '2026-10-24T22:00', '2026-10-25T23:00', [25]],
    ['day', 'Europe/Amsterdam', '2026-06-09T22:00', '2026-06-11T22:00', [24, 24]],
    // by half an hour
    ['day', 'Australia/Lord_Howe', '2026-04-04T13:00', '2026-04-06T13:30', [24.5, 24]],
    ['day', 'Australia/Lord_Howe', '2026-10-03T13:30', '2026-10-05T13:00', [23.5, 24]],
    // midnight does not exist: the day begins at one
    ['day', 'America/Havana', '2026-03-08T05:00', '2026-03-09T04:00', [23]],
    // the day that Samoa left out, when it crossed the date line
    ['day', 'Pacific/Apia', '2011-12-29T10:00', '2011-12-31T10:00', [24, 24]],
    // begins and ends within a day, and within a quarter-hour
    ['day', 'UTC', '2026-01-01T18:01', '2026-01-02T05:50', [5.75, 6]],
    ['week', 'Europe/Amsterdam', '2026-03-22T23:00', '2026-04-05T22:00', [7 * 24 - 1, 7 * 24]],
    ['month', 'Europe/Amsterdam', '2026-02-28T23:00', '2026-04-30T22:00', [31 * 24 - 1, 30 * 24]],
    ['month', 'Asia/Kathmandu', '2026-01-31T18:15', '2026-02-28T18:15', [28 * 24]],
  ])('%s in %s from %s to %s', (step, timezone, from, to, hours) => {
    if (step !== 'day' && step !== 'week' && step !== 'month') throw new Error(step);
    expect(hoursLong(bucketsOf(step, timezone, from, to))).toEqual(hours);
  });

  it.each<[string, string, string, number[]]>([
    ['Europe/Amsterdam', '2026-03-28T23:00', '2026-03-29T22:00', ones(23)],
    ['Europe/Amsterdam', '2026-10-24T22:00', '2026-10-25T23:00', ones(25)],
    // 5:45 and 5:30 ahead of UTC: an hour begins a quarter, or half, past one of UTC
    ['Asia/Kathmandu', '2026-01-01T18:00', '2026-01-01T20:15', [0.25, 1, 1]],
    ['Asia/Kolkata', '2026-01-01T18:30', '2026-01-01T20:30', ones(2)],
    // the half hour before two comes twice; in spring the one after two is left out
    ['Australia/Lord_Howe', '2026-04-04T13:00', '2026-04-04T17:30', [1, 1, 0.5, 1, 1]],
    ['Australia/Lord_Howe', '2026-10-03T13:30', '2026-10-03T17:00', [1, 1, 0.5, 1]],
  ])('hours in %s from %s to %s', (timezone, from, to, hours) => {
    expect(hoursLong(bucketsOf('hour', timezone, from, to))).toEqual(hours);
  });

  it.each([
    ['+05:07', '2026-01-01T00:00'],
    ['Africa/Monrovia', '1971-12-01T00:00'],
  ])('has no hours of quarter-hours in %s at %s', (timezone, from) => {
    const work = (): unknown => bucketsOf('hour', timezone, from, '2026-01-02T00:00');
    expect(work).toThrow(StarlingError);
    expect(work).toThrow('whole quarter-hours');
  });
});
