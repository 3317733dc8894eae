import { describe, expect, test, vi } from 'vitest';
import type { Moment } from '../../contract/index.ts';
import { figure, makeMoment, NOTHING, SITE } from '../moment.fixture.ts';
import { hasMosquitto, listen, startAedes, startMosquitto, type TestBroker } from './broker.fixture.ts';
import { type MqttOptions, startMqtt } from './mqtt.ts';

/** Waits until it is so; a machine that is busy with other tests takes its time. */
const soon = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 10_000 });

const start = (port: number, change: Partial<MqttOptions> = {}) =>
  startMqtt({ url: `mqtt://127.0.0.1:${port}`, site: SITE, discovery: false, reconnectMs: 50, ...change });

const SQUARE = 'starling/old-town/zone/square/state';
const withPeople = (people: number, timeMs = 0): Moment => {
  const [square, ...others] = makeMoment().zones;
  return makeMoment({
    timeMs,
    zones: [{ ...square, figures: { ...square.figures, occupancy: figure(people) } }, ...others],
  });
};

const BROKERS: readonly [string, boolean, () => Promise<TestBroker>][] = [
  ['aedes', true, startAedes],
  ['mosquitto', hasMosquitto, startMosquitto],
];

describe.each(BROKERS)('over %s (skipped where it is not)', (_, isThere, startBroker) => {
  test.runIf(isThere)('the state is kept by the broker, and changes, and ends', async () => {
    await using broker = await startBroker();
    const site = start(broker.port);
    site.publish(makeMoment());
    await soon(() => expect(site.trouble()).toBeNull());
    await using early = await listen(broker.port);
    await soon(() => expect(early.newest.size).toBe(8));
    expect([...early.newest.keys()].toSorted()).toEqual([
      'starling/old-town/availability',
      'starling/old-town/camera/door/state',
      'starling/old-town/camera/square-north/state',
      'starling/old-town/gate/door/state',
      'starling/old-town/gate/north-gate/state',
      'starling/old-town/zone/alley/state',
      'starling/old-town/zone/kerb/state',
      SQUARE,
    ]);
    expect(early.newest.get('starling/old-town/availability')).toBe('online');
    site.publish(withPeople(7));
    await soon(() => expect(early.newest.get(SQUARE)).toContain('"occupancy":7,'));
    await site[Symbol.asyncDispose]();
    await soon(() => expect(early.newest.get('starling/old-town/availability')).toBe('offline'));
    await using late = await listen(broker.port);
    await soon(() => expect(late.newest.size).toBe(8));
    expect(late.messages.every(({ retain }) => retain)).toBe(true);
    expect(late.newest.get(SQUARE)).toContain('"occupancy":7,');
  });
});

test('what is in a state; unknown is null', async () => {
  await using broker = await startAedes();
  await using listener = await listen(broker.port);
  await using site = start(broker.port, { prefix: 'city/sight' });
  site.publish(makeMoment());
  await soon(() => expect(listener.newest.size).toBe(8));
  const state = (topic: string): unknown => JSON.parse(listener.newest.get(`city/sight/old-town/${topic}/state`) ?? '');
  expect(state('zone/square')).toEqual({
    time: '2026-11-14T20:04:05.000Z',
    occupancy: 256.4,
    densityPerM2: 2.374,
    speedMps: 0.5,
    pressurePerS2: 0.0123,
    counterflowIndex: 0,
    standing: 31,
    stoppedS: 0,
    standardErrors: {
      occupancy: 12.5,
      densityPerM2: 0.116,
      speedMps: 0.05,
      pressurePerS2: null,
      counterflowIndex: 0.01,
      standing: 3,
      stoppedS: 0,
    },
    partial: [],
    levelOfService: 'F',
    areaM2: 108,
    knownShare: 1,
  });
  expect(state('zone/alley')).toMatchObject({ ...NOTHING, levelOfService: null, areaM2: null, knownShare: 0 });
  expect(state('zone/kerb')).toMatchObject({ occupancy: 0, partial: ['occupancy', 'densityPerM2'] });
  expect(state('gate/north-gate')).toMatchObject({ inPerMin: 41.6, outPerMin: 7, widthM: 4 });
  expect(state('camera/door')).toMatchObject({ state: 'unknown', reasons: ['BLACK'], occupancy: null });
});

