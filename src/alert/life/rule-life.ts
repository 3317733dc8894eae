/**
 * One rule's life, a second at a time: an alert about its condition, and one about its blindness, each at most once. Pure:
 * live sites and rehearsals run the same code.
 */
import type { Rule } from '../../contract/index.ts';
import { blindAfterGap, SIGHT_UNTRIED, type Sight, sightAfterGap, stepBlind, stepSight } from './blind-life.ts';
import { meaningOf } from './compiled-rule.ts';
import { conditionAfterGap, conditionOfNewText, type OpenCondition, stepCondition } from './condition-life.ts';
import type { Unanswered } from './escalation.ts';
import { end, type LifeEvent, toldOf } from './life-event.ts';
import { patched } from './patched.ts';
import { mayBeOver, type Second } from './second.ts';

/** Where a rule's alerts are in their lives; values, so that it is the same thing as long as nothing changes. */
export interface RuleLife {
  /** Which text of the rule its timers are about. */
  readonly meaning: string;
  readonly condition: OpenCondition | null;
  readonly blind: Unanswered | null;
  readonly sight: Sight;
}

/** A rule that nobody has looked at yet. */
export const newLife = (rule: Rule): RuleLife => ({
  meaning: meaningOf(rule),
  condition: null,
  blind: null,
  sight: SIGHT_UNTRIED,
});

/** Whether there is nothing to remember of it. */
export const isQuiet = ({ condition, blind, sight }: RuleLife): boolean =>
  condition === null && blind === null && sight.unknownMs === null;

const afterGap = (rule: Rule, life: RuleLife, gapMs: number): RuleLife =>
  patched(life, {
    condition: life.condition && conditionAfterGap(rule, life.condition, gapMs),
    blind: life.blind && blindAfterGap(rule, life.blind, gapMs),
    sight: sightAfterGap(life.sight),
  });

const isUnknown = ({ condition }: RuleLife, second: Second): boolean => {
  const isRaised = condition !== null && condition.alert.state !== 'pending';
  return second.when === null || (isRaised && mayBeOver(second) === null);
};

/** One second of a rule's life: what it is then, and what happened. */
export const stepRule = (
  rule: Rule,
  before: RuleLife,
  second: Second,
): { readonly life: RuleLife; readonly events: readonly LifeEvent[] } => {
  const { gapMs } = second.passed;
  const life = gapMs === null ? before : afterGap(rule, before, gapMs);
  const sight = stepSight(rule, life.sight, isUnknown(life, second), second);
  const condition = stepCondition(rule, life.condition, second);
  const blind = stepBlind(rule, life.blind, sight, second);
  return {
    life: patched(life, { sight, condition: condition.open, blind: blind.open }),
    events: [...condition.events, ...blind.events],
  };
};

/** What is left of a rule's life when the rule was changed. */
export const lifeOfChangedRule = (life: RuleLife, rule: Rule): RuleLife => {
  const meaning = meaningOf(rule);
  if (meaning === life.meaning) return life;
  return patched(life, { meaning, condition: life.condition && conditionOfNewText(life.condition) });
};

/** Ends a rule's alerts, when nobody will judge it any more. Those that are pending go without a word. */
export const endLife = (
  { condition, blind }: RuleLife,
  rule: Pick<Rule, 'notify' | 'escalate'>,
  nowMs: number,
  text: string,
): LifeEvent[] =>
  [condition, blind].flatMap((open) =>
    open === null || open.alert.state === 'pending'
      ? []
      : [end(open.alert, 'expired', nowMs, { notify: toldOf(rule, open.alert), text })],
  );
