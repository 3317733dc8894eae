/** What is counted of one rule while it is rehearsed. */
import type { Alert } from '../../contract/index.ts';
import type { CompiledRule } from '../life/compiled-rule.ts';
import type { LifeEvent } from '../life/life-event.ts';
import { passedSince } from '../life/passed.ts';
import type { Circumstances, Condition, Truth } from '../rule/condition.ts';

/** An alert that would have been raised. */
export interface RehearsedAlert {
  readonly kind: 'condition' | 'blind';
  readonly raisedMs: number;
  /** Null: it was still open at the end. */
  readonly endedMs: number | null;
  /** What was found when it was raised. */
  readonly message: string;
}

/** The greatest value of a rule's figure, and how long ahead of it the rule fired. */
export interface Peak {
  readonly value: number;
  /** When that value was first reached, UTC in ms. */
  readonly timeMs: number;
  /** From the first raise of the whole period to the peak, ms; null when none came before it, or with it. */
  readonly firstRaiseAheadMs: number | null;
  /** From the raise of the alert that was open at the peak to the peak, ms; null: it was not open, and nobody was warned. */
  readonly aheadMs: number | null;
}

/** How a rule would have fared. */
export interface RuleRehearsal {
  readonly rule: string;
  /** How often its condition would have raised an alert. */
  readonly raised: number;
  /** For how long, in all, such an alert would have been open, ms; up to the end for one that was still open. */
  readonly openMs: number;
  /** How often, and for how long, its blindness would have been told. */
  readonly blind: { readonly raised: number; readonly openMs: number };
  /** Share of the time, 0 to 1, in which it could not be evaluated; gaps are such time. Null when no time went by. */
  readonly unknownShare: number | null;
  /** Null when the figure was never known, or none was given. */
  readonly peak: Peak | null;
  /** The first alerts, in order; not more than 1000. */
  readonly alerts: readonly RehearsedAlert[];
  /** Whether there were more. */
  readonly hasMore: boolean;
}

const MOST_ALERTS = 1000;

/** Counts of one kind of alert. */
class KindTally {
  raised = 0;
  closedMs = 0;
  /** Since when one is open. */
  sinceMs: number | null = null;
  firstRaisedMs: number | null = null;

  add({ kind, timeMs }: LifeEvent): void {
    if (kind === 'raised') {
      this.raised++;
      this.firstRaisedMs ??= timeMs;
      this.sinceMs = timeMs;
    } else if (this.sinceMs !== null) {
      this.closedMs += timeMs - this.sinceMs;
      this.sinceMs = null;
    }
  }

  openMs(nowMs: number): number {
    return this.closedMs + (this.sinceMs === null ? 0 : nowMs - this.sinceMs);
  }
}

/** Counts of one rule. Of an instant, `see` comes first, then `when` is judged, and then its events are added. */
export class RuleTally {
  /** What raises, which is judged once an instant: what it says is counted here. */
  readonly when: Condition;
  readonly #compiled: CompiledRule;
  readonly #stepMs: number;
  readonly #kinds = { condition: new KindTally(), blind: new KindTally() };
  #alerts: RehearsedAlert[] = [];
  #hasMore = false;
  #lastMs: number | null = null;
  /** Time since the last instant, which is unknown unless this one says otherwise. */
  #elapsedMs = 0;
  #knownMs = 0;
  #unknownMs = 0;
  #peak: { value: number; timeMs: number; firstRaisedMs: number | null; sinceMs: number | null } | null = null;

  constructor(compiled: CompiledRule, stepMs: number) {
    this.#compiled = compiled;
    this.#stepMs = stepMs;
    const { when } = compiled;
    this.when = {
      text: when.text,
      judge: (circumstances) => this.#count(when.judge(circumstances)),
      explain: (circumstances) => when.explain(circumstances),
    };
  }

  /** One instant begins: what time has passed, and the figure. */
  see(now: Circumstances, peakOf: (rule: CompiledRule, circumstances: Circumstances) => number | null): void {
    const { timeMs } = now.moment;
    const { elapsedMs, gapMs } = passedSince(this.#lastMs, timeMs, this.#stepMs);
    this.#lastMs = timeMs;
    this.#elapsedMs = elapsedMs;
    this.#unknownMs += elapsedMs + Math.max(0, gapMs ?? 0);
    const value = peakOf(this.#compiled, now);
    if (value !== null && (this.#peak === null || value > this.#peak.value)) this.#setPeak(value, timeMs);
  }

  /** Something happened to one of its alerts. */
  add(event: LifeEvent): void {
    const { alert, timeMs } = event;
    if (!alert || alert.kind === 'notifier') return;
    this.#kinds[alert.kind].add(event);
    this.#list(alert, alert.kind);
    // Raised by the very figure that is the peak: it was not late.
    if (event.kind === 'raised' && this.#peak?.timeMs === timeMs) this.#setPeak(this.#peak.value, timeMs);
  }

  /** How it fared. */
  result(): RuleRehearsal {
    const nowMs = this.#lastMs ?? 0;
    const { condition, blind } = this.#kinds;
    const allMs = this.#knownMs + this.#unknownMs;
    return {
      rule: this.#compiled.rule.id,
      raised: condition.raised,
      openMs: condition.openMs(nowMs),
      blind: { raised: blind.raised, openMs: blind.openMs(nowMs) },
      unknownShare: allMs === 0 ? null : this.#unknownMs / allMs,
      peak: this.#peakResult(),
      alerts: this.#alerts,
      hasMore: this.#hasMore,
    };
  }

  #count(truth: Truth): Truth {
    if (truth !== null) {
      this.#knownMs += this.#elapsedMs;
      this.#unknownMs -= this.#elapsedMs;
    }
    return truth;
  }

  #setPeak(value: number, timeMs: number): void {
    const { firstRaisedMs, sinceMs } = this.#kinds.condition;
    this.#peak = { value, timeMs, firstRaisedMs, sinceMs };
  }

  #peakResult(): Peak | null {
    if (this.#peak === null) return null;
    const { value, timeMs, firstRaisedMs, sinceMs } = this.#peak;
    const ahead = (sinceRaiseMs: number | null): number | null =>
      sinceRaiseMs === null ? null : timeMs - sinceRaiseMs;
    return { value, timeMs, firstRaiseAheadMs: ahead(firstRaisedMs), aheadMs: ahead(sinceMs) };
  }

  #list({ raisedMs, endedMs, message }: Alert, kind: RehearsedAlert['kind']): void {
    if (raisedMs === null) return;
    const at = this.#alerts.findLastIndex((alert) => alert.kind === kind && alert.raisedMs === raisedMs);
    const listed = { kind, raisedMs, endedMs, message };
    if (at >= 0) this.#alerts[at] = listed;
    else if (endedMs === null && this.#alerts.length < MOST_ALERTS) this.#alerts.push(listed);
    else if (endedMs === null) this.#hasMore = true;
  }
}
