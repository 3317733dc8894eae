/**
 * When a rule is awake. A period of a schedule holds while the site's clock on the wall shows a time in it. So it stays
 * right when the clocks change: an hour that comes twice counts twice, one that is left out not at all, and no period is
 * moved by an hour for half of the year.
 */
import { Temporal } from 'temporal-polyfill';
import type { Rule } from '../../contract/index.ts';

type Schedule = NonNullable<Rule['schedule']>;
type Period = Schedule[number];
type Day = Period['days'][number];

const DAYS: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** What calendar and clock on the wall of a site show. */
export interface WallTime {
  readonly day: Day;
  readonly yesterday: Day;
  /** Since 00:00, as the clock shows it, minutes. */
  readonly minute: number;
}

/**
 * What the wall shows at an instant.
 *
 * @param timezone IANA name, such as `Europe/Amsterdam`
 */
export const wallTimeAt = (timeMs: number, timezone: string): WallTime => {
  const { dayOfWeek, hour, minute } = Temporal.Instant.fromEpochMilliseconds(Math.floor(timeMs)).toZonedDateTimeISO(
    timezone,
  );
  return { day: DAYS[dayOfWeek - 1], yesterday: DAYS[(dayOfWeek + 5) % 7], minute: hour * 60 + minute };
};

/** The same, remembered for as long as the wall shows the same minute. */
export const createWallClock = (timezone: string): ((timeMs: number) => WallTime) => {
  let known: { readonly minute: number; readonly wall: WallTime } | null = null;
  return (timeMs) => {
    const minute = Math.floor(timeMs / 60_000);
    if (known?.minute !== minute) known = { minute, wall: wallTimeAt(timeMs, timezone) };
    return known.wall;
  };
};

const minuteOf = (timeOfDay: string): number => {
  const [hours, minutes] = timeOfDay.split(':').map(Number);
  return hours * 60 + minutes;
};

const holds = ({ days, from, to }: Period, { day, yesterday, minute }: WallTime): boolean => {
  const [begin, finish] = [minuteOf(from), minuteOf(to)];
  const isNextDay = finish <= begin;
  if (days.includes(day) && minute >= begin && (isNextDay || minute < finish)) return true;
  return isNextDay && days.includes(yesterday) && minute < finish;
};

/** Whether a rule with this schedule is awake; one without a schedule always is. */
export const isAwake = (schedule: Rule['schedule'], wall: WallTime): boolean =>
  schedule === undefined || schedule.some((period) => holds(period, wall));
