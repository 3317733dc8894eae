/** What people do to an alert. */
import type { Alert } from '../../contract/index.ts';
import { StarlingError } from '../../contract/index.ts';
import { clipped, TEXT_LIMITS } from './clipped.ts';
import { end, eventOf, type LifeEvent } from './life-event.ts';

/** Who does something, and when. */
export interface Act {
  readonly by: string;
  readonly nowMs: number;
}

/** As many notes as `contract/` lets through. */
const MOST_NOTES = 200;

/**
 * Acknowledges an alert; a latched one that is over is cleared by that. Nothing happens to one that was acknowledged
 * before: two people may press the button in the same second.
 *
 * @throws ALERT_NOT_OPEN for one that is not raised yet, or not any more
 */
export const acknowledge = (alert: Alert, { by, nowMs }: Act, notify: string[]): LifeEvent[] => {
  const { id, state } = alert;
  if (state === 'acknowledged') return [];
  if (state !== 'raised') throw new StarlingError('ALERT_NOT_OPEN', { id, state });
  const who = clipped(by, TEXT_LIMITS.by);
  const answered: Alert = { ...alert, state: 'acknowledged', acknowledgedMs: nowMs, acknowledgedBy: who };
  const event = eventOf('acknowledged', nowMs, answered, { by: who, notify });
  if (!alert.isOver) return [event];
  return [event, end(answered, 'cleared', nowMs, { notify, text: 'It was over, and is acknowledged now.' })];
};

/**
 * Adds a note to an alert, also to one that has ended.
 *
 * @throws ALERT_BAD_NOTE
 */
export const addNote = (alert: Alert, { by, nowMs }: Act, text: string): LifeEvent & { readonly alert: Alert } => {
  const refuse = (problem: string) => new StarlingError('ALERT_BAD_NOTE', { id: alert.id, problem });
  if (text.trim() === '') throw refuse('it is empty');
  if (text.length > TEXT_LIMITS.note) throw refuse(`it has ${text.length} characters`);
  if (alert.notes.length >= MOST_NOTES) throw refuse(`the alert has ${MOST_NOTES} notes already`);
  const who = clipped(by, TEXT_LIMITS.by);
  const noted: Alert = { ...alert, notes: [...alert.notes, { timeMs: nowMs, by: who, text }] };
  return { ...eventOf('noted', nowMs, noted, { by: who, text }), alert: noted };
};
