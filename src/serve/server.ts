/**
 * What a hub answers over HTTP: whether it lives, and whether it does its work.
 *
 * ```
 * GET /healthz   200 while the process lives, with the health of every camera and of the ledger
 * GET /readyz    200 when every camera is known and the ledger takes observations, else 503 with the same body
 * ```
 */
import Fastify, { type FastifyInstance } from 'fastify';
import { type CameraHealth, StarlingError } from '../contract/index.ts';

/** How a site is, as the hub knows it. */
export interface SiteHealth {
  readonly site: string;
  readonly upS: number;
  /** What is wrong with the ledger, null when all is well. */
  readonly ledger: { readonly code: string; readonly message: string } | null;
  readonly cameras: readonly ({ readonly camera: string } & CameraHealth)[];
}

/** What the server is about, and where it listens. */
export interface ServerOptions {
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  readonly health: () => SiteHealth;
}

/** A server that listens. */
export interface Server extends AsyncDisposable {
  /** Such as `http://127.0.0.1:8420`. */
  readonly url: string;
}

const isReady = ({ ledger, cameras }: SiteHealth): boolean =>
  ledger === null && cameras.every(({ state }) => state === 'ok' || state === 'degraded');

const addRoutes = (app: FastifyInstance, health: () => SiteHealth): void => {
  app.get('/healthz', (_, reply) => reply.header('cache-control', 'no-store').send(health()));
  app.get('/readyz', (_, reply) => {
    const now = health();
    return reply
      .code(isReady(now) ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(now);
  });
};

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null);

const REASONS = new Map<unknown, string>([
  ['EADDRINUSE', 'another program uses it'],
  ['EACCES', 'only the administrator may'],
  ['EADDRNOTAVAIL', 'no network card has it'],
  ['ENOTFOUND', 'nobody knows this name'],
]);

const NO_SUCH_HOST = new Set<unknown>(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN']);

const whyNot = (cause: unknown, { host, port }: ServerOptions): StarlingError => {
  const code = codeOf(cause);
  const reason = REASONS.get(code) ?? (cause instanceof Error ? cause.message : String(cause));
  return NO_SUCH_HOST.has(code)
    ? new StarlingError('SERVE_NO_SUCH_HOST', { host, reason }, { cause })
    : new StarlingError('SERVE_PORT_TAKEN', { host, port, reason }, { cause });
};

/**
 * Starts to listen.
 *
 * @throws SERVE_PORT_TAKEN, SERVE_NO_SUCH_HOST
 */
export const startServer = async (options: ServerOptions): Promise<Server> => {
  const app = Fastify({ forceCloseConnections: true });
  addRoutes(app, options.health);
  try {
    const url = await app.listen({ host: options.host, port: options.port });
    return { url, [Symbol.asyncDispose]: () => app.close() };
  } catch (error) {
    await app.close();
    throw whyNot(error, options);
  }
};
