/**
 * Instants as text, in UTC and in the site's own time zone. The zone's rules come from the IANA database of the
 * runtime, so a clock change is shown by the offset: 01:59:59+01:00 is followed by 03:00:00+02:00.
 */
import { Temporal } from 'temporal-polyfill';
import type { UtcMs } from '../contract/index.ts';

/** Milliseconds always, so that every text of a column has one form. */
const FORM = { smallestUnit: 'millisecond', timeZoneName: 'never' } as const;

/** Zones and gates of one window share its times. */
const REMEMBERED = 64;

const instant = (timeMs: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(Math.round(timeMs));

/** An instant in UTC, ISO 8601. @example '2026-03-29T01:00:00.000Z' */
export const formatUtc = (timeMs: UtcMs | number): string => new Date(Math.round(timeMs)).toISOString();

/**
 * Writes instants in one time zone, ISO 8601 with the offset that held then.
 *
 * @param timezone IANA name, such as `Europe/Amsterdam`
 * @example siteTimeFormatter('Europe/Amsterdam')(utcMs(1774746000000)) // '2026-03-29T03:00:00.000+02:00'
 */
export const siteTimeFormatter = (timezone: string): ((timeMs: UtcMs | number) => string) => {
  const remembered = new Map<number, string>();
  return (timeMs) => {
    const known = remembered.get(timeMs);
    if (known !== undefined) return known;
    const text = instant(timeMs).toZonedDateTimeISO(timezone).toString(FORM);
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(timeMs, text);
    return text;
  };
};

const HOUR_MS = 3_600_000;

const ticksWithinHours = (fromMs: number, toMs: number, stepMs: number, offsetMs: number): number[] => {
  const ticks: number[] = [];
  const first = Math.ceil((fromMs + offsetMs) / stepMs) * stepMs - offsetMs;
  for (let tick = first; tick <= toMs; tick += stepMs) ticks.push(tick);
  return ticks;
};

/**
 * The instants between two others at which the site's wall clock shows a multiple of `stepMs`, also across a clock
 * change: a step of three hours gives 00:00, 03:00, 06:00 on a day of 23, 24 or 25 hours.
 *
 * @param stepMs a divisor of an hour, or whole hours
 */
export const wallClockTicks = (fromMs: number, toMs: number, stepMs: number, timezone: string): number[] => {
  const from = instant(fromMs).toZonedDateTimeISO(timezone);
  if (stepMs < HOUR_MS) return ticksWithinHours(fromMs, toMs, stepMs, from.offsetNanoseconds / 1e6);
  const midnight = from.toPlainDate().toPlainDateTime();
  const ticks = new Set<number>();
  for (let wallMs = 0; ; wallMs += stepMs) {
    const tick = midnight.add({ milliseconds: wallMs }).toZonedDateTime(timezone).epochMilliseconds;
    if (tick > toMs) return [...ticks];
    if (tick >= fromMs) ticks.add(tick);
  }
};
