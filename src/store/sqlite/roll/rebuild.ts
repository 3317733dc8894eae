import type { DatabaseSync } from 'node:sqlite';
import type { Tended } from '../../store.ts';
import { MINUTE_S, QUARTER_HOUR_S, startOf } from '../levels.ts';
import { numberOf, prepare, rowsOf } from '../rows.ts';
import { transaction } from '../../../database/index.ts';
import { replaceMinute, sumSeconds } from './minutes.ts';
import { rollQuarterHour } from './quarter-hours.ts';
import type { Rolling } from './rolling.ts';

/** A period; quarter-hours that it touches are meant in whole. */
export interface Period {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Reads where there is something to roll up. */
class Starts {
  readonly #minutes;
  readonly #quarterHours;

  constructor(database: DatabaseSync) {
    this.#minutes = prepare(
      database,
      `SELECT DISTINCT start_ms / ${MINUTE_S * 1000} * ${MINUTE_S} FROM second
       WHERE camera = ? AND start_ms >= ? AND start_ms < ? ORDER BY 1`,
    );
    this.#quarterHours = prepare(
      database,
      `SELECT DISTINCT start_s / ${QUARTER_HOUR_S} * ${QUARTER_HOUR_S} FROM camera_span
       WHERE level_s = ${MINUTE_S} AND camera = ?1 AND start_s >= ?2 AND start_s < ?3
       UNION
       SELECT DISTINCT start_ms / ${QUARTER_HOUR_S * 1000} * ${QUARTER_HOUR_S} FROM second
       WHERE camera = ?1 AND start_ms >= ?2 * 1000 AND start_ms < ?3 * 1000
       ORDER BY 1`,
    );
  }

  minutes(camera: number, fromS: number, toS: number): number[] {
    return rowsOf(this.#minutes, camera, fromS * 1000, toS * 1000).map(([startS]) => numberOf(startS));
  }

  quarterHours(camera: number, fromS: number, toS: number): number[] {
    return rowsOf(this.#quarterHours, camera, fromS, toS).map(([startS]) => numberOf(startS));
  }
}

/** Where a second cannot be read any more, the row that was made of it is the better one, and stays. */
const rebuildMinute = (rolling: Rolling, camera: number, startS: number): boolean => {
  const { tables } = rolling;
  const sums = sumSeconds(tables, camera, startS);
  if (sums.seconds < tables.seconds.count(camera, startS * 1000, (startS + MINUTE_S) * 1000)) return false;
  replaceMinute(rolling, camera, startS, sums);
  return true;
};

const rebuildQuarterHour = (rolling: Rolling, starts: Starts, camera: number, startS: number): number => {
  const { tables } = rolling;
  const endS = startS + QUARTER_HOUR_S;
  const { secondsS } = tables.horizons.of(camera);
  const minutes = startS >= secondsS ? starts.minutes(camera, startS, endS) : [];
  const rebuilt = minutes.filter((minuteS) => rebuildMinute(rolling, camera, minuteS));
  rollQuarterHour(rolling, camera, startS);
  // What waits for more seconds goes on waiting.
  if (Number.isNaN(tables.due.first(MINUTE_S, camera, startS, endS))) tables.due.clear(QUARTER_HOUR_S, camera, startS);
  return rebuilt.length;
};

/** Rolls up anew, a transaction a quarter-hour and camera: a crash in between leaves nothing half done. */
export const rebuild = (database: DatabaseSync, rolling: Rolling, { fromMs, toMs }: Period): Tended => {
  const starts = new Starts(database);
  const { horizons } = rolling.tables;
  const done = { minutes: 0, quarterHours: 0, dropped: 0 };
  const toS = Math.ceil(toMs / 1000 / QUARTER_HOUR_S) * QUARTER_HOUR_S;
  for (const camera of horizons.cameras()) {
    const fromS = Math.max(horizons.of(camera).minutesS, startOf(fromMs / 1000, QUARTER_HOUR_S));
    for (const startS of starts.quarterHours(camera, fromS, toS)) {
      done.minutes += transaction(database, () => rebuildQuarterHour(rolling, starts, camera, startS));
      done.quarterHours++;
    }
  }
  return done;
};
