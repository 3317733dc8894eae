/**
 * The life of an alert about a rule's condition, a second at a time.
 *
 * ```
 *              holds for `for`          answered
 *   - pending ----------------> raised ----------> acknowledged
 *        |                        |  over for `clearFor`  |
 *        v does not hold          '---------> cleared <---'
 *      gone                        unknown for `expireAfter`: expired
 * ```
 *
 * - While it is unknown, a hold time stands still: it neither raises nor begins anew. It is forgotten when that lasts for
 *   `blindAfter`, and then the rule's blindness is told.
 * - A clear time begins anew when it is unknown for a single second.
 * - A latched alert that is over waits until somebody has acknowledged it, and is bad again when `when` holds again.
 */
import type { Alert, Rule } from '../../contract/index.ts';
import { escalate, type Unanswered, unansweredOver } from './escalation.ts';
import { end, expiredUnknown, GONE, pendingAlert, raise, type Stepped, toldOf } from './life-event.ts';
import { further, type TimerMs } from './passed.ts';
import { patched } from './patched.ts';
import { mayBeOver, type Second } from './second.ts';

/** An alert about a condition, with its timers. */
export interface OpenCondition extends Unanswered {
  /** Pending: for how long it was known to hold, ms. */
  readonly heldMs: number;
  /** For how long it was known to be over, ms. */
  readonly clearMs: TimerMs;
  /** For how long it has been unknown, ms. */
  readonly unknownMs: TimerMs;
}

type Life = Stepped<OpenCondition>;

const still = (open: OpenCondition): Life => ({ open, events: [] });

/** For how long a hold time stands still before it is forgotten, ms. */
const patienceMs = ({ blindAfter, expireAfter }: Rule): number => Math.min(blindAfter, expireAfter);

const raiseIfDue = (rule: Rule, open: OpenCondition, { nowMs, explain }: Second): Life => {
  if (open.heldMs < (rule.for ?? 0)) return still(open);
  const event = raise(open.alert, rule, nowMs, explain());
  return { open: { ...open, alert: event.alert }, events: [event] };
};

const begin = (rule: Rule, second: Second): Life => {
  if (second.when !== true || !second.mayRaise) return GONE;
  const alert = pendingAlert({
    id: second.newId(),
    kind: 'condition',
    subject: rule.id,
    severity: rule.severity,
    message: second.explain(),
    pendingMs: second.nowMs,
  });
  return raiseIfDue(rule, { alert, heldMs: 0, clearMs: null, unknownMs: null, unansweredMs: 0 }, second);
};

const seen = (alert: Alert, isBlind: boolean): Alert => patched(alert, { isBlind });

const holdOn = (rule: Rule, open: OpenCondition, second: Second): Life => {
  const { elapsedMs } = second.passed;
  if (second.when === false || !second.mayRaise) return GONE;
  if (second.when === null) {
    const unknownMs = further(open.unknownMs, elapsedMs);
    return unknownMs < patienceMs(rule) ? still({ ...open, unknownMs, alert: seen(open.alert, true) }) : GONE;
  }
  const heldMs = open.heldMs + elapsedMs;
  return raiseIfDue(rule, { ...open, heldMs, unknownMs: null, alert: seen(open.alert, false) }, second);
};

const beOver = (rule: Rule, open: OpenCondition, { nowMs, explain }: Second): Life => {
  const alert = patched(seen(open.alert, false), { isOver: true });
  if (rule.latch && alert.state === 'raised') return still({ ...open, alert });
  return { open: null, events: [end(alert, 'cleared', nowMs, { notify: toldOf(rule, alert), text: explain() })] };
};

const beUnknown = (rule: Rule, open: OpenCondition, { nowMs, passed }: Second): Life => {
  const unknownMs = further(open.unknownMs, passed.elapsedMs);
  const alert = seen(open.alert, true);
  if (unknownMs < rule.expireAfter) return still({ ...open, alert, unknownMs, clearMs: null });
  const rest = { notify: toldOf(rule, alert), text: expiredUnknown(rule) };
  return { open: null, events: [end(alert, 'expired', nowMs, rest)] };
};

const watch = (rule: Rule, open: OpenCondition, second: Second): Life => {
  const over = mayBeOver(second);
  if (over === null) return beUnknown(rule, open, second);
  const known = patched(open, { unknownMs: null });
  if (!over) {
    const isOver = open.alert.isOver && second.when !== true;
    return still(patched(known, { clearMs: null, alert: patched(open.alert, { isBlind: false, isOver }) }));
  }
  const clearForMs = rule.clearFor ?? 0;
  const clearMs = Math.min(further(open.clearMs, second.passed.elapsedMs), clearForMs);
  const clearing = patched(known, { clearMs });
  if (clearMs >= clearForMs) return beOver(rule, clearing, second);
  return still(patched(clearing, { alert: seen(open.alert, false) }));
};

/** One second of an alert's life; null: there is none yet. */
export const stepCondition = (rule: Rule, open: OpenCondition | null, second: Second): Life => {
  if (open === null) return begin(rule, second);
  if (open.alert.state === 'pending') return holdOn(rule, open, second);
  const { open: left, events } = watch(rule, open, second);
  if (left === null) return { open: null, events };
  const escalated = escalate(rule, left, second.nowMs, second.passed.elapsedMs);
  return { open: escalated.open, events: [...events, ...escalated.events] };
};

/** What is left of it after a gap, in which nobody looked. */
export const conditionAfterGap = (rule: Rule, open: OpenCondition, gapMs: number): OpenCondition | null => {
  if (open.alert.state !== 'pending') return patched(unansweredOver(rule, open, gapMs), { clearMs: null });
  return Math.abs(gapMs) < patienceMs(rule) ? open : null;
};

/** What is left of it when the rule's text has changed: hold times begin anew, and what is raised stays. */
export const conditionOfNewText = (open: OpenCondition): OpenCondition | null =>
  open.alert.state === 'pending' ? null : patched(open, { clearMs: null });
