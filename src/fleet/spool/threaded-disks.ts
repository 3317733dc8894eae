/** Disks whose work is done on one thread of their own. */
import { Worker } from 'node:worker_threads';
import { DiskFailure, type DiskState, type Kept, type SpoolDisk } from './disk.ts';
import type { FileLimits } from './sqlite-file.ts';
import type { Answer, Outcome, Request, Task } from './thread.ts';

/** The built package holds JavaScript, a checkout TypeScript. */
const THREAD = new URL(import.meta.url.endsWith('.ts') ? './thread.ts' : './thread.js', import.meta.url);

/** A disk that takes longer is treated as one that fails; what it does later does no harm. */
const PATIENCE_MS = 10_000;

const stateOf = (outcome: Outcome): DiskState => {
  if ('state' in outcome) return outcome.state;
  throw new DiskFailure('the disk gave another answer than was asked for');
};

const rowsOf = (outcome: Outcome): readonly Kept[] => {
  if ('rows' in outcome) return outcome.rows;
  throw new DiskFailure('the disk gave another answer than was asked for');
};

/** The thread, and what was asked of it. A thread that died is replaced when something is asked again. */
export class ThreadedDisks {
  readonly #patienceMs: number;
  #worker: Worker | null = null;
  #lastId = 0;
  readonly #pending = new Map<number, PromiseWithResolvers<Outcome>>();

  constructor(patienceMs = PATIENCE_MS) {
    this.#patienceMs = patienceMs;
  }

  /** The disk for the file at `path`. */
  disk(path: string, limits: FileLimits): SpoolDisk {
    const ask = this.#asker(path, limits);
    return {
      open: async () => stateOf(await ask({ kind: 'open' })),
      write: async (changes) => stateOf(await ask({ kind: 'write', changes })),
      read: async (after, limit) => rowsOf(await ask({ kind: 'read', after, limit })),
      close: async () => void (await ask({ kind: 'close' })),
    };
  }

  /** Ends the thread, once it has done what it was asked. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#pending.values()].map(({ promise }) => promise));
    await this.#worker?.terminate();
    this.#worker = null;
  }

  /** Asks for one file; while an answer is overdue nothing more is asked, so that nothing piles up. */
  #asker(path: string, limits: FileLimits): (task: Task) => Promise<Outcome> {
    let overdue = 0;
    return async (task) => {
      if (overdue > 0) throw new DiskFailure('the disk still does not answer');
      const id = ++this.#lastId;
      const answer = this.#ask({ id, path, limits, task });
      const late = Promise.withResolvers<never>();
      const timer = setTimeout(() => {
        overdue++;
        void answer.finally(() => overdue--).catch(() => {});
        late.reject(new DiskFailure(`the disk does not answer for ${Math.round(this.#patienceMs / 1000)} s`));
      }, this.#patienceMs);
      try {
        const outcome = await Promise.race([answer, late.promise]);
        if ('failure' in outcome) throw new DiskFailure(outcome.failure, outcome.isInUse);
        return outcome;
      } finally {
        clearTimeout(timer);
      }
    };
  }

  #ask(request: Request): Promise<Outcome> {
    const pending = Promise.withResolvers<Outcome>();
    this.#pending.set(request.id, pending);
    this.#running().postMessage(request);
    return pending.promise;
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(THREAD);
    // A sensor that has nothing else to do may end; what must be written first is waited for by `close`.
    worker.unref();
    worker.on('message', ({ id, outcome }: Answer) => {
      this.#pending.get(id)?.resolve(outcome);
      this.#pending.delete(id);
    });
    worker.on('error', (error: Error) => this.#gone(worker, error.message));
    worker.on('exit', () => this.#gone(worker, 'its thread ended'));
    this.#worker = worker;
    return worker;
  }

  #gone(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const pending of this.#pending.values()) pending.reject(new DiskFailure(reason));
    this.#pending.clear();
  }
}
