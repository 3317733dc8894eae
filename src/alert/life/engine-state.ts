/** What an engine must remember, and how what two engines remember becomes one. */
import type { Alert } from '../../contract/index.ts';
import { conditionOfNewText } from './condition-life.ts';
import type { Unanswered } from './escalation.ts';
import { end, type LifeEvent } from './life-event.ts';
import type { RuleLife } from './rule-life.ts';
import type { Suppression } from './suppression.ts';

/** All that an engine must remember. */
export interface EngineState {
  /** By rule. */
  readonly lives: ReadonlyMap<string, RuleLife>;
  /** Open alerts about notifiers, by name. */
  readonly notifiers: ReadonlyMap<string, Alert>;
  /** By rule. */
  readonly suppressions: ReadonlyMap<string, Suppression>;
  /** The last second that was judged, UTC in ms; null: none was. */
  readonly judgedMs: number | null;
}

/** Of an engine to which nothing has happened. */
export const EMPTY_STATE: EngineState = {
  lives: new Map(),
  notifiers: new Map(),
  suppressions: new Map(),
  judgedMs: null,
};

const REPLACED = 'While the book could not be read, another alert was raised in its place.';

/** An alert of one's own goes before an older one, unless that was told of and one's own was not. */
const chosen = <Open extends Unanswered>(
  own: Open | null,
  older: Open | null,
  nowMs: number,
): { readonly open: Open | null; readonly events: LifeEvent[] } => {
  if (own === null || older === null) return { open: own ?? older, events: [] };
  if (older.alert.state === 'pending') return { open: own, events: [] };
  if (own.alert.state === 'pending') return { open: older, events: [] };
  return { open: own, events: [end(older.alert, 'expired', nowMs, { notify: [], text: REPLACED })] };
};

/** One's own state and an older one, as one; and which alerts that ends. */
export const merged = (
  own: EngineState,
  stored: EngineState,
  nowMs: number,
): { readonly state: EngineState; readonly events: readonly LifeEvent[] } => {
  const lives = new Map(own.lives);
  const events: LifeEvent[] = [];
  for (const [rule, life] of stored.lives) {
    const ours = own.lives.get(rule);
    // Of a rule that was judged since, an older hold time says nothing.
    const older = ours && life.condition ? conditionOfNewText(life.condition) : life.condition;
    const condition = chosen(ours?.condition ?? null, older, nowMs);
    const blind = chosen(ours?.blind ?? null, life.blind, nowMs);
    lives.set(rule, { ...(ours ?? life), condition: condition.open, blind: blind.open });
    events.push(...condition.events, ...blind.events);
  }
  for (const [name, alert] of stored.notifiers)
    if (own.notifiers.has(name)) events.push(end(alert, 'expired', nowMs, { notify: [], text: REPLACED }));
  const state = {
    lives,
    notifiers: new Map([...stored.notifiers, ...own.notifiers]),
    suppressions: new Map([...stored.suppressions, ...own.suppressions]),
    judgedMs: own.judgedMs ?? stored.judgedMs,
  };
  return { state, events };
};
