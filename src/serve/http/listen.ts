import { Server as TlsServer } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import { StarlingError } from '../../contract/index.ts';

/** A server that listens. */
export interface Server extends AsyncDisposable {
  /** Such as `http://127.0.0.1:8420`. */
  readonly url: string;
}

/** Where a server listens. */
export interface ListenOptions {
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null);

const REASONS = new Map<unknown, string>([
  ['EADDRINUSE', 'another program uses it'],
  ['EACCES', 'only the administrator may'],
  ['EADDRNOTAVAIL', 'no network card has it'],
  ['ENOTFOUND', 'nobody knows this name'],
]);

const NO_SUCH_HOST = new Set<unknown>(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN']);

const whyNot = (cause: unknown, { host, port }: ListenOptions): StarlingError => {
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
export const listen = async (app: FastifyInstance, { host, port }: ListenOptions): Promise<Server> => {
  try {
    const listening = await app.listen({ host, port });
    // The framework does not know that the server underneath speaks TLS.
    const url = app.server instanceof TlsServer ? listening.replace(/^http:/, 'https:') : listening;
    return { url, [Symbol.asyncDispose]: () => app.close() };
  } catch (error) {
    await app.close();
    throw whyNot(error, { host, port });
  }
};
