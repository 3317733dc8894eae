import { createServer } from 'node:net';
import { once } from 'node:events';
import { webcrypto } from 'node:crypto';
import { expect, test } from 'vitest';
import { alertEventSchema } from '../../../contract/index.ts';
import { makeNotice } from '../alert-event.fixture.ts';
import { type Received, startReceiver } from '../receiver.fixture.ts';
import { retryAfterMs, webhookChannel } from './webhook.ts';

const SECRET = 'a secret of enough letters';
const never = (): AbortSignal => new AbortController().signal;

/** As a receiver would, with another implementation than the one that signs. */
const isSignedWith = async (secret: string, { headers, body }: Received): Promise<boolean> => {
  const [, hex = ''] = /^sha256=([0-9a-f]{64})$/.exec(String(headers['starling-signature'])) ?? [];
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await webcrypto.subtle.importKey('raw', Buffer.from(secret), algorithm, false, ['verify']);
  const signed = Buffer.from(`${String(headers['starling-timestamp'])}.${body}`);
  return webcrypto.subtle.verify('HMAC', key, Buffer.from(hex, 'hex'), signed);
};

test('posts the event in an envelope, signed', async () => {
  await using receiver = await startReceiver();
  const notice = makeNotice({ text: 'žluťoučký kůň' });
  const channel = webhookChannel({ webhook: `${receiver.url}?to=duty`, secret: SECRET });
  expect(await channel.send(notice, never())).toEqual({ kind: 'delivered', complaint: null });
  const [one] = receiver.received;
  expect(one.path).toBe('/hook?to=duty');
  expect(one.headers).toMatchObject({
    'content-type': 'application/json',
    'idempotency-key': 'old-town-17-1790000000000',
  });
  expect(Math.abs(Number(one.headers['starling-timestamp']) - Date.now() / 1000)).toBeLessThan(5);
  const { event, ...envelope } = JSON.parse(one.body);
  expect(envelope).toEqual({
    version: 1,
    kind: 'starling.alert-event',
    id: notice.id,
    site: notice.site,
    link: notice.link,
  });
  expect(alertEventSchema.parse(event)).toEqual(notice.event);
  expect(await isSignedWith(SECRET, one)).toBe(true);
  expect(await isSignedWith(`${SECRET}!`, one)).toBe(false);
  expect(await isSignedWith(SECRET, { ...one, body: one.body.replace('critical', 'info') })).toBe(false);
});

test('without a secret nothing is signed', async () => {
  await using receiver = await startReceiver();
  await webhookChannel({ webhook: receiver.url }).send(makeNotice(), never());
  expect(receiver.received[0].headers).not.toHaveProperty('starling-signature');
});

test('a password of the URL goes where HTTP has it, and nowhere else', async () => {
  await using receiver = await startReceiver();
  const webhook = receiver.url.replace('//', '//duty:p%40ss%3Aword@');
  await webhookChannel({ webhook }).send(makeNotice(), never());
  const [{ headers, body }] = receiver.received;
  expect(headers.authorization).toBe(`Basic ${Buffer.from('duty:p@ss:word').toString('base64')}`);
  expect(body).not.toMatch(/duty|word/);
});

test.each([
  // status, refused for good?
  [302, true],
  [307, true],
  [400, true],
  [401, true],
  [404, true],
  [410, true],
  [408, false],
  [425, false],
  [429, false],
  [500, false],
  [502, false],
  [503, false],
])('status %i is a failure', async (status, isRefused) => {
  await using receiver = await startReceiver();
  receiver.answer = () => ({ status, headers: { location: `${receiver.url}/elsewhere` } });
  const delivery = await webhookChannel({ webhook: receiver.url }).send(makeNotice(), never());
  expect(delivery).toMatchObject({ kind: 'failed', isRefused, why: expect.stringContaining(`answered ${status}`) });
  // A redirect is not followed.
  expect(receiver.received).toHaveLength(1);
});

test.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['Sun, 06 Nov 2033 08:49:37 GMT', Date.UTC(2033, 10, 6, 8, 49, 37) - 1000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['soon', null],
  ['99999999999999', null],
  ['', null],
])('Retry-After: %s', (header, expected) => {
  expect(retryAfterMs(header, 1000)).toBe(expected);
});

test.each([200, 201, 202, 204])('status %i is well', async (status) => {
  await using receiver = await startReceiver();
  receiver.answer = () => ({ status });
  const delivery = await webhookChannel({ webhook: receiver.url }).send(makeNotice(), never());
  expect(delivery).toEqual({ kind: 'delivered', complaint: null });
});

/** A port of this machine at which nobody listens. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 1;
};

test.each<[string, () => Promise<string>, string]>([
  [
    'nobody listens',
    async () => `http://duty:hunter22@127.0.0.1:${await freePort()}/hunter22`,
    'the connection was refused',
  ],
  ['no such host', async () => 'http://duty:hunter22@no-such-host.invalid/hunter22', 'host|name server'],
  ['no URL', async () => 'http://duty:hunter22@:80/', 'no URL'],
  ['a blank that nobody filled in', async () => '${HOOK_hunter22}', 'no URL'],
])('%s: said without the password', async (_, webhook, why) => {
  const channel = webhookChannel({ webhook: await webhook(), secret: 'hunter22hunter22' });
  const delivery = await channel.send(makeNotice(), never());
  expect(delivery).toMatchObject({ kind: 'failed', why: expect.stringMatching(why) });
  expect(JSON.stringify(delivery)).not.toContain('hunter22');
});

test('a receiver that cuts the connection', async () => {
  const server = createServer((socket) => socket.once('data', () => socket.destroy())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const delivery = await webhookChannel({ webhook: `http://127.0.0.1:${port}` }).send(makeNotice(), never());
  expect(delivery).toMatchObject({ kind: 'failed', why: 'the connection was cut', isRefused: false });
  server.close();
});
