/** The live stream over real connections. */
import { once } from 'node:events';
import http from 'node:http';
import { connect, type Socket } from 'node:net';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { describe, expect, test } from 'vitest';
import { alertEventSchema, momentSchema } from '../../contract/index.ts';
import { listen } from '../http/listen.ts';
import { createApp } from '../http/app.ts';
import { MemoryAlerts, momentOf } from '../routes/desks.fixture.ts';
import { callerOf } from '../routes/hub.fixture.ts';
import { liveRoutes } from '../routes/live.ts';
import { parseName } from './event.ts';
import { LiveFeed, type LiveFeedOptions } from './live-feed.ts';

const QUIET: LiveFeedOptions = { readLog: async () => [], alertSequence: 0 };

/** A client that keeps what it is told. */
class Listening implements Disposable {
  readonly events: EventSourceMessage[] = [];
  readonly comments: string[] = [];
  retryMs: number | null = null;
  readonly status: number;
  readonly closed: Promise<unknown>;
  readonly #answer: http.IncomingMessage;

  private constructor(answer: http.IncomingMessage) {
    this.#answer = answer;
    this.status = answer.statusCode ?? 0;
    const parser = createParser({
      onEvent: (event) => this.events.push(event),
      onComment: (comment) => this.comments.push(comment),
      onRetry: (retryMs) => (this.retryMs = retryMs),
    });
    answer.setEncoding('utf8').on('data', (text: string) => parser.feed(text));
    this.closed = new Promise((resolve) => answer.once('close', resolve));
    answer.on('error', () => {});
  }

  static async to(url: string, lastEventId?: string): Promise<Listening> {
    const headers = {
      authorization: 'Bearer viewer',
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    };
    const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
    http.get(`${url}/api/live`, { headers, agent: false }, resolve).once('error', reject);
    return new Listening(await promise);
  }

  get kinds(): string[] {
    return this.events.map(({ event = '' }) => event);
  }

  /** Seconds of the moments told, and lines of the log. */
  get told(): string[] {
    return this.events.map(({ event, data }) => {
      if (event === 'moment')
        return `second ${(momentSchema.parse(JSON.parse(data)).timeMs - momentOf(0).timeMs) / 1000}`;
      return event === 'alert' ? `line ${alertEventSchema.parse(JSON.parse(data)).sequence}` : String(event);
    });
  }

  [Symbol.dispose](): void {
    this.#answer.destroy();
  }
}

