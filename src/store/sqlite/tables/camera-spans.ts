import type { DatabaseSync } from 'node:sqlite';
import { CAMERA_STATES } from '../../../contract/index.ts';
import { type Level, MINUTE_S } from '../levels.ts';
import { numberOf, prepare, rowsOf, scalar } from '../rows.ts';
import type { CameraSums } from '../sums/camera-sums.ts';

const COLUMNS = ['measured_s', 'offered', 'measured', 'dropped', ...CAMERA_STATES.map((state) => `${state}_s`)];

/** Rolled-up rows of cameras. There is one wherever there was a second. */
export class CameraSpans {
  readonly #write;
  readonly #between;
  readonly #starts;
  readonly #first;
  readonly #delete;

  constructor(database: DatabaseSync) {
    const values = Array.from({ length: 3 + COLUMNS.length }, () => '?').join(', ');
    const period = 'camera_span WHERE level_s = ? AND camera = ? AND start_s >= ? AND start_s < ?';
    this.#write = prepare(
      database,
      `INSERT OR REPLACE INTO camera_span (level_s, camera, start_s, ${COLUMNS.join(', ')}) VALUES (${values})`,
    );
    this.#between = prepare(database, `SELECT ${COLUMNS.join(', ')} FROM ${period} ORDER BY start_s`);
    this.#starts = prepare(database, `SELECT start_s FROM ${period} ORDER BY start_s`);
    this.#first = prepare(database, 'SELECT min(start_s) FROM camera_span WHERE level_s = ? AND camera = ?');
    this.#delete = prepare(database, `DELETE FROM ${period}`);
  }

  write(level: Level, camera: number, startS: number, sums: CameraSums): void {
    const { measuredS, offered, measured, dropped, statesS } = sums;
    this.#write.run(level, camera, startS, measuredS, offered, measured, dropped, ...statesS);
  }

  /** Adds the rows that begin in a period, in the order of time. @returns how many there are */
  addTo(sums: CameraSums, level: Level, camera: number, fromS: number, toS: number): number {
    const rows = rowsOf(this.#between, level, camera, fromS, toS);
    for (const row of rows) {
      const [measuredS, offered, measured, dropped, ...statesS] = row.map(numberOf);
      sums.measuredS += measuredS;
      sums.offered += offered;
      sums.measured += measured;
      sums.dropped += dropped;
      statesS.forEach((stateS, i) => {
        sums.statesS[i] += stateS;
      });
    }
    return rows.length;
  }

  /** When the minutes of a period begin. */
  minutes(camera: number, fromS: number, toS: number): number[] {
    return rowsOf(this.#starts, MINUTE_S, camera, fromS, toS).map(([startS]) => numberOf(startS));
  }

  /** When the first row begins; NaN when there is none. */
  first(level: Level, camera: number): number {
    return scalar(this.#first, level, camera);
  }

  delete(level: Level, camera: number, fromS: number, toS: number): number {
    return Number(this.#delete.run(level, camera, fromS, toS).changes);
  }
}
