/** One camera's spool file, while all goes well: SQLite keeps what was committed through any crash. */
import { statSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Changes, DiskState, Entry, Kept } from './disk.ts';

/** How much a file holds. */
export interface FileLimits {
  readonly mostBytes: number;
  readonly mostAgeMs: number;
}

const VERSION = 1;

/**
 * FULL: a commit is on the disk when it returns. EXCLUSIVE: no other process gets in, and the system lets go of the
 * lock when this one dies; the index of the write-ahead log is then kept in memory and needs no third file.
 */
const SETTINGS = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA journal_size_limit = 4194304;
`;

const SCHEMA = `
  CREATE TABLE kept (
    sequence INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  -- The sums are kept with every change, so that nobody has to read a gigabyte to know them.
  CREATE TABLE total (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    last INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    bytes INTEGER NOT NULL
  ) STRICT;
  INSERT INTO total VALUES (1, 0, 0, 0);
  PRAGMA user_version = ${VERSION};
`;

/** At most so many are dropped at a time: a clock that jumps ahead for a moment must not empty the spool. */
const MOST_DROPPED_AT_ONCE = 100;

/** A file with more pages than this that holds next to nothing gives its room back. */
const ROOMY_PAGES = 16_384;
const FEW_ENTRIES = 64;

/** The file was made by something else, or by a newer Starling. */
export class UnknownFormatError extends Error {}

const numberOf = (row: Record<string, unknown> | undefined, column: string): number => {
  const value = row?.[column];
  return typeof value === 'number' ? value : 0;
};

const textOf = (row: Record<string, unknown>, column: string): string => {
  const value = row[column];
  return typeof value === 'string' ? value : '';
};

/** An open file. */
export class SqliteFile {
  readonly isFresh: boolean;
  readonly #path: string;
  readonly #inode: number;
  readonly #limits: FileLimits;
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #remove: StatementSync;
  readonly #oldest: StatementSync;
  readonly #select: StatementSync;
  readonly #total: StatementSync;
  readonly #addUp: StatementSync;

  /** Opens the file at `path`, or makes one. The error is SQLite's own, or {@link UnknownFormatError}. */
  constructor(path: string, limits: FileLimits) {
    this.#path = path;
    this.#limits = limits;
    const database = new DatabaseSync(path);
    this.#database = database;
    try {
      database.exec(SETTINGS);
      this.isFresh = this.#prepareSchema();
      this.#insert = database.prepare('INSERT OR IGNORE INTO kept VALUES (?, ?, ?, ?)');
      this.#remove = database.prepare('DELETE FROM kept WHERE sequence = ? RETURNING bytes');
      this.#oldest = database.prepare('SELECT sequence, at_ms, bytes FROM kept ORDER BY sequence LIMIT ?');
      this.#select = database.prepare('SELECT sequence, body FROM kept WHERE sequence > ? ORDER BY sequence LIMIT ?');
      this.#total = database.prepare('SELECT last, entries, bytes FROM total');
      this.#addUp = database.prepare(
        'UPDATE total SET last = max(last, ?), entries = entries + ?, bytes = bytes + ? WHERE one = 1',
      );
      this.#inode = statSync(path).ino;
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** What lies in it. */
  state(): DiskState {
    return this.#stateAfter(0);
  }

  /** Makes the changes in one transaction, then drops what is too much or too old at `nowMs`. */
  write({ remove, append }: Changes, nowMs: number): DiskState {
    this.#checkPlace();
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      for (const sequence of remove) this.#removeOne(sequence);
      for (const entry of append) this.#insertOne(entry);
      const dropped = this.#dropExcess(nowMs);
      this.#database.exec('COMMIT');
      this.#giveRoomBack();
      return this.#stateAfter(dropped);
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Rows with a number above `after`, the smallest first. */
  read(after: number, limit: number): Kept[] {
    return this.#select
      .all(after, limit)
      .map((row) => ({ sequence: numberOf(row, 'sequence'), body: textOf(row, 'body') }));
  }

  /** Lets go of the file. */
  close(): void {
    this.#database.close();
  }

  /** Whether the file was made just now. */
  #prepareSchema(): boolean {
    // A write takes the lock for good, so that it is known here whether another process has it.
    this.#database.exec('BEGIN EXCLUSIVE');
    const version = numberOf(this.#database.prepare('PRAGMA user_version').get(), 'user_version');
    const isFresh = version === 0 && this.#database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
    if (isFresh) this.#database.exec(SCHEMA);
    this.#database.exec('COMMIT');
    if (!isFresh && version !== VERSION) throw new UnknownFormatError('it was written by another program or version');
    return isFresh;
  }

  /** SQLite would go on writing into a file that was deleted or replaced under its hands. */
  #checkPlace(): void {
    if (statSync(this.#path, { throwIfNoEntry: false })?.ino !== this.#inode)
      throw new Error('the file was taken away');
  }

  #removeOne(sequence: number): void {
    const row = this.#remove.get(sequence);
    if (row) this.#addUp.run(0, -1, -numberOf(row, 'bytes'));
  }

  #insertOne({ sequence, atMs, body }: Entry): void {
    const bytes = Buffer.byteLength(body);
    const { changes } = this.#insert.run(sequence, Math.round(atMs), bytes, body);
    if (changes === 1) this.#addUp.run(sequence, 1, bytes);
  }

  #dropExcess(nowMs: number): number {
    const { mostBytes, mostAgeMs } = this.#limits;
    let bytes = numberOf(this.#total.get(), 'bytes');
    let dropped = 0;
    // Mostly the first row already shows that there is nothing to do.
    for (const row of this.#oldest.iterate(MOST_DROPPED_AT_ONCE)) {
      if (bytes <= mostBytes && numberOf(row, 'at_ms') >= nowMs - mostAgeMs) break;
      bytes -= numberOf(row, 'bytes');
      this.#removeOne(numberOf(row, 'sequence'));
      dropped++;
    }
    return dropped;
  }

  #giveRoomBack(): void {
    if (numberOf(this.#total.get(), 'entries') > FEW_ENTRIES) return;
    const pages = numberOf(this.#database.prepare('PRAGMA page_count').get(), 'page_count');
    if (pages > ROOMY_PAGES) this.#database.exec('VACUUM');
  }

  #stateAfter(dropped: number): DiskState {
    const total = this.#total.get();
    return {
      last: numberOf(total, 'last'),
      rows: numberOf(total, 'entries'),
      bytes: numberOf(total, 'bytes'),
      dropped,
      isFresh: this.isFresh,
      putAside: null,
    };
  }
}
