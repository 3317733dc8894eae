/** A copy of a ledger as it is at one instant, while it goes on. */
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { StarlingError } from '../../../contract/index.ts';
import { asStoreError } from '../store-error.ts';
import { endReading } from './end-reading.ts';
import type { OnShare } from './problems.ts';

/** Pages copied at a time, a megabyte; in between, others have their turn. */
const PAGES_AT_A_TIME = 256;

const failed = (path: string, reason: string, cause?: unknown): StarlingError =>
  new StarlingError('STORE_BACKUP_FAILED', { path, reason }, { cause });

const PASSED_ON: ReadonlySet<string> = new Set(['STORE_BACKUP_FAILED', 'STORE_CORRUPT']);

/** What the copy's disk says is no fault of the ledger's; damage is, for the copy is made page by page. */
const asBackupError = (ledger: string, path: string, error: unknown): Error => {
  const failure = asStoreError(ledger, error);
  if (!(failure instanceof StarlingError) || PASSED_ON.has(failure.code)) return failure;
  return failed(path, String(failure.details['reason'] ?? failure.message), error);
};

const refuseExisting = async (path: string): Promise<void> => {
  const found = await stat(path).catch(() => null);
  if (found)
    throw failed(path, found.isDirectory() ? 'it is a folder; give the name of a file' : 'it is there already');
};

/** All in one transaction: without it a copy begins anew whenever the ledger is written to, every second. */
const copy = async (database: DatabaseSync, to: string, onShare: OnShare): Promise<void> => {
  database.exec('BEGIN');
  try {
    // The transaction begins when something is read.
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    await backup(database, to, {
      rate: PAGES_AT_A_TIME,
      progress: ({ totalPages, remainingPages }) => onShare(1 - remainingPages / totalPages),
    });
  } finally {
    endReading(database);
  }
};

/** One file, complete by itself, of which every page can be read. */
const settle = (ledger: string, path: string): void => {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA journal_mode = DELETE');
    const found = database.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
    if (found === 'ok') return;
    throw new StarlingError('STORE_CORRUPT', { path: ledger, reason: 'a copy of it does not pass the check' });
  } finally {
    database.close();
  }
};

const putOnDisk = async (path: string): Promise<void> => {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
};

/**
 * Writes a copy of a ledger as it is now. It appears under its name when it is complete and has been checked.
 *
 * @param database read-only connection, used by nobody else meanwhile
 * @param path     of the copy; nothing may be there
 * @throws STORE_BACKUP_FAILED, STORE_CORRUPT when the ledger is damaged; then nothing is left
 */
export const backupLedger = async (
  database: DatabaseSync,
  path: string,
  onShare: OnShare = () => {},
): Promise<void> => {
  const ledger = database.location() ?? '';
  const partial = `${path}.${process.pid}.partial`;
  try {
    await refuseExisting(path);
    await copy(database, partial, onShare);
    settle(ledger, partial);
    await putOnDisk(partial);
    await refuseExisting(path);
    await rename(partial, path);
    await putOnDisk(dirname(path));
  } catch (error) {
    for (const ending of ['', '-journal', '-wal', '-shm'])
      await rm(`${partial}${ending}`, { force: true }).catch(() => {});
    throw asBackupError(ledger, path, error);
  }
};
