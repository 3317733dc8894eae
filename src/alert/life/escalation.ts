import type { Alert, Rule } from '../../contract/index.ts';
import { eventOf, inOrder, type LifeEvent } from './life-event.ts';

/** What escalates: an alert, and for how long it has waited for an answer. */
export interface Unanswered {
  readonly alert: Alert;
  /** Since it was raised, ms; stands still when there is no further step, or somebody answered. */
  readonly unansweredMs: number;
}

/** Whether a further step of escalation waits for its time. */
const isWaiting = (escalate: Rule['escalate'], { state, escalations }: Alert): boolean =>
  state === 'raised' && escalations < escalate.length;

/** Lets an alert wait for an answer, and tells more people when it has waited long enough. */
export const escalate = <Open extends Unanswered>(
  rule: Rule,
  open: Open,
  nowMs: number,
  elapsedMs: number,
): { readonly open: Open; readonly events: LifeEvent[] } => {
  if (!isWaiting(rule.escalate, open.alert)) return { open, events: [] };
  const unansweredMs = open.unansweredMs + elapsedMs;
  let { alert } = open;
  const events = inOrder(rule.escalate)
    .slice(alert.escalations)
    .filter(({ after }) => unansweredMs >= after)
    .map(({ notify }) => {
      alert = { ...alert, escalations: alert.escalations + 1 };
      return eventOf('escalated', nowMs, alert, { notify, text: rule.note ?? null });
    });
  return { open: { ...open, alert, unansweredMs }, events };
};

/** A gap in which the clock went on: whoever was told had that time to answer. Setting it back takes nothing away. */
export const unansweredOver = <Open extends Unanswered>(rule: Rule, open: Open, gapMs: number): Open =>
  isWaiting(rule.escalate, open.alert) && gapMs > 0 ? { ...open, unansweredMs: open.unansweredMs + gapMs } : open;
