/** A small hub for tests: a real ledger with an hour of figures, and everything else in memory. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Observation, SITE_DEFAULTS } from '../../contract/index.ts';
import { openStore } from '../../store/index.ts';
import { type Caller, NOBODY, type Permission, PERMISSIONS, PERMISSIONS_OF, ROLES } from '../access.ts';
import { type AppOptions, createApp } from '../http/app.ts';
import type { AuditEntry } from '../http/audit-entry.ts';
import type { Route } from '../http/route.ts';
import { LiveFeed } from '../live/live-feed.ts';
import { MemoryAlerts, MemorySite, momentOf, SITE_FORM } from './desks.fixture.ts';
import type { SiteHealth } from './health.ts';
import { hourOf } from './observations.fixture.ts';
import { type ApiParts, createRoutes } from './table.ts';

const health = (): SiteHealth => ({
  site: 'Old Town Market',
  upS: 60,
  ledger: null,
  cameras: [{ camera: 'square-north', state: 'ok', reasons: [] }],
});

/** Somebody with a role. */
export const callerOf = (name: string): Caller => {
  const role = ROLES.find((known) => known === name);
  if (role) return { kind: 'person', name: role, permissions: new Set(PERMISSIONS_OF[role]) };
  const scopes = name.split('+').filter((scope): scope is Permission => PERMISSIONS.some((known) => known === scope));
  return { kind: 'token', name: `token ${name}`, permissions: new Set(scopes) };
};

/** `Bearer viewer` is a viewer, `Bearer see+audit` a token with these scopes, and no header is nobody. */
const authenticate = async ({ headers }: FastifyRequest): Promise<Caller> => {
  const [, who] = /^Bearer (.*)$/.exec(headers.authorization ?? '') ?? [];
  return who === undefined ? NOBODY : callerOf(who);
};

/** A hub, and everything in it that a test wants to look at. */
export interface TestHub extends AsyncDisposable {
  readonly app: FastifyInstance;
  readonly routes: readonly Route[];
  readonly parts: ApiParts;
  readonly alerts: MemoryAlerts;
  readonly store: ApiParts['store'];
  readonly live: LiveFeed;
  readonly audited: AuditEntry[];
  readonly faults: unknown[];
}

/** What is other than usual. */
export interface TestHubOptions {
  readonly parts?: Partial<ApiParts>;
  readonly app?: Partial<AppOptions>;
  /** What the ledger holds; none, and there is no ledger. */
  readonly observations?: readonly Observation[];
  readonly others?: readonly Route[];
}

/** A ledger with nothing in it, for tests that are not about figures: a real one takes a second. */
const EMPTY: ApiParts['store'] = {
  zones: async () => [],
  gates: async () => [],
  cameras: async () => [],
  fields: async () => [],
  gaps: async () => [],
};

const openLedger = async (observations: readonly Observation[]) => {
  if (observations.length === 0) return { store: EMPTY, close: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'starling-api-'));
  const store = await openStore({ folder, retention: SITE_DEFAULTS.privacy.retention });
  await store.append(observations);
  const close = async (): Promise<void> => {
    await store[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  };
  return { store, close };
};

/** Opens one. */
export const openHub = async (options: TestHubOptions = {}): Promise<TestHub> => {
  const observations = options.observations ?? [
    ...hourOf('square-north', 0, 40),
    ...hourOf('square-north', 60),
    ...hourOf('stairs'),
  ];
  const { store, close } = await openLedger(observations);
  const live: LiveFeed = new LiveFeed({
    readLog: async (beyond, limit) => alerts.log({ beyond, limit, order: 'oldestFirst' }),
    alertSequence: 0,
  });
  const alerts: MemoryAlerts = new MemoryAlerts((event) => live.publishAlert(event));
  const site = new MemorySite(structuredClone(SITE_FORM));
  const parts: ApiParts = {
    site,
    store,
    alerts,
    live,
    health,
    moment: () => momentOf(0),
    openMetrics: false,
    metrics: () => '# HELP up Whether it is up\nup 1\n',
    ...options.parts,
  };
  const routes = createRoutes(parts, options.others);
  const [audited, faults]: [AuditEntry[], unknown[]] = [[], []];
  const app = await createApp({
    host: '127.0.0.1',
    routes,
    authenticate,
    audit: (entry) => void audited.push(entry),
    onFault: (error) => void faults.push(error),
    ...options.app,
  });
  const dispose = async (): Promise<void> => {
    live[Symbol.dispose]();
    await app.close();
    await close();
  };
  return { app, routes, parts, alerts, store, live, audited, faults, [Symbol.asyncDispose]: dispose };
};

/** Asks as somebody, and has the answer's JSON. */
export const asking =
  ({ app }: TestHub, who: string | null = 'administrator') =>
  async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD' | 'OPTIONS' | 'PATCH',
    url: string,
    given: { readonly body?: unknown; readonly headers?: Record<string, string> } = {},
  ) => {
    const answer = await app.inject({
      method,
      url,
      headers: {
        host: '127.0.0.1:8420',
        ...(who !== null && { authorization: `Bearer ${who}` }),
        ...(given.body !== undefined && { 'content-type': 'application/json' }),
        ...given.headers,
      },
      ...(given.body !== undefined && {
        payload: typeof given.body === 'string' ? given.body : JSON.stringify(given.body),
      }),
    });
    return { status: answer.statusCode, headers: answer.headers, text: answer.body, bytes: answer.rawPayload };
  };
