/** The table of entries. */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { type AuditEntry, auditEntrySchema, BEGINNING, type ChainLink, linkSchema } from './entry.ts';

/** "StAu". */
export const APPLICATION_ID = 0x53_74_41_75;
/** Where the steps of its tables are. */
export const MIGRATIONS = new URL('migrations/', import.meta.url);

/** Which entries. */
export interface AuditQuery {
  /** Only those after it. */
  readonly afterSequence?: number | undefined;
  readonly fromMs?: number | undefined;
  /** Exclusive. */
  readonly toMs?: number | undefined;
  readonly limit: number;
}

const SELECT = `
  SELECT sequence, time_ms AS timeMs, caller, by_whom AS by, address, kind, what, details, count,
    previous_hash AS previousHash, hash
  FROM entries`;

const hashSchema = z.object({ hash: z.string() });
/** Whatever was written over it: the hub goes on, and whoever checks the log finds it. */
const endSchema = z.object({ sequence: z.int(), hash: linkSchema.shape.hash.catch(BEGINNING.hash) });

/** Every row in order, as it is: what is in it may be anything. */
export const rowsOf = (database: DatabaseSync): Iterable<unknown> =>
  database.prepare(`${SELECT} ORDER BY sequence`).iterate();

/** The last entry's place in the chain. */
export const endOf = (database: DatabaseSync): ChainLink => {
  const row = database.prepare('SELECT sequence, hash FROM entries ORDER BY sequence DESC LIMIT 1').get();
  return row === undefined ? BEGINNING : endSchema.parse(row);
};

/** The hash of an entry; null where there is none of that number. */
export const hashAt = (database: DatabaseSync, sequence: number): string | null =>
  hashSchema.optional().parse(database.prepare('SELECT hash FROM entries WHERE sequence = ?').get(sequence))?.hash ??
  null;

/** Entries in order. */
export const readEntries = (database: DatabaseSync, query: AuditQuery): AuditEntry[] => {
  const { afterSequence = 0, fromMs = 0, toMs = Number.MAX_SAFE_INTEGER, limit } = query;
  return database
    .prepare(`${SELECT} WHERE sequence > ? AND time_ms >= ? AND time_ms < ? ORDER BY sequence LIMIT ?`)
    .all(afterSequence, fromMs, toMs, limit)
    .map((row) => auditEntrySchema.parse(row));
};

/** Prepares to add entries. */
export const prepareInsert = (database: DatabaseSync): ((entry: AuditEntry) => void) => {
  const insert = database.prepare(`
    INSERT INTO entries
      (sequence, time_ms, caller, by_whom, address, kind, what, details, count, previous_hash, hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  return ({ sequence, timeMs, caller, by, address, kind, what, details, count, previousHash, hash }) =>
    void insert.run(sequence, timeMs, caller, by, address, kind, what, details, count, previousHash, hash);
};
