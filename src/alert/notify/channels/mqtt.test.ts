import { describe, expect, test, vi } from 'vitest';
import {
  hasMosquitto,
  listen,
  startAedes,
  startMosquitto,
  type TestBroker,
} from '../../../connect/mqtt/broker.fixture.ts';
import { makeNotice } from '../alert-event.fixture.ts';
import type { Channel } from '../channel.ts';
import { mqttChannel } from './mqtt.ts';

/** Waits until it is so; a machine that is busy with other tests takes its time. */
const soon = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 10_000 });

const LOGIN = { user: 'duty', password: 'hunter22:@/x' };

const send = (channel: Channel, ms = 5000) => channel.send(makeNotice(), AbortSignal.timeout(ms));

const BROKERS: readonly [string, boolean, () => Promise<TestBroker>][] = [
  ['aedes', true, startAedes],
  ['mosquitto', hasMosquitto, startMosquitto],
];

describe.each(BROKERS)('over %s', (_, isThere, start) => {
  test.runIf(isThere)('messages arrive at the topic, over one connection', async () => {
    await using broker = await start();
    await using listener = await listen(broker.port);
    const channel = mqttChannel({ mqtt: `mqtt://127.0.0.1:${broker.port}`, topic: 'alerts/duty' });
    for (let i = 0; i < 20; i++) expect(await send(channel)).toEqual({ kind: 'delivered', complaint: null });
    await soon(() => expect(listener.messages).toHaveLength(20));
    const [{ topic, text, retain }] = listener.messages;
    expect({ topic, retain }).toEqual({ topic: 'alerts/duty', retain: false });
    expect(JSON.parse(text)).toMatchObject({ version: 1, id: makeNotice().id, event: { sequence: 17 } });
    channel.close();
  });
});

test('a user name and password, also with signs that URLs have for themselves', async () => {
  await using broker = await startAedes({ login: LOGIN });
  const url = `mqtt://duty:${encodeURIComponent(LOGIN.password)}@127.0.0.1:${broker.port}`;
  const channel = mqttChannel({ mqtt: url, topic: 'alerts' });
  expect(await send(channel)).toEqual({ kind: 'delivered', complaint: null });
  channel.close();
});

test('a connection that was cut meanwhile is made anew', async () => {
  await using broker = await startAedes();
  const channel = mqttChannel({ mqtt: `mqtt://127.0.0.1:${broker.port}`, topic: 'alerts' });
  await send(channel);
  broker.cut();
  // The first try may be the one that notices.
  await soon(async () => expect(await send(channel)).toEqual({ kind: 'delivered', complaint: null }));
  channel.close();
});

describe('what goes wrong is said without the password', () => {
  test.each<[string, string, string | RegExp]>([
    ['a wrong password', 'mqtt://duty:hunter22@127.0.0.1:PORT', 'the user name or password was refused'],
    ['nobody listens', 'mqtt://duty:hunter22@127.0.0.1:1', 'the connection was refused'],
    ['no such host', 'mqtt://duty:hunter22@no-such-host.invalid', /host|name server/],
    ['no TLS where the URL wants it', 'mqtts://duty:hunter22@127.0.0.1:PORT', /./],
    ['no URL', 'mqtt://duty:hunter22@', 'its address is no URL'],
  ])('%s', async (_, url, why) => {
    await using broker = await startAedes({ login: LOGIN });
    const channel = mqttChannel({ mqtt: url.replace('PORT', String(broker.port)), topic: 'alerts' });
    const delivery = await send(channel);
    expect(delivery).toMatchObject({ kind: 'failed', why: expect.stringMatching(why) });
    expect(JSON.stringify(delivery)).not.toContain('hunter22');
    channel.close();
  });
});

test('a broker that says nothing is left when the time is over', async () => {
  const { createServer } = await import('node:net');
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const address = silent.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const channel = mqttChannel({ mqtt: `mqtt://127.0.0.1:${port}`, topic: 'alerts' });
  expect(await send(channel, 100)).toMatchObject({ kind: 'failed', why: 'it did not answer in time' });
  silent.close();
});
