/**
 * One process at a time writes a ledger. The lock is one of the operating system's on `ledger.lock`, taken by way of
 * SQLite: it is gone when the process is, however that ended, and nothing stale can be left behind. The file itself
 * stays, and is empty.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StarlingError } from '../contract/index.ts';
import { asStoreError } from './sqlite/store-error.ts';

/** A folder that is this process's own, until it is let go of. */
export interface FolderLock {
  release(): void;
}

/** What is wrong with a lock is no damage to the ledger. */
const asLockError = (path: string, error: unknown): Error => {
  const failure = asStoreError(path, error);
  if (!(failure instanceof StarlingError) || failure.code === 'STORE_IN_USE') return failure;
  const reason =
    failure.code === 'STORE_CORRUPT'
      ? 'ledger.lock beside it is no lock; remove it'
      : `its folder cannot be written (${String(failure.details['reason'])})`;
  return new StarlingError('STORE_NOT_WRITABLE', { path, reason }, { cause: error });
};

/**
 * Takes a folder's lock.
 *
 * @param path of the ledger, to be named when it fails
 * @throws STORE_IN_USE when another process has it, or this one has it already; STORE_NOT_WRITABLE
 */
export const lockFolder = (folder: string, path: string): FolderLock => {
  let database: DatabaseSync | undefined;
  try {
    const held = new DatabaseSync(join(folder, 'ledger.lock'), { timeout: 0 });
    database = held;
    // Nothing is ever written, so there is nothing to roll back: no journal is left beside it.
    held.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return { release: () => held.close() };
  } catch (error) {
    database?.close();
    throw asLockError(path, error);
  }
};
