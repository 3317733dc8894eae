/** A ledger for reading only, beside whoever writes it. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { StarlingError } from '../../../contract/index.ts';
import { pragma } from '../../../database/index.ts';
import { APPLICATION_ID, readLedgerMigrations } from '../database.ts';
import { asStoreError } from '../store-error.ts';

/** Waits this long for somebody who has to be alone for a moment, as at the very beginning of a ledger, ms. */
const BUSY_TIMEOUT_MS = 5000;

const SETTINGS = 'PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;';

const checkVersion = (database: DatabaseSync, path: string): void => {
  const found = pragma(database, 'user_version');
  const known = Math.max(...readLedgerMigrations().map(({ version }) => version));
  if (found > known) throw new StarlingError('STORE_TOO_NEW', { path, found, known });
  if (pragma(database, 'application_id') !== APPLICATION_ID)
    throw new StarlingError('STORE_CORRUPT', { path, reason: 'it is no ledger of Starling' });
  if (found === known) return;
  const reason = 'an older Starling wrote it; `starling run` brings it up to date';
  throw new StarlingError('STORE_NOT_READABLE', { path, reason });
};

/** On a disk that is read-only SQLite cannot keep its log beside the file. Where there is no log, none is needed. */
const openUnchanging = (path: string): DatabaseSync => {
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return new DatabaseSync(url, { readOnly: true });
};

const tryOut = (database: DatabaseSync, path: string): DatabaseSync => {
  try {
    checkVersion(database, path);
    database.exec(SETTINGS);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

const open = (path: string): DatabaseSync => {
  try {
    return tryOut(new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS }), path);
  } catch (error) {
    const failure = asStoreError(path, error);
    const mayBeUnchanging = failure instanceof StarlingError && failure.code === 'STORE_NOT_WRITABLE';
    if (!mayBeUnchanging || existsSync(`${path}-wal`)) throw failure;
    return tryOut(openUnchanging(path), path);
  }
};

/**
 * Opens a ledger for reading. What is being written meanwhile is seen as it was when a transaction began.
 *
 * @throws STORE_NOT_FOUND, STORE_NOT_READABLE, STORE_CORRUPT, STORE_TOO_NEW
 */
export const openForReading = (path: string): DatabaseSync => {
  if (!existsSync(path)) throw new StarlingError('STORE_NOT_FOUND', { path });
  try {
    return open(path);
  } catch (error) {
    throw asReadError(path, error);
  }
};

/** The error of the catalogue for what went wrong when a ledger was read. */
export const asReadError = (path: string, error: unknown): Error => {
  const failure = asStoreError(path, error);
  if (!(failure instanceof StarlingError) || failure.code !== 'STORE_NOT_WRITABLE') return failure;
  return new StarlingError('STORE_NOT_READABLE', { path, reason: String(failure.details['reason']) }, { cause: error });
};
