import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVENING_MS, makeAlert, makeNotice } from '../alert-event.fixture.ts';
import { mailChannel } from './mail.ts';
import { bodyOf, siteTime, subjectOf } from './mail-text.ts';

const never = (): AbortSignal => new AbortController().signal;

interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
  readonly user: string | null;
  readonly secure: boolean;
}

/** A real server that keeps what it is sent. */
const startSmtp = async (options: SMTPServerOptions = {}) => {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      password === 'p@ss:word' ? done(null, { user: username }) : done(new Error('Invalid username or password')),
    onData: (stream, { envelope, user, secure }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        mails.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString(),
          user: typeof user === 'string' ? user : null,
          secure,
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { mails, port, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())) };
};

const options = (smtp: string) => ({
  smtp,
  from: 'Starling <starling@example.org>',
  to: ['duty@example.org', 'Control Room <room@example.org>'],
});

/** Headers by name, unfolded, and the text, decoded. */
const parsed = (raw: string) => {
  const [head, ...rest] = raw.split('\r\n\r\n');
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.replace(/^[^:]*: ?/, '')]),
  );
  const body = rest.join('\r\n\r\n');
  const encoding = headers.get('content-transfer-encoding');
  const bytes =
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : Buffer.from(
          body
            .replaceAll('=\r\n', '')
            .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
          'latin1',
        );
  return { headers, text: bytes.toString('utf8').replaceAll('\r\n', '\n') };
};

/** RFC 2047, as far as our subjects need it. */
const decodedWords = (header: string): string =>
  header
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString('utf8')
        : Buffer.from(
            text
              .replaceAll('_', ' ')
              .replaceAll(/=([0-9A-F]{2})/g, (__, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
            'latin1',
          ).toString('utf8'),
    );

test('a mail that can be read on a telephone', async () => {
  await using server = await startSmtp();
  const channel = mailChannel(options(`smtp://127.0.0.1:${server.port}`));
  expect(await channel.send(makeNotice(), never())).toEqual({ kind: 'delivered', complaint: null });
  const [mail] = server.mails;
  expect(mail).toMatchObject({ from: 'starling@example.org', to: ['duty@example.org', 'room@example.org'] });
  const { headers, text } = parsed(mail.text);
  expect(decodedWords(headers.get('subject') ?? '')).toBe('[critical] square-crowded raised – Old Town Market');
  expect(headers.get('content-type')).toMatch(/^text\/plain/);
  expect(headers.get('message-id')).toBe('<old-town-17-1790000000000@example.org>');
  expect(headers.get('references')).toBe('<alert-01JCRAISED@example.org>');
  expect(headers.get('auto-submitted')).toBe('auto-generated');
  expect(headers.get('x-starling-event')).toBe('old-town-17-1790000000000');
  expect(text).toBe(
    [
      '[critical] square-crowded raised',
      'Old Town Market',
      'Saturday, 14 November 2026 at 21:04:05 CET',
      '',
      'density(square) is 3.8 ± 0.2 per m², above 3.5',
      '',
      'https://console.example.org/',
      '',
    ].join('\n'),
  );
});

test('a user name and password, also with signs that URLs have for themselves', async () => {
  await using server = await startSmtp({ authOptional: false });
  const channel = mailChannel(options(`smtp://duty%40example.org:p%40ss%3Aword@127.0.0.1:${server.port}`));
  expect(await channel.send(makeNotice(), never())).toEqual({ kind: 'delivered', complaint: null });
  expect(server.mails[0]).toMatchObject({ user: 'duty@example.org' });
});

describe('what goes wrong is said without the password', () => {
  test.each<[string, SMTPServerOptions, (port: number) => string, object]>([
    [
      'a wrong password',
      { authOptional: false },
      (port) => `smtp://duty:hunter22@127.0.0.1:${port}`,
      { why: 'the user name or password was refused (it answered 535)', isRefused: false },
    ],
    [
      'nobody listens',
      {},
      () => 'smtp://duty:hunter22@127.0.0.1:1',
      { why: 'the connection was refused', isRefused: false },
    ],
    ['no TLS where the URL wants it', {}, (port) => `smtps://duty:hunter22@127.0.0.1:${port}`, { isRefused: false }],
    [
      'a certificate that nobody vouches for',
      { disabledCommands: [] },
      (port) => `smtp://duty:hunter22@127.0.0.1:${port}`,
      { why: expect.stringMatching(/certificate|encrypted/), isRefused: false },
    ],
    ['no URL', {}, () => 'smtp://duty:hunter22@', { why: 'its address is no URL', isRefused: true }],
    [
      'a sender that is refused',
      { onMailFrom: (_, __, done) => done(Object.assign(new Error('hunter22'), { responseCode: 550 })) },
      (port) => `smtp://127.0.0.1:${port}`,
      { why: 'an address was refused (it answered 550)', isRefused: true },
    ],
    [
      'a server that is busy',
      { onMailFrom: (_, __, done) => done(Object.assign(new Error('hunter22'), { responseCode: 451 })) },
      (port) => `smtp://127.0.0.1:${port}`,
      { why: 'an address was refused (it answered 451)', isRefused: false },
    ],
  ])('%s', async (_, server, url, expected) => {
    await using smtp = await startSmtp(server);
    const delivery = await mailChannel(options(url(smtp.port))).send(makeNotice(), never());
    expect(delivery).toMatchObject({ kind: 'failed', ...expected });
    expect(JSON.stringify(delivery)).not.toContain('hunter22');
    expect(smtp.mails).toEqual([]);
  });
});

test('no password is sent to another machine without TLS', async () => {
  const sent: string[] = [];
  await using server = await startSmtp({
    onAuth: (auth, _, done) => (sent.push(auth.username ?? ''), done(null, { user: 'x' })),
  });
  // This very machine by an address that does not say so.
  const channel = mailChannel(options(`smtp://duty:hunter22@0.0.0.0:${server.port}`));
  expect(await channel.send(makeNotice(), never())).toMatchObject({
    why: expect.stringContaining('no encrypted connection could be made'),
    isRefused: false,
  });
  expect(sent).toEqual([]);
});

test('one address that is refused does not keep the others from being told, and is said', async () => {
  await using server = await startSmtp({
    onRcptTo: ({ address }, _, done) =>
      address.startsWith('room') ? done(Object.assign(new Error('no such'), { responseCode: 550 })) : done(),
  });
  const delivery = await mailChannel(options(`smtp://127.0.0.1:${server.port}`)).send(makeNotice(), never());
  expect(delivery).toEqual({ kind: 'delivered', complaint: '1 of 2 addresses refused it' });
  expect(server.mails[0].to).toEqual(['duty@example.org']);
});

const openssl = (folder: string) =>
  spawnSync(
    'openssl',
    'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout key.pem -out cert.pem'.split(
      ' ',
    ),
    { cwd: folder },
  );
const hasOpenssl = spawnSync('openssl', ['version']).error === undefined;

describe.runIf(hasOpenssl)('with a certificate that is trusted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'starling-mail-'));
  const trusted = getCACertificates('default');
  let pair = { key: '', cert: '' };
  beforeAll(() => {
    openssl(folder);
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(folder, name), 'utf8'));
    pair = { key, cert };
    setDefaultCACertificates([...trusted, cert]);
  });
  afterAll(() => {
    setDefaultCACertificates(trusted);
    rmSync(folder, { recursive: true });
  });

  test.each([
    ['smtps', { secure: true }],
    ['smtp', { secure: false, disabledCommands: [] }],
  ])('%s is encrypted', async (scheme, how) => {
    await using server = await startSmtp({ ...how, ...pair });
    const channel = mailChannel(options(`${scheme}://localhost:${server.port}`));
    expect(await channel.send(makeNotice(), never())).toEqual({ kind: 'delivered', complaint: null });
    expect(server.mails[0].secure).toBe(true);
  });
});

