/**
 * Keeps the book of alerts up to date, whatever the disk does. What cannot be written waits in memory, in its order, and is
 * written in one transaction with everything else as soon as the disk works again.
 */
import { type Alert, type AlertEvent, StarlingError } from '../../contract/index.ts';
import { asBookError } from '../../database/index.ts';
import type { EngineState } from '../life/engine-state.ts';
import type { LifeEvent } from '../life/life-event.ts';
import { AlertBook, type Stored } from './alert-book.ts';
import { mustWrite, snapshotOf, timersAreDue } from './changes.ts';
import { asksFor, limitOf, type LogQuery } from './log-query.ts';
import { Numbers } from './numbers.ts';

/** As many events wait for the disk; of more, the oldest are never written. */
const MOST_WAITING = 10_000;

/** A fault of the program is told like one of the disk: whatever it is, people must go on being told of alerts. */
const asTrouble = (path: string, error: unknown): StarlingError => {
  const failure = asBookError(path, error);
  if (failure instanceof StarlingError) return failure;
  return new StarlingError('BOOK_NOT_WRITABLE', { path, reason: failure.message }, { cause: failure });
};

/** Primary result code of SQLite: the disk has no room. https://sqlite.org/rescode.html#full */
const SQLITE_FULL = 13;

/** Whether there is no room, and nothing else is wrong. */
const isFull = ({ cause }: StarlingError): boolean => {
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'errcode') : undefined;
  return typeof code === 'number' && (code & 0xff) === SQLITE_FULL;
};

/** The book, and what waits to be written in it. */
export class Journal {
  readonly #path: string;
  #book: AlertBook | null = null;
  readonly #numbers = new Numbers();
  /** What the book has; null: not what it should have. */
  #written: EngineState | null = null;
  #waiting: AlertEvent[] = [];
  #trouble: StarlingError | null = null;
  #wasLoaded = false;
  /** The file is opened anew before anything is written. */
  #mustReopen = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** Why the book is not written; null when it is. */
  get trouble(): StarlingError | null {
    return this.#trouble;
  }

  /** The greatest number that an event has. */
  get latestSequence(): number {
    return this.#numbers.last;
  }

  /**
   * Opens the book, and says what was in it; null when the disk does not let it, and it is tried again later.
   *
   * @throws BOOK_CORRUPT, BOOK_TOO_NEW, BOOK_IN_USE: waiting would not mend these
   */
  open(): Stored | null {
    const stored = this.#open();
    if (this.#trouble && this.#trouble.code !== 'BOOK_NOT_WRITABLE') throw this.#trouble;
    // Before any of them is used.
    if (this.#book && stored) this.#commit(this.#book, stored.state, this.#numbers.wanted());
    return stored;
  }

  /** Tries a book again that could not be written; says what was in it when that is the first time that it is known. */
  retry(): Stored | null {
    if (this.#book && !this.#mustReopen) return null;
    const wasLoaded = this.#wasLoaded;
    this.close();
    const stored = this.#open();
    // It may be another file by now, or one that was put back from a backup.
    this.#written = null;
    return wasLoaded ? null : stored;
  }

  /** Numbers events, in order. */
  number(events: readonly LifeEvent[], nowMs: number): AlertEvent[] {
    return events.map((event) => ({ sequence: this.#numbers.take(nowMs), ...event }));
  }

  /** Writes what must be written now, and the events with it. */
  write(now: EngineState, events: readonly AlertEvent[]): void {
    this.#waiting = [...this.#waiting, ...events].slice(-MOST_WAITING);
    const before = this.#written;
    const isBehind = before === null || this.#trouble !== null || this.#waiting.length > 0;
    const isDue = isBehind || mustWrite(before, now) || timersAreDue(before, now);
    if (isDue && this.#book && !this.#mustReopen) this.#commit(this.#book, now, this.#numbers.wanted());
  }

  /** Writes everything, gives back the numbers that were not used, and lets go of the file. */
  end(now: EngineState): void {
    if (this.#book) this.#commit(this.#book, now, this.#numbers.last);
    this.close();
  }

  /** Events of the book, and those that wait to be written. */
  log(query: LogQuery): AlertEvent[] {
    const waiting = this.#waiting.filter((event) => asksFor(query, event));
    const written = this.#read((book) => book.events(query)) ?? [];
    const all = query.newestFirst ? [...waiting.toReversed(), ...written] : [...written, ...waiting];
    return all.slice(0, limitOf(query));
  }

  /** An alert as the log last knew it. */
  alert(id: string): Alert | null {
    const waiting = this.#waiting.findLast(({ alert }) => alert?.id === id)?.alert;
    return waiting ?? this.#read((book) => book.alert(id)) ?? null;
  }

  /** Drops events that are past their time, and not more than so many; see {@link AlertBook.dropBefore}. */
  dropBefore(timeMs: number, most: number): void {
    if (!this.#trouble) this.#read((book) => book.dropBefore(timeMs, most));
  }

  /** Lets go of the file, whatever state it is in. */
  close(): void {
    const book = this.#book;
    this.#book = null;
    try {
      book?.close();
    } catch {
      // It is given up because it failed, and said so; that closing it fails too says nothing new.
    }
  }

  #open(): Stored | null {
    try {
      this.#book = new AlertBook(this.#path);
      const stored = this.#book.load();
      this.#numbers.continueAfter(stored.usedSequence);
      this.#written = snapshotOf(stored.state);
      this.#wasLoaded = true;
      this.#mustReopen = false;
      return stored;
    } catch (error) {
      this.close();
      this.#trouble = asTrouble(this.#path, error);
      return null;
    }
  }

  #commit(book: AlertBook, now: EngineState, reservedSequence: number): void {
    try {
      book.write({ before: this.#written, now, events: this.#waiting, reservedSequence });
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#numbers.reserved(reservedSequence);
    this.#written = snapshotOf(now);
    this.#waiting = [];
    this.#trouble = null;
  }

  #read<Value>(work: (book: AlertBook) => Value): Value | null {
    try {
      return this.#book && work(this.#book);
    } catch (error) {
      this.#fail(error);
      return null;
    }
  }

  /**
   * A connection that a disk has failed once may stay in a poor state: the file is opened anew. Not when there only is no
   * room: then it might not open, and until there is room what was written can at least be read.
   */
  #fail(error: unknown): void {
    this.#trouble = asTrouble(this.#path, error);
    this.#mustReopen = !isFull(this.#trouble);
  }
}
