/**
 * Opens a book: a small database that one process keeps, such as the alerts of a site. It is written in transactions that
 * are on the disk when they return, and whatever happens to the process, the next one finds them.
 */
import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StarlingError } from '../contract/index.ts';
import { migrate, pragma, readinessOf, readMigrations } from './migrations.ts';
import { reasonOf, troubleOf } from './trouble.ts';

/** Which book. */
export interface BookOptions {
  readonly path: string;
  /** Four letters as a number: says of a file of SQLite what it is. Begin a migration with `PRAGMA application_id`. */
  readonly applicationId: number;
  /** Folder of its migrations. */
  readonly migrations: URL;
}

// EXCLUSIVE: no other process gets in, and the system lets go of the lock when this one dies.
const SETTINGS = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA journal_size_limit = 4194304;
`;

/**
 * The error of the catalogue for what went wrong with a book. What is no fault of a file or a disk comes back as it is:
 * that would be a fault of the program.
 */
export const asBookError = (path: string, error: unknown): Error => {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof StarlingError) return error;
  const trouble = troubleOf(error);
  if (trouble === null) return error;
  if (trouble === 'inUse') return new StarlingError('BOOK_IN_USE', { path }, { cause: error });
  const code = trouble === 'damaged' ? 'BOOK_CORRUPT' : 'BOOK_NOT_WRITABLE';
  return new StarlingError(code, { path, reason: reasonOf(error) }, { cause: error });
};

/**
 * Opens the book at a path, or begins one; ":memory:" is one that is gone when it is closed.
 *
 * @throws BOOK_NOT_WRITABLE, BOOK_CORRUPT, BOOK_TOO_NEW, BOOK_IN_USE
 */
export const openBook = ({ path, applicationId, migrations }: BookOptions): DatabaseSync => {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    // What is in it is for nobody else; its log has the same rights.
    if (path !== ':memory:') chmodSync(path, 0o600);
    const steps = readMigrations(migrations);
    // Before anything is written to a file that may not be ours.
    pragma(database, 'user_version');
    const readiness = readinessOf(database, applicationId, steps);
    if (readiness.kind === 'foreign')
      throw new StarlingError('BOOK_CORRUPT', { path, reason: 'it is another kind of database' });
    if (readiness.kind === 'tooNew')
      throw new StarlingError('BOOK_TOO_NEW', { path, found: readiness.found, known: readiness.known });
    database.exec(SETTINGS);
    migrate(database, steps);
    return database;
  } catch (error) {
    database?.close();
    throw asBookError(path, error);
  }
};
