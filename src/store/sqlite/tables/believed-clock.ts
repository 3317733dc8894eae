import type { DatabaseSync } from 'node:sqlite';
import { numberOf, prepare, rowOf } from '../rows.ts';

/** The clock that is believed gains on a steady one by this many times at most: a month off is caught up in days. */
const MOST_GAIN = 10;

/** Kept when it moved by as much, ms: a crash sets it back by no more. */
const KEEP_MS = 60_000;

const KEY = 'believed_ms';

/**
 * The clock that decides what is past its time. A machine's clock may be set years ahead for a few seconds; what that
 * would drop never comes back. So the believed clock follows a steady one, and gains on it only slowly.
 */
export class BelievedClock {
  readonly #write;
  #nowMs: number | null;
  #keptMs: number;

  constructor(database: DatabaseSync) {
    this.#write = prepare(database, 'INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)');
    const [kept] = rowOf(prepare(database, 'SELECT CAST(value AS INTEGER) FROM meta WHERE key = ?'), KEY) ?? [];
    this.#nowMs = kept === undefined ? null : numberOf(kept);
    this.#keptMs = this.#nowMs ?? Number.NEGATIVE_INFINITY;
  }

  /**
   * What is believed now.
   *
   * @param nowMs     the machine's clock
   * @param elapsedMs since it was asked last, by a steady clock; null takes the machine's clock at its word
   */
  at(nowMs: number, elapsedMs: number | null): number {
    if (elapsedMs === null) return nowMs;
    this.#nowMs = this.#nowMs === null ? nowMs : Math.min(nowMs, this.#nowMs + MOST_GAIN * elapsedMs);
    if (Math.abs(this.#nowMs - this.#keptMs) >= KEEP_MS) {
      this.#keptMs = this.#nowMs;
      this.#write.run(KEY, String(Math.floor(this.#nowMs)));
    }
    return this.#nowMs;
  }
}
