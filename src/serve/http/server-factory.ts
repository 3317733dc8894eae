/** The server of Node underneath, with its limits, over TLS or not. */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import { StarlingError } from '../../contract/index.ts';
import type { Limits } from './limits.ts';
import { type OnFault, PROBLEM_MEDIA, refusalOf } from './problem.ts';

/** Files of a certificate and its key, PEM. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

const readPair = ({ certificate, key }: CertificateFiles): { cert: Buffer; key: Buffer } => {
  try {
    const pair = { cert: readFileSync(certificate), key: readFileSync(key) };
    createSecureContext(pair);
    return pair;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StarlingError('SERVE_BAD_CERTIFICATE', { certificate, key, reason }, { cause });
  }
};

/**
 * Makes the server. The same certificate serves until the next start.
 *
 * @throws SERVE_BAD_CERTIFICATE
 */
export const createServerFactory = (
  limits: Limits,
  tls: CertificateFiles | null,
): ((handler: Handler) => http.Server) => {
  const pair = tls && readPair(tls);
  const settings: http.ServerOptions = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: limits.checkMs,
  };
  return (handler) => {
    const server = pair
      ? https.createServer({ ...settings, ...pair, minVersion: 'TLSv1.2', handshakeTimeout: limits.headersMs }, handler)
      : http.createServer(settings, handler);
    // Node would answer for itself, and not as a problem: what else is expected is not looked at.
    server.on('checkExpectation', handler);
    server.setTimeout(limits.idleMs);
    server.maxConnections = limits.connections;
    return server;
  };
};

const clientsError = (error: Error): StarlingError => {
  const code = 'code' in error ? error.code : '';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new StarlingError('SERVE_TOO_SLOW', {});
  if (code === 'HPE_HEADER_OVERFLOW') return new StarlingError('SERVE_TOO_LARGE', { part: 'the head', most: '16 KiB' });
  return new StarlingError('SERVE_NOT_HTTP', {});
};

/** Answers what is no request: there is no more than a socket to answer on. */
export const refuseNonsense = (error: Error, socket: Socket, onFault: OnFault): void => {
  const { problem } = refusalOf(clientsError(error), onFault);
  const body = JSON.stringify(problem);
  if (!socket.writable) return;
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${problem.title}`,
      `content-type: ${PROBLEM_MEDIA}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
    () => socket.destroy(),
  );
};
