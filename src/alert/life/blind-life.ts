/**
 * The life of an alert about a rule that cannot be evaluated. It is raised when the rule was unknown for `blindAfter` in
 * all, without having been known for a few seconds on end in between; and it is over when the rule was known for that long.
 * A figure that comes and goes, second by second, is therefore told once.
 */
import type { Rule } from '../../contract/index.ts';
import { durationInWords } from './duration-in-words.ts';
import { escalate, type Unanswered, unansweredOver } from './escalation.ts';
import { end, GONE, pendingAlert, raise, type Stepped, toldOf } from './life-event.ts';
import { further, type TimerMs } from './passed.ts';
import { patched } from './patched.ts';
import type { Second } from './second.ts';

/** A rule sees again when it was known for so long on end. */
const SEES_AGAIN_MS = 5000;

/** Whether a rule can be evaluated, and since when; timers stand still when more of them would change nothing. */
export interface Sight {
  /** Unknown in all, ms; null: it sees. */
  readonly unknownMs: TimerMs;
  /** Known on end, ms; null: it is unknown now. */
  readonly knownMs: TimerMs;
}

/** Of a rule that nobody has looked at yet. */
export const SIGHT_UNTRIED: Sight = { unknownMs: null, knownMs: SEES_AGAIN_MS };

/** One second of a rule's sight. */
export const stepSight = (rule: Rule, sight: Sight, isUnknown: boolean, second: Second): Sight => {
  const { elapsedMs } = second.passed;
  if (isUnknown) {
    // Asleep or suppressed, it may be blind: what counts is how long it is so when it ought to see.
    const unknownMs = second.mayRaise ? Math.min(further(sight.unknownMs, elapsedMs), rule.blindAfter) : null;
    return patched(sight, { unknownMs, knownMs: null });
  }
  const knownMs = Math.min(further(sight.knownMs, elapsedMs), SEES_AGAIN_MS);
  const seesAgain = knownMs >= SEES_AGAIN_MS || !second.mayRaise;
  return patched(sight, { knownMs, unknownMs: seesAgain ? null : sight.unknownMs });
};

/** What is known of a rule's sight after a gap: at least, that it was not evaluated. */
export const sightAfterGap = (sight: Sight): Sight => patched(sight, { knownMs: null });

const begin = (rule: Rule, sight: Sight, { mayRaise, newId, nowMs, explain }: Second): Stepped<Unanswered> => {
  if (!mayRaise || sight.unknownMs === null || sight.unknownMs < rule.blindAfter) return GONE;
  const message = `It could not be evaluated for ${durationInWords(rule.blindAfter)}: ${explain()}`;
  const { id: subject, severity } = rule;
  const pendingMs = nowMs - sight.unknownMs;
  const alert = pendingAlert({ id: newId(), kind: 'blind', subject, severity, message, pendingMs });
  const event = raise(alert, rule, nowMs, message);
  return { open: { alert: event.alert, unansweredMs: 0 }, events: [event] };
};

/** One second of its life, after that of the rule's sight. */
export const stepBlind = (rule: Rule, open: Unanswered | null, sight: Sight, second: Second): Stepped<Unanswered> => {
  if (open === null) return begin(rule, sight, second);
  const { nowMs, passed, explain } = second;
  if (sight.knownMs !== null && sight.knownMs >= SEES_AGAIN_MS) {
    const rest = { notify: toldOf(rule, open.alert), text: `It can be evaluated again: ${explain()}` };
    return { open: null, events: [end({ ...open.alert, isBlind: false }, 'cleared', nowMs, rest)] };
  }
  return escalate(rule, open, nowMs, passed.elapsedMs);
};

/** What is left of it after a gap, in which nobody looked. */
export const blindAfterGap = (rule: Rule, open: Unanswered, gapMs: number): Unanswered =>
  unansweredOver(rule, open, gapMs);
