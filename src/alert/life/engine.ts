/**
 * The life of all alerts of a site, in memory: what rules are judged, what people do, and what happened. It knows no disk
 * and no clock: the same engine runs a live site (`book/`) and rehearsals, and a test can stop it at any second.
 */
import type { Alert } from '../../contract/index.ts';
import { StarlingError } from '../../contract/index.ts';
import type { Circumstances } from '../rule/condition.ts';
import { acknowledge, type Act, addNote } from './answer.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { type EngineState, EMPTY_STATE, merged } from './engine-state.ts';
import { type LifeEvent, toldOf } from './life-event.ts';
import { clearNotifier, everybodyBut, raiseNotifier } from './notifier-life.ts';
import { type Passed, passedSince } from './passed.ts';
import { patched } from './patched.ts';
import { endLife, isQuiet, lifeOfChangedRule, newLife, type RuleLife, stepRule } from './rule-life.ts';
import { createWallClock, isAwake, type WallTime } from './schedule.ts';
import { judgeRule } from './second.ts';
import { resumedEvent, suppressedEvent, type Suppression, suppressionAfterGap, suppressionOf } from './suppression.ts';

/** What an engine is made of. */
export interface EngineOptions {
  readonly rules: readonly CompiledRule[];
  /** Time zone of the site, IANA; schedules are in it. */
  readonly timezone: string;
  /** An id that was never given before. */
  readonly newId: () => string;
  /** How far apart seconds are; 1000 unless given. Rehearsals on stored minutes give 60,000. */
  readonly stepMs?: number;
}

const RULE_GONE = 'Its rule was taken away or switched off.';

const enabledOf = (rules: readonly CompiledRule[]): ReadonlyMap<string, CompiledRule> =>
  new Map(rules.filter(({ rule }) => rule.enabled).map((compiled) => [compiled.rule.id, compiled]));

