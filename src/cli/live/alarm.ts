/**
 * From the site of a second to people who are told:
 *
 * ```
 * moment -> foresight -> alerts (rules, their lives) -- events --> notifiers (webhook, mail, MQTT)
 *                          ^                                \----> whoever listens: the live stream
 *                          \---- a notifier that fails ----/
 * ```
 */
import { join } from 'node:path';
import { type Alerts, type Notifiers, openAlerts, startNotifiers } from '../../alert/index.ts';
import type { AlertEvent, Moment, Notifier, Site } from '../../contract/index.ts';
import type { Store } from '../../store/index.ts';
import { fillIn, type Secrets } from '../secrets.ts';
import { Foresight } from './foresight.ts';
import { rulesOf } from './rules.ts';
import { type Trouble, troubleOf } from './trouble.ts';

/** What an alarm is made of. */
export interface AlarmOptions {
  readonly site: Site;
  readonly dataFolder: string;
  readonly secrets: Secrets;
  readonly store: Store;
  /** Told of every event, in order. */
  readonly onEvents: (events: readonly AlertEvent[]) => void;
}

/** Lines of the shift log that may not have been handed over before a crash, at most. */
const MOST_CAUGHT_UP = 1000;

/** Everything that a notifier's settings hold as text, with `${NAME}` filled in. @throws SECRET_MISSING */
const filled = (name: string, notifier: Notifier, secrets: Secrets): Notifier => {
  const fill = (text: string): string => fillIn(text, `The notifier ${name}`, secrets).source;
  if ('webhook' in notifier)
    return {
      webhook: fill(notifier.webhook),
      ...(notifier.secret !== undefined && { secret: fill(notifier.secret) }),
    };
  if ('email' in notifier) return { email: { ...notifier.email, smtp: fill(notifier.email.smtp) } };
  return { ...notifier, mqtt: fill(notifier.mqtt) };
};

/** A site's notifiers, ready to tell. @throws SECRET_MISSING */
export const notifiersOf = ({ notify }: Site, secrets: Secrets): Record<string, Notifier> =>
  Object.fromEntries(Object.entries(notify).map(([name, notifier]) => [name, filled(name, notifier, secrets)]));

const foresightOf = (site: Site): Foresight => {
  const { forecasts } = rulesOf(site);
  return new Foresight({
    zones: [...new Set(forecasts.map(({ zone }) => zone))],
    aheadS: Math.max(0, ...forecasts.map(({ aheadS }) => aheadS)),
    timezone: site.site.timezone,
  });
};

/** Rules, alerts and those who are told, for as long as a site runs. */
export class Alarm implements AsyncDisposable {
  readonly #options: AlarmOptions;
  readonly #alerts: Alerts;
  #foresight: Foresight;
  #notifiers: Notifiers | null = null;

  /** @throws SITE_INVALID, SECRET_MISSING, BOOK_* */
  constructor(options: AlarmOptions) {
    const { site, dataFolder } = options;
    this.#options = options;
    this.#foresight = foresightOf(site);
    this.#alerts = openAlerts({
      path: join(dataFolder, 'alerts.sqlite'),
      rules: rulesOf(site).rules,
      timezone: site.site.timezone,
      nowMs: Date.now(),
    });
    this.#startNotifiers(site);
  }

  /** Alerts, to be looked at and answered; events of what people do are handed to {@link tell}. */
  get alerts(): Alerts {
    return this.#alerts;
  }

  /** What is wrong with the books; null when all is well. */
  get trouble(): Trouble | null {
    const error = this.#alerts.trouble() ?? this.#notifiers?.trouble() ?? null;
    return error && troubleOf(error);
  }

  /** How notifiers are, by name. */
  get notifierCounts(): ReturnType<Notifiers['counts']> {
    return this.#notifiers?.counts() ?? {};
  }

  /** Learns from the ledger what forecasts begin with. */
  prime(): Promise<void> {
    return this.#foresight.prime(this.#options.store, Date.now());
  }

  /** Judges the site of a second. */
  judge(moment: Moment): void {
    this.#foresight.take(moment);
    const forecast = (zone: string, figure: 'occupancy' | 'densityPerM2', aheadS: number) =>
      this.#foresight.at(zone, figure, aheadS);
    this.tell(this.#alerts.judge({ moment, forecast }));
  }

  /** Tells everybody who is to know. */
  tell(events: readonly AlertEvent[]): void {
    if (events.length === 0) return;
    this.#notifiers?.enqueue(events);
    this.#options.onEvents(events);
  }

  /** Goes on with the rules and notifiers of another site file. @throws SITE_INVALID, SECRET_MISSING */
  async follow(site: Site): Promise<void> {
    const { rules } = rulesOf(site);
    const foresight = foresightOf(site);
    notifiersOf(site, this.#options.secrets);
    await foresight.prime(this.#options.store, Date.now());
    this.#foresight = foresight;
    await this.#notifiers?.[Symbol.asyncDispose]();
    this.#startNotifiers(site);
    this.tell(this.#alerts.setRules(rules, Date.now()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#notifiers?.[Symbol.asyncDispose]();
    this.#alerts.close();
  }

  #startNotifiers(site: Site): void {
    const { dataFolder, secrets } = this.#options;
    const notifiers = startNotifiers({
      path: join(dataFolder, 'notify.sqlite'),
      notifiers: notifiersOf(site, secrets),
      site: site.site,
      onFailing: (name, message) => this.tell(this.#alerts.raiseNotifier(name, message, Date.now())),
      onWell: (name) => this.tell(this.#alerts.clearNotifier(name, Date.now())),
    });
    this.#notifiers = notifiers;
    // What happened just before a crash may not have been handed over.
    const afterSequence = notifiers.latestSequence() ?? this.#alerts.latestSequence();
    notifiers.enqueue(this.#alerts.log({ afterSequence, limit: MOST_CAUGHT_UP }));
  }
}
