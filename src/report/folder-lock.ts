import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { failedWith } from './io-errors.ts';

/** Renaming a handful of files takes milliseconds; a lock this old was left by a process that died. */
const STALE_MS = 10_000;
const RETRY_MS = 20;

const isStale = async (lock: string): Promise<boolean> => {
  try {
    return Date.now() - (await stat(lock)).mtimeMs > STALE_MS;
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return false;
    throw error;
  }
};

const acquire = async (lock: string): Promise<void> => {
  for (;;) {
    try {
      await (await open(lock, 'wx')).close();
      return;
    } catch (error) {
      if (!failedWith(error, 'EEXIST')) throw error;
    }
    if (await isStale(lock)) await rm(lock, { force: true });
    else await delay(RETRY_MS);
  }
};

/**
 * Runs `action` while no other process does the same to that folder, so that the results of two runs that end
 * together do not mix. Waits for its turn; a lock left behind by a crash is taken over after ten seconds.
 */
export const withFolderLock = async (folder: string, action: () => Promise<void>): Promise<void> => {
  const lock = join(folder, '.starling.lock');
  await acquire(lock);
  try {
    await action();
  } finally {
    await rm(lock, { force: true });
  }
};
