import type { DatabaseSync } from 'node:sqlite';
import { type Level, MINUTE_S, QUARTER_HOUR_S } from '../levels.ts';
import { numberOf, prepare, rowsOf, scalar } from '../rows.ts';

/** A row of history that has changed since it was last rolled up. */
export interface DueSpan {
  readonly camera: number;
  readonly startS: number;
}

/** What is to be rolled up. */
export class Due {
  readonly #mark;
  readonly #clear;
  readonly #minutes;
  readonly #quarterHours;
  readonly #first;

  constructor(database: DatabaseSync) {
    this.#mark = prepare(database, 'INSERT OR IGNORE INTO due (level_s, camera, start_s) VALUES (?, ?, ?)');
    this.#clear = prepare(database, 'DELETE FROM due WHERE level_s = ? AND camera = ? AND start_s = ?');
    this.#minutes = prepare(
      database,
      `SELECT camera, start_s FROM due WHERE level_s = ${MINUTE_S} AND start_s + ${MINUTE_S} <= ? LIMIT ?`,
    );
    this.#quarterHours = prepare(
      database,
      `SELECT camera, start_s FROM due
       WHERE level_s = ${QUARTER_HOUR_S} AND start_s + ${QUARTER_HOUR_S} <= ? AND NOT EXISTS (
         SELECT 1 FROM due AS part
         WHERE part.level_s = ${MINUTE_S} AND part.camera = due.camera
           AND part.start_s >= due.start_s AND part.start_s < due.start_s + ${QUARTER_HOUR_S})
       LIMIT ?`,
    );
    this.#first = prepare(
      database,
      'SELECT min(start_s) FROM due WHERE level_s = ? AND camera = ? AND start_s >= ? AND start_s < ?',
    );
  }

  mark(level: Level, camera: number, startS: number): void {
    this.#mark.run(level, camera, startS);
  }

  clear(level: Level, camera: number, startS: number): void {
    this.#clear.run(level, camera, startS);
  }

  /** Minutes that had ended by a time. */
  minutes(endedByS: number, most: number): DueSpan[] {
    return rowsOf(this.#minutes, endedByS, most).map(([camera, startS]) => ({
      camera: numberOf(camera),
      startS: numberOf(startS),
    }));
  }

  /** Quarter-hours that had ended by a time, of which no minute is to be rolled up first. */
  quarterHours(endedByS: number, most: number): DueSpan[] {
    return rowsOf(this.#quarterHours, endedByS, most).map(([camera, startS]) => ({
      camera: numberOf(camera),
      startS: numberOf(startS),
    }));
  }

  /** The first of a camera in a period, s; NaN when there is none. */
  first(level: Level, camera: number, fromS: number, toS: number): number {
    return scalar(this.#first, level, camera, fromS, toS);
  }
}