test('what does not change is told again once in a while, and not every second', async () => {
  await using broker = await startAedes();
  await using listener = await listen(broker.port);
  await using site = start(broker.port, { refreshMs: 300 });
  const times = (): number => listener.messages.filter(({ topic }) => topic === SQUARE).length;
  site.publish(withPeople(7, 1));
  await soon(() => expect(times()).toBe(1));
  for (let i = 2; i < 10; i++) site.publish(withPeople(7.001, i));
  site.publish(withPeople(8, 10));
  await soon(() => expect(times()).toBe(2));
  await soon(() => {
    site.publish(withPeople(8, 11));
    expect(times()).toBe(3);
  });
});

test('when the broker goes it says so, and comes back with it, with the newest only', async () => {
  const first = await startAedes();
  const { port } = first;
  await using site = start(port);
  site.publish(withPeople(1));
  await soon(() => expect(site.trouble()).toBeNull());
  {
    await using listener = await listen(port);
    await soon(() => expect(listener.newest.size).toBe(8));
  }
  await first[Symbol.asyncDispose]();
  await soon(() => expect(site.trouble()).toContain(`The MQTT broker 127.0.0.1:${port} cannot be told anything`));
  for (let people = 2; people <= 5000; people++) site.publish(withPeople(people));
  await using second = await startAedes({ port });
  await using listener = await listen(second.port);
  await soon(() => expect(listener.newest.get(SQUARE)).toContain('"occupancy":5000,'));
  expect(listener.newest.get('starling/old-town/availability')).toBe('online');
  expect(listener.messages.filter(({ topic }) => topic === SQUARE)).toHaveLength(1);
  expect(site.trouble()).toBeNull();
});

test('a broker that has forgotten everything is told everything again, though nothing changes', async () => {
  const first = await startAedes();
  const { port } = first;
  await using site = start(port);
  site.publish(withPeople(7));
  await soon(() => expect(site.trouble()).toBeNull());
  await first[Symbol.asyncDispose]();
  await using second = await startAedes({ port });
  await using listener = await listen(second.port);
  await soon(() => expect(listener.newest.size).toBe(8));
});

test('whoever listens is told by the will when the connection is cut', async () => {
  await using broker = await startAedes();
  await using site = start(broker.port, { reconnectMs: 60_000 });
  await soon(() => expect(site.trouble()).toBeNull());
  broker.cut();
  await using listener = await listen(broker.port);
  await soon(() => expect(listener.newest.get('starling/old-town/availability')).toBe('offline'));
});

test('a broker that takes nothing does not make it remember more than the newest', async () => {
  const { createServer } = await import('node:net');
  // It says hello, and then reads no more.
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(Buffer.from([0x20, 0x02, 0x00, 0x00]));
      socket.pause();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const site = start(typeof address === 'object' && address ? address.port : 0);
  await soon(() => expect(site.trouble()).toBeNull());
  const names = Array.from({ length: 500 }, (_, i) => `zone-${i}`);
  const before = process.memoryUsage().heapUsed + process.memoryUsage().external;
  for (let people = 0; people < 300; people++) {
    const figures = { ...NOTHING, occupancy: figure(people) };
    site.publish(makeMoment({ zones: names.map((zone) => ({ zone, areaM2: 1, knownShare: 1, figures })) }));
    await new Promise((resolve) => setImmediate(resolve));
  }
  const grownMb = (process.memoryUsage().heapUsed + process.memoryUsage().external - before) / 1e6;
  // All of it would be 300 · 500 · 400 bytes = 60 MB, many times over in objects.
  expect(grownMb).toBeLessThan(60);
  await site[Symbol.asyncDispose]();
  server.close();
});

const configs = (newest: ReadonlyMap<string, string>) =>
  [...newest.keys()].filter((topic) => topic.startsWith('homeassistant/')).toSorted();

