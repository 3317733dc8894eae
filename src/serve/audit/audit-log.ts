/**
 * The audit log of a running hub. What is noted is written together, at most every 250 ms, so that the hub waits for the
 * disk seldom and whoever asks it does not wait at all.
 *
 * ```
 * append -> repeats (held for a minute) -> pending (bounded) -> chain -> audit.sqlite -> audit.head
 * ```
 */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { StarlingError } from '../../contract/index.ts';
import { asBookError, openBook, reasonOf, transaction } from '../../database/index.ts';
import { type AuditEntry, type AuditNote, chained, type ChainLink, type CountedNote, plainNote } from './entry.ts';
import { endProblem, headPathOf, readHead, writeHead } from './head-file.ts';
import { endChanged, entriesLost } from './own-notes.ts';
import { Repeats } from './repeats.ts';
import { APPLICATION_ID, type AuditQuery, endOf, hashAt, MIGRATIONS, prepareInsert, readEntries } from './rows.ts';

/** Which log. */
export interface AuditLogOptions {
  /** Such as `DATA/audit.sqlite`. */
  readonly path: string;
  /** ms since 1970; for tests. */
  readonly now?: () => number;
}

const WRITE_EVERY_MS = 250;
const HEAD_EVERY_MS = 1000;
const TRY_AGAIN_MS = 5000;
/** In one transaction: what the hub may stand still for. */
const MOST_AT_ONCE = 1000;
const MOST_PENDING = 10_000;
const MOST_READ = 1000;

// The lock of a book keeps every reader out, and a log that runs must be open to whoever checks it. SQLite gives up that
// lock only outside of WAL.
const SHARED = 'PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = WAL;';

const openShared = (path: string): DatabaseSync => {
  const database = openBook({ path, applicationId: APPLICATION_ID, migrations: MIGRATIONS });
  try {
    database.exec(SHARED);
    return database;
  } catch (error) {
    database.close();
    throw asBookError(path, error);
  }
};

/** The log. Only one process has it open for writing. */
export class AuditLog implements Disposable {
  readonly #path: string;
  readonly #now: () => number;
  readonly #database: DatabaseSync;
  readonly #insert: (entry: AuditEntry) => void;
  readonly #repeats = new Repeats();
  readonly #pending: CountedNote[] = [];
  #lost = { count: 0, fromMs: 0 };
  #end: ChainLink;
  #headWritten: { readonly sequence: number; readonly atMs: number };
  #trouble: StarlingError | null = null;
  #timer: NodeJS.Timeout | null = null;
  #dueMs = Infinity;

