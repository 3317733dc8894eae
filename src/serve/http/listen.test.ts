/** What only a server that listens can show: times, sizes of heads, nonsense instead of HTTP, and TLS. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NOBODY } from '../access.ts';
import { healthRoutes } from '../routes/health.ts';
import { type AppOptions, createApp } from './app.ts';
import { listen } from './listen.ts';
import { problemSchema } from './problem.ts';

const open = async (options: Partial<AppOptions> = {}) => {
  const routes = healthRoutes({ health: () => ({ site: 'here', upS: 1, ledger: null, cameras: [] }) });
  const app = await createApp({
    host: '127.0.0.1',
    routes,
    authenticate: async () => NOBODY,
    audit: () => {},
    onFault: () => {},
    ...options,
  });
  return listen(app, { host: '127.0.0.1', port: 0 });
};

/** All that is answered to bytes, until the connection is closed. */
const converse = async (url: string, bytes: string): Promise<string> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.setEncoding('utf8');
  let text = '';
  socket.on('data', (chunk: string) => (text += chunk));
  // A server that closes first may reset what was still on its way to it.
  socket.on('error', () => {});
  socket.write(bytes);
  await once(socket, 'close');
  return text;
};

const problemIn = (text: string): unknown => problemSchema.parse(JSON.parse(text.slice(text.indexOf('\r\n\r\n'))));

describe('who is slow', () => {
  const limits = { headersMs: 200, requestMs: 400, checkMs: 50, idleMs: 5000 };

  test.each([
    ['a head that does not end', 'GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-a: '],
    [
      'a body that does not come',
      'POST /nothing HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
    ],
    [
      'a body that nobody waits for',
      'POST /healthz HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
    ],
  ])('%s', async (_, bytes) => {
    await using server = await open({ limits });
    const text = await converse(server.url, bytes);
    // What is refused before its body is read is not waited for.
    expect(text).toMatch(/^HTTP\/1\.1 (408 Request Timeout|405 Method Not Allowed)\r\n/);
    expect(problemIn(text)).toMatchObject({ code: expect.stringMatching(/SERVE_TOO_SLOW|SERVE_NO_SUCH_METHOD/) });
  });

  test('who says nothing at all is let go', async () => {
    await using server = await open({ limits: { ...limits, idleMs: 200 } });
    const began = performance.now();
    await converse(server.url, '');
    expect(performance.now() - began).toBeLessThan(3000);
  });

  test('there are only so many connections', async () => {
    await using server = await open({ limits: { connections: 2 } });
    const port = Number(new URL(server.url).port);
    const held = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
    await Promise.all(held.map((socket) => once(socket, 'connect')));
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed');
    const [first] = held;
    first.destroy();
    await expect
      .poll(() =>
        fetch(`${server.url}/healthz`).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
    for (const socket of held) socket.destroy();
  });
});

test.each<[string, string, number, string]>([
  ['nonsense', 'hello\r\n\r\n', 400, 'SERVE_NOT_HTTP'],
  ['another protocol', '\u0016\u0003\u0001\u0002\r\n\r\n', 400, 'SERVE_NOT_HTTP'],
  [
    'a head that is too large',
    `GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-a: ${'a'.repeat(20_000)}\r\n\r\n`,
    413,
    'SERVE_TOO_LARGE',
  ],
  [
    'two lengths, to smuggle a request in',
    'POST /healthz HTTP/1.1\r\nhost: localhost\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
    'SERVE_NOT_HTTP',
  ],
  [
    'a header with a line end',
    'GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-a: b\rc: d\r\n\r\n',
    400,
    'SERVE_NOT_HTTP',
  ],
])('%s', async (_, bytes, status, code) => {
  await using server = await open();
  const text = await converse(server.url, bytes);
  expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(problemIn(text)).toMatchObject({ code });
});

describe('TLS', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'starling-tls-'));
    const [key, out] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-days', '2', '-nodes'];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-keyout',
        key,
        '-out',
        out,
        ...subject,
      ],
      { stdio: 'ignore' },
    );
    writeFileSync(join(folder, 'empty.pem'), '');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const files = (certificate: string, key: string) => ({
    certificate: join(folder, certificate),
    key: join(folder, key),
  });

  test('by the files of a certificate, and browsers are told to stay with it', async () => {
    await using server = await open({ tls: files('cert.pem', 'key.pem') });
    expect(server.url).toMatch(/^https:/);
    const { promise, resolve } = Promise.withResolvers<IncomingMessage>();
    https.get(`${server.url}/healthz`, { rejectUnauthorized: false, agent: false }, resolve);
    const answer = await promise;
    answer.resume();
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['strict-transport-security']).toMatch(/^max-age=31536000/);
  });

  test.each([
    ['cert.pem', 'gone.pem'],
    ['gone.pem', 'key.pem'],
    ['cert.pem', 'empty.pem'],
    ['key.pem', 'cert.pem'],
  ])('%s with %s cannot be used', async (certificate, key) => {
    await expect(open({ tls: files(certificate, key) })).rejects.toMatchObject({ code: 'SERVE_BAD_CERTIFICATE' });
  });
});
