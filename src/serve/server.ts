/**
 * A server that answers only whether its hub lives and works, for who has nothing else to serve.
 *
 * ```
 * GET /healthz   200 while the process lives, with the health of every camera and of the ledger
 * GET /readyz    200 when every camera is known and the ledger takes observations, else 503 with the same body
 * ```
 */
import { NOBODY } from './access.ts';
import { createApp } from './http/app.ts';
import { listen, type ListenOptions, type Server } from './http/listen.ts';
import { healthRoutes, type SiteHealth } from './routes/health.ts';

/** What the server is about, and where it listens. */
export interface ServerOptions extends ListenOptions {
  readonly health: () => SiteHealth;
}

/**
 * Starts to listen.
 *
 * @throws SERVE_PORT_TAKEN, SERVE_NO_SUCH_HOST
 */
export const startServer = async ({ host, port, health }: ServerOptions): Promise<Server> => {
  const app = await createApp({
    host,
    routes: healthRoutes({ health }),
    authenticate: async () => NOBODY,
    audit: () => {},
    onFault: () => {},
  });
  return listen(app, { host, port });
};