  /** @throws BOOK_NOT_WRITABLE, BOOK_CORRUPT, BOOK_TOO_NEW, BOOK_IN_USE */
  constructor({ path, now = Date.now }: AuditLogOptions) {
    this.#path = path;
    this.#now = now;
    this.#database = openShared(path);
    this.#insert = prepareInsert(this.#database);
    this.#end = endOf(this.#database);
    this.#headWritten = { sequence: -1, atMs: -Infinity };
    const head = readHead(headPathOf(path));
    const problem = endProblem(head, this.#end, (sequence) => hashAt(this.#database, sequence));
    if (problem !== null) this.#pending.push(endChanged(problem, now()));
    this.flush();
    this.#tryToWriteHead();
  }

  /** Notes something. It never fails and never waits: {@link AuditLog.trouble} says what goes wrong with writing it. */
  append(note: AuditNote): void {
    this.#enqueue(this.#repeats.take({ ...plainNote(note), timeMs: this.#now(), count: 1 }));
    this.#schedule(this.#pending.length > 0 ? WRITE_EVERY_MS : null);
  }

  /**
   * Entries in order, at most 1000, with those that were noted a moment ago.
   *
   * @throws AUDIT_NOT_READABLE, AUDIT_BROKEN
   */
  read(query: AuditQuery): AuditEntry[] {
    this.flush();
    try {
      return readEntries(this.#database, { ...query, limit: Math.min(query.limit, MOST_READ) });
    } catch (error) {
      throw asReadError(this.#path, error);
    }
  }

  /** The newest entry's place in the chain: noted elsewhere, it proves what came before. */
  head(): ChainLink {
    return this.#end;
  }

  /** What is wrong with writing, null when all is well. */
  trouble(): StarlingError | null {
    return this.#trouble;
  }

  /** Writes what is pending, or the oldest 1000 of it; whether all of it is on the disk now. */
  flush(): boolean {
    this.#enqueue(this.#repeats.due(this.#now()));
    if (this.#write() && this.#now() >= this.#headWritten.atMs + HEAD_EVERY_MS) this.#tryToWriteHead();
    this.#scheduleNext();
    return !this.#hasMore();
  }

  /** Writes everything that is left, and closes. */
  [Symbol.dispose](): void {
    this.#enqueue(this.#repeats.all());
    while (this.#hasMore() && this.#write());
    this.#tryToWriteHead();
    if (this.#timer) clearTimeout(this.#timer);
    this.#database.close();
  }

  #enqueue(notes: readonly CountedNote[]): void {
    const room = MOST_PENDING - this.#pending.length;
    this.#pending.push(...notes.slice(0, room));
    const lost = notes.slice(room);
    if (lost.length === 0) return;
    if (this.#lost.count === 0) this.#lost.fromMs = this.#now();
    this.#lost.count += lost.reduce((sum, { count }) => sum + count, 0);
  }

  #hasMore(): boolean {
    return this.#pending.length > 0 || this.#lost.count > 0;
  }

  /** Writes a batch; whether that went well. */
  #write(): boolean {
    if (!this.#hasMore()) return true;
    const batch = this.#pending.slice(0, MOST_AT_ONCE);
    const isAll = batch.length === this.#pending.length;
    const notes = isAll && this.#lost.count > 0 ? [...batch, entriesLost(this.#lost, this.#now())] : batch;
    try {
      this.#end = transaction(this.#database, () => this.#chain(notes));
    } catch (error) {
      this.#trouble = this.#troubleOf(error);
      return false;
    }
    this.#pending.splice(0, batch.length);
    if (isAll) this.#lost.count = 0;
    this.#trouble = null;
    return true;
  }

  #chain(notes: readonly CountedNote[]): ChainLink {
    let end = endOf(this.#database);
    const isOurs = end.sequence === this.#end.sequence && end.hash === this.#end.hash;
    const problem = 'somebody else has written to it while the hub was running';
    for (const note of isOurs ? notes : [endChanged(problem, this.#now()), ...notes]) {
      const entry = chained(note, end);
      this.#insert(entry);
      end = entry;
    }
    return { sequence: end.sequence, hash: end.hash };
  }

  #tryToWriteHead(): void {
    if (this.#headWritten.sequence === this.#end.sequence) return;
    try {
      writeHead(headPathOf(this.#path), this.#end);
      this.#headWritten = { sequence: this.#end.sequence, atMs: this.#now() };
      if (!this.#hasMore()) this.#trouble = null;
    } catch (error) {
      this.#trouble = this.#troubleOf(error);
    }
  }

  #troubleOf(error: unknown): StarlingError {
    return new StarlingError('AUDIT_NOT_WRITABLE', { path: this.#path, reason: reasonIn(error) }, { cause: error });
  }

  #scheduleNext(): void {
    const repeatMs = this.#repeats.nextMs();
    const isHeadBehind = this.#headWritten.sequence !== this.#end.sequence;
    const waits = [
      ...(repeatMs === null ? [] : [repeatMs - this.#now()]),
      ...(isHeadBehind ? [Math.max(0, this.#headWritten.atMs + HEAD_EVERY_MS - this.#now())] : []),
      ...(this.#hasMore() ? [WRITE_EVERY_MS] : []),
    ];
    const soonest = Math.min(...waits);
    this.#schedule(waits.length === 0 ? null : this.#trouble ? Math.max(soonest, TRY_AGAIN_MS) : soonest);
  }

  /** Has {@link AuditLog.flush} called, unless that is to be sooner already. */
  #schedule(waitMs: number | null): void {
    if (waitMs === null) return;
    const wait = Math.max(this.#trouble ? TRY_AGAIN_MS : 0, waitMs);
    const dueMs = this.#now() + wait;
    if (this.#timer && this.#dueMs <= dueMs) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#dueMs = dueMs;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.flush();
    }, wait).unref();
  }
}

const asReadError = (path: string, error: unknown): StarlingError =>
  error instanceof z.ZodError
    ? new StarlingError('AUDIT_BROKEN', { path, problem: 'an entry was altered' }, { cause: error })
    : new StarlingError('AUDIT_NOT_READABLE', { path, reason: reasonIn(error) }, { cause: error });

const reasonIn = (error: unknown): string => (error instanceof Error ? reasonOf(error) : String(error));
