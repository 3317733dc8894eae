import { Temporal } from 'temporal-polyfill';

/** Milliseconds always, so that every text of a column has one form. */
const FORM = { smallestUnit: 'millisecond', timeZoneName: 'never' } as const;

/**
 * Writes instants in a time zone, ISO 8601 with the offset that held then. Rows of one time come together, so the last
 * two are remembered.
 *
 * @example siteTime('Europe/Amsterdam')(1774746000000) // '2026-03-29T03:00:00.000+02:00'
 */
export const siteTime = (timezone: string): ((timeMs: number) => string) => {
  let known = new Map<number, string>();
  return (timeMs) => {
    const before = known.get(timeMs);
    if (before !== undefined) return before;
    const text = Temporal.Instant.fromEpochMilliseconds(Math.round(timeMs)).toZonedDateTimeISO(timezone).toString(FORM);
    if (known.size >= 2) known = new Map();
    known.set(timeMs, text);
    return text;
  };
};
