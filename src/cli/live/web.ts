/**
 * The API of a hub, with who may use it and what is written down of it.
 */
import { join } from 'node:path';
import type { Site } from '../../contract/index.ts';
import {
  type ApiParts,
  AuditLog,
  type CertificateFiles,
  createApp,
  createOpenId,
  createRoutes,
  listen,
  LiveFeed,
  noteRequests,
  type OpenIdOptions,
  openPeople,
  type Server,
} from '../../serve/index.ts';
import type { Alarm } from './alarm.ts';
import { alertDesk } from './desks.ts';
import { otherRoutes } from './other-routes.ts';
import { type Trouble, troubleOf } from './trouble.ts';

/** Where the API is, and for whom. */
export interface WebOptions {
  readonly host: string;
  readonly port: number;
  readonly tls?: CertificateFiles;
  /** Addresses of proxies whose word on who asks is taken. */
  readonly trustProxy?: readonly string[];
  /** Whether anybody may read /metrics. */
  readonly openMetrics: boolean;
  readonly openId?: OpenIdOptions;
}

/** What the API tells of. */
export interface WebParts extends Pick<ApiParts, 'site' | 'store' | 'moment' | 'health' | 'metrics'> {
  readonly alarm: Alarm;
  readonly dataFolder: string;
  readonly siteNow: () => Site;
  readonly say: (line: string) => void;
}

/** The API, listening. */
export class Web implements AsyncDisposable {
  readonly live: LiveFeed;
  readonly #scope = new AsyncDisposableStack();
  readonly #audit: AuditLog;
  readonly #options: WebOptions;
  readonly #parts: WebParts;

  /** @throws BOOK_* */
  constructor(options: WebOptions, parts: WebParts) {
    const { alarm, dataFolder } = parts;
    this.#options = options;
    this.#parts = parts;
    this.#audit = this.#scope.use(new AuditLog({ path: join(dataFolder, 'audit.sqlite') }));
    this.live = this.#scope.use(
      new LiveFeed({
        readLog: async (afterSequence, limit) => alarm.alerts.log({ afterSequence, limit }),
        alertSequence: alarm.alerts.latestSequence(),
      }),
    );
  }

  /** What is wrong with the audit log; null when all is well. */
  get trouble(): Trouble | null {
    const error = this.#audit.trouble();
    return error && troubleOf(error);
  }

  /**
   * Begins to listen, and says how somebody gets in who is the first.
   *
   * @throws SERVE_PORT_TAKEN, SERVE_NO_SUCH_HOST, BOOK_*
   */
  async listen(): Promise<Server> {
    const { host, port, tls, trustProxy, openMetrics, openId } = this.#options;
    const { say, alarm, siteNow, dataFolder } = this.#parts;
    const secure = tls !== undefined || trustProxy !== undefined;
    const people = this.#scope.use(
      openPeople({ path: join(dataFolder, 'people.sqlite'), site: siteNow().site.name, secure }),
    );
    const audit = this.#audit;
    const parts = this.#parts;
    const others = otherRoutes({
      people,
      openId: openId ? createOpenId(openId) : null,
      audit,
      log: (query) => alarm.alerts.log(query),
      siteNow,
      moment: parts.moment,
    });
    const routes = createRoutes({ ...parts, alerts: alertDesk(alarm), live: this.live, openMetrics }, others);
    const app = await createApp({
      host,
      routes,
      authenticate: async ({ headers }) => people.authenticate(headers),
      audit: noteRequests(audit),
      onFault: (error, instance) => say(`A fault of the API (${instance}): ${troubleOf(error).message}`),
      ...(tls && { tls }),
      ...(trustProxy && { trustProxy }),
    });
    const server = this.#scope.use(await listen(app, { host, port }));
    const link = people.setUpLink();
    if (link) say(`Nobody can sign in yet. Within a day, make the first administrator: ${server.url}${link.path}`);
    return server;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#scope.disposeAsync();
  }
}
