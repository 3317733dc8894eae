/**
 * Timelines as strips, a letter a second, so that a test can be read at a glance:
 *
 * ```
 * when    FTTT?TTFF     true, false, nobody knows
 * clear   .........     the same, of what clears; not given: when `when` does not hold
 * acts    ....a....     a acknowledges, s suppresses for 4 s, u ends that, g: the clock leaps a minute, G: an hour,
 *                       b: it is set back a minute, i: an interruption without length
 * events  ...R....C     R raised, A acknowledged, E escalated, C cleared, X expired; B and b: blindness raised, cleared;
 *                       S suppressed, U resumed; several in one second in brackets
 * ```
 */
import { type AlertEvent, type Rule, ruleSchema } from '../../contract/index.ts';
import type { Circumstances, Condition, Truth } from '../rule/condition.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { LifeEngine } from './engine.ts';
import type { LifeEvent } from './life-event.ts';

/** Mon 2 Mar 2026, 12:00 UTC. */
export const START_MS = Date.UTC(2026, 2, 2, 12);

/** A rule as a site file gives it, durations as text. */
export const ruleOf = (given: Record<string, unknown> = {}): Rule =>
  ruleSchema.parse({ id: 'square-crowded', when: 'density(square) > 3.5', ...given });

/** Circumstances of a second in which nothing is known. */
export const circumstancesAt = (timeMs: number): Circumstances => ({
  moment: { timeMs, zones: [], gates: [], cameras: [] },
  forecast: () => null,
});

/** A condition that holds as it is told to. */
export class Told implements Condition {
  readonly text = 'told';
  truth: Truth = false;

  judge(): Truth {
    return this.truth;
  }

  explain(): string {
    return `told ${this.truth === null ? 'nothing' : String(this.truth)}`;
  }
}

/** What a letter of a strip says. */
export const truthOf = (letter: string | undefined): Truth => (letter === 'T' ? true : letter === '?' ? null : false);

const LETTERS = {
  raised: 'R',
  acknowledged: 'A',
  noted: 'N',
  escalated: 'E',
  cleared: 'C',
  expired: 'X',
  suppressed: 'S',
  resumed: 'U',
} as const;
const BLIND_LETTERS = {
  ...LETTERS,
  raised: 'B',
  cleared: 'b',
  expired: 'x',
  escalated: 'e',
  acknowledged: 'a',
} as const;

/** Events as letters. */
export const lettersOf = (events: readonly (LifeEvent | AlertEvent)[]): string => {
  const letters = events.map(({ kind, alert }) => (alert?.kind === 'blind' ? BLIND_LETTERS : LETTERS)[kind]);
  return letters.length > 1 ? `(${letters.join('')})` : (letters[0] ?? '.');
};

/** A timeline, and the rule that it is put before. */
export interface Timeline {
  readonly rule?: Record<string, unknown>;
  readonly when: string;
  readonly clear?: string;
  readonly acts?: string;
  readonly stepMs?: number;
}

const LEAPS_MS: Readonly<Record<string, number>> = { g: 60_000, G: 3_600_000, b: -60_000 };

/** Runs a timeline, and gives its events. */
export const run = ({ rule: given = {}, when, clear, acts = '', stepMs = 1000 }: Timeline): LifeEvent[][] => {
  const [raises, clears] = [new Told(), new Told()];
  const rule = ruleOf({ ...(clear !== undefined && { clear: 'told' }), ...given });
  const compiled: CompiledRule = { rule, when: raises, clear: clear === undefined ? null : clears };
  let ids = 0;
  const engine = new LifeEngine({ rules: [compiled], timezone: 'UTC', newId: () => `alert-${++ids}` });
  let nowMs = START_MS;
  return Array.from(when, (letter, i) => {
    nowMs += stepMs + (LEAPS_MS[acts[i]] ?? 0);
    const events = act(engine, rule.id, acts[i], nowMs);
    raises.truth = truthOf(letter);
    clears.truth = truthOf(clear?.[i]);
    return [...events, ...engine.judge(circumstancesAt(nowMs))];
  });
};

const act = (engine: LifeEngine, rule: string, letter: string | undefined, nowMs: number): LifeEvent[] => {
  const by = { by: 'kim', nowMs };
  const raised = engine.current().filter(({ state }) => state !== 'pending');
  if (letter === 'a') return raised.flatMap(({ id }) => engine.acknowledge(id, by));
  if (letter === 's') return engine.suppress(rule, nowMs + 4000, by, 'setting up');
  if (letter === 'u') return engine.resume(rule, by);
  if (letter === 'i') engine.interrupt();
  return [];
};

/** Runs a timeline, and gives its events as a strip. */
export const strip = (timeline: Timeline): string => run(timeline).map(lettersOf).join('');