const openListening = async (options: Partial<LiveFeedOptions> = {}) => {
  const alerts = new MemoryAlerts(() => {});
  const readLog = async (beyond: number, limit: number) => alerts.log({ beyond, limit, order: 'oldestFirst' });
  const live = new LiveFeed({ readLog, alertSequence: alerts.lines.length, ...options });
  const app = await createApp({
    routes: liveRoutes({ live, moment: () => null }),
    authenticate: async () => callerOf('viewer'),
    audit: () => {},
    onFault: () => {},
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  const dispose = async (): Promise<void> => {
    live[Symbol.dispose]();
    await server[Symbol.asyncDispose]();
  };
  /** Something happens to an alert. */
  const happen = (): void => {
    alerts.happen('raised', 'crowded', null, null);
    const line = alerts.lines.at(-1);
    if (line) live.publishAlert(line);
  };
  return { alerts, live, happen, url: server.url, [Symbol.asyncDispose]: dispose };
};

describe('who listens', () => {
  test('is told how the site is, and what happens from then on', async () => {
    await using open = await openListening();
    open.live.publish(momentOf(1));
    open.live.publish(momentOf(2));
    using client = await Listening.to(open.url);
    await expect.poll(() => client.told).toEqual(['second 2']);
    open.happen();
    open.live.publish(momentOf(3));
    await expect.poll(() => client.told).toEqual(['second 2', 'line 6', 'second 3']);
    expect(client.retryMs).toBe(2000);
    expect(client.events.map(({ id }) => parseName(id)?.alertSequence)).toEqual([5, 6, 6]);
  });

  test('is shown that the connection lives', async () => {
    await using open = await openListening({ heartbeatMs: 20 });
    using client = await Listening.to(open.url);
    await expect.poll(() => client.comments.length).toBeGreaterThan(2);
  });

  test('takes up no room once they are gone', async () => {
    await using open = await openListening();
    const client = await Listening.to(open.url);
    expect(open.live.clients).toBe(1);
    client[Symbol.dispose]();
    await expect.poll(() => open.live.clients).toBe(0);
  });

  test('comes back after a while, to show that they still may', async () => {
    await using open = await openListening({ longestMs: 50, heartbeatMs: 10 });
    using client = await Listening.to(open.url);
    await client.closed;
    expect(open.live.clients).toBe(0);
  });

  test('is dismissed when they may not listen any more', async () => {
    await using open = await openListening();
    using client = await Listening.to(open.url);
    open.live.dismiss('somebody else');
    expect(open.live.clients).toBe(1);
    open.live.dismiss('viewer');
    await client.closed;
    expect(open.live.clients).toBe(0);
  });

  test('is one of so many', async () => {
    await using open = await openListening({ mostClients: 2 });
    using first = await Listening.to(open.url);
    using second = await Listening.to(open.url);
    using third = await Listening.to(open.url);
    expect([first.status, second.status, third.status]).toEqual([200, 200, 503]);
  });

  test('is let go when the server stops', async () => {
    const open = await openListening();
    using client = await Listening.to(open.url);
    await open[Symbol.asyncDispose]();
    await client.closed;
    expect(open.live.clients).toBe(0);
  });
});

describe('who comes back', () => {
  test('is told what they missed, once and in order', async () => {
    await using open = await openListening();
    const first = await Listening.to(open.url);
    open.live.publish(momentOf(1));
    await expect.poll(() => first.told).toEqual(['second 1']);
    const { id } = first.events[0];
    first[Symbol.dispose]();
    for (let second = 2; second < 5; second++) open.live.publish(momentOf(second));
    open.happen();
    open.live.publish(momentOf(5));
    using again = await Listening.to(open.url, id);
    await expect.poll(() => again.told).toEqual(['second 2', 'second 3', 'second 4', 'line 6', 'second 5']);
    // And from the middle of that.
    using middle = await Listening.to(open.url, again.events[1].id);
    await expect.poll(() => middle.told).toEqual(['second 4', 'line 6', 'second 5']);
  });

  test('to another run of the hub is told of every alert since, and of this run', async () => {
    await using open = await openListening();
    open.live.publish(momentOf(1));
    using client = await Listening.to(open.url, 'before-41-3');
    await expect.poll(() => client.told).toEqual(['line 4', 'line 5', 'second 1']);
    open.live.publish(momentOf(2));
    await expect.poll(() => client.told.at(-1)).toBe('second 2');
  });

  test('after more than is told again is told to ask anew', async () => {
    await using open = await openListening();
    for (let i = 0; i < 1100; i++) open.alerts.happen('noted', 'crowded', null, null);
    using client = await Listening.to(open.url, 'before-41-0');
    await expect.poll(() => client.events.length, { timeout: 5000 }).toBe(1001);
    expect(client.told.slice(-2)).toEqual(['line 1000', 'missed']);
  });

  test.each(['', 'x', '1-2', 'a-b-c', 'a-1-2-3', '-1--1', 'a-99999999999999999999-1', '__proto__', 'A-1-1'])(
    'with a name that is none of ours is somebody new: %s',
    async (name) => {
      await using open = await openListening({ readLog: () => Promise.reject(new Error('nobody asks for it')) });
      open.live.publish(momentOf(1));
      using client = await Listening.to(open.url, name);
      await expect.poll(() => client.told).toEqual(['second 1']);
    },
  );

  test('while things happen misses nothing and is told nothing twice', async () => {
    const alerts = new MemoryAlerts(() => {});
    let isRead = false;
    const happen = (): void => {
      alerts.happen('raised', 'crowded', null, null);
      live.publishAlert(alerts.lines[alerts.lines.length - 1]);
    };
    // Between the answer of the log and the next event: both would tell of it.
    const readLog = async (beyond: number, limit: number) => {
      if (!isRead) happen();
      isRead = true;
      const lines = alerts.log({ beyond, limit, order: 'oldestFirst' });
      happen();
      live.publish(momentOf(9));
      return lines;
    };
    using live: LiveFeed = new LiveFeed({ readLog, alertSequence: 5 });
    const stream = await live.join({ name: 'viewer', lastEventId: 'before-1-4' });
    let text = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    const lines = (): string[] => [...text.matchAll(/"sequence":(\d+)/g)].map(([, sequence]) => sequence);
    await expect.poll(lines).toEqual(['5', '6', '7']);
    expect(text.match(/event: moment/g)).toHaveLength(1);
    // A line that the log told before it was published.
    live.publishAlert(alerts.lines[5]);
    happen();
    await expect.poll(lines).toEqual(['5', '6', '7', '8']);
    stream.destroy();
  });

  test('again, from any event on, is told the rest and nothing else', async () => {
    await using open = await openListening();
    for (let second = 1; second < 4; second++) open.live.publish(momentOf(second));
    open.happen();
    using client = await Listening.to(open.url, 'before-41-3');
    const all = ['line 4', 'line 5', 'line 6', 'second 1', 'second 2', 'second 3'];
    await expect.poll(() => client.told).toEqual(all);
    for (let i = 0; i < all.length; i++) {
      using again = await Listening.to(open.url, client.events[i].id);
      open.live.publish(momentOf(100 + i));
      await expect.poll(() => again.told.at(-1)).toBe(`second ${100 + i}`);
      const rest = again.told.filter((told) => !told.startsWith('second 10'));
      expect(rest).toEqual(all.slice(i + 1));
    }
  });
});

/** A connection that takes nothing. */
const stalled = async (url: string): Promise<Socket> => {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' });
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.pause();
  socket.write('GET /api/live HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer viewer\r\n\r\n');
  return socket;
};

const large = (second: number) => {
  const moment = momentOf(second);
  return { ...moment, zones: Array.from({ length: 500 }, (_, i) => ({ ...moment.zones[0], zone: `zone-${i}` })) };
};

describe('who does not keep up', () => {
  test('is given up, and memory stays bounded, while others are told', { timeout: 20_000 }, async () => {
    await using open = await openListening();
    using well = await Listening.to(open.url);
    const socket = await stalled(open.url);
    await expect.poll(() => open.live.clients).toBe(2);
    let published = 0;
    // The system itself holds a few MiB for a connection.
    while (open.live.clients === 2 && published < 400) {
      open.live.publish(large(published++));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(open.live.clients).toBe(1);
    await expect.poll(() => well.events.length, { timeout: 10_000 }).toBe(published);
    socket.destroy();
  });

  test('without anything being taken is given up after ten seconds', async () => {
    using live = new LiveFeed(QUIET);
    const stream = await live.join({ name: 'viewer' });
    live.publish(momentOf(1));
    expect(stream.destroyed).toBe(false);
    const { now } = performance;
    performance.now = () => now.call(performance) + 10_500;
    try {
      live.publish(momentOf(2));
    } finally {
      performance.now = now;
    }
    expect(stream.destroyed).toBe(true);
  });

  test('with what they asked for again, is not given up for it', async () => {
    using live = new LiveFeed(QUIET);
    for (let second = 0; second < 30; second++) live.publish(large(second));
    const stream = await live.join({ name: 'viewer', lastEventId: 'before-1-0' });
    live.publish(momentOf(31));
    live.publish(momentOf(32));
    expect(stream.destroyed).toBe(false);
    let bytes = 0;
    stream.on('data', (chunk: Buffer) => (bytes += chunk.length));
    await expect.poll(() => bytes).toBeGreaterThan(1e6);
    stream.destroy();
  });
});
