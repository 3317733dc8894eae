/** Rules that raise nothing for a while, because people are setting a place up. */
import { Temporal } from 'temporal-polyfill';
import { StarlingError } from '../../contract/index.ts';
import { clipped, TEXT_LIMITS } from './clipped.ts';
import type { LifeEvent } from './life-event.ts';
import type { Act } from './answer.ts';

/** A rule that raises nothing for a while. */
export interface Suppression {
  readonly rule: string;
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly by: string;
  readonly why: string;
}

/** Longer than this, a rule is switched off in the site file, where everybody sees it. */
const LONGEST_DAYS = 31;
const DAY_MS = 86_400_000;
/** So that there is room for the end in the text of an event. */
const LONGEST_WHY = 1900;

/** Text of an instant in the site's time. @example '2026-11-22 18:00 Europe/Amsterdam' */
const siteMinute = (timeMs: number, timezone: string): string => {
  const at = Temporal.Instant.fromEpochMilliseconds(timeMs).toZonedDateTimeISO(timezone);
  return `${at.toPlainDate().toString()} ${at.toPlainTime().toString({ smallestUnit: 'minute' })} ${timezone}`;
};

const eventAbout = (
  kind: 'suppressed' | 'resumed',
  rule: string,
  nowMs: number,
  by: string | null,
  text: string,
): LifeEvent => ({
  timeMs: nowMs,
  kind,
  by,
  subject: rule,
  alert: null,
  notify: [],
  text,
});

/**
 * Checks and makes a suppression.
 *
 * @throws ALERT_BAD_SUPPRESSION
 */
export const suppressionOf = (rule: string, untilMs: number, { by, nowMs }: Act, why: string): Suppression => {
  const refuse = (problem: string) => new StarlingError('ALERT_BAD_SUPPRESSION', { rule, problem });
  // Written so that NaN is refused.
  if (!(untilMs > nowMs)) throw refuse('its end is not after now');
  if (untilMs - nowMs > LONGEST_DAYS * DAY_MS) throw refuse(`its end is more than ${LONGEST_DAYS} days away`);
  if (why.trim() === '') throw refuse('it has no reason');
  return { rule, sinceMs: nowMs, untilMs, by: clipped(by, TEXT_LIMITS.by), why: clipped(why, LONGEST_WHY) };
};

/** What is told when it begins. */
export const suppressedEvent = ({ rule, sinceMs, untilMs, by, why }: Suppression, timezone: string): LifeEvent =>
  eventAbout('suppressed', rule, sinceMs, by, `Until ${siteMinute(untilMs, timezone)}: ${why}`);

/** What is told when it is over. @param by who ended it; null when its time had come */
export const resumedEvent = (rule: string, nowMs: number, by: string | null): LifeEvent =>
  eventAbout('resumed', rule, nowMs, by, by === null ? 'Its suppression has ended.' : 'Its suppression was ended.');

/** When the clock is set back, a suppression ends after the time that was left of it, not later. */
export const suppressionAfterGap = (suppression: Suppression, gapMs: number): Suppression =>
  gapMs < 0 ? { ...suppression, untilMs: suppression.untilMs + gapMs } : suppression;
