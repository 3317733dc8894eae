/** The book of alerts on the disk: open alerts with their timers, suppressions, and the log of what has happened. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import * as z from 'zod';
import { type Alert, type AlertEvent, StarlingError } from '../../contract/index.ts';
import { asBookError, openBook, transaction } from '../../database/index.ts';
import type { EngineState } from '../life/engine-state.ts';
import { BODIES } from './bodies.ts';
import { tableChange, type TableChange } from './changes.ts';
import { type LogQuery, statementOf } from './log-query.ts';

/** 'STAL'. */
const APPLICATION_ID = 0x53_54_41_4c;
const MIGRATIONS = new URL('migrations/', import.meta.url);

/** What is written in one transaction. */
export interface BookChange {
  /** As the book has it; null: it has something else, which goes. */
  readonly before: EngineState | null;
  readonly now: EngineState;
  readonly events: readonly AlertEvent[];
  /** Numbers of events up to this one may be used. */
  readonly reservedSequence: number;
}

/** What a book held when it was opened. */
export interface Stored {
  readonly state: EngineState;
  readonly usedSequence: number;
}

const rowSchema = z.object({ name: z.string(), body: z.string() });
const bookSchema = z.object({ judged_ms: z.number().nullable(), reserved_sequence: z.number() });
const bodySchema = z.object({ body: z.string() });
/** Tables of open things, by the name of their key. */
const KEYS = { life: 'rule', notifier: 'name', suppression: 'rule' } as const;
type Table = keyof typeof KEYS;

const lost = (error: unknown): unknown =>
  error instanceof z.ZodError || error instanceof SyntaxError
    ? new Error(`something in it is not as Starling writes it: ${error.message.slice(0, 200)}`, { cause: error })
    : error;

/** One open book. Everything is synchronous: what has returned is on the disk. */
export class AlertBook {
  readonly path: string;
  readonly #database: DatabaseSync;

  /** @throws BOOK_NOT_WRITABLE, BOOK_CORRUPT, BOOK_TOO_NEW, BOOK_IN_USE */
  constructor(path: string) {
    this.path = path;
    this.#database = openBook({ path, applicationId: APPLICATION_ID, migrations: MIGRATIONS });
  }

  /** What must be remembered. @throws BOOK_CORRUPT, BOOK_NOT_WRITABLE */
  load(): Stored {
    return this.#attempt(() => {
      const book = bookSchema.parse(this.#database.prepare('SELECT * FROM book').get());
      const last = this.#database.prepare('SELECT ifnull(max(sequence), 0) AS last FROM event').get()?.['last'];
      const state = {
        lives: this.#read('life', BODIES.life),
        notifiers: this.#read('notifier', BODIES.notifier),
        suppressions: this.#read('suppression', BODIES.suppression),
        judgedMs: book.judged_ms,
      };
      return { state, usedSequence: Math.max(book.reserved_sequence, Number(last)) };
    });
  }

  /** Writes a change and its events, or nothing. @throws BOOK_NOT_WRITABLE, BOOK_CORRUPT, BOOK_IN_USE */
  write({ before, now, events, reservedSequence }: BookChange): void {
    this.#attempt(() =>
      transaction(this.#database, () => {
        if (before === null) for (const table of Object.keys(KEYS)) this.#run(`DELETE FROM ${table}`);
        this.#change('life', tableChange(before?.lives ?? new Map(), now.lives));
        this.#change('notifier', tableChange(before?.notifiers ?? new Map(), now.notifiers));
        this.#change('suppression', tableChange(before?.suppressions ?? new Map(), now.suppressions));
        for (const event of events) this.#append(event);
        this.#run('UPDATE book SET judged_ms = ?, reserved_sequence = ?', now.judgedMs, reservedSequence);
      }),
    );
  }

  /** @throws BOOK_CORRUPT, BOOK_NOT_WRITABLE */
  events(query: LogQuery): AlertEvent[] {
    const { sql, values } = statementOf(query);
    return this.#attempt(() =>
      this.#database
        .prepare(sql)
        .all(...values)
        .map((row) => BODIES.event(bodySchema.parse(row).body)),
    );
  }

  /** An alert as the log last knew it. @throws BOOK_CORRUPT, BOOK_NOT_WRITABLE */
  alert(id: string): Alert | null {
    const sql = 'SELECT body FROM event WHERE alert = ? ORDER BY sequence DESC LIMIT 1';
    return this.#attempt(() => {
      const row = this.#database.prepare(sql).get(id);
      return row ? BODIES.event(bodySchema.parse(row).body).alert : null;
    });
  }

  /**
   * Drops the oldest events that are before an instant, and not more than so many.
   *
   * @returns how many were dropped
   * @throws BOOK_NOT_WRITABLE, BOOK_CORRUPT
   */
  dropBefore(timeMs: number, most: number): number {
    const old = 'SELECT sequence FROM event WHERE time_ms < ? ORDER BY time_ms LIMIT ?';
    return this.#attempt(() => {
      if (!this.#database.prepare(old).get(timeMs, 1)) return 0;
      return Number(this.#database.prepare(`DELETE FROM event WHERE sequence IN (${old})`).run(timeMs, most).changes);
    });
  }

  close(): void {
    this.#database.close();
  }

  #read<Body>(table: Table, parse: (body: string) => Body): Map<string, Body> {
    const rows = this.#database.prepare(`SELECT ${KEYS[table]} AS name, body FROM ${table}`).all();
    return new Map(rows.map((row) => rowSchema.parse(row)).map(({ name, body }) => [name, parse(body)]));
  }

  #change(table: Table, { put, gone }: TableChange): void {
    for (const name of gone) this.#run(`DELETE FROM ${table} WHERE ${KEYS[table]} = ?`, name);
    for (const [name, body] of put)
      this.#run(`INSERT OR REPLACE INTO ${table} VALUES (?, ?)`, name, JSON.stringify(body));
  }

  #append(event: AlertEvent): void {
    const { sequence, timeMs, subject, alert } = event;
    // A number is taken twice only if a book could not be read and the clock was set back as well: the first one stays.
    const sql = 'INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?, ?)';
    this.#run(sql, sequence, timeMs, subject, alert?.id ?? null, JSON.stringify(event));
  }

  #run(sql: string, ...values: SQLInputValue[]): void {
    this.#database.prepare(sql).run(...values);
  }

  #attempt<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      const cause = lost(error);
      if (cause !== error && cause instanceof Error)
        throw new StarlingError('BOOK_CORRUPT', { path: this.path, reason: cause.message }, { cause: error });
      throw asBookError(this.path, error);
    }
  }
}
