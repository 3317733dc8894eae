import type { DatabaseSync } from 'node:sqlite';
import { OBJECT_CLASSES } from '../../../contract/index.ts';
import type { Level } from '../levels.ts';
import { numberOf, orNull, prepare, rowsOf } from '../rows.ts';
import type { GateSums } from '../sums/gate-sums.ts';

/** Rolled-up rows of gates, and of the crossings of each class. */
export class GateSpans {
  readonly #write;
  readonly #writeCrossings;
  readonly #between;
  readonly #crossingsBetween;
  readonly #delete;
  readonly #deleteCrossings;

  constructor(database: DatabaseSync) {
    const columns = 'measured_s, known_s, last_ms, seen_share, width_m, variance, systematic';
    const period = 'level_s = ? AND place = ? AND start_s >= ? AND start_s < ?';
    this.#write = prepare(
      database,
      `INSERT OR REPLACE INTO gate_span (level_s, place, start_s, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#writeCrossings = prepare(
      database,
      `INSERT OR REPLACE INTO crossing_span (level_s, place, start_s, class, in_count, out_count)
       VALUES (?, ?, ?, ?, ?, ?)`,
    );
    this.#between = prepare(database, `SELECT ${columns} FROM gate_span WHERE ${period} ORDER BY start_s`);
    this.#crossingsBetween = prepare(
      database,
      `SELECT class, in_count, out_count FROM crossing_span WHERE ${period} ORDER BY start_s`,
    );
    this.#delete = prepare(database, `DELETE FROM gate_span WHERE ${period}`);
    this.#deleteCrossings = prepare(database, `DELETE FROM crossing_span WHERE ${period}`);
  }

  write(level: Level, place: number, startS: number, sums: GateSums): void {
    const { measuredS, knownS, lastMs, seenShare, widthM, variance, systematicError } = sums;
    const figures = [measuredS, orNull(knownS), lastMs, seenShare, orNull(widthM), variance, systematicError];
    this.#write.run(level, place, startS, ...figures);
    for (const [name, counted] of sums.crossings)
      this.#writeCrossings.run(level, place, startS, name, counted.in, counted.out);
  }

  /** Adds the rows that begin in a period, in the order of time. @returns how many there are */
  addTo(sums: GateSums, level: Level, place: number, fromS: number, toS: number): number {
    const rows = rowsOf(this.#between, level, place, fromS, toS);
    for (const row of rows) {
      const [measuredS, knownS, lastMs, seenShare, widthM, variance, systematicError] = row.map(numberOf);
      sums.measuredS += measuredS;
      sums.variance += variance;
      sums.systematicError += systematicError;
      sums.addKnown(knownS);
      sums.addLast(lastMs, seenShare, widthM);
    }
    for (const [name, ins, outs] of rowsOf(this.#crossingsBetween, level, place, fromS, toS)) {
      const known = OBJECT_CLASSES.find((one) => one === name);
      if (known !== undefined) sums.addCrossings(known, numberOf(ins), numberOf(outs));
    }
    return rows.length;
  }

  delete(level: Level, place: number, fromS: number, toS: number): number {
    this.#deleteCrossings.run(level, place, fromS, toS);
    return Number(this.#delete.run(level, place, fromS, toS).changes);
  }
}
