/** Upkeep from outside: beside a `starling run` that goes on writing, or without one. */
import { join, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { StarlingError } from '../../../contract/index.ts';
import { backupLedger } from './backup.ts';
import { checkLedger, type OnCheck } from './check.ts';
import { ledgerBytes } from './compact.ts';
import type { OnShare } from './problems.ts';
import { asReadError, openForReading } from './read-only.ts';
import { type Survey, surveyLedger } from './survey.ts';

/** What a ledger holds, and what is wrong with it. */
export interface Inspection {
  /** Null when so much is damaged that it cannot be told. */
  readonly survey: Survey | null;
  /** In words. None means that all is well. */
  readonly problems: readonly string[];
}

const isDamage = (error: unknown): error is StarlingError =>
  error instanceof StarlingError && error.code === 'STORE_CORRUPT';

/** What a ledger holds; null when it is too damaged to tell. */
const surveyed = (database: DatabaseSync, path: string): Survey | null => {
  try {
    return surveyLedger(database, path);
  } catch (error) {
    const failure = asReadError(path, error);
    if (isDamage(failure)) return null;
    throw failure;
  }
};

/**
 * Looks a ledger over. It takes as long as reading the whole file, and longer for every second that is kept.
 *
 * @param folder  that `starling run --data` was given
 * @param onCheck told how far it is
 * @throws STORE_NOT_FOUND, STORE_NOT_READABLE, STORE_TOO_NEW; damage is among the problems
 */
export const inspectStore = (folder: string, onCheck?: OnCheck): Inspection => {
  const path = join(resolve(folder), 'ledger.sqlite');
  let database: DatabaseSync | undefined;
  try {
    database = openForReading(path);
    const { problems } = checkLedger(database, path, onCheck);
    return { survey: surveyed(database, path), problems };
  } catch (error) {
    const failure = asReadError(path, error);
    if (!isDamage(failure)) throw failure;
    return { survey: null, problems: [`The file cannot be read at all: ${String(failure.details['reason'])}.`] };
  } finally {
    database?.close();
  }
};

/**
 * Writes a copy of a ledger as it is now, and checks it.
 *
 * @param folder  that `starling run --data` was given
 * @param to      of the copy; nothing may be there
 * @param onShare told how far it is
 * @returns size of the copy
 * @throws STORE_NOT_FOUND, STORE_NOT_READABLE, STORE_CORRUPT, STORE_TOO_NEW, STORE_BACKUP_FAILED
 */
export const backupStore = async (
  folder: string,
  to: string,
  onShare?: OnShare,
): Promise<{ readonly path: string; readonly bytes: number }> => {
  const database = openForReading(join(resolve(folder), 'ledger.sqlite'));
  try {
    const path = resolve(to);
    await backupLedger(database, path, onShare);
    return { path, bytes: ledgerBytes(path) };
  } finally {
    database.close();
  }
};
