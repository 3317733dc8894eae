import type { DatabaseSync } from 'node:sqlite';
import { numberOf, prepare, rowOf, rowsOf } from '../rows.ts';

/** From when on a camera's rows are there whole, s; what is earlier was dropped. Whole quarter-hours. */
export interface Horizon {
  readonly secondsS: number;
  readonly minutesS: number;
  readonly quarterHoursS: number;
  readonly fieldsS: number;
}

/** From when on there is what, for each camera. */
export class Horizons {
  readonly #cameras;
  readonly #get;
  readonly #set;

  constructor(database: DatabaseSync) {
    this.#cameras = prepare(database, 'SELECT id FROM camera ORDER BY id');
    this.#get = prepare(
      database,
      'SELECT seconds_from_s, minutes_from_s, quarter_hours_from_s, fields_from_s FROM camera WHERE id = ?',
    );
    this.#set = prepare(
      database,
      `UPDATE camera SET seconds_from_s = ?, minutes_from_s = ?, quarter_hours_from_s = ?, fields_from_s = ?
       WHERE id = ?`,
    );
  }

  cameras(): number[] {
    return rowsOf(this.#cameras).map(([id]) => numberOf(id));
  }

  of(camera: number): Horizon {
    const [secondsS, minutesS, quarterHoursS, fieldsS] = (rowOf(this.#get, camera) ?? []).map(numberOf);
    return { secondsS, minutesS, quarterHoursS, fieldsS };
  }

  set(camera: number, { secondsS, minutesS, quarterHoursS, fieldsS }: Horizon): void {
    this.#set.run(secondsS, minutesS, quarterHoursS, fieldsS, camera);
  }
}
