import type { DatabaseSync } from 'node:sqlite';
import { FIGURE_COLUMNS, PARTS_OF_A_FIGURE } from '../columns.ts';
import type { Level } from '../levels.ts';
import { numberOf, orNull, prepare, rowsOf, type Value } from '../rows.ts';
import type { ZoneSums } from '../sums/zone-sums.ts';

const COLUMNS = ['measured_s', 'last_ms', 'seen_share', 'area_m2', ...FIGURE_COLUMNS];
const FIGURES_AT = 4;

const addRow = (sums: ZoneSums, row: readonly Value[]): void => {
  const [measuredS, lastMs, seenShare, areaM2] = row.slice(0, FIGURES_AT).map(numberOf);
  sums.measuredS += measuredS;
  sums.addLast(lastMs, seenShare, areaM2);
  for (let at = 0; at < FIGURE_COLUMNS.length; at += PARTS_OF_A_FIGURE) {
    const from = FIGURES_AT + at;
    if (row[from] === null) continue;
    const [sum, weight, min, max, error] = row.slice(from, from + PARTS_OF_A_FIGURE).map(numberOf);
    sums.addFigure(at, sum, weight, min, max, error);
  }
};

/** Rolled-up rows of zones. */
export class ZoneSpans {
  readonly #write;
  readonly #between;
  readonly #delete;

  constructor(database: DatabaseSync) {
    const values = Array.from({ length: 3 + COLUMNS.length }, () => '?').join(', ');
    const period = 'zone_span WHERE level_s = ? AND place = ? AND start_s >= ? AND start_s < ?';
    this.#write = prepare(
      database,
      `INSERT OR REPLACE INTO zone_span (level_s, place, start_s, ${COLUMNS.join(', ')}) VALUES (${values})`,
    );
    this.#between = prepare(database, `SELECT ${COLUMNS.join(', ')} FROM ${period} ORDER BY start_s`);
    this.#delete = prepare(database, `DELETE FROM ${period}`);
  }

  write(level: Level, place: number, startS: number, sums: ZoneSums): void {
    const { measuredS, lastMs, seenShare, areaM2, figures } = sums;
    this.#write.run(level, place, startS, measuredS, lastMs, seenShare, orNull(areaM2), ...Array.from(figures, orNull));
  }

  /** Adds the rows that begin in a period, in the order of time. @returns how many there are */
  addTo(sums: ZoneSums, level: Level, place: number, fromS: number, toS: number): number {
    const rows = rowsOf(this.#between, level, place, fromS, toS);
    for (const row of rows) addRow(sums, row);
    return rows.length;
  }

  delete(level: Level, place: number, fromS: number, toS: number): number {
    return Number(this.#delete.run(level, place, fromS, toS).changes);
  }
}
