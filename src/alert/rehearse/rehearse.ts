/**
 * Rules rehearsed on what was stored, or on a simulated crowd: when they would have fired, how often, for how long, and how
 * long ahead of the peak. It is the engine of live sites, without a book and without people: nobody acknowledges anything,
 * so a latched alert clears when it is over, and nothing escalates.
 */
import { setImmediate as others } from 'node:timers/promises';
import type { AlertEvent } from '../../contract/index.ts';
import type { CompiledRule } from '../life/compiled-rule.ts';
import { LifeEngine } from '../life/engine.ts';
import type { Circumstances } from '../rule/condition.ts';
import { type RuleRehearsal, RuleTally } from './rule-tally.ts';

/** How a rehearsal is done. */
export interface RehearsalOptions {
  /** Time zone of the site, IANA; schedules are in it. */
  readonly timezone: string;
  /** How far apart the circumstances are, ms; 1000 unless given. More than five such steps are a gap. */
  readonly stepMs?: number;
  /** The figure whose peak a rule should be ahead of; null when it is unknown then. */
  readonly peakOf?: (rule: CompiledRule, circumstances: Circumstances) => number | null;
}

/** What would have happened. */
export interface Rehearsal {
  /** The first and the last instant that were judged, UTC in ms; null when there was none. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** Instants that were judged. */
  readonly judged: number;
  /** In the order of the rules; those that are switched off as well. */
  readonly rules: readonly RuleRehearsal[];
}

/** A site that is live at the same time is not held up for longer than this, ms. */
const TURN_MS = 10;

/** Lets others have their turn, when one's own has been long enough. */
const createTurns = (): (() => Promise<void>) => {
  let sinceMs = performance.now();
  return async () => {
    if (performance.now() - sinceMs < TURN_MS) return;
    await others();
    sinceMs = performance.now();
  };
};

const withoutPeople = ({ rule, clear }: CompiledRule, { when }: RuleTally): CompiledRule => ({
  rule: { ...rule, latch: false, escalate: [], enabled: true },
  when,
  clear,
});

const isEvent = (kind: AlertEvent['kind']): boolean => kind === 'raised' || kind === 'cleared' || kind === 'expired';

/**
 * Rehearses rules on circumstances, which come in order of time. Rules that are switched off are rehearsed too: that is how
 * one is tried before it is switched on.
 */
export const rehearse = async (
  rules: readonly CompiledRule[],
  circumstances: Iterable<Circumstances> | AsyncIterable<Circumstances>,
  { timezone, stepMs = 1000, peakOf = () => null }: RehearsalOptions,
): Promise<Rehearsal> => {
  let ids = 0;
  const tallies = new Map<string, RuleTally>();
  const watched = rules.map((compiled) => {
    const tally = new RuleTally(compiled, stepMs);
    tallies.set(compiled.rule.id, tally);
    return withoutPeople(compiled, tally);
  });
  const engine = new LifeEngine({ rules: watched, timezone, stepMs, newId: () => `alert-${++ids}` });
  let [judged, fromMs, toMs]: [number, number | null, number | null] = [0, null, null];
  const takeTurns = createTurns();
  for await (const now of circumstances) {
    await takeTurns();
    const { timeMs } = now.moment;
    judged++;
    fromMs ??= timeMs;
    toMs = timeMs;
    for (const tally of tallies.values()) tally.see(now, peakOf);
    for (const event of engine.judge(now)) if (isEvent(event.kind)) tallies.get(event.subject)?.add(event);
  }
  return { fromMs, toMs, judged, rules: [...tallies.values()].map((tally) => tally.result()) };
};
