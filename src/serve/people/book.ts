/** The book of people: `people.sqlite`, and what is done with its tables. */
import { closeSync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { asBookError, openBook, transaction } from '../../database/index.ts';
import { createDevices, type Devices } from './devices.ts';
import { createLinks, type Links } from './links.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createTokens, type Tokens } from './tokens.ts';
import { createUsers, type Users } from './users.ts';

/** "StPe". */
const APPLICATION_ID = 0x53_74_50_65;

/** The book. */
export interface Book extends Disposable {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly devices: Devices;
  readonly tokens: Tokens;
  readonly links: Links;
  /** Does several things as one. @throws BOOK_NOT_WRITABLE, BOOK_CORRUPT */
  readonly change: <Result>(work: () => Result) => Result;
}

/** Hashes of passwords are for nobody else on this machine. SQLite's log beside the file gets the same rights. */
const keepToOurselves = (path: string): void => {
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw asBookError(path, error);
  }
};

const changing =
  (path: string, database: DatabaseSync): Book['change'] =>
  (work) => {
    try {
      return transaction(database, work);
    } catch (error) {
      throw asBookError(path, error);
    }
  };

/**
 * Opens the book, or begins one.
 *
 * @throws BOOK_NOT_WRITABLE, BOOK_CORRUPT, BOOK_TOO_NEW, BOOK_IN_USE
 */
export const openPeopleBook = (path: string): Book => {
  if (path !== ':memory:') keepToOurselves(path);
  const database = openBook({
    path,
    applicationId: APPLICATION_ID,
    migrations: new URL('migrations/', import.meta.url),
  });
  return {
    users: createUsers(database),
    sessions: createSessions(database),
    devices: createDevices(database),
    tokens: createTokens(database),
    links: createLinks(database),
    change: changing(path, database),
    [Symbol.dispose]: () => database.close(),
  };
};
