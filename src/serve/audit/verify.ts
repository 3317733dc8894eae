/**
 * Checks an audit log.
 *
 * It finds an entry that was altered, removed, put in or moved, and entries cut off at the end, by whoever did not also
 * compute every later hash anew and write the head beside the log. Whoever has the hub's own rights and goes to that
 * length leaves a log that is whole in itself; a head that was noted elsewhere still gives them away.
 */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StarlingError } from '../../contract/index.ts';
import { pragma, reasonOf } from '../../database/index.ts';
import { type AuditEntry, auditEntrySchema, BEGINNING, type ChainLink, hashOf } from './entry.ts';
import { endProblem, type HeadRecord, headPathOf, readHead } from './head-file.ts';
import { endChangedIn, lostIn } from './own-notes.ts';
import { APPLICATION_ID, hashAt, rowsOf } from './rows.ts';

/** What was found. */
export interface AuditCheck {
  readonly path: string;
  /** Entries that follow one another, from the first on. */
  readonly entries: number;
  /** The last of them. */
  readonly head: ChainLink;
  /** Entries of which the log itself says that they could not be written. */
  readonly lost: number;
  /** Where it breaks, null when it is whole. */
  readonly problem: string | null;
}

/** For as long somebody who writes may keep us waiting, ms. */
const BUSY_TIMEOUT_MS = 5000;

interface Found {
  readonly end: ChainLink;
  readonly lost: number;
  readonly problem: string | null;
}

/** What is wrong with an entry after a place in the chain. */
const linkProblem = (entry: AuditEntry, before: ChainLink): string | null => {
  const number = before.sequence + 1;
  if (entry.sequence > number) return `entry ${number} is missing`;
  if (entry.hash !== hashOf(entry)) return `entry ${number} was altered`;
  if (entry.previousHash !== before.hash) return `entry ${number} does not follow the one before it`;
  const ended = endChangedIn(entry);
  return ended === null ? null : `when entry ${number} was written, ${ended}`;
};

/** Every row, and null in place of one with a number so large that no entry has it. */
const readableRows = function* (database: DatabaseSync): Generator {
  try {
    yield* rowsOf(database);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    yield null;
  }
};

const follow = (database: DatabaseSync): Found => {
  let end = BEGINNING;
  let lost = 0;
  for (const row of readableRows(database)) {
    const entry = auditEntrySchema.safeParse(row).data;
    const problem = entry ? linkProblem(entry, end) : `entry ${end.sequence + 1} was altered`;
    if (!entry || problem !== null) return { end, lost, problem };
    end = { sequence: entry.sequence, hash: entry.hash };
    lost += lostIn(entry);
  }
  return { end, lost, problem: null };
};

const notedProblem = (database: DatabaseSync, noted: ChainLink | null): string | null => {
  if (noted === null || (noted.sequence === 0 && noted.hash === BEGINNING.hash)) return null;
  const hash = hashAt(database, noted.sequence);
  if (hash === null) return `it has no entry ${noted.sequence}, which was noted`;
  return hash === noted.hash ? null : `entry ${noted.sequence} is not the one that was noted`;
};

const check = (database: DatabaseSync, head: HeadRecord, noted: ChainLink | null): Found => {
  database.exec('BEGIN');
  const found = follow(database);
  const problem =
    found.problem ??
    endProblem(head, found.end, (sequence) => hashAt(database, sequence)) ??
    notedProblem(database, noted);
  return { ...found, problem };
};

const asAuditError = (path: string, error: unknown): unknown => {
  if (!(error instanceof Error) || !('errcode' in error)) return error;
  return new StarlingError('AUDIT_NOT_READABLE', { path, reason: reasonOf(error) }, { cause: error });
};

const checkKind = (database: DatabaseSync, path: string): void => {
  if (pragma(database, 'application_id') !== APPLICATION_ID)
    throw new StarlingError('AUDIT_NOT_READABLE', { path, reason: 'it is no audit log of Starling' });
};

/**
 * Checks a log, also while the hub writes to it.
 *
 * @param path  the log, such as `DATA/audit.sqlite`; its head is in the file `audit.head` beside it
 * @param noted a head that was noted earlier, elsewhere
 * @throws AUDIT_NOT_FOUND, AUDIT_NOT_READABLE
 */
export const verifyAudit = (path: string, noted: ChainLink | null = null): AuditCheck => {
  if (!existsSync(path)) throw new StarlingError('AUDIT_NOT_FOUND', { path });
  // Before the log is read: it may go on meanwhile, and is never behind its head.
  const head = readHead(headPathOf(path));
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    checkKind(database, path);
    const { end, lost, problem } = check(database, head, noted);
    return { path, entries: end.sequence, head: end, lost, problem };
  } catch (error) {
    throw asAuditError(path, error);
  } finally {
    database?.close();
  }
};
