/** An entry of the audit log, and the hash that chains it to the one before. */
import { createHash } from 'node:crypto';
import * as z from 'zod';

/**
 * What somebody did. `log` is the log itself speaking, of entries that it lost or of an end that is not as it was left.
 */
const AUDIT_KINDS = ['looked', 'changed', 'exported', 'signedIn', 'refused', 'log'] as const;
/** One of {@link AUDIT_KINDS}. */
export type AuditedKind = (typeof AUDIT_KINDS)[number];

/** Who did it; `hub` is the hub itself. */
const AUDIT_CALLERS = ['person', 'token', 'nobody', 'hub'] as const;
/** One of {@link AUDIT_CALLERS}. */
export type AuditCaller = (typeof AUDIT_CALLERS)[number];

/** What is to be written down. */
export interface AuditNote {
  readonly caller: AuditCaller;
  readonly by: string;
  readonly address: string | null;
  readonly kind: AuditedKind;
  /** Name of the route, and what it was about: `getZoneHistory /api/zones/square/history`. */
  readonly what: string;
  readonly details: string;
}

/** What is to be written down, when, and how often it happened. */
export interface CountedNote extends AuditNote {
  readonly timeMs: number;
  readonly count: number;
}

const HASH = z.string().regex(/^[0-9a-f]{64}$/);

/** An entry as it is in the log. */
export const auditEntrySchema = z.strictObject({
  /** 1, 2, 3 and so on, without a gap. */
  sequence: z.int().min(1),
  timeMs: z.int(),
  caller: z.enum(AUDIT_CALLERS),
  by: z.string(),
  address: z.string().nullable(),
  kind: z.enum(AUDIT_KINDS),
  what: z.string(),
  details: z.string(),
  /** How often, where it happened again and again within a minute. */
  count: z.int().min(1),
  previousHash: HASH,
  hash: HASH,
});

/** An entry as it is in the log. */
export type AuditEntry = Readonly<z.output<typeof auditEntrySchema>>;

/** A place in the chain. */
export const linkSchema = z.strictObject({ sequence: z.int().min(0), hash: HASH });
/** A place in the chain: an entry's number, and its hash. */
export type ChainLink = Readonly<z.output<typeof linkSchema>>;

/** Before the first entry. */
export const BEGINNING: ChainLink = { sequence: 0, hash: '0'.repeat(64) };

const MOST_LETTERS = { by: 200, address: 100, what: 500, details: 500 } as const;
const CONTROL = /\p{Cc}/gu;

/** Text that a database gives back as it was, on one line, and of bounded length. */
const plain = (text: string, most: number): string =>
  text.slice(0, most).toWellFormed().replaceAll(CONTROL, '\u{fffd}');

/** A note as it can be kept. */
export const plainNote = (note: AuditNote): AuditNote => ({
  caller: note.caller,
  by: plain(note.by, MOST_LETTERS.by),
  address: note.address === null ? null : plain(note.address, MOST_LETTERS.address),
  kind: note.kind,
  what: plain(note.what, MOST_LETTERS.what),
  details: plain(note.details, MOST_LETTERS.details),
});

/**
 * SHA-256 of an entry and, in it, of the one before: over a JSON list of its fields, of which no two entries have the
 * same.
 */
export const hashOf = (entry: Omit<AuditEntry, 'hash'>): string => {
  const { sequence, timeMs, caller, by, address, kind, what, details, count, previousHash } = entry;
  const fields = ['starling-audit-1', sequence, timeMs, caller, by, address, kind, what, details, count, previousHash];
  return createHash('sha256').update(JSON.stringify(fields), 'utf8').digest('hex');
};

/** The entry that follows a place in the chain. */
export const chained = (note: CountedNote, { sequence, hash }: ChainLink): AuditEntry => {
  const entry = { ...note, sequence: sequence + 1, previousHash: hash };
  return { ...entry, hash: hashOf(entry) };
};
