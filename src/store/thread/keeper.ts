/**
 * Keeps the one connection that writes, whatever happens to the disk: opens the ledger when it is needed, lets go of it
 * when it fails, tries again, and puts a damaged one aside.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { StarlingError } from '../../contract/index.ts';
import { type FolderLock, lockFolder } from '../lock.ts';
import { SqliteLedger } from '../sqlite/ledger.ts';
import { asStoreError } from '../sqlite/store-error.ts';
import { compactLedger } from '../sqlite/upkeep/compact.ts';
import { putAside } from '../sqlite/upkeep/put-aside.ts';
import { makeFolder } from './folder.ts';
import type { KeeperOperations, KeeperSettings, PromptHandlers } from './protocol.ts';

/** A ledger that cannot be opened is not tried sooner again, ms. */
const RETRY_MS = 1000;

/** A disk that damages every file is not filled with them: one is put aside in this time, ms. */
const ASIDE_MS = 600_000;

/** What the keeper is told, and tells. */
export interface KeeperSurroundings {
  /** Told that a ledger was put aside, or taken away. */
  readonly tell: (trouble: StarlingError) => void;
  /** Ms on a clock that nobody sets. */
  readonly clock: () => number;
}

/** An open ledger, and which file it is. */
interface Opened {
  readonly ledger: SqliteLedger;
  readonly lock: FolderLock;
  readonly inode: string | null;
}

/** Which file is at a path; null when there is none. */
const inodeAt = (path: string): string | null => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}` : null;
};

const hasCode = (error: unknown, code: StarlingError['code']): error is StarlingError =>
  error instanceof StarlingError && error.code === code;

/** The connection that writes; everything is synchronous. */
export class Keeper {
  readonly path: string;
  readonly #settings: KeeperSettings;
  readonly #surroundings: KeeperSurroundings;
  #opened: Opened | null = null;
  #refusal: { readonly error: Error; readonly atMs: number } | null = null;
  #asideMs = Number.NEGATIVE_INFINITY;

  constructor(settings: KeeperSettings, surroundings: KeeperSurroundings) {
    this.path = join(settings.folder, 'ledger.sqlite');
    this.#settings = settings;
    this.#surroundings = surroundings;
  }

  /** What it can be asked, by name. */
  handlers(): PromptHandlers<KeeperOperations> {
    const { retention } = this.#settings;
    return {
      open: () => this.#write(() => null),
      append: (observations) => this.#write((ledger) => ledger.append(observations)),
      latest: () => this.#write((ledger) => ledger.latest()),
      tend: ({ nowMs, elapsedMs }) => this.#write((ledger) => ledger.tend(nowMs, retention, elapsedMs)),
      rebuild: (period) => this.#use((ledger) => ledger.rebuild(period)),
      compact: () => this.#use((ledger) => compactLedger(ledger.database, ledger.path)),
    };
  }

  /** Lets go of the ledger and its lock; the next operation opens it again. */
  close(): void {
    const opened = this.#opened;
    this.#opened = null;
    try {
      opened?.ledger.close();
    } finally {
      opened?.lock.release();
    }
  }

  /** What a site does day and night: a damaged ledger is put aside, and it goes on with a new one. */
  #write<Value>(work: (ledger: SqliteLedger) => Value): Value {
    try {
      return this.#use(work);
    } catch (error) {
      if (!hasCode(error, 'STORE_CORRUPT') || !this.#settings.create) throw error;
      this.#replace(error);
      return this.#use(work);
    }
  }

  #use<Value>(work: (ledger: SqliteLedger) => Value): Value {
    const ledger = this.#ready();
    try {
      return work(ledger);
    } catch (error) {
      const failure = asStoreError(this.path, error);
      // A connection that a disk has failed once may stay in a poor state; a new one costs milliseconds.
      if (failure instanceof StarlingError) this.#drop();
      throw failure;
    }
  }

  #ready(): SqliteLedger {
    if (this.#opened && this.#opened.inode !== inodeAt(this.path)) this.#leaveLost();
    if (this.#opened) return this.#opened.ledger;
    const nowMs = this.#surroundings.clock();
    if (this.#refusal && nowMs - this.#refusal.atMs < RETRY_MS) throw this.#refusal.error;
    try {
      this.#opened = this.#open();
      this.#refusal = null;
      return this.#opened.ledger;
    } catch (thrown) {
      const error = asStoreError(this.path, thrown);
      this.#refusal = { error, atMs: nowMs };
      throw error;
    }
  }

  #open(): Opened {
    const { folder, create } = this.#settings;
    if (create) makeFolder(folder, this.path);
    else if (inodeAt(this.path) === null) throw new StarlingError('STORE_NOT_FOUND', { path: this.path });
    const lock = lockFolder(folder, this.path);
    try {
      const ledger = new SqliteLedger(this.path);
      return { ledger, lock, inode: inodeAt(this.path) };
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** What is written to a file without a name is lost when it is closed: SQLite would go on without a word. */
  #leaveLost(): void {
    this.#drop();
    const reason = 'its file was moved or removed while it was in use; a new one is begun';
    this.#surroundings.tell(new StarlingError('STORE_NOT_WRITABLE', { path: this.path, reason }));
  }

  /** Lets go of the ledger, whatever state it is in. */
  #drop(): void {
    try {
      this.close();
    } catch {
      // It is given up because it failed, and said so; that closing it fails too says nothing new.
    }
  }

  #replace(damage: StarlingError): void {
    const nowMs = this.#surroundings.clock();
    if (nowMs - this.#asideMs < ASIDE_MS) throw damage;
    // Under the lock, or it might be another process's ledger by now.
    const lock = lockFolder(this.#settings.folder, this.path);
    try {
      putAside(this.path, new Date());
    } catch (error) {
      throw asStoreError(this.path, error);
    } finally {
      lock.release();
    }
    this.#asideMs = nowMs;
    this.#refusal = null;
    this.#surroundings.tell(damage);
  }
}