describe('Home Assistant', () => {
  test('finds a sensor for each figure that is known', async () => {
    await using broker = await startAedes();
    await using listener = await listen(broker.port);
    await using site = start(broker.port, { discovery: true });
    site.publish(makeMoment());
    const prefix = 'homeassistant/sensor/starling_old-town';
    await soon(() => expect(configs(listener.newest)).toHaveLength(7 + 2 + 2 + 8 + 1));
    expect(JSON.parse(listener.newest.get(`${prefix}/zone_square_densityPerM2/config`) ?? '')).toEqual({
      name: 'square Density',
      unique_id: 'starling_old-town_zone_square_densityPerM2',
      state_topic: SQUARE,
      value_template: '{{ value_json.densityPerM2 }}',
      json_attributes_topic: SQUARE,
      json_attributes_template: '{{ {"time": value_json.time, "partial": value_json.partial} | tojson }}',
      unit_of_measurement: 'people/m²',
      state_class: 'measurement',
      suggested_display_precision: 3,
      icon: 'mdi:account-multiple',
      expire_after: 180,
      availability_topic: 'starling/old-town/availability',
      device: {
        identifiers: ['starling_old-town'],
        name: 'Old Town "Market"',
        manufacturer: 'Starling',
        model: 'Site',
      },
      origin: { name: 'Starling' },
    });
    expect(JSON.parse(listener.newest.get(`${prefix}/camera_door_state/config`) ?? '')).toMatchObject({
      device_class: 'enum',
      options: ['ok', 'degraded', 'connecting', 'unknown'],
    });
    expect(configs(listener.newest).some((topic) => topic.includes('alley'))).toBe(false);
    // Known later, found later; and not told twice.
    const count = listener.messages.length;
    const [square, alley] = makeMoment().zones;
    const figures = { ...NOTHING, occupancy: figure(1) };
    site.publish(makeMoment({ zones: [square, { ...alley, figures }], gates: [], cameras: [] }));
    await soon(() => expect(listener.newest.has(`${prefix}/zone_alley_occupancy/config`)).toBe(true));
    await soon(() => expect(listener.messages).toHaveLength(count + 2));
  });

  test('is told nothing unless asked', async () => {
    await using broker = await startAedes();
    await using listener = await listen(broker.port);
    await using site = start(broker.port);
    site.publish(makeMoment());
    await soon(() => expect(listener.newest.size).toBe(8));
    expect(configs(listener.newest)).toEqual([]);
  });
});

describe('what is wrong is said without the password', () => {
  const LOGIN = { user: 'duty', password: 'p@ss:/w0rd' };

  test('and a right password is taken, whatever signs it has', async () => {
    await using broker = await startAedes({ login: LOGIN });
    const url = `mqtt://duty:${encodeURIComponent(LOGIN.password)}@127.0.0.1:${broker.port}`;
    await using site = start(broker.port, { url });
    await soon(() => expect(site.trouble()).toBeNull());
  });

  test.each<[string, string, string | RegExp]>([
    ['a wrong password', 'mqtt://duty:hunter22@127.0.0.1:PORT', 'the user name or password was refused'],
    ['nobody listens', 'mqtt://duty:hunter22@127.0.0.1:1', 'the connection was refused'],
    ['no such host', 'mqtt://duty:hunter22@no-such-host.invalid', /host|name server/],
    ['no TLS', 'mqtts://duty:hunter22@127.0.0.1:PORT', 'cannot be told anything'],
    ['no URL', 'mqtt://duty:hunter22@', 'no URL'],
    ['another protocol', 'http://duty:hunter22@127.0.0.1', 'no URL'],
  ])('%s', async (_, url, expected) => {
    await using broker = await startAedes({ login: LOGIN });
    await using site = start(0, { url: url.replace('PORT', String(broker.port)) });
    site.publish(makeMoment());
    await soon(() => expect(site.trouble()).toMatch(expected));
    expect(site.trouble()).not.toContain('hunter22');
  });

  test('a refused password is tried again, for it may be mended at the broker', async () => {
    const refusing = await startAedes({ login: LOGIN });
    const { port } = refusing;
    await using site = start(port);
    await soon(() => expect(site.trouble()).toContain('refused'));
    await refusing[Symbol.asyncDispose]();
    await using welcoming = await startAedes({ port });
    expect(welcoming.port).toBe(port);
    await soon(() => expect(site.trouble()).toBeNull());
  });
});
