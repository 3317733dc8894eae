import type { DatabaseSync } from 'node:sqlite';
import { decodeField, encodeField } from '../field-body.ts';
import { numberOf, prepare, rowOf, scalar } from '../rows.ts';
import { FieldGrid } from '../sums/field-grid.ts';

/** Rolled-up fields, by quarter-hour. */
export class FieldSpans {
  readonly #write;
  readonly #read;
  readonly #first;
  readonly #deleteOne;
  readonly #deleteBefore;

  constructor(database: DatabaseSync) {
    this.#write = prepare(
      database,
      'INSERT OR REPLACE INTO field_span (camera, start_s, known_s, body) VALUES (?, ?, ?, ?)',
    );
    this.#read = prepare(database, 'SELECT known_s, body FROM field_span WHERE camera = ? AND start_s = ?');
    this.#first = prepare(database, 'SELECT min(start_s) FROM field_span WHERE camera = ?');
    this.#deleteOne = prepare(database, 'DELETE FROM field_span WHERE camera = ? AND start_s = ?');
    this.#deleteBefore = prepare(database, 'DELETE FROM field_span WHERE camera = ? AND start_s < ?');
  }

  /** Writes a field, or that there is none. */
  write(camera: number, startS: number, field: FieldGrid | undefined): void {
    if (field === undefined) this.#deleteOne.run(camera, startS);
    else this.#write.run(camera, startS, field.knownS, encodeField(field.toSums()));
  }

  read(camera: number, startS: number): FieldGrid | undefined {
    const [knownS, body] = rowOf(this.#read, camera, startS) ?? [];
    const sums = body instanceof Uint8Array ? decodeField(body) : undefined;
    return sums && FieldGrid.fromSums(sums, numberOf(knownS));
  }

  /** When the first field begins; NaN when there is none. */
  first(camera: number): number {
    return scalar(this.#first, camera);
  }

  deleteBefore(camera: number, toS: number): number {
    return Number(this.#deleteBefore.run(camera, toS).changes);
  }
}
