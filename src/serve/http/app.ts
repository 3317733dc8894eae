/**
 * The server of a hub, as a table of routes with everything around them that does not depend on which they are.
 *
 * ```
 * request -> rate limit -> length -> Host -> Origin -> who asks, and may they -> body -> route -> audit -> answer
 *                \-----------\--------\--------\---------------\--------------\------\-> problem+json
 * ```
 */
import helmet from '@fastify/helmet';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { StarlingError } from '../../contract/index.ts';
import { checkOrigin } from '../people/same-origin.ts';
import { hostCheck } from './hosts.ts';
import { type Limits, LIMITS } from './limits.ts';
import { RateLimit } from './rate-limit.ts';
import { type Gatekeeping, registerRoutes } from './register.ts';
import { sendRefusal } from './reply.ts';
import type { Route } from './route.ts';
import { type CertificateFiles, createServerFactory, refuseNonsense } from './server-factory.ts';

/** What a server is made of. */
export interface AppOptions extends Gatekeeping {
  readonly routes: readonly Route[];
  /** What it will listen on: where only this machine can reach it, a request has to name it. */
  readonly host?: string;
  /** Further names that a request may be for, such as that of a proxy. */
  readonly hosts?: readonly string[];
  /** Whose `X-Forwarded-*` is believed: nobody's unless told, else everybody's, or that of addresses and networks. */
  readonly trustProxy?: boolean | readonly string[];
  readonly tls?: CertificateFiles | null;
  readonly limits?: Partial<Limits>;
}

/** Everything from this server, nothing from any other, and nobody may put it into a frame. */
const POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

const checkSize = ({ url }: FastifyRequest, { urlLetters, parameters }: Limits): void => {
  if (url.length > urlLetters)
    throw new StarlingError('SERVE_TOO_LARGE', { part: 'the address', most: `${urlLetters} letters` });
  if (url.split('&').length > parameters)
    throw new StarlingError('SERVE_TOO_LARGE', { part: 'the query', most: `${parameters} names` });
};

const addGuards = (app: FastifyInstance, { host, hosts = [] }: AppOptions, limits: Limits): void => {
  const rate = new RateLimit(limits);
  const isOurs = hostCheck(host, hosts);
  app.addHook('onRequest', async (request) => {
    const waitMs = rate.take(request.ip, performance.now());
    if (waitMs > 0) throw new StarlingError('SERVE_TOO_OFTEN', { seconds: Math.ceil(waitMs / 1000) });
    checkSize(request, limits);
    if (!isOurs(request.headers.host)) throw new StarlingError('SERVE_WRONG_HOST', {});
    checkOrigin(request.method, request.headers);
  });
};

const addErrors = (app: FastifyInstance, { onFault }: AppOptions): void => {
  app.setErrorHandler((error, _, reply) => sendRefusal(error, reply, onFault));
  app.setNotFoundHandler(async () => {
    throw new StarlingError('SERVE_NO_SUCH_ROUTE', {});
  });
};

const proxies = (trusted: AppOptions['trustProxy']): boolean | string[] =>
  typeof trusted === 'object' ? [...trusted] : (trusted ?? false);

const bareApp = ({ onFault, tls = null, trustProxy }: AppOptions, limits: Limits): FastifyInstance =>
  Fastify({
    serverFactory: createServerFactory(limits, tls),
    forceCloseConnections: true,
    bodyLimit: limits.bodyBytes,
    routerOptions: { maxParamLength: limits.parameterLetters },
    exposeHeadRoutes: false,
    trustProxy: proxies(trustProxy),
    frameworkErrors: (error, _, reply) => {
      void sendRefusal(error, reply, onFault);
    },
    clientErrorHandler: (error, socket) => refuseNonsense(error, socket, onFault),
  });

/**
 * Makes a server that does not listen yet.
 *
 * @throws SERVE_BAD_CERTIFICATE
 */
export const createApp = async (options: AppOptions): Promise<FastifyInstance> => {
  const limits = { ...LIMITS, ...options.limits };
  const app = bareApp(options, limits);
  // Text would be the body of a form that another site can send.
  app.removeContentTypeParser('text/plain');
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    strictTransportSecurity: options.tls ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  addErrors(app, options);
  addGuards(app, options, limits);
  registerRoutes(app, options.routes, options);
  return app;
};
