/** Where a long history can be cut in pieces without cutting a row in two. */
import { Temporal } from 'temporal-polyfill';
import type { HistoryQuery } from '../../../store/index.ts';

/** Steps that history is told in: what is stored for good is at least a minute wide. */
export const HISTORY_STEPS = ['minute', 'quarterHour', 'hour', 'day', 'week', 'month'] as const;
/** One of {@link HISTORY_STEPS}. */
export type HistoryStep = (typeof HISTORY_STEPS)[number];

/** The end of so many rows from an instant on, or a little later: always later than the instant. */
export type CutAfter = (timeMs: number, rows: number) => number;

const FIXED_MS = { minute: 60_000, quarterHour: 900_000 } as const;
const HOURS_A_DAY = 24;

/** First day of what a date is in, and how many days, weeks or months so many rows take. */
const DATES: Readonly<
  Record<Exclude<HistoryStep, keyof typeof FIXED_MS>, (date: Temporal.PlainDate, rows: number) => Temporal.PlainDate>
> = {
  hour: (date, rows) => date.add({ days: Math.ceil(rows / HOURS_A_DAY) }),
  day: (date, rows) => date.add({ days: rows }),
  week: (date, rows) => date.subtract({ days: date.dayOfWeek - 1 }).add({ weeks: rows }),
  month: (date, rows) => date.with({ day: 1 }).add({ months: rows }),
};

/** How a history of a step is cut, in a time zone's own days. */
export const cutAfter = (step: HistoryStep, timezone: HistoryQuery['timezone']): CutAfter => {
  if (step === 'minute' || step === 'quarterHour') {
    const lengthMs = FIXED_MS[step];
    return (timeMs, rows) => (Math.floor(timeMs / lengthMs) + rows) * lengthMs;
  }
  return (timeMs, rows) => {
    const date = Temporal.Instant.fromEpochMilliseconds(Math.floor(timeMs)).toZonedDateTimeISO(timezone).toPlainDate();
    return DATES[step](date, rows).toZonedDateTime(timezone).epochMilliseconds;
  };
};
