/** Live streams: how long a moment takes to everybody who listens, and what one who does not read does to the others. */
import { get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type ApiHub, type ServerMemory, withCores } from './api-hub.ts';
import type { HistorySize } from './api-history.ts';
import { nowMs } from './api-site.ts';
import { loadAverage, median, print, quantile } from './figures.ts';

const MOMENTS = 20;
/** Longer than anything takes; what has not come by then is missing. */
const PATIENCE_MS = 30_000;
/** The system holds some MiB for a connection, and the server some. */
const LONGEST_STALL_MS = 120_000;
const LOOK_MS = 500;
/** Letters in which an event says what it is, and when it was sent. */
const HEAD = 200;
const LINE_END = 10;

interface Received {
  readonly sentMs: number;
  readonly delayMs: number;
}

/** Somebody who listens, and only notes when a moment was there as a whole. */
class Listening {
  readonly moments: Received[] = [];
  bytes = 0;
  #head = '';
  #last = 0;
  readonly #answer: IncomingMessage;

  private constructor(answer: IncomingMessage) {
    this.#answer = answer;
    answer.on('data', (chunk: Buffer) => this.#take(chunk));
    answer.on('error', () => {});
  }

  static async to({ url, headers }: ApiHub): Promise<Listening> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    get(`${url}/api/live`, { headers, agent: false }, resolve).once('error', reject);
    const answer = await promise;
    if (answer.statusCode !== 200) throw new Error(`live: ${answer.statusCode}`);
    return new Listening(answer);
  }

  close(): void {
    this.#answer.destroy();
  }

  /** An event ends with an empty line, and moments are a second apart: none begins in the bytes that end another. */
  #take(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.#head.length < HEAD) this.#head += chunk.toString('latin1', 0, HEAD);
    const isEnd = chunk.at(-1) === LINE_END && (chunk.at(-2) ?? this.#last) === LINE_END;
    this.#last = chunk.at(-1) ?? this.#last;
    if (!isEnd) return;
    const [, sent] = /event: moment\ndata: \{"timeMs":([\d.]+)/.exec(this.#head) ?? [];
    this.#head = '';
    if (sent !== undefined) this.moments.push({ sentMs: Number(sent), delayMs: nowMs() - Number(sent) });
  }
}

const delaysOf = (listeners: readonly Listening[], fromMs: number, untilMs: number): number[] =>
  listeners.flatMap(({ moments }) =>
    moments.filter(({ sentMs }) => sentMs > fromMs && sentMs <= untilMs).map(({ delayMs }) => delayMs),
  );

/** When moments were sent, the first one first, by what anybody has received. */
const sentAfter = (listeners: readonly Listening[], fromMs: number): number[] => {
  const sent = new Set(listeners.flatMap(({ moments }) => moments.map(({ sentMs }) => sentMs)));
  return [...sent].filter((sentMs) => sentMs > fromMs).sort((one, other) => one - other);
};

/** Waits until everybody has had so many moments, or should have had them. @returns when the last of them was sent */
const listenFor = async (listeners: readonly Listening[], fromMs: number, count: number): Promise<number> => {
  const endMs = nowMs() + count * 1000 + PATIENCE_MS;
  while (sentAfter(listeners, fromMs).length < count && nowMs() < endMs) await pause(LOOK_MS);
  const untilMs = sentAfter(listeners, fromMs).at(count - 1) ?? fromMs;
  const expected = count * listeners.length;
  while (delaysOf(listeners, fromMs, untilMs).length < expected && nowMs() < endMs) await pause(LOOK_MS);
  return untilMs;
};

/** A client that asks for the live stream, and takes nothing of it. */
const neverReading = ({ url, headers }: ApiHub): Socket => {
  const { hostname, port, host } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => {});
  socket.pause();
  const lines = ['GET /api/live HTTP/1.1', `host: ${host}`, `authorization: ${headers['authorization'] ?? ''}`];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return socket;
};

const figuresOf = (delays: readonly number[], expected: number): object => ({
  delivered: delays.length,
  missing: expected - delays.length,
  medianMs: median(delays),
  p99Ms: quantile(delays, 0.99),
  maxMs: quantile(delays, 1),
});

const benchDelivery = async (hub: ApiHub, listeners: readonly Listening[], before: ServerMemory) => {
  const fromMs = nowMs();
  const {
    result: untilMs,
    serverCores,
    clientCores,
  } = await withCores(hub, () => listenFor(listeners, fromMs, MOMENTS));
  const clients = await hub.clients();
  const { rss, heap } = await hub.memory();
  return {
    moments: MOMENTS,
    bytesAMoment: listeners[0].bytes / listeners[0].moments.length,
    ...figuresOf(delaysOf(listeners, fromMs, untilMs), MOMENTS * listeners.length),
    dropped: listeners.length - clients,
    serverMiB: rss,
    kibAClient: ((rss - before.rss) * 1024) / listeners.length,
    heapKibAClient: ((heap - before.heap) * 1024) / listeners.length,
    serverCores,
    clientCores,
  };
};

/** One more who does not read: until it is given up, and what the others notice. */
const benchStalled = async (hub: ApiHub, listeners: readonly Listening[]) => {
  const others = await hub.clients();
  const fromMs = nowMs();
  const socket = neverReading(hub);
  while ((await hub.clients()) <= others && nowMs() < fromMs + PATIENCE_MS) await pause(LOOK_MS);
  while ((await hub.clients()) > others && nowMs() < fromMs + LONGEST_STALL_MS) await pause(LOOK_MS);
  const lookedS = (nowMs() - fromMs) / 1000;
  const sent = sentAfter(listeners, fromMs);
  await pause(PATIENCE_MS / 10);
  const delays = delaysOf(listeners, fromMs, sent.at(-1) ?? fromMs);
  const clients = await hub.clients();
  const { rss } = await hub.memory();
  socket.destroy();
  return {
    // Null: not yet. The less there is to tell, the longer it takes.
    givenUpS: clients > others ? null : lookedS,
    moments: sent.length,
    ...figuresOf(delays, sent.length * others),
    othersDropped: others - Math.min(clients, others),
    serverMiB: rss,
  };
};

/** Prints what live streams take. */
export const benchLive = async ({ cameras }: HistorySize, clients: number, hub: ApiHub): Promise<void> => {
  const before = await hub.memory();
  const listeners = await Promise.all(Array.from({ length: clients }, () => Listening.to(hub)));
  try {
    // The first moment is the one before they came.
    await listenFor(listeners, nowMs(), 2);
    const delivery = await benchDelivery(hub, listeners, before);
    print({ bench: 'api-live', cameras, clients, ...delivery, loadAverage: loadAverage() });
    const stalled = await benchStalled(hub, listeners);
    print({ bench: 'api-live-stalled', cameras, clients, ...stalled, loadAverage: loadAverage() });
  } finally {
    for (const listener of listeners) listener.close();
  }
};
