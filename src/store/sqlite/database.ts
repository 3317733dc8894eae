/** Opens a ledger's file: makes it when it is not there, and brings an older one to the present version. */
import { DatabaseSync } from 'node:sqlite';
import { StarlingError } from '../../contract/index.ts';
import { migrate, type Migration, pragma, readinessOf, readMigrations } from '../../database/index.ts';
import { asStoreError } from './store-error.ts';

/** 'STAR': says of a file of SQLite that it is a ledger. */
export const APPLICATION_ID = 0x53544152;

/** How long to wait for another process that reads or copies the ledger, ms. */
const BUSY_TIMEOUT_MS = 5000;

// Twice SQLite's own number of pages: fewer and longer moves from the log to the file.
const SETTINGS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA wal_autocheckpoint = 2000;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA cache_size = -32000;
  PRAGMA temp_store = MEMORY;
`;

/** The steps that this version of Starling knows, in order. */
export const readLedgerMigrations = (): Migration[] => readMigrations(new URL('migrations/', import.meta.url));

const checkReadiness = (database: DatabaseSync, path: string, migrations: readonly Migration[]): void => {
  const readiness = readinessOf(database, APPLICATION_ID, migrations);
  if (readiness.kind === 'foreign')
    throw new StarlingError('STORE_CORRUPT', { path, reason: 'it is a database, and no ledger of Starling' });
  if (readiness.kind === 'tooNew')
    throw new StarlingError('STORE_TOO_NEW', { path, found: readiness.found, known: readiness.known });
};

/**
 * Opens the ledger at a path, or begins one.
 *
 * @throws STORE_NOT_WRITABLE, STORE_CORRUPT when the file is no ledger or damaged, STORE_TOO_NEW, STORE_IN_USE
 */
export const openDatabase = (path: string, migrations: readonly Migration[] = readLedgerMigrations()): DatabaseSync => {
  let database: DatabaseSync | undefined;
  try {
    // A step may have to build a table anew, so references are not looked at before they are all done.
    database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: false });
    // Before anything is written to a file that may not be ours.
    pragma(database, 'user_version');
    checkReadiness(database, path, migrations);
    migrate(database, migrations);
    database.exec(SETTINGS);
    return database;
  } catch (error) {
    database?.close();
    throw asStoreError(path, error);
  }
};