const NASTY = 'x\r\nBcc: everybody@example.org\r\n\r\nand a body\u2028 \u202egnp.exe\u0000\u0085';

test('nothing that an event or a site holds can begin a header', async () => {
  await using server = await startSmtp();
  const notice = makeNotice({
    subject: NASTY,
    by: NASTY,
    text: NASTY,
    alert: makeAlert({ message: NASTY, id: NASTY }),
  });
  const given = { ...options(`smtp://127.0.0.1:${server.port}`), from: `Starling${NASTY} <starling@example.org>` };
  await mailChannel(given).send({ ...notice, id: NASTY, site: { ...notice.site, name: NASTY } }, never());
  const [mail] = server.mails;
  expect(mail.to).toEqual(['duty@example.org', 'room@example.org']);
  const { headers, text } = parsed(mail.text);
  expect([...headers.keys()].toSorted()).toEqual([
    'auto-submitted',
    'content-transfer-encoding',
    'content-type',
    'date',
    'from',
    'importance',
    'message-id',
    'mime-version',
    'references',
    'subject',
    'to',
    'x-msmail-priority',
    'x-priority',
    'x-starling-event',
  ]);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
});

test.each([
  [makeNotice(), '[critical] square-crowded raised – Old Town Market'],
  [
    makeNotice({ kind: 'cleared', alert: makeAlert({ severity: 'info' }) }),
    '[info] square-crowded cleared – Old Town Market',
  ],
  [
    makeNotice({ alert: makeAlert({ kind: 'blind' }) }),
    '[critical] square-crowded (cannot be judged) raised – Old Town Market',
  ],
  [
    makeNotice({ alert: makeAlert({ kind: 'notifier' }) }),
    '[critical] square-crowded (cannot be told) raised – Old Town Market',
  ],
  [makeNotice({ kind: 'suppressed', alert: null }), 'square-crowded suppressed – Old Town Market'],
])('subject %#', (notice, subject) => {
  expect(subjectOf(notice)).toBe(subject);
});

test('a subject is not too long', () => {
  const { site, ...notice } = makeNotice();
  expect(subjectOf({ ...notice, site: { ...site, name: 'x'.repeat(1000) } })).toHaveLength(200);
});

test('what somebody wrote, and that it cannot be judged now, are told', () => {
  const text = bodyOf({
    ...makeNotice({
      kind: 'noted',
      by: 'J. Smit',
      text: 'two stewards sent\nto the north',
      alert: makeAlert({ isBlind: true }),
    }),
    link: null,
  });
  expect(text).toContain('\n\nAt present it cannot be judged.\n\nBy: J. Smit\n\ntwo stewards sent\nto the north\n');
  expect(text).not.toContain('http');
});

test.each([
  ['Europe/Amsterdam', Date.UTC(2026, 9, 25, 0, 30), 'Sunday, 25 October 2026 at 02:30:00 CEST'],
  ['Europe/Amsterdam', Date.UTC(2026, 9, 25, 1, 30), 'Sunday, 25 October 2026 at 02:30:00 CET'],
  ['Asia/Kolkata', EVENING_MS, 'Sunday, 15 November 2026 at 01:34:05 GMT+5:30'],
  ['UTC', EVENING_MS, 'Saturday, 14 November 2026 at 20:04:05 UTC'],
])('site time in %s', (timezone, timeMs, expected) => {
  expect(siteTime(timeMs, { id: 'x', name: 'x', timezone })).toBe(expected);
});
