/** The life of an alert about somebody who cannot be told. */
import type { Alert } from '../../contract/index.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { end, type LifeEvent, pendingAlert, raise } from './life-event.ts';

/** Whom the rules tell, apart from one who cannot be told. */
export const everybodyBut = (name: string, rules: Iterable<CompiledRule>): string[] => {
  const told = [...rules].flatMap(({ rule }) => [rule, ...rule.escalate].flatMap(({ notify }) => notify));
  return [...new Set(told)].filter((other) => other !== name);
};

/** Raises an alert about a notifier, at once. */
export const raiseNotifier = (
  name: string,
  message: string,
  { nowMs, id, notify }: { readonly nowMs: number; readonly id: string; readonly notify: string[] },
): LifeEvent & { readonly alert: Alert } => {
  const about = { id, kind: 'notifier', subject: name, severity: 'warning', message, pendingMs: nowMs } as const;
  return raise(pendingAlert(about), { notify }, nowMs, message);
};

/** Ends it: whoever it is about was told of something again. */
export const clearNotifier = (alert: Alert, nowMs: number, notify: string[]): LifeEvent =>
  end(alert, 'cleared', nowMs, { notify, text: 'It takes messages again.' });
