import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { isAwake, wallTimeAt } from './schedule.ts';
import { ruleOf } from './timeline.fixture.ts';

const AMSTERDAM = 'Europe/Amsterdam';

const at = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds;
const scheduleOf = (...periods: readonly Record<string, unknown>[]) => ruleOf({ schedule: periods }).schedule;
const awakeAt = (instant: string, timezone: string, ...periods: readonly Record<string, unknown>[]): boolean =>
  isAwake(scheduleOf(...periods), wallTimeAt(at(instant), timezone));

/** Minutes in which a rule is awake, of all between two instants. */
const minutesAwake = (from: string, to: string, timezone: string, period: Record<string, unknown>): number => {
  const schedule = scheduleOf(period);
  let minutes = 0;
  for (let timeMs = at(from); timeMs < at(to); timeMs += 60_000)
    if (isAwake(schedule, wallTimeAt(timeMs, timezone))) minutes++;
  return minutes;
};

describe('a schedule', () => {
  it('that is not given is always', () => expect(isAwake(undefined, wallTimeAt(0, AMSTERDAM))).toBe(true));

  const evening = { days: ['fri', 'sat'], from: '20:00', to: '02:00' };
  const office = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' };
  // 4 May 2026 is a Monday; Amsterdam is two hours ahead of UTC then.
  it.each([
    { what: 'its first minute', time: '2026-05-04T07:00:00Z', period: office, awake: true },
    { what: 'the minute before', time: '2026-05-04T06:59:59Z', period: office, awake: false },
    { what: 'its last second', time: '2026-05-04T14:59:59Z', period: office, awake: true },
    { what: 'its end is not in it', time: '2026-05-04T15:00:00Z', period: office, awake: false },
    { what: 'another day', time: '2026-05-03T10:00:00Z', period: office, awake: false },
    { what: 'the evening of its day', time: '2026-05-08T18:00:00Z', period: evening, awake: true },
    { what: 'after midnight it is still that evening', time: '2026-05-09T23:30:00Z', period: evening, awake: true },
    { what: 'over, past midnight', time: '2026-05-10T00:00:00Z', period: evening, awake: false },
    {
      what: 'the morning of its first day is of the day before',
      time: '2026-05-07T23:30:00Z',
      period: evening,
      awake: false,
    },
    { what: 'Sunday night belongs to Saturday', time: '2026-05-09T23:59:00Z', period: evening, awake: true },
    {
      what: 'Monday is after Sunday',
      time: '2026-05-03T23:00:00Z',
      period: { days: ['sun'], from: '22:00', to: '03:00' },
      awake: true,
    },
    { what: 'the whole day', time: '2026-05-04T21:59:59Z', period: { days: ['mon'] }, awake: true },
    { what: 'the whole day ends at midnight', time: '2026-05-04T22:00:00Z', period: { days: ['mon'] }, awake: false },
    {
      what: 'around the clock from noon',
      time: '2026-05-05T09:59:59Z',
      period: { days: ['mon'], from: '12:00', to: '12:00' },
      awake: true,
    },
    {
      what: 'and then over',
      time: '2026-05-05T10:00:00Z',
      period: { days: ['mon'], from: '12:00', to: '12:00' },
      awake: false,
    },
    {
      what: 'from midnight at the end of a day',
      time: '2026-05-04T23:00:00Z',
      period: { days: ['mon'], from: '24:00', to: '02:00' },
      awake: true,
    },
  ])('$what', ({ time, period, awake }) => expect(awakeAt(time, AMSTERDAM, period)).toBe(awake));

  it('has several periods', () => {
    const periods = [
      { from: '08:00', to: '09:00' },
      { from: '17:00', to: '18:00' },
    ];
    const hours = ['05:30', '06:30', '07:30', '15:30'].map((time) =>
      awakeAt(`2026-05-04T${time}:00Z`, AMSTERDAM, ...periods),
    );
    expect(hours).toEqual([false, true, false, true]);
  });

  it.each([
    // Clocks go from 02:00 to 03:00 on 29 March 2026, and from 03:00 back to 02:00 on 25 October.
    { what: 'spring: the night is an hour short', day: '2026-03-28', from: '22:00', to: '06:00', minutes: 7 * 60 },
    { what: 'autumn: the night is an hour long', day: '2026-10-24', from: '22:00', to: '06:00', minutes: 9 * 60 },
    { what: 'spring: an hour that is left out', day: '2026-03-28', from: '02:00', to: '03:00', minutes: 0, next: true },
    {
      what: 'autumn: an hour that comes twice',
      day: '2026-10-24',
      from: '02:00',
      to: '03:00',
      minutes: 120,
      next: true,
    },
    {
      what: 'spring: the morning is where it was',
      day: '2026-03-28',
      from: '08:00',
      to: '10:00',
      minutes: 120,
      next: true,
    },
    {
      what: 'autumn: the morning is where it was',
      day: '2026-10-24',
      from: '08:00',
      to: '10:00',
      minutes: 120,
      next: true,
    },
  ])('$what', ({ day, from, to, minutes, next = false }) => {
    const begin = at(`${day}T12:00:00Z`);
    const period = { days: [next ? 'sun' : 'sat'], from, to };
    const end = new Date(begin + 86_400_000).toISOString();
    expect(minutesAwake(`${day}T12:00:00Z`, end, AMSTERDAM, period)).toBe(minutes);
  });

  it.each([
    { what: 'half hours', timezone: 'Asia/Kolkata', time: '2026-05-04T03:30:00Z', awake: true },
    { what: 'quarter hours', timezone: 'Asia/Kathmandu', time: '2026-05-04T03:15:00Z', awake: true },
    {
      what: 'the other side of the date line',
      timezone: 'Pacific/Kiritimati',
      time: '2026-05-03T19:00:00Z',
      awake: true,
    },
    {
      what: 'far in the west it is Sunday still',
      timezone: 'Pacific/Pago_Pago',
      time: '2026-05-04T09:30:00Z',
      awake: false,
    },
  ])('knows zones: $what', ({ timezone, time, awake }) =>
    expect(awakeAt(time, timezone, { days: ['mon'], from: '09:00', to: '10:00' })).toBe(awake),
  );

  it('is right where clocks change at midnight: a Friday in Cairo begins at 01:00', () => {
    // 24 April 2026, a Friday: 00:00 to 01:00 are left out.
    const minutes = minutesAwake('2026-04-23T20:00:00Z', '2026-04-25T03:00:00Z', 'Africa/Cairo', { days: ['fri'] });
    expect(minutes).toBe(23 * 60);
  });
});
