/** What has changed since the book was last written, and whether that is worth writing now. */
import type { Alert } from '../../contract/index.ts';
import type { EngineState } from '../life/engine-state.ts';
import type { RuleLife } from '../life/rule-life.ts';

/** Timers are stored this often, ms, so that a kill costs them no more than that. */
const TIMERS_MS = 10_000;

/** What has changed in a table: rows to put there, and those that are gone. */
export interface TableChange {
  readonly put: readonly (readonly [name: string, body: unknown])[];
  readonly gone: readonly string[];
}

/** What has changed; what is not changed is the very same thing as before. */
export const tableChange = (before: ReadonlyMap<string, unknown>, now: ReadonlyMap<string, unknown>): TableChange => ({
  put: [...now].filter(([name, value]) => before.get(name) !== value),
  gone: [...before.keys()].filter((name) => !now.has(name)),
});

const isEmpty = ({ put, gone }: TableChange): boolean => put.length + gone.length === 0;

/** Whether more of an alert differs than that it cannot be evaluated now, which a restart finds out by itself. */
const hasNews = (before: Alert | undefined, now: Alert | undefined): boolean => {
  if (before === now) return false;
  if (!before || !now) return true;
  return Object.entries(now).some(([key, value]) => key !== 'isBlind' && value !== Reflect.get(before, key));
};

/** What was forgotten on purpose must not come back. */
const wasReset = (before: number | null | undefined, now: number | null | undefined): boolean =>
  (before ?? 0) - (now ?? 0) > TIMERS_MS;

const isUrgent = (before: RuleLife | undefined, now: RuleLife | undefined): boolean =>
  before !== now &&
  (hasNews(before?.condition?.alert, now?.condition?.alert) ||
    hasNews(before?.blind?.alert, now?.blind?.alert) ||
    wasReset(before?.condition?.unknownMs, now?.condition?.unknownMs) ||
    wasReset(before?.sight.unknownMs, now?.sight.unknownMs) ||
    (before !== undefined && now !== undefined && before.meaning !== now.meaning));

/**
 * Whether something must be on the disk before anybody is told: an alert began, changed or is gone, or a timer of more than
 * a few seconds was set back. Timers that only go on wait for their turn.
 */
export const mustWrite = (before: EngineState, now: EngineState): boolean =>
  [...new Set([...before.lives.keys(), ...now.lives.keys()])].some((rule) =>
    isUrgent(before.lives.get(rule), now.lives.get(rule)),
  ) ||
  !isEmpty(tableChange(before.notifiers, now.notifiers)) ||
  !isEmpty(tableChange(before.suppressions, now.suppressions));

/** Whether it is time to store timers that have gone on. */
export const timersAreDue = (before: EngineState, now: EngineState): boolean => {
  if (isEmpty(tableChange(before.lives, now.lives))) return false;
  const sinceMs = before.judgedMs === null || now.judgedMs === null ? TIMERS_MS : now.judgedMs - before.judgedMs;
  return sinceMs >= TIMERS_MS || sinceMs < 0;
};

/** The state as it is now, for comparing later: maps go on changing, what is in them does not. */
export const snapshotOf = ({ lives, notifiers, suppressions, judgedMs }: EngineState): EngineState => ({
  lives: new Map(lives),
  notifiers: new Map(notifiers),
  suppressions: new Map(suppressions),
  judgedMs,
});