/** Alerts of a site. */
export class LifeEngine {
  readonly #options: EngineOptions;
  readonly #wallClock: (timeMs: number) => WallTime;
  #rules: ReadonlyMap<string, CompiledRule>;
  #lives = new Map<string, RuleLife>();
  #notifiers = new Map<string, Alert>();
  #suppressions = new Map<string, Suppression>();
  #judgedMs: number | null = null;
  /** Nobody looked since the last second, however short it was. */
  #isInterrupted = false;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#wallClock = createWallClock(options.timezone);
    this.#rules = enabledOf(options.rules);
  }

  /** All that must be remembered; what has not changed is the very same thing as before. */
  state(): EngineState {
    const lives = new Map([...this.#lives].filter(([, life]) => !isQuiet(life)));
    return { lives, notifiers: this.#notifiers, suppressions: this.#suppressions, judgedMs: this.#judgedMs };
  }

  /**
   * Takes what was remembered. Alerts that it has itself by now go before those, and alerts of rules that are gone expire;
   * the time in between is a gap.
   */
  restore(stored: EngineState, nowMs: number): LifeEvent[] {
    const { state, events } = merged(this.#judgedMs === null ? EMPTY_STATE : this.state(), stored, nowMs);
    this.#lives = new Map([...this.#lives, ...state.lives]);
    this.#notifiers = new Map(state.notifiers);
    this.#suppressions = new Map(state.suppressions);
    this.#judgedMs = state.judgedMs;
    if (stored.judgedMs !== null) this.interrupt();
    return [...events, ...this.#settle(nowMs)];
  }

  /** The next second comes after a gap. */
  interrupt(): void {
    this.#isInterrupted = true;
  }

  /** One second of all rules. */
  judge(circumstances: Circumstances): LifeEvent[] {
    const nowMs = circumstances.moment.timeMs;
    const passed = this.#passed(nowMs);
    const events = this.#endSuppressions(passed, nowMs);
    const wall = this.#wallClock(nowMs);
    for (const compiled of this.#rules.values()) events.push(...this.#step(compiled, circumstances, passed, wall));
    return events;
  }

  /** @throws ALERT_NOT_FOUND, ALERT_NOT_OPEN */
  acknowledge(id: string, act: Act): LifeEvent[] {
    const alert = this.find(id);
    if (!alert) throw new StarlingError('ALERT_NOT_FOUND', { id });
    const events = acknowledge(alert, act, this.#toldOf(alert));
    const last = events.at(-1)?.alert;
    if (last) this.#put(last);
    return events;
  }

  /**
   * Adds a note to an alert, open or not.
   *
   * @throws ALERT_BAD_NOTE
   */
  note(alert: Alert, act: Act, text: string): LifeEvent[] {
    const event = addNote(alert, act, text);
    if (this.find(alert.id)) this.#put(event.alert);
    return [event];
  }

  /** @throws ALERT_NO_SUCH_RULE, ALERT_BAD_SUPPRESSION */
  suppress(rule: string, untilMs: number, act: Act, why: string): LifeEvent[] {
    this.#compiled(rule);
    const suppression = suppressionOf(rule, untilMs, act, why);
    this.#suppressions.set(rule, suppression);
    return [suppressedEvent(suppression, this.#options.timezone)];
  }

  /** Ends a suppression; nothing happens without one. @throws ALERT_NO_SUCH_RULE */
  resume(rule: string, { by, nowMs }: Act): LifeEvent[] {
    this.#compiled(rule);
    return this.#suppressions.delete(rule) ? [resumedEvent(rule, nowMs, by)] : [];
  }

  /** Tells of somebody who cannot be told; once, until they can. */
  raiseNotifier(name: string, message: string, nowMs: number): LifeEvent[] {
    if (this.#notifiers.has(name)) return [];
    const notify = everybodyBut(name, this.#rules.values());
    const event = raiseNotifier(name, message, { nowMs, id: this.#options.newId(), notify });
    this.#put(event.alert);
    return [event];
  }

  /** They can be told again. */
  clearNotifier(name: string, nowMs: number): LifeEvent[] {
    const alert = this.#notifiers.get(name);
    if (!alert) return [];
    this.#notifiers.delete(name);
    return [clearNotifier(alert, nowMs, everybodyBut(name, this.#rules.values()))];
  }

  /** Goes on with other rules: see {@link lifeOfChangedRule}. Alerts of a rule that is gone expire. */
  setRules(rules: readonly CompiledRule[], nowMs: number): LifeEvent[] {
    const before = this.#rules;
    this.#rules = enabledOf(rules);
    return this.#settle(nowMs, before);
  }

  /** Alerts that are open, pending ones too. */
  current(): Alert[] {
    const ofRules = [...this.#lives.values()].flatMap(({ condition, blind }) => [condition, blind]);
    return [...ofRules.flatMap((open) => (open === null ? [] : [open.alert])), ...this.#notifiers.values()];
  }

  /** One of {@link current}. */
  find(id: string): Alert | undefined {
    return this.current().find((alert) => alert.id === id);
  }

  /** Rules that raise nothing now. */
  suppressions(): Suppression[] {
    return [...this.#suppressions.values()];
  }

  #compiled(rule: string): CompiledRule {
    const compiled = this.#rules.get(rule);
    if (!compiled) throw new StarlingError('ALERT_NO_SUCH_RULE', { rule });
    return compiled;
  }

  #passed(nowMs: number): Passed {
    const { elapsedMs, gapMs } = passedSince(this.#judgedMs, nowMs, this.#options.stepMs ?? 1000);
    const passed = this.#isInterrupted && gapMs === null ? { elapsedMs: 0, gapMs: elapsedMs } : { elapsedMs, gapMs };
    this.#isInterrupted = false;
    this.#judgedMs = nowMs;
    return passed;
  }

  #step(compiled: CompiledRule, circumstances: Circumstances, passed: Passed, wall: WallTime): readonly LifeEvent[] {
    const { rule } = compiled;
    const mayRaise = isAwake(rule.schedule, wall) && !this.#suppressions.has(rule.id);
    const nowMs = circumstances.moment.timeMs;
    const second = judgeRule(compiled, circumstances, { nowMs, passed, mayRaise, newId: this.#options.newId });
    const { life, events } = stepRule(rule, this.#lives.get(rule.id) ?? newLife(rule), second);
    this.#lives.set(rule.id, life);
    return events;
  }

  #endSuppressions({ gapMs }: Passed, nowMs: number): LifeEvent[] {
    return this.suppressions().flatMap((suppression) => {
      const { rule } = suppression;
      const left = suppressionAfterGap(suppression, gapMs ?? 0);
      this.#suppressions.set(rule, left);
      return left.untilMs <= nowMs && this.#suppressions.delete(rule) ? [resumedEvent(rule, nowMs, null)] : [];
    });
  }

  /** Brings lives in line with the rules that there are. */
  #settle(nowMs: number, before: ReadonlyMap<string, CompiledRule> = this.#rules): LifeEvent[] {
    for (const rule of this.#suppressions.keys()) if (!this.#rules.has(rule)) this.#suppressions.delete(rule);
    return [...this.#lives].flatMap(([id, life]) => {
      const rule = this.#rules.get(id)?.rule;
      if (rule) this.#lives.set(id, lifeOfChangedRule(life, rule));
      else this.#lives.delete(id);
      return rule ? [] : endLife(life, before.get(id)?.rule ?? { notify: [], escalate: [] }, nowMs, RULE_GONE);
    });
  }

  #toldOf(alert: Alert): string[] {
    if (alert.kind === 'notifier') return everybodyBut(alert.subject, this.#rules.values());
    const rule = this.#rules.get(alert.subject)?.rule;
    return rule ? toldOf(rule, alert) : [];
  }

  /** Puts an alert where it belongs after somebody has done something to it. */
  #put(alert: Alert): void {
    const isOpen = alert.state === 'raised' || alert.state === 'acknowledged' || alert.state === 'pending';
    const { subject, kind } = alert;
    if (kind === 'notifier') {
      if (isOpen) this.#notifiers.set(subject, alert);
      else this.#notifiers.delete(subject);
      return;
    }
    const life = this.#lives.get(subject);
    const open = life?.[kind];
    if (life && open) this.#lives.set(subject, patched(life, { [kind]: isOpen ? { ...open, alert } : null }));
  }
}
