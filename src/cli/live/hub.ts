/**
 * The hub's stages, joined. It never sees a pixel: what comes to it are observations.
 *
 * ```
 * watching (sensors) --- Observation -> store (the ledger) ------------------------\
 *                               \-> moments: the whole site, once a second --+-> web (API, live stream)
 *                                        \-> alarm (rules, notifiers) -------/-> broker (MQTT)
 * ```
 */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { metrics, type MqttSite, startMqtt } from '../../connect/index.ts';
import { type AlertEvent, type Moment, SEVERITIES, type Site, StarlingError } from '../../contract/index.ts';
import type { SiteHealth } from '../../serve/index.ts';
import { newBlank, SiteDesk, type SiteFile } from '../../site/index.ts';
import { openStore, type Store } from '../../store/index.ts';
import type { Secrets } from '../secrets.ts';
import { Alarm, notifiersOf } from './alarm.ts';
import type { Board } from './board.ts';
import { Moments } from './moments.ts';
import type { SensorOptions, Watched } from './plans.ts';
import { prepare } from './prepare.ts';
import { rulesOf } from './rules.ts';
import { type Trouble, troubleOf } from './trouble.ts';
import { Upkeep } from './upkeep.ts';
import { Watching } from './watching.ts';
import { Web, type WebOptions } from './web.ts';

/** What a hub runs. */
export interface HubOptions extends SensorOptions, WebOptions {
  readonly sitePath: string;
  readonly watched: Watched;
  readonly secrets: Secrets;
  readonly board: Board;
  /** A broker that is told of the site; its password is filled in. */
  readonly mqttUrl?: string;
}

const SECOND_MS = 1000;

/** What sensors go by: when none of it changed, they are left alone. */
const sensorPart = ({ site, sources }: Watched): string => {
  const { cameras, zones, gates, privacy, walkable, analysis } = site;
  return JSON.stringify([cameras, zones, gates, privacy, walkable, analysis, [...sources]]);
};

/** What a hub goes by from its start on. @throws SITE_RESTART_NEEDED */
const checkSame = (before: Site, after: Site): void => {
  const what = [
    isDeepStrictEqual(before.site, after.site) ? [] : ['its name or time zone'],
    isDeepStrictEqual(before.privacy.retention, after.privacy.retention) ? [] : ['how long figures are kept'],
  ].flat();
  if (what.length > 0) throw new StarlingError('SITE_RESTART_NEEDED', { what: what.join(', and ') });
};

/** One site, watched. */
class Hub {
  readonly #options: HubOptions;
  readonly #startedMs = Date.now();
  readonly #scope: AsyncDisposableStack;
  /** Starting, and changes of the site, one after the other. */
  #work: Promise<unknown> = Promise.resolve();
  #isOver = false;
  readonly #upkeep: Upkeep;
  readonly #alarm: Alarm;
  readonly #web: Web;
  readonly #watching: Watching;
  #broker: MqttSite | null = null;
  #watched: Watched;
  #moments: Moments;
  #moment: Moment | null = null;
  /** What went wrong when somebody was told last, said once. */
  readonly #faults = new Map<string, string>();

