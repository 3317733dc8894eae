/** The side of whoever asks: a thread that is started when it is needed, and again when it died. */
import { Worker } from 'node:worker_threads';
import type { StarlingError } from '../../contract/index.ts';
import { fromFailure } from './failure.ts';
import type { Message, Operations, Question } from './protocol.ts';

/** What a thread is made of. */
export interface ThreadOptions {
  /** What it runs. */
  readonly module: URL;
  /** Handed to it when it starts. */
  readonly settings: unknown;
  /** The error for what cannot be asked because the thread died, or because too much waits already. */
  readonly unavailable: (reason: string) => StarlingError;
  /** Told of what the thread says unasked. */
  readonly onTrouble?: (error: Error) => void;
}

/** Questions that wait at most: more means that the disk hangs, and what waits is kept in memory. */
const MOST_WAITING = 64;

/** A thread that died is not started again sooner, ms. */
const RESTART_MS = 1000;

/** One thread, and the questions that wait for it. */
export class StoreThread<Table extends Operations> {
  readonly #options: ThreadOptions;
  #worker: Worker | null = null;
  #startedMs = Number.NEGATIVE_INFINITY;
  #ended: Promise<void> = Promise.resolve();
  #died: Error | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #isClosed = false;

  constructor(options: ThreadOptions) {
    this.#options = options;
  }

  /**
   * Asks, after everything that was asked before.
   *
   * @throws what the thread throws; the error of `unavailable` when it died, or when too much waits
   */
  async ask<Name extends keyof Table>(name: Name, input: Table[Name]['in']): Promise<Table[Name]['out']> {
    if (this.#isClosed) throw this.#options.unavailable('it was closed');
    if (this.#waiting >= MOST_WAITING)
      throw this.#options.unavailable(`the disk does not keep up: ${MOST_WAITING} requests wait for it`);
    this.#waiting++;
    const turn = this.#last.then(() => this.#put<Name>({ name, input }));
    this.#last = turn.catch(() => {});
    try {
      return await turn;
    } finally {
      this.#waiting--;
    }
  }

  /** Waits for what was asked, lets go of everything, and ends the thread. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#last;
    this.#worker?.postMessage(null satisfies Question<Table>);
    await this.#ended;
  }

  #put<Name extends keyof Table>(question: {
    readonly name: Name;
    readonly input: Table[Name]['in'];
  }): Promise<Table[Name]['out']> {
    const worker = this.#running();
    return new Promise((resolve, reject) => {
      const settle = (outcome: () => void): void => {
        worker.off('message', hear);
        worker.off('exit', lose);
        outcome();
      };
      const hear = (message: Message<Table[Name]['out']>): void => {
        if ('trouble' in message) return;
        if ('failure' in message) settle(() => reject(fromFailure(message.failure)));
        else settle(() => resolve(message.value));
      };
      const lose = (): void => settle(() => reject(this.#lost()));
      worker.on('message', hear);
      worker.on('exit', lose);
      worker.postMessage(question);
    });
  }

  #lost(): StarlingError {
    return this.#options.unavailable(`its thread ended${this.#died ? `: ${this.#died.message}` : ''}`);
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const nowMs = performance.now();
    if (nowMs - this.#startedMs < RESTART_MS) throw this.#lost();
    this.#startedMs = nowMs;
    return this.#start();
  }

  #start(): Worker {
    const { module, settings, onTrouble } = this.#options;
    const worker = new Worker(module, {
      workerData: settings,
      // What this process was started with may make no sense to a thread, such as `--input-type`.
      execArgv: [],
    });
    this.#worker = worker;
    this.#died = null;
    worker.on('message', (message: Message<unknown>) => {
      if ('trouble' in message) onTrouble?.(fromFailure(message.trouble));
    });
    worker.on('error', (error) => {
      this.#died = error instanceof Error ? error : new Error(String(error));
    });
    this.#ended = new Promise((resolve) => {
      worker.on('exit', () => {
        this.#worker = null;
        resolve();
      });
    });
    return worker;
  }
}
