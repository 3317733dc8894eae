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
import { isDeepStrictEqual } from 'node:util';
import { type Alerts, type Notifiers, openAlerts, startNotifiers } from '../../alert/index.ts';
import {
  type AlertEvent,
  LEAST_SECRET,
  type Moment,
  type Notifier,
  type Site,
  StarlingError,
} from '../../contract/index.ts';
import type { Store } from '../../store/index.ts';
import { fillIn, type Secrets } from '../secrets.ts';
import { Foresight } from './foresight.ts';
import { foreseenFor, rulesOf } from './rules.ts';
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

/** Lines of the shift log that are read at once. */
const PIECE = 1000;

/** Everything that a notifier's settings hold as text, with `${NAME}` filled in. @throws SECRET_MISSING */
const filled = (name: string, notifier: Notifier, secrets: Secrets): Notifier => {
  const place = `The notifier ${name}`;
  const fill = (text: string): string => fillIn(text, place, secrets).source;
  if ('webhook' in notifier) {
    const secret = notifier.secret === undefined ? undefined : fill(notifier.secret);
    if (secret !== undefined && secret.length < LEAST_SECRET)
      throw new StarlingError('SITE_INVALID', { place, problem: `its secret has fewer than ${LEAST_SECRET} letters` });
    return { webhook: fill(notifier.webhook), ...(secret !== undefined && { secret }) };
  }
  if ('email' in notifier) return { email: { ...notifier.email, smtp: fill(notifier.email.smtp) } };
  return { ...notifier, mqtt: fill(notifier.mqtt) };
};

/** A site's notifiers, ready to tell. @throws SECRET_MISSING */
export const notifiersOf = ({ notify }: Site, secrets: Secrets): Record<string, Notifier> =>
  Object.fromEntries(Object.entries(notify).map(([name, notifier]) => [name, filled(name, notifier, secrets)]));

/** Rules, alerts and those who are told, for as long as a site runs. */
export class Alarm implements AsyncDisposable {
  readonly #options: AlarmOptions;
  readonly #alerts: Alerts;
  #foresight: Foresight;
  #notifiers: Notifiers | null = null;
  /** Whom they tell, and how. */
  #told: Readonly<Record<string, Notifier>> = {};

  /** @throws SITE_INVALID, SECRET_MISSING, BOOK_* */
  constructor(options: AlarmOptions) {
    const { site, dataFolder, secrets } = options;
    const rules = rulesOf(site);
    const notifiers = notifiersOf(site, secrets);
    this.#options = options;
    this.#foresight = new Foresight(foreseenFor(rules, site));
    this.#alerts = openAlerts({
      path: join(dataFolder, 'alerts.sqlite'),
      rules: rules.rules,
      timezone: site.site.timezone,
      nowMs: Date.now(),
    });
    try {
      this.#startNotifiers(site, notifiers);
    } catch (error) {
      this.#alerts.close();
      throw error;
    }
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
    this.#options.onEvents(events);
    this.#notifiers?.enqueue(events);
  }

  /** Goes on with the rules and notifiers of another site file. @throws SITE_INVALID, SECRET_MISSING; then nothing changed */
  async follow(site: Site): Promise<void> {
    const rules = rulesOf(site);
    const notifiers = notifiersOf(site, this.#options.secrets);
    await this.#foresee(foreseenFor(rules, site));
    if (!isDeepStrictEqual(notifiers, this.#told)) {
      await this.#notifiers?.[Symbol.asyncDispose]();
      this.#startNotifiers(site, notifiers);
    }
    this.tell(this.#alerts.setRules(rules.rules, Date.now()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#notifiers?.[Symbol.asyncDispose]();
    this.#alerts.close();
  }

  async #foresee(asked: Foresight['options']): Promise<void> {
    if (isDeepStrictEqual(asked, this.#foresight.options)) return;
    const foresight = new Foresight(asked);
    await foresight.prime(this.#options.store, Date.now());
    this.#foresight = foresight;
  }

  #startNotifiers(site: Site, told: Readonly<Record<string, Notifier>>): void {
    const notifiers = startNotifiers({
      path: join(this.#options.dataFolder, 'notify.sqlite'),
      notifiers: told,
      site: site.site,
      onFailing: (name, message) => this.tell(this.#alerts.raiseNotifier(name, message, Date.now())),
      onWell: (name) => this.tell(this.#alerts.clearNotifier(name, Date.now())),
    });
    this.#notifiers = notifiers;
    this.#told = told;
    this.#catchUp(notifiers);
    // Nobody waits for word from a notifier that is no more.
    for (const { kind, subject } of this.#alerts.current())
      if (kind === 'notifier' && !Object.hasOwn(told, subject))
        this.tell(this.#alerts.clearNotifier(subject, Date.now()));
  }

  /** What happened just before a crash may not have been handed over. */
  #catchUp(notifiers: Notifiers): void {
    let afterSequence = notifiers.latestSequence() ?? this.#alerts.latestSequence();
    const missed: AlertEvent[] = [];
    for (;;) {
      const piece = this.#alerts.log({ afterSequence, limit: PIECE });
      missed.push(...piece);
      afterSequence = piece.at(-1)?.sequence ?? afterSequence;
      if (piece.length < PIECE) break;
    }
    notifiers.enqueue(missed.filter(({ notify }) => notify.length > 0));
  }
}
