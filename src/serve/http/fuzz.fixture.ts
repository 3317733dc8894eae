/**
 * Fuzzes a server by its own OpenAPI document: what the document asks for, and every kind of what it does not.
 *
 * What is held: nothing ends with a fault of the server's own, every refusal is a problem of the catalogue, and every
 * answer comes in time.
 */
import http from 'node:http';
import * as fc from 'fast-check';
import { ERROR_CATALOGUE } from '../../contract/index.ts';
import { documentSchema, type Operation, type Request, requestOf } from './fuzz-requests.fixture.ts';
import { Values } from './fuzz-values.fixture.ts';
import { problemSchema } from './problem.ts';

/** What is fuzzed, and how. */
export interface FuzzOptions {
  readonly url: string;
  /** As `/api/openapi.json` has it. */
  readonly document: unknown;
  readonly runs: number;
  readonly seed: number;
  /** Such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Answers take no longer than this, ms. */
  readonly withinMs?: number;
}

/** How often which status was answered. */
export type FuzzTally = ReadonlyMap<number, number>;

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

const MOST_BYTES = 4_194_304;

/** Asks; of a stream that has no end the head is enough. */
const ask = (agent: http.Agent, { url, headers, withinMs = 5000 }: FuzzOptions, request: Request): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const signal = AbortSignal.timeout(withinMs);
    const sent = http.request(
      {
        agent,
        hostname,
        port,
        method: request.method,
        path: request.path,
        headers: { ...request.headers, ...headers },
        signal,
      },
      (answer) => {
        const { statusCode: status = 0, headers: told } = answer;
        const type = told['content-type'] ?? '';
        const chunks: Buffer[] = [];
        let bytes = 0;
        const done = (): void => resolve({ status, type, text: Buffer.concat(chunks).toString('utf8') });
        if (type.startsWith('text/event-stream')) {
          done();
          answer.destroy();
          return;
        }
        answer.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > MOST_BYTES) answer.destroy(new Error('the answer is larger than any should be'));
          else chunks.push(chunk);
        });
        answer.once('end', done);
        answer.once('error', reject);
      },
    );
    sent.once('error', reject);
    sent.end(request.body ?? undefined);
  });

const check = (request: Request, { status, type, text }: Reply): void => {
  if (status >= 500 && status !== 503) throw new Error(`a fault of the server's own: ${status} ${text}`);
  if (status < 400 || request.method === 'HEAD') return;
  if (!type.startsWith('application/problem+json'))
    throw new Error(`${status} is told as ${type}: ${text.slice(0, 200)}`);
  const { code, status: told } = problemSchema.parse(JSON.parse(text));
  if (told !== status) throw new Error(`${status} says that it is ${told}`);
  if (!Object.hasOwn(ERROR_CATALOGUE, code)) throw new Error(`${code} is not in the catalogue`);
  if (/node_modules|\.ts:\d|\bat .*:\d+:\d+/.test(text)) throw new Error(`the answer tells of our code: ${text}`);
};

/**
 * Fuzzes a server that listens.
 *
 * @returns how often which status was answered, for whoever wants to see that not all of it was refused
 * @throws with the shortest request found that shows it, and the seed
 */
export const fuzzRoutes = async (options: FuzzOptions): Promise<FuzzTally> => {
  const { paths, components } = documentSchema.parse(options.document);
  const operations: Operation[] = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      Object.assign(operation, { path, method: method.toUpperCase() }),
    ),
  );
  const tally = new Map<number, number>();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
  const property = fc.asyncProperty(requestOf(operations, new Values(components.schemas)), async (request) => {
    const reply = await ask(agent, options, request);
    tally.set(reply.status, (tally.get(reply.status) ?? 0) + 1);
    check(request, reply);
  });
  try {
    await fc.assert(property, { numRuns: options.runs, seed: options.seed });
  } finally {
    agent.destroy();
  }
  return tally;
};
