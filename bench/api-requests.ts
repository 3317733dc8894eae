/**
 * Requests a second, and how long one takes: a few clients with connections that stay open, each of which asks again as
 * soon as it has its answer. Camera and day of a question are drawn anew each time.
 */
import { Agent, get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createRandom } from '../test/helpers/random.ts';
import { type ApiHub, withCores } from './api-hub.ts';
import { DAY_MS, END_MS, type HistorySize } from './api-history.ts';
import { loadAverage, median, print, quantile } from './figures.ts';
import { cameraName } from './year-of-minutes.ts';

const SEED = 1;
const CLIENTS = 8;
/** Everything is compiled, and in the system's memory what fits there. */
const WARM_MS = 1000;

interface Question {
  readonly name: string;
  /** What is asked next. */
  readonly path: () => string;
  /** What an answer with something in it begins with. */
  readonly begins: string;
  /** What every row of it has once. */
  readonly row: string;
  readonly clients?: number;
}

interface Answer {
  readonly ms: number;
  readonly body: Buffer;
}

const questionsFor = ({ cameras, days }: HistorySize): Question[] => {
  const random = createRandom(SEED);
  const below = (count: number): number => Math.floor(random() * count);
  const period = (length: number): string => {
    const fromMs = END_MS - (length + below(days - length + 1)) * DAY_MS;
    const [from, to] = [fromMs, fromMs + length * DAY_MS].map((timeMs) => new Date(timeMs).toISOString());
    return `from=${from}&to=${to}`;
  };
  const camera = (): string => `camera=${cameraName(1 + below(cameras))}`;
  const zone = (length: number, step: string) => (): string =>
    `/api/history/zones?${period(length)}&step=${step}&${camera()}&zone=view&limit=5000`;
  const week = Math.min(7, days);
  const page = { begins: '{"items":[{', row: '"start":' };
  return [
    { name: 'now', path: () => '/api/now', begins: '{"timeMs":', row: '"zone":' },
    { ...page, name: 'alerts', path: () => '/api/alerts', row: '"id":' },
    { ...page, name: 'a day by minutes, one zone', path: zone(1, 'minute') },
    { ...page, name: `${week} days by hours, one zone`, path: zone(week, 'hour') },
    { ...page, name: `${days} days by days, one zone`, path: zone(days, 'day') },
    {
      name: 'a day by quarter-hours, all zones, first page',
      path: () => `/api/history/zones?${period(1)}&step=quarterHour`,
      ...page,
    },
    {
      name: 'a day by minutes, one zone, CSV',
      path: () => `/api/export/zones.csv?${period(1)}&step=minute&${camera()}&zone=view`,
      begins: 'start',
      // A line end is before every line but that of the names.
      row: '\r\n',
      // More at once are refused.
      clients: 4,
    },
  ];
};

/** Asks one thing. @throws where the answer is none, or has nothing in it */
const ask = async (hub: ApiHub, agent: Agent, { path, begins, name }: Question): Promise<Answer> => {
  const startedMs = performance.now();
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  get(`${hub.url}${path()}`, { agent, headers: hub.headers }, resolve).once('error', reject);
  const answer = await promise;
  const body = await buffer(answer);
  const ms = performance.now() - startedMs;
  if (answer.statusCode !== 200 || body.toString('latin1', 0, begins.length) !== begins)
    throw new Error(`${name}: ${answer.statusCode} ${body.toString('utf8', 0, 300)}`);
  return { ms, body };
};

const askFor = async (hub: ApiHub, question: Question, agent: Agent, lengthMs: number): Promise<number[]> => {
  const endMs = performance.now() + lengthMs;
  const times: number[] = [];
  const client = async (): Promise<void> => {
    while (performance.now() < endMs) times.push((await ask(hub, agent, question)).ms);
  };
  await Promise.all(Array.from({ length: question.clients ?? CLIENTS }, client));
  return times;
};

const rowsIn = (body: Buffer, { row }: Question): number => body.toString().trimEnd().split(row).length - 1;

/** Prints what requests of every kind take. */
export const benchRequests = async (size: HistorySize, seconds: number, hub: ApiHub): Promise<void> => {
  for (const question of questionsFor(size)) {
    const { clients = CLIENTS, name } = question;
    const agent = new Agent({ keepAlive: true, maxSockets: clients });
    const { body } = await ask(hub, agent, question);
    await askFor(hub, question, agent, WARM_MS);
    const {
      result: times,
      wallS,
      serverCores,
      clientCores,
    } = await withCores(hub, () => askFor(hub, question, agent, seconds * 1000));
    agent.destroy();
    print({
      bench: 'api-requests',
      ...size,
      query: name,
      rows: rowsIn(body, question),
      bytes: body.length,
      clients,
      requests: times.length,
      requestsPerS: times.length / wallS,
      medianMs: median(times),
      p99Ms: quantile(times, 0.99),
      // What a busy machine does not change.
      serverCpuMs: (serverCores * wallS * 1000) / times.length,
      serverCores,
      clientCores,
      loadAverage: loadAverage(),
    });
  }
};
