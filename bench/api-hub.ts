/** A process that serves the API, as whoever measures it sees it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { cpuS } from '../scripts/live/processes.ts';
import type { HistorySize } from './api-history.ts';

const SCRIPT = fileURLToPath(new URL('api-server.ts', import.meta.url));

const helloSchema = z.object({ url: z.string(), token: z.string() });
const clientsSchema = z.object({ clients: z.int() });
const memorySchema = z.object({ rss: z.number(), heap: z.number() });

/** Memory of the server after its garbage was collected, MiB. */
export type ServerMemory = z.output<typeof memorySchema>;

const firstOf = (values: readonly unknown[]): unknown => values[0];

/** The server. */
export class ApiHub implements AsyncDisposable {
  readonly url: string;
  /** Headers of somebody who may see everything. */
  readonly headers: Readonly<Record<string, string>>;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, { url, token }: z.output<typeof helloSchema>) {
    this.#child = child;
    this.url = url;
    this.headers = { authorization: `Bearer ${token}` };
  }

  /** Starts it on a folder with a ledger. */
  static async start(folder: string, { cameras }: HistorySize): Promise<ApiHub> {
    const child = fork(SCRIPT, [folder, String(cameras)], { execArgv: ['--expose-gc'] });
    const ended = once(child, 'exit').then(() => {
      throw new Error('the server did not start');
    });
    const hello = firstOf(await Promise.race([once(child, 'message'), ended]));
    ended.catch(() => {});
    return new ApiHub(child, helloSchema.parse(hello));
  }

  /** CPU time that it has taken, all threads together, s. */
  get cpuS(): number {
    return cpuS(this.#child.pid ?? 0);
  }

  /** Live streams that it has. */
  async clients(): Promise<number> {
    return clientsSchema.parse(await this.#ask('clients')).clients;
  }

  /** Collects the garbage first, which the server stands still for. */
  async memory(): Promise<ServerMemory> {
    return memorySchema.parse(await this.#ask('memory'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    await ended;
  }

  async #ask(what: 'clients' | 'memory'): Promise<unknown> {
    const answer = once(this.#child, 'message');
    this.#child.send(what);
    return firstOf(await answer);
  }
}

/** CPU of the server and of this process while some work is done, in cores. */
export const withCores = async <Result>(
  hub: ApiHub,
  work: () => Promise<Result>,
): Promise<{
  readonly result: Result;
  readonly wallS: number;
  readonly serverCores: number;
  readonly clientCores: number;
}> => {
  const [startedMs, serverS, clientBefore] = [performance.now(), hub.cpuS, process.cpuUsage()];
  const result = await work();
  const wallS = (performance.now() - startedMs) / 1000;
  const { user, system } = process.cpuUsage(clientBefore);
  return { result, wallS, serverCores: (hub.cpuS - serverS) / wallS, clientCores: (user + system) / 1e6 / wallS };
};
