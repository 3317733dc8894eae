/**
 * Hours, days, weeks and months of a time zone as stretches of UTC, also when the clocks change: a day is 23, 24 or 25
 * hours long (or 24½, on Lord Howe Island), and an hour that comes twice is two hours.
 */
import { Temporal } from 'temporal-polyfill';
import type { HistoryQuery, Step } from '../../store.ts';
import { type Level, MINUTE_S, QUARTER_HOUR_S } from '../levels.ts';
import { offTheQuarterHour } from './query.ts';

/** A stretch of UTC, ms since 1970. */
export interface Bucket {
  readonly startMs: number;
  readonly endMs: number;
}

/** Steps that are made of quarter-hours. */
type LongStep = Exclude<Step, 'second' | 'minute' | 'quarterHour'>;

const HOUR_MS = 3_600_000;
const QUARTER_HOUR_MS = QUARTER_HOUR_S * 1000;

const zoned = (timeMs: number, timezone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(timeMs).toZonedDateTimeISO(timezone);

/** A stretch of time between two changes of the clocks. */
interface Offset extends Bucket {
  readonly offsetMs: number;
}

const offsetAt = (timeMs: number, timezone: string): Offset => {
  const at = zoned(timeMs, timezone);
  const last = zoned(timeMs + 1, timezone).getTimeZoneTransition('previous');
  const next = at.getTimeZoneTransition('next');
  return {
    startMs: last?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    endMs: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: at.offsetNanoseconds / 1e6,
  };
};

/** An hour ends when the clock shows a full hour, or is changed: it is never longer than an hour. */
const createHours = (timezone: string): ((timeMs: number) => Bucket) => {
  let offset: Offset = { startMs: 0, endMs: 0, offsetMs: 0 };
  return (timeMs) => {
    if (timeMs < offset.startMs || timeMs >= offset.endMs) offset = offsetAt(timeMs, timezone);
    const { startMs, endMs, offsetMs } = offset;
    const fullHourMs = Math.floor((timeMs + offsetMs) / HOUR_MS) * HOUR_MS - offsetMs;
    return { startMs: Math.max(fullHourMs, startMs), endMs: Math.min(fullHourMs + HOUR_MS, endMs) };
  };
};

/** First and last-but-not-included date of the day, week or month of a date. */
const DATES: Readonly<
  Record<Exclude<LongStep, 'hour'>, (date: Temporal.PlainDate) => [Temporal.PlainDate, Temporal.PlainDate]>
> = {
  day: (date) => [date, date.add({ days: 1 })],
  week: (date) => {
    const monday = date.subtract({ days: date.dayOfWeek - 1 });
    return [monday, monday.add({ weeks: 1 })];
  },
  month: (date) => {
    const first = date.with({ day: 1 });
    return [first, first.add({ months: 1 })];
  },
};

const createDates = (step: Exclude<LongStep, 'hour'>, timezone: string): ((timeMs: number) => Bucket) => {
  const midnight = (date: Temporal.PlainDate): number => date.toZonedDateTime(timezone).epochMilliseconds;
  return (timeMs) => {
    const [first, next] = DATES[step](zoned(timeMs, timezone).toPlainDate());
    return { startMs: midnight(first), endMs: midnight(next) };
  };
};

/** Buckets of a query by the beginning of a row that lies in them, in ms. The same bucket is the same object. */
export type Buckets = (startMs: number) => Bucket;

const upTo = (timeMs: number, lengthMs: number): number => Math.ceil(timeMs / lengthMs) * lengthMs;

/** Keeps what was worked out: rows come in order of time, once for every place. */
const remembered = (bucketAt: Buckets): Buckets => {
  const known = new Map<number, Bucket>();
  let last: Bucket | undefined;
  return (startMs) => {
    if (last !== undefined && startMs >= last.startMs && startMs < last.endMs) return last;
    last = known.get(startMs) ?? bucketAt(startMs);
    known.set(startMs, last);
    return last;
  };
};

/**
 * Buckets for rows of a fixed length that begin in the period.
 *
 * At the edges of the period a bucket is as long as its rows: of the day in whose middle the period begins, the rest.
 *
 * @param lengthMs how long a row is
 */
const clipped = ({ fromMs, toMs }: HistoryQuery, lengthMs: number, bucketAt: Buckets): Buckets => {
  const firstMs = upTo(fromMs, lengthMs);
  const lastMs = upTo(toMs, lengthMs);
  return (timeMs) => {
    const { startMs, endMs } = bucketAt(timeMs);
    return { startMs: Math.max(startMs, firstMs), endMs: Math.min(endMs, lastMs) };
  };
};

const onTheQuarterHour =
  (timezone: string, bucketAt: Buckets): Buckets =>
  (timeMs) => {
    const bucket = bucketAt(timeMs);
    if (bucket.startMs % QUARTER_HOUR_MS !== 0 || bucket.endMs % QUARTER_HOUR_MS !== 0)
      throw offTheQuarterHour(timezone);
    return bucket;
  };

const longBuckets = (query: HistoryQuery, step: LongStep): Buckets => {
  const { timezone } = query;
  const bucketAt = step === 'hour' ? createHours(timezone) : createDates(step, timezone);
  return clipped(query, QUARTER_HOUR_MS, onTheQuarterHour(timezone, bucketAt));
};

const eachRow =
  (lengthMs: number): Buckets =>
  (startMs) => ({ startMs, endMs: startMs + lengthMs });

/** How a step is made: of which level of the ledger's rows, and into which buckets they go. */
export interface Plan {
  /** Length of the rows it is made of, s. */
  readonly level: Level;
  readonly buckets: Buckets;
}

/**
 * How a step longer than a second is made.
 *
 * @throws STORE_BAD_QUERY (when a row is reached) for hours that are not made of whole quarter-hours of UTC
 */
export const planOf = (query: HistoryQuery, step: Exclude<Step, 'second'>): Plan => {
  if (step === 'minute') return { level: MINUTE_S, buckets: eachRow(MINUTE_S * 1000) };
  if (step === 'quarterHour') return { level: QUARTER_HOUR_S, buckets: eachRow(QUARTER_HOUR_MS) };
  return { level: QUARTER_HOUR_S, buckets: remembered(longBuckets(query, step)) };
};
