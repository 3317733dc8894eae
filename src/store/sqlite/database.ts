/**
 * Opens a ledger's file: makes it when it is not there, and brings an older one to the present version, a step at a
 * time, each in one transaction. The steps are the files `migrations/NNNN.sql`; they are never changed once published.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StarlingError } from '../../contract/index.ts';
import { asStoreError } from './store-error.ts';
import { transaction } from './transaction.ts';

/** 'STAR': says of a file of SQLite that it is a ledger. */
export const APPLICATION_ID = 0x53544152;
const MIGRATION = /^(\d{4})\.sql$/;

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

/** A step from one version of the tables to the next. */
interface Migration {
  /** Version that it leads to. */
  readonly version: number;
  readonly sql: string;
}

/** The steps that this version of Starling knows, in order. */
export const readMigrations = (folder = new URL('migrations/', import.meta.url)): Migration[] =>
  readdirSync(folder)
    .flatMap((name) => {
      const digits = MIGRATION.exec(name)?.[1];
      return digits === undefined
        ? []
        : [{ version: Number(digits), sql: readFileSync(new URL(name, folder), 'utf8') }];
    })
    .sort((a, b) => a.version - b.version);

const pragma = (database: DatabaseSync, name: string): number =>
  Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);

const isEmpty = (database: DatabaseSync): boolean =>
  database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;

const migrate = (database: DatabaseSync, path: string, migrations: readonly Migration[]): void => {
  const found = pragma(database, 'user_version');
  const known = Math.max(...migrations.map(({ version }) => version));
  if (pragma(database, 'application_id') !== APPLICATION_ID && !isEmpty(database))
    throw new StarlingError('STORE_CORRUPT', { path, reason: 'it is a database, and no ledger of Starling' });
  if (found > known) throw new StarlingError('STORE_TOO_NEW', { path, found, known });
  for (const { version, sql } of migrations.filter((step) => step.version > found))
    transaction(database, () => {
      database.exec(sql);
      database.exec(`PRAGMA user_version = ${version}`);
    });
};

/**
 * Opens the ledger at a path, or begins one.
 *
 * @throws STORE_NOT_WRITABLE, STORE_CORRUPT when the file is no ledger or damaged, STORE_TOO_NEW, STORE_IN_USE
 */
export const openDatabase = (path: string, migrations: readonly Migration[] = readMigrations()): DatabaseSync => {
  let database: DatabaseSync | undefined;
  try {
    // A step may have to build a table anew, so references are not looked at before they are all done.
    database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: false });
    // Before anything is written to a file that may not be ours.
    pragma(database, 'user_version');
    migrate(database, path, migrations);
    database.exec(SETTINGS);
    return database;
  } catch (error) {
    database?.close();
    throw asStoreError(path, error);
  }
};
