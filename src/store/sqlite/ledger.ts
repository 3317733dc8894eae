/**
 * The ledger in SQLite: observations go in once each, are rolled up exactly, and are dropped when past their time.
 *
 * Each camera has a horizon for its seconds, for its minutes and for its quarter-hours; it moves only over what was
 * rolled up, and what is before it is dropped in the same transaction.
 * 1. A minute after the horizon of seconds is computed anew from all of its seconds, whenever one more comes.
 * 2. Before it, the seconds that came late are added to the minute's row, and dropped, in one transaction.
 * 3. Before the horizon of minutes they are added to the quarter-hour's row in the same way; before that of quarter-hours
 *    they are dropped, as the row itself was.
 * 4. A quarter-hour after the horizon of minutes is computed anew from all of its minutes, whenever one of them changes.
 * 5. Fields, by quarter-hour, are computed anew from seconds after their horizon, and added to before it.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Observation, Retention } from '../../contract/index.ts';
import type { Appended, Tended } from '../store.ts';
import { append } from './append.ts';
import { openDatabase } from './database.ts';
import { type Period, rebuild } from './roll/rebuild.ts';
import { RecentFields, RecentMinutes } from './roll/recent.ts';
import type { Rolling } from './roll/rolling.ts';
import { tend } from './roll/tend.ts';
import { asStoreError } from './store-error.ts';
import { openTables } from './tables/tables.ts';
import { transaction } from '../../database/index.ts';

/** A ledger in one file. Everything is synchronous: what has returned is on the disk. */
export class SqliteLedger {
  readonly path: string;
  /** For reading history; what writes to it is in this class. */
  readonly database: DatabaseSync;
  readonly #rolling: Rolling;

  /** @throws STORE_NOT_WRITABLE, STORE_CORRUPT, STORE_TOO_NEW, STORE_IN_USE */
  constructor(path: string) {
    this.path = path;
    this.database = openDatabase(path);
    this.#rolling = {
      tables: openTables(this.database),
      recentMinutes: new RecentMinutes(),
      recentFields: new RecentFields(),
    };
  }

  /**
   * Takes observations in one transaction: all of them, or none.
   *
   * @throws STORE_NOT_WRITABLE, STORE_CORRUPT, STORE_IN_USE; then none was taken
   */
  append(observations: readonly Observation[]): Appended {
    return this.#attempt(() => transaction(this.database, () => append(this.#rolling, observations)));
  }

  /** The greatest sequence number taken, by camera. */
  latest(): ReadonlyMap<string, number> {
    return this.#attempt(() => this.#rolling.tables.received.latest());
  }

  /**
   * Rolls up what is over and due, and drops what is past its time. A call does a bounded amount of work; as long as it
   * did any, another may find more.
   *
   * @throws STORE_NOT_WRITABLE, STORE_CORRUPT, STORE_IN_USE; then nothing has changed
   */
  tend(nowMs: number, retention: Retention, elapsedMs: number | null = null): Tended {
    return this.#attempt(() => transaction(this.database, () => tend(this.#rolling, nowMs, retention, elapsedMs)));
  }

  /**
   * Rolls up anew the minutes whose seconds are still there, and the quarter-hours whose minutes are.
   *
   * @throws STORE_NOT_WRITABLE, STORE_CORRUPT, STORE_IN_USE
   */
  rebuild(period: Period): Tended {
    return this.#attempt(() => rebuild(this.database, this.#rolling, period));
  }

  close(): void {
    this.database.close();
  }

  #attempt<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      // They may know of what was not done after all.
      this.#rolling.tables.names.forget();
      this.#rolling.recentMinutes.forget();
      this.#rolling.recentFields.forget();
      throw asStoreError(this.path, error);
    }
  }
}
