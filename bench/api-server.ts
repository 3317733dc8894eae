/**
 * The hub's API in a process of its own, without cameras: ledger, alerts, sign-in, audit log and live stream are real,
 * and so is the connection. A moment is published once a second.
 *
 *   node bench/api-server.ts FOLDER CAMERAS
 */
import { join } from 'node:path';
import { alertDesk } from '../src/cli/live/desks.ts';
import { Alarm } from '../src/cli/live/alarm.ts';
import type { Moment, Site } from '../src/contract/index.ts';
import {
  type ApiParts,
  AuditLog,
  auditRoutes,
  createApp,
  createRoutes,
  listen,
  LiveFeed,
  noteRequests,
  openPeople,
  type People,
  peopleRoutes,
} from '../src/serve/index.ts';
import { openStore } from '../src/store/index.ts';
import { memoryMiB } from './figures.ts';
import { momentsOf, nowMs, siteOf } from './api-site.ts';

const HOST = '127.0.0.1';
const SECOND_MS = 1000;
const DAY_MS = 86_400_000;
/** All requests come from one address. */
const NO_LIMIT = { burst: 1e9, perS: 1e9 };

const tokenOf = ({ users, tokens }: People): string => {
  const { user } = users.invite('bench', 'viewer');
  return tokens.make(user, { label: 'bench', scopes: ['see'], expiresMs: Date.now() + DAY_MS }).secret;
};

const refuse = async (): Promise<never> => {
  throw new Error('this site does not change');
};

const unchanging = (site: Site): ApiParts['site'] => {
  const state = { site, written: site, version: '1' };
  return { get: () => state, change: refuse, undo: refuse, history: async () => [] };
};

const serve = async (folder: string, cameras: number): Promise<void> => {
  const site = siteOf(cameras);
  const store = await openStore({ folder, retention: site.privacy.retention, create: false });
  const alarm = new Alarm({
    site,
    dataFolder: folder,
    secrets: new Map(),
    store,
    onEvents: (events) => {
      for (const event of events) live.publishAlert(event);
    },
  });
  const live: LiveFeed = new LiveFeed({
    readLog: async (afterSequence, limit) => alarm.alerts.log({ afterSequence, limit }),
    alertSequence: alarm.alerts.latestSequence(),
  });
  const audit = new AuditLog({ path: join(folder, 'audit.sqlite') });
  const people = openPeople({ path: join(folder, 'people.sqlite'), site: site.site.name, secure: false });
  let moment: Moment | null = null;
  const parts: ApiParts = {
    site: unchanging(site),
    store,
    alerts: alertDesk(alarm),
    live,
    moment: () => moment,
    health: () => ({ site: site.site.name, upS: 0, ledger: null, cameras: [] }),
    metrics: () => '',
    openMetrics: false,
  };
  const app = await createApp({
    host: HOST,
    routes: createRoutes(parts, [...peopleRoutes({ people, openId: null, audit }), ...auditRoutes(audit)]),
    authenticate: async ({ headers }) => people.authenticate(headers),
    audit: noteRequests(audit),
    onFault: (error) => console.error(error),
    limits: NO_LIMIT,
  });
  const { url } = await listen(app, { host: HOST, port: 0 });
  const next = momentsOf(site);
  const tell = (): void => {
    moment = next(nowMs());
    // When it is sent, not when it was made.
    moment.timeMs = nowMs();
    live.publish(moment);
    alarm.judge(moment);
  };
  tell();
  setInterval(tell, SECOND_MS);
  process.on('message', (asked) => process.send?.(asked === 'memory' ? memoryMiB() : { clients: live.clients }));
  process.send?.({ url, token: tokenOf(people) });
};

// It has nothing to keep: whoever started it ends it.
process.on('disconnect', () => process.exit());
const [folder = '', cameras = ''] = process.argv.slice(2);
await serve(folder, Number(cameras));
