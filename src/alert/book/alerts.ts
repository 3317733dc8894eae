/**
 * The alerts of a live site: the engine of `life/`, joined with its book.
 *
 * ```ts
 * const alerts = openAlerts({ path, rules, timezone, nowMs: Date.now() });
 * const events = alerts.judge(circumstances); // once a second; what has returned is on the disk
 * alerts.acknowledge(id, 'kim', Date.now());
 * ```
 */
import { randomUUID } from 'node:crypto';
import { type Alert, type AlertEvent, StarlingError } from '../../contract/index.ts';
import type { CompiledRule } from '../life/compiled-rule.ts';
import { LifeEngine } from '../life/engine.ts';
import type { LifeEvent } from '../life/life-event.ts';
import type { Suppression } from '../life/suppression.ts';
import type { Circumstances } from '../rule/condition.ts';
import { Journal } from './journal.ts';
import type { LogQuery } from './log-query.ts';

/** Which alerts, and how they are kept. */
export interface AlertsOptions {
  /** The book: `alerts.sqlite` in the folder of a site's data. */
  readonly path: string;
  readonly rules: readonly CompiledRule[];
  /** Time zone of the site, IANA; schedules are in it. */
  readonly timezone: string;
  readonly nowMs: number;
  /** Events are dropped after this, ms; 400 days unless given. */
  readonly retentionMs?: number;
}

const RETENTION_MS = 400 * 86_400_000;
/** Old events are looked for this often, ms, and so many are dropped at most: a clock may jump ahead for a moment. */
const TIDY_MS = 60_000;
const TIDY_MOST = 200;

/** Alerts of a live site. Everything is synchronous: what has returned is on the disk, unless {@link trouble} says not. */
export class Alerts {
  readonly #engine: LifeEngine;
  readonly #journal: Journal;
  readonly #retentionMs: number;
  /** Happened while the book was opened, and are returned by the next `judge`. */
  #opening: AlertEvent[];
  #tidiedMs = Number.NEGATIVE_INFINITY;

  /** @throws BOOK_CORRUPT, BOOK_TOO_NEW, BOOK_IN_USE */
  constructor({ path, rules, timezone, nowMs, retentionMs = RETENTION_MS }: AlertsOptions) {
    this.#engine = new LifeEngine({ rules, timezone, newId: randomUUID });
    this.#journal = new Journal(path);
    this.#retentionMs = retentionMs;
    const stored = this.#journal.open();
    this.#opening = stored ? this.#keep(this.#engine.restore(stored.state, nowMs), nowMs) : [];
  }

  /** One second: judges every rule, and says what has happened. */
  judge(circumstances: Circumstances): AlertEvent[] {
    const { timeMs } = circumstances.moment;
    const stored = this.#journal.retry();
    const found = stored ? this.#engine.restore(stored.state, timeMs) : [];
    const events = this.#keep([...found, ...this.#engine.judge(circumstances)], timeMs);
    this.#tidy(timeMs);
    return [...this.#opening.splice(0), ...events];
  }

  /**
   * Somebody has seen a raised alert, and sees to it: it does not escalate any more.
   *
   * @returns nothing when it was acknowledged before
   * @throws ALERT_NOT_FOUND, ALERT_NOT_OPEN
   */
  acknowledge(id: string, by: string, nowMs: number): AlertEvent[] {
    if (!this.#engine.find(id)) throw this.#notOpen(id);
    return this.#keep(this.#engine.acknowledge(id, { by, nowMs }), nowMs);
  }

  /**
   * Adds a note to an alert, also to one that has ended.
   *
   * @throws ALERT_NOT_FOUND, ALERT_BAD_NOTE
   */
  note(id: string, by: string, text: string, nowMs: number): AlertEvent[] {
    const alert = this.find(id);
    if (!alert) throw new StarlingError('ALERT_NOT_FOUND', { id });
    return this.#keep(this.#engine.note(alert, { by, nowMs }, text), nowMs);
  }

  /**
   * Lets a rule raise nothing for a while; another call moves the end.
   *
   * @throws ALERT_NO_SUCH_RULE, ALERT_BAD_SUPPRESSION
   */
  suppress(rule: string, untilMs: number, by: string, why: string, nowMs: number): AlertEvent[] {
    return this.#keep(this.#engine.suppress(rule, untilMs, { by, nowMs }, why), nowMs);
  }

  /**
   * Ends a suppression before its time; nothing happens where there is none.
   *
   * @throws ALERT_NO_SUCH_RULE
   */
  resume(rule: string, by: string, nowMs: number): AlertEvent[] {
    return this.#keep(this.#engine.resume(rule, { by, nowMs }), nowMs);
  }

  /** Somebody cannot be told: an alert about the notifier, at most one at a time. */
  raiseNotifier(name: string, message: string, nowMs: number): AlertEvent[] {
    return this.#keep(this.#engine.raiseNotifier(name, message, nowMs), nowMs);
  }

  /** They can be told again. */
  clearNotifier(name: string, nowMs: number): AlertEvent[] {
    return this.#keep(this.#engine.clearNotifier(name, nowMs), nowMs);
  }

  /**
   * Goes on with other rules. Alerts of a rule that is gone or switched off expire; a rule whose `when`, `for`, `clear` or
   * `clearFor` changed begins its hold times anew; any other keeps its state and timers.
   */
  setRules(rules: readonly CompiledRule[], nowMs: number): AlertEvent[] {
    return this.#keep(this.#engine.setRules(rules, nowMs), nowMs);
  }

  /** Alerts that are pending, raised or acknowledged now. */
  current(): Alert[] {
    return this.#engine.current();
  }

  /** An alert, open or as the log last knew it. */
  find(id: string): Alert | null {
    return this.#engine.find(id) ?? this.#journal.alert(id);
  }

  /** Rules that raise nothing now. */
  suppressions(): Suppression[] {
    return this.#engine.suppressions();
  }

  /** What has happened. While there is trouble, events that cannot be read are missing. */
  log(query: LogQuery): AlertEvent[] {
    return this.#journal.log(query);
  }

  /** The greatest number that an event has; 0 when there never was one. */
  latestSequence(): number {
    return this.#journal.latestSequence;
  }

  /** Why the book is not written; alerts go on from memory, and are written when the disk works again. Null: it is. */
  trouble(): StarlingError | null {
    return this.#journal.trouble;
  }

  /** Writes what is left, and lets go of the book. */
  close(): void {
    this.#journal.end(this.#engine.state());
  }

  #keep(happened: readonly LifeEvent[], nowMs: number): AlertEvent[] {
    const events = this.#journal.number(happened, nowMs);
    this.#journal.write(this.#engine.state(), events);
    return events;
  }

  #tidy(nowMs: number): void {
    if (Math.abs(nowMs - this.#tidiedMs) < TIDY_MS) return;
    this.#tidiedMs = nowMs;
    this.#journal.dropBefore(nowMs - this.#retentionMs, TIDY_MOST);
  }

  #notOpen(id: string): StarlingError {
    const ended = this.#journal.alert(id);
    return ended
      ? new StarlingError('ALERT_NOT_OPEN', { id, state: ended.state })
      : new StarlingError('ALERT_NOT_FOUND', { id });
  }
}

/**
 * Opens the alerts of a site, where they were left: the time in between counts as unknown. On a disk that cannot be
 * written they begin without a book, and find what was in it when they can.
 *
 * @throws BOOK_CORRUPT, BOOK_TOO_NEW, BOOK_IN_USE
 */
export const openAlerts = (options: AlertsOptions): Alerts => new Alerts(options);
