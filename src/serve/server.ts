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

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') return 'another program uses it';
  if (code === 'EACCES') return 'only the administrator may';
  return error instanceof Error ? error.message : String(error);
};

/**
 * Starts to listen.
 *
 * @throws SERVE_PORT_TAKEN
 */
export const startServer = async ({ host, port, health }: ServerOptions): Promise<Server> => {
  const app = Fastify({ forceCloseConnections: true });
  addRoutes(app, health);
  try {
    const url = await app.listen({ host, port });
    return { url, [Symbol.asyncDispose]: () => app.close() };
  } catch (error) {
    await app.close();
    throw new StarlingError('SERVE_PORT_TAKEN', { host, port, reason: reasonOf(error) }, { cause: error });
  }
};
