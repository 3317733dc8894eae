/** Puts routes on a server: who may ask, what the audit log is told, which methods an address takes. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { StarlingError } from '../../contract/index.ts';
import { type Caller, NOBODY } from '../access.ts';
import { type AuditEntry, auditEntry } from './audit-entry.ts';
import type { OnFault } from './problem.ts';
import { sendAnswer } from './reply.ts';
import type { Answer, Call, Route } from './route.ts';

/** What stands behind routes. */
export interface Gatekeeping {
  /** Who sends a request; {@link NOBODY} for whoever has not said. May throw an error of the catalogue. */
  readonly authenticate: (request: FastifyRequest) => Promise<Caller>;
  /** Told what was looked at, changed and taken out. Where it throws, nothing is taken out. */
  readonly audit: (entry: AuditEntry) => void;
  readonly onFault: OnFault;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const;

const callers = new WeakMap<FastifyRequest, Caller>();
const callerOf = (request: FastifyRequest): Caller => callers.get(request) ?? NOBODY;

const checkAccess = (route: Route, caller: Caller): void => {
  if (route.access === 'public' || caller.permissions.has(route.access)) return;
  if (caller.kind === 'nobody') throw new StarlingError('SERVE_NOT_SIGNED_IN', {});
  throw new StarlingError('SERVE_FORBIDDEN', { name: caller.name, permission: route.access });
};

const goneSignal = (reply: FastifyReply): AbortSignal => {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
};

const callOf = (request: FastifyRequest, reply: FastifyReply): Call => ({
  caller: callerOf(request),
  params: request.params,
  query: request.query,
  body: request.body,
  address: request.ip,
  headers: request.headers,
  signal: goneSignal(reply),
});

/** One route, on a server. */
class Handling {
  readonly #route: Route;
  readonly #gatekeeping: Gatekeeping;

  constructor(route: Route, gatekeeping: Gatekeeping) {
    this.#route = route;
    this.#gatekeeping = gatekeeping;
  }

  /** Before the body is read: nobody who may not ask makes us read it. */
  admit = async (request: FastifyRequest): Promise<void> => {
    const caller = await this.#gatekeeping.authenticate(request);
    callers.set(request, caller);
    try {
      checkAccess(this.#route, caller);
    } catch (error) {
      // Whoever has no name could fill the log with it.
      if (caller.kind !== 'nobody') this.#note(request, 'refused');
      throw error;
    }
  };

  answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const answer = await this.#ask(request, reply);
    try {
      this.#tell(request, 'done');
    } catch (error) {
      if (this.#route.audit !== 'exported') this.#gatekeeping.onFault(error, this.#route.id);
      else {
        if (answer.kind === 'stream') answer.stream.destroy();
        throw error;
      }
    }
    return sendAnswer(request, reply, answer);
  };

  async #ask(request: FastifyRequest, reply: FastifyReply): Promise<Answer> {
    try {
      return await this.#route.handle(callOf(request, reply));
    } catch (error) {
      this.#note(request, 'failed');
      throw error;
    }
  }

  #tell(request: FastifyRequest, outcome: AuditEntry['outcome']): void {
    const caller = callerOf(request);
    const entry = auditEntry(this.#route, { caller, address: request.ip }, request.url, outcome);
    if (entry) this.#gatekeeping.audit(entry);
  }

  /** Of what came to nothing: there is an error to be told already. */
  #note(request: FastifyRequest, outcome: AuditEntry['outcome']): void {
    try {
      this.#tell(request, outcome);
    } catch (error) {
      this.#gatekeeping.onFault(error, this.#route.id);
    }
  }
}

const withHead = ({ method }: Route): (typeof METHODS)[number][] => (method === 'GET' ? ['GET', 'HEAD'] : [method]);

const refuseOthers = (app: FastifyInstance, url: string, taken: readonly string[]): void => {
  const methods = [...taken, 'OPTIONS'].join(', ');
  app.route({
    method: METHODS.filter((method) => !taken.includes(method)),
    url,
    onRequest: async ({ method }) => {
      if (method !== 'OPTIONS') throw new StarlingError('SERVE_NO_SUCH_METHOD', { method, methods });
    },
    handler: async (_, reply) => reply.code(204).header('allow', methods).send(),
  });
};

/** Puts routes on a server. Every other method of their addresses is refused, and HEAD and OPTIONS are answered. */
export const registerRoutes = (app: FastifyInstance, routes: readonly Route[], gatekeeping: Gatekeeping): void => {
  for (const route of routes) {
    const handling = new Handling(route, gatekeeping);
    app.route({ method: withHead(route), url: route.path, onRequest: handling.admit, handler: handling.answer });
  }
  for (const [path, own] of Map.groupBy(routes, (route) => route.path)) refuseOthers(app, path, own.flatMap(withHead));
};
