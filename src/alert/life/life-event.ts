import type { Alert, AlertEvent, Rule } from '../../contract/index.ts';
import { clipped, TEXT_LIMITS } from './clipped.ts';
import { durationInWords } from './duration-in-words.ts';

/** Something that happened, before it has its number. */
export type LifeEvent = Omit<AlertEvent, 'sequence'>;

/** One step of a life: what is open after it, if anything, and what happened. */
export interface Stepped<Open> {
  readonly open: Open | null;
  readonly events: readonly LifeEvent[];
}

/** Nothing is open, and nothing is told of it. */
export const GONE = { open: null, events: [] } as const;

/** Everybody who was told of an alert: by its rule, and by the steps of escalation that were taken. */
export const toldOf = ({ notify, escalate }: Pick<Rule, 'notify' | 'escalate'>, { escalations }: Alert): string[] => [
  ...new Set([...notify, ...inOrder(escalate).flatMap((step, i) => (i < escalations ? step.notify : []))]),
];

/** Steps of escalation, the first first. */
export const inOrder = (escalate: Rule['escalate']): Rule['escalate'] => escalate.toSorted((a, b) => a.after - b.after);

/** An event of an alert; done by Starling itself, told to nobody and without a text unless that is said. */
export const eventOf = (
  kind: AlertEvent['kind'],
  nowMs: number,
  alert: Alert,
  rest: Partial<Pick<LifeEvent, 'by' | 'notify' | 'text'>> = {},
): LifeEvent => ({ timeMs: nowMs, kind, by: null, subject: alert.subject, alert, notify: [], text: null, ...rest });

/** An alert that has begun, and is not raised yet. */
export const pendingAlert = (
  about: Pick<Alert, 'id' | 'kind' | 'subject' | 'severity' | 'message' | 'pendingMs'>,
): Alert => ({
  ...about,
  message: clipped(about.message, TEXT_LIMITS.message),
  state: 'pending',
  raisedMs: null,
  acknowledgedMs: null,
  acknowledgedBy: null,
  endedMs: null,
  isOver: false,
  isBlind: about.kind === 'blind',
  escalations: 0,
  notes: [],
});

/** Raises an alert, and tells what to do. */
export const raise = (
  alert: Alert,
  rule: Pick<Rule, 'notify' | 'note'>,
  nowMs: number,
  message: string,
): LifeEvent & { readonly alert: Alert } => {
  const raised: Alert = {
    ...alert,
    state: 'raised',
    raisedMs: nowMs,
    message: clipped(message, TEXT_LIMITS.message),
  };
  return { ...eventOf('raised', nowMs, raised, { notify: rule.notify, text: rule.note ?? null }), alert: raised };
};

/** Ends an alert that is open. */
export const end = (
  alert: Alert,
  state: 'cleared' | 'expired',
  nowMs: number,
  rest: { readonly notify: string[]; readonly text: string | null },
): LifeEvent =>
  eventOf(
    state,
    nowMs,
    { ...alert, state, endedMs: nowMs, isOver: state === 'cleared' },
    { ...rest, text: rest.text === null ? null : clipped(rest.text, TEXT_LIMITS.event) },
  );

/** Why an alert expired that could not be evaluated. */
export const expiredUnknown = (rule: Rule): string =>
  `It could not be evaluated for ${durationInWords(rule.expireAfter)}: nobody knows whether it is over.`;
