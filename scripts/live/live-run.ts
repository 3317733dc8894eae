/**
 * A `starling run` as a process of its own, to be watched, killed and stopped by tests and benchmarks.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { cameraHealthSchema } from '../../src/contract/index.ts';
import { childrenOf } from './processes.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

const healthSchema = z.object({
  ledger: z.object({ code: z.string(), message: z.string() }).nullable(),
  cameras: z.array(cameraHealthSchema.extend({ camera: z.string() })),
});

/** What `/healthz` says. */
export type LiveHealth = z.infer<typeof healthSchema>;

/** Whether every camera is measured without a doubt. */
export const allWell = ({ cameras }: LiveHealth): boolean => cameras.every(({ state }) => state === 'ok');

/** A live site at work. */
export class LiveRun implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #url: Promise<string>;
  #output = '';

  /** @param args of `starling run`, the site file first */
  constructor(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    this.#process = spawn(process.execPath, [MAIN, 'run', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { UV_THREADPOOL_SIZE: '64', ...process.env, ...environment },
    });
    this.#ended = once(this.#process, 'exit');
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.#url = promise;
    promise.catch(() => {});
    const read = (part: Buffer): void => {
      this.#output += part.toString();
      const [url] = /http:\/\/[\d.:]+(?=\/healthz)/.exec(this.#output) ?? [];
      if (url) resolve(url);
    };
    this.#process.stdout?.on('data', read);
    this.#process.stderr?.on('data', read);
    void this.#ended.then(() => reject(new Error(`starling run ended:\n${this.#output}`)));
  }

  /** Everything that it wrote so far. */
  get output(): string {
    return this.#output;
  }

  /** Everything that it wrote, once that holds a text. */
  async outputWith(text: string): Promise<string> {
    while (!this.#output.includes(text) && this.#process.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 50));
    return this.#output;
  }

  /** Where it listens. */
  get url(): Promise<string> {
    return this.#url;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Process ids of its sensors. */
  get sensors(): number[] {
    return childrenOf(this.pid);
  }

  /** What `/healthz` says, once the hub listens. */
  async health(): Promise<LiveHealth> {
    const response = await fetch(`${await this.#url}/healthz`);
    return healthSchema.parse(await response.json());
  }

  /** Asks until a camera is as it should be, and says how long that took, ms. */
  async until(holds: (health: LiveHealth) => boolean, withinMs: number): Promise<number> {
    const startedMs = performance.now();
    for (;;) {
      const health = await this.health();
      const tookMs = performance.now() - startedMs;
      if (holds(health)) return tookMs;
      if (tookMs > withinMs) throw new Error(`not within ${withinMs} ms: ${JSON.stringify(health)}\n${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Ends the hub at once, as a power cut would. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended;
  }

  /** Asks it to stop, and says how long that took, ms, and with which exit code. */
  async stop(): Promise<{ readonly tookMs: number; readonly code: number | null }> {
    const startedMs = performance.now();
    this.#process.kill('SIGTERM');
    await this.#ended;
    return { tookMs: performance.now() - startedMs, code: this.#process.exitCode };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) await this.kill();
  }
}