  /**
   * @param scope what is to be let go of at the end, also of a hub that could not be made
   * @throws SITE_INVALID, SECRET_MISSING, BOOK_*
   */
  constructor(options: HubOptions, store: Store, scope: AsyncDisposableStack) {
    const { board, watched, dataFolder, secrets } = options;
    const say = (line: string): void => board.say(line);
    this.#options = options;
    this.#scope = scope;
    this.#watched = watched;
    this.#moments = new Moments(watched.site, Date.now());
    this.#upkeep = this.#scope.use(new Upkeep(store));
    const onEvents = (events: readonly AlertEvent[]): void => this.#tell(events);
    this.#alarm = new Alarm({ site: watched.site, dataFolder, secrets, store, onEvents });
    this.#scope.defer(() => this.#end());
    this.#web = this.#scope.use(
      new Web(options, {
        site: this.#openDesk(),
        store,
        alarm: this.#alarm,
        dataFolder,
        siteNow: () => this.#site,
        moment: () => this.#moment,
        health: () => this.#health(),
        metrics: () => this.#metrics(),
        say,
      }),
    );
    this.#watching = new Watching({
      ...options,
      store,
      say,
      onObservation: (observation) => {
        this.#moments.take(observation);
        this.#tellDue();
      },
    });
  }

  /** @throws SERVE_PORT_TAKEN, SERVE_NO_SUCH_HOST, BOOK_* */
  async start(): Promise<void> {
    const { board, watched, mqttUrl } = this.#options;
    const server = await this.#web.listen();
    board.say(`Watching ${watched.sources.size} cameras; ${server.url}/healthz`);
    await this.#alarm.prime();
    this.#startBroker(mqttUrl);
    await this.#inTurn(() => this.#watching.watch(watched));
    const timers = [
      setInterval(() => this.#show(), SECOND_MS),
      setInterval(() => this.#tellDue(), Moments.LOOK_EVERY_MS),
    ];
    this.#scope.defer(() => {
      for (const timer of timers) clearInterval(timer);
    });
  }

  /** Sensors hand over what they have, while those who are told are told the last of it. */
  async #end(): Promise<void> {
    this.#isOver = true;
    const broker = this.#broker?.[Symbol.asyncDispose]();
    await Promise.all([this.#watching[Symbol.asyncDispose](), this.#alarm[Symbol.asyncDispose](), broker]);
  }

  #startBroker(url: string | undefined): void {
    if (url !== undefined) this.#broker = startMqtt({ url, site: this.#site, discovery: true });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(() => (this.#isOver ? undefined : work()));
    this.#work = done.catch(() => {});
    return done;
  }

  get #site(): Site {
    return this.#watched.site;
  }

  #openDesk(): SiteDesk {
    const { sitePath, dataFolder, secrets } = this.#options;
    return this.#scope.use(
      new SiteDesk({
        path: sitePath,
        bookPath: join(dataFolder, 'site.sqlite'),
        check: async (file) => {
          checkSame(this.#site, file.site);
          const text = newBlank(this.#watched.written, file.written);
          if (text !== null) throw new StarlingError('SITE_NEW_SECRET', { text });
          rulesOf(file.site);
          notifiersOf(file.site, secrets);
          await prepare(file, sitePath, secrets);
        },
        onChange: (file) => this.#inTurn(() => this.#follow(file)),
      }),
    );
  }

  /** Goes on with a site file that was checked. */
  async #follow(file: SiteFile): Promise<void> {
    const watched = await prepare(file, this.#options.sitePath, this.#options.secrets);
    await this.#alarm.follow(watched.site);
    const isSame = sensorPart(watched) === sensorPart(this.#watched);
    this.#watched = watched;
    if (isSame) return;
    this.#moments = new Moments(watched.site, Date.now());
    await this.#watching.watch(watched);
    await this.#broker?.[Symbol.asyncDispose]();
    this.#startBroker(this.#options.mqttUrl);
  }

  #tellDue(): void {
    if (this.#isOver) return;
    for (const moment of this.#moments.due(Date.now(), this.#watching)) {
      this.#moment = moment;
      // What fails for one is no reason for the others not to be told.
      this.#attempt('live stream', () => this.#web.live.publish(moment));
      this.#attempt('rules', () => this.#alarm.judge(moment));
      this.#attempt('broker', () => this.#broker?.publish(moment));
    }
  }

  #attempt(what: string, work: () => void): void {
    try {
      work();
      this.#faults.delete(what);
    } catch (error) {
      const { message } = troubleOf(error);
      if (this.#faults.get(what) !== message) this.#options.board.say(`A fault of the ${what}: ${message}`);
      this.#faults.set(what, message);
    }
  }

  #tell(events: readonly AlertEvent[]): void {
    for (const event of events) {
      this.#web.live.publishAlert(event);
      if (event.alert && event.kind !== 'noted')
        this.#options.board.say(`[${event.alert.severity}] ${event.subject} ${event.kind}: ${event.alert.message}`);
    }
  }

  #ledgerTrouble(): Trouble | null {
    return this.#upkeep.trouble ?? this.#watching.trouble;
  }

  /** Of the ledger, and of the books of alerts and the audit. */
  #trouble(): Trouble | null {
    return this.#ledgerTrouble() ?? this.#alarm.trouble ?? this.#web.trouble;
  }

  #health(): SiteHealth {
    const nowMs = Date.now();
    return {
      site: this.#site.site.name,
      upS: Math.round((nowMs - this.#startedMs) / 1000),
      ledger: this.#trouble(),
      cameras: this.#watching.now(nowMs).map(({ camera, health: { state, reasons } }) => ({ camera, state, reasons })),
    };
  }

  #metrics(): Promise<string> {
    const open = this.#alarm.alerts.current().filter(({ state }) => state !== 'pending');
    const bySeverity = Object.fromEntries(
      SEVERITIES.map((severity) => [severity, open.filter((alert) => alert.severity === severity).length]),
    );
    return metrics(this.#moment, {
      site: this.#site.site,
      upS: (Date.now() - this.#startedMs) / 1000,
      isLedgerWell: this.#ledgerTrouble() === null,
      alerts: { info: 0, warning: 0, critical: 0, ...bySeverity },
      notifiers: this.#alarm.notifierCounts,
    }).metrics();
  }

  #show(): void {
    const nowMs = Date.now();
    const { name, timezone } = this.#site.site;
    const head = { site: name, timezone, upMs: nowMs - this.#startedMs, trouble: this.#trouble()?.message ?? null };
    this.#options.board.show(head, this.#watching.now(nowMs), nowMs);
  }
}

/**
 * Watches a site until it is asked to stop; then sensors end, and what they still have is stored.
 *
 * @throws SERVE_PORT_TAKEN, SERVE_NO_SUCH_HOST, STORE_IN_USE, SITE_INVALID, SECRET_MISSING, BOOK_*
 */
export const runHub = async (options: HubOptions, stop: AbortSignal): Promise<void> => {
  const { watched, dataFolder, board } = options;
  await using store = await openStore({
    folder: dataFolder,
    retention: watched.site.privacy.retention,
    onTrouble: (error) => board.say(`${error.message} ${error.mend}`),
  });
  await using scope = new AsyncDisposableStack();
  const hub = new Hub(options, store, scope);
  await hub.start();
  if (stop.aborted) return;
  await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
};
