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
import { metrics, type MqttSite, startMqtt } from '../../connect/index.ts';
import { type AlertEvent, type Moment, SEVERITIES, type Site } from '../../contract/index.ts';
import type { SiteHealth } from '../../serve/index.ts';
import { SiteDesk, type SiteFile } from '../../site/index.ts';
import { openStore, type Store } from '../../store/index.ts';
import type { Secrets } from '../secrets.ts';
import { Alarm, notifiersOf } from './alarm.ts';
import type { Board } from './board.ts';
import { Moments } from './moments.ts';
import type { SensorOptions, Watched } from './plans.ts';
import { prepare } from './prepare.ts';
import { rulesOf } from './rules.ts';
import type { Trouble } from './trouble.ts';
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

/** One site, watched. */
class Hub implements AsyncDisposable {
  readonly #options: HubOptions;
  readonly #startedMs = Date.now();
  readonly #scope = new AsyncDisposableStack();
  readonly #upkeep: Upkeep;
  readonly #alarm: Alarm;
  readonly #web: Web;
  readonly #watching: Watching;
  #broker: MqttSite | null = null;
  #watched: Watched;
  #moments: Moments;
  #moment: Moment | null = null;

  /** @throws SITE_INVALID, SECRET_MISSING, BOOK_* */
  constructor(options: HubOptions, store: Store) {
    const { board, watched, dataFolder, secrets } = options;
    const say = (line: string): void => board.say(line);
    this.#options = options;
    this.#watched = watched;
    this.#moments = new Moments(watched.site, Date.now());
    this.#upkeep = this.#scope.use(new Upkeep(store));
    const onEvents = (events: readonly AlertEvent[]): void => this.#tell(events);
    this.#alarm = this.#scope.use(new Alarm({ site: watched.site, dataFolder, secrets, store, onEvents }));
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
    // Sensors end before anything that they tell does.
    this.#watching = this.#scope.use(
      new Watching({
        ...options,
        store,
        say,
        onObservation: (observation) => {
          this.#moments.take(observation);
          this.#tellDue();
        },
      }),
    );
  }

  /** @throws SERVE_PORT_TAKEN, SERVE_NO_SUCH_HOST, BOOK_* */
  async start(): Promise<void> {
    const { board, watched, mqttUrl } = this.#options;
    const server = await this.#web.listen();
    board.say(`Watching ${watched.sources.size} cameras; ${server.url}/healthz`);
    await this.#alarm.prime();
    if (mqttUrl !== undefined)
      this.#broker = this.#scope.use(startMqtt({ url: mqttUrl, site: this.#site, discovery: true }));
    await this.#watching.watch(watched);
    const timers = [
      setInterval(() => this.#show(), SECOND_MS),
      setInterval(() => this.#tellDue(), Moments.LOOK_EVERY_MS),
    ];
    this.#scope.defer(() => {
      for (const timer of timers) clearInterval(timer);
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#scope.disposeAsync();
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
          rulesOf(file.site);
          notifiersOf(file.site, secrets);
          await prepare(file, sitePath, secrets);
        },
        onChange: (file) => this.#follow(file),
      }),
    );
  }

  /** Goes on with a site file that was checked. */
  async #follow(file: SiteFile): Promise<void> {
    const before = this.#watched;
    const watched = await prepare(file, this.#options.sitePath, this.#options.secrets);
    this.#watched = watched;
    await this.#alarm.follow(watched.site);
    if (sensorPart(watched) === sensorPart(before)) return;
    this.#moments = new Moments(watched.site, Date.now());
    await this.#watching.watch(watched);
  }

  #tellDue(): void {
    for (const moment of this.#moments.due(Date.now(), this.#watching)) {
      this.#moment = moment;
      this.#web.live.publish(moment);
      this.#alarm.judge(moment);
      this.#broker?.publish(moment);
    }
  }

  #tell(events: readonly AlertEvent[]): void {
    for (const event of events) {
      this.#web.live.publishAlert(event);
      if (event.alert && event.kind !== 'noted')
        this.#options.board.say(`[${event.alert.severity}] ${event.subject} ${event.kind}: ${event.alert.message}`);
    }
  }

  #trouble(): Trouble | null {
    return this.#upkeep.trouble ?? this.#watching.trouble ?? this.#alarm.trouble ?? this.#web.trouble;
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
      isLedgerWell: this.#trouble() === null,
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
  await using hub = new Hub(options, store);
  await hub.start();
  if (stop.aborted) return;
  await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
};
