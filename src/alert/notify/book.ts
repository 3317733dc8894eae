/** The queue on the disk: `notify.sqlite`. */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { type AlertEvent, alertEventSchema, StarlingError } from '../../contract/index.ts';
import { asBookError, openBook, transaction } from '../../database/index.ts';
import { outcomesSchema, type QueuedEvent } from './queued-event.ts';

/** 'STNT': says of a file of SQLite that it is a book of messages. */
const APPLICATION_ID = 0x53544e54;

/** So many settled events are remembered, so that they are not sent again. */
export const REMEMBERED = 10_000;

const UPSERT = `
  INSERT INTO event (key, queued_ms, outcomes, body) VALUES (?, ?, ?, ?)
  ON CONFLICT (key) DO UPDATE SET outcomes = excluded.outcomes, body = excluded.body`;
const FORGET = `
  DELETE FROM event WHERE body IS NULL AND id <= (SELECT max(id) FROM event) - ${REMEMBERED}`;

const rowSchema = z.object({
  key: z.string(),
  queued_ms: z.number(),
  outcomes: z.string(),
  body: z.string().nullable(),
});

/** Null for what another version of Starling wrote, and this one cannot read. */
const eventOf = (body: string | null): AlertEvent | null => {
  if (body === null) return null;
  const { data } = alertEventSchema.safeParse(JSON.parse(body));
  return data ?? null;
};

const queuedOf = (row: unknown): QueuedEvent => {
  const { key, queued_ms: queuedMs, outcomes, body } = rowSchema.parse(row);
  const event = eventOf(body);
  const standing = Object.entries(outcomesSchema.parse(JSON.parse(outcomes)));
  const settled = standing.map(([name, outcome]) => [name, event ? outcome : settledOf(outcome)] as const);
  return { key, queuedMs, outcomes: new Map(settled), event };
};

const settledOf = (outcome: 'waiting' | 'sent' | 'givenUp'): 'sent' | 'givenUp' =>
  outcome === 'waiting' ? 'givenUp' : outcome;

/** The queue on the disk. Every method throws BOOK_NOT_WRITABLE or BOOK_CORRUPT when the disk fails. */
export class NotifyBook {
  readonly #path: string;
  #database: DatabaseSync | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  get isOpen(): boolean {
    return this.#database !== null;
  }

  /**
   * Opens the file, or makes it, and says what is in it, in the order in which it was handed over.
   *
   * @throws BOOK_IN_USE, BOOK_TOO_NEW, too
   */
  open(): readonly QueuedEvent[] {
    const migrations = new URL('migrations/', import.meta.url);
    const database = openBook({ path: this.#path, applicationId: APPLICATION_ID, migrations });
    try {
      const events = database.prepare('SELECT key, queued_ms, outcomes, body FROM event ORDER BY id').all();
      this.#database = database;
      return events.map(queuedOf);
    } catch (error) {
      database.close();
      this.#database = null;
      throw this.#unreadable(error);
    }
  }

  /** What is no JSON, or not that of a row, was not written by Starling. */
  #unreadable(error: unknown): Error {
    const isRow = error instanceof SyntaxError || error instanceof z.ZodError;
    const reason = 'a row of it cannot be read';
    return isRow
      ? new StarlingError('BOOK_CORRUPT', { path: this.#path, reason }, { cause: error })
      : asBookError(this.#path, error);
  }

  /** Writes how events stand: all of them, or none. */
  write(events: Iterable<QueuedEvent>): void {
    const database = this.#database;
    if (!database) throw new Error('the book of messages is not open');
    try {
      transaction(database, () => {
        const upsert = database.prepare(UPSERT);
        for (const { key, queuedMs, outcomes, event } of events)
          upsert.run(key, queuedMs, JSON.stringify(Object.fromEntries(outcomes)), event && JSON.stringify(event));
        database.exec(FORGET);
      });
    } catch (error) {
      throw asBookError(this.#path, error);
    }
  }

  /** Lets go of the file. */
  close(): void {
    const database = this.#database;
    this.#database = null;
    database?.close();
  }
}
