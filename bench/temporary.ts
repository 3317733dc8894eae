/** What a benchmark leaves behind: nothing, whether it ends well, fails or is interrupted. */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childrenOf } from '../scripts/live/processes.ts';

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It had ended by itself.
  }
};

/** Does some work with a new folder, which is removed at the end. A signal also ends the processes that it started. */
export const inTemporaryFolder = async <Result>(work: (folder: string) => Promise<Result>): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), 'starling-bench-'));
  const handlers = Object.entries(SIGNALS).map(([signal, code]) => {
    const leave = (): void => {
      for (const pid of childrenOf(process.pid)) kill(pid);
      remove(folder);
      process.exit(code);
    };
    process.once(signal, leave);
    return [signal, leave] as const;
  });
  try {
    return await work(folder);
  } finally {
    for (const [signal, leave] of handlers) process.off(signal, leave);
    remove(folder);
  }
};
