import { describe, expect, it } from 'vitest';
import { isTimeZone } from '../contract/index.ts';
import { formatUtc, siteTimeFormatter, wallClockTicks } from './site-time.ts';

const AMSTERDAM = 'Europe/Amsterdam';
const HOUR = 3_600_000;

describe('site time', () => {
  it.each([
    // The clocks go forward on 29 March 2026: 02:00 does not exist.
    ['2026-03-29T00:59:59.999Z', '2026-03-29T01:59:59.999+01:00'],
    ['2026-03-29T01:00:00.000Z', '2026-03-29T03:00:00.000+02:00'],
    // They go back on 25 October: 02:30 comes twice, told apart by its offset.
    ['2026-10-25T00:30:00.000Z', '2026-10-25T02:30:00.000+02:00'],
    ['2026-10-25T01:30:00.000Z', '2026-10-25T02:30:00.000+01:00'],
  ])('%s is %s in Amsterdam', (utc, site) => {
    expect(siteTimeFormatter(AMSTERDAM)(Date.parse(utc))).toBe(site);
    expect(formatUtc(Date.parse(utc))).toBe(utc);
  });

  it('knows zones off the hour, and which zones exist', () => {
    expect(siteTimeFormatter('Asia/Kathmandu')(0)).toBe('1970-01-01T05:30:00.000+05:30');
    expect(isTimeZone('Europe/Amsterdam')).toBe(true);
    expect(isTimeZone('Europe/Atlantis')).toBe(false);
  });

  it('rounds to whole milliseconds', () => {
    expect(formatUtc(142.857)).toBe('1970-01-01T00:00:00.143Z');
  });
});

/** Hours and minutes on the clock in Amsterdam. */
const clock = (ticks: readonly number[]): string[] =>
  ticks.map((tick) => siteTimeFormatter(AMSTERDAM)(tick).slice(11, 16));

describe('wallClockTicks', () => {
  it.each([
    // day, hours from its midnight, marks
    ['2026-03-28T23:00:00Z', 23, ['00:00', '06:00', '12:00', '18:00', '00:00']],
    ['2026-10-24T22:00:00Z', 25, ['00:00', '06:00', '12:00', '18:00', '00:00']],
    ['2026-06-01T22:00:00Z', 24, ['00:00', '06:00', '12:00', '18:00', '00:00']],
  ])('keeps to round hours on the day that begins at %s', (midnight, hours, expected) => {
    const from = Date.parse(midnight);
    expect(clock(wallClockTicks(from, from + hours * HOUR, 6 * HOUR, AMSTERDAM))).toEqual(expected);
  });

  it('marks minutes within the hour that comes twice', () => {
    const from = Date.parse('2026-10-25T01:00:00Z');
    expect(clock(wallClockTicks(from, from + HOUR, HOUR / 2, AMSTERDAM))).toEqual(['02:00', '02:30', '03:00']);
  });
});
