import type { DatabaseSync } from 'node:sqlite';
import { numberOf, prepare, rowOf, rowsOf, scalar } from '../rows.ts';

/** Which sequence numbers were taken. Neighbours are one range: there are as many as there are holes, and one more. */
export class Received {
  readonly #before;
  readonly #hasFirst;
  readonly #insert;
  readonly #extend;
  readonly #remove;
  readonly #latest;

  constructor(database: DatabaseSync) {
    const range = 'received WHERE camera = ? AND first_sequence';
    this.#before = prepare(
      database,
      `SELECT first_sequence, last_sequence FROM ${range} <= ? ORDER BY first_sequence DESC LIMIT 1`,
    );
    this.#hasFirst = prepare(database, `SELECT last_sequence FROM ${range} = ?`);
    this.#insert = prepare(database, 'INSERT INTO received (camera, first_sequence, last_sequence) VALUES (?, ?, ?)');
    this.#extend = prepare(database, 'UPDATE received SET last_sequence = ? WHERE camera = ? AND first_sequence = ?');
    this.#remove = prepare(database, `DELETE FROM ${range} = ?`);
    this.#latest = prepare(
      database,
      'SELECT camera.name, max(last_sequence) FROM received JOIN camera ON camera.id = camera GROUP BY camera.id',
    );
  }

  /** Takes a number; false when it was taken before. */
  add(camera: number, sequence: number): boolean {
    const [first, last] = rowOf(this.#before, camera, sequence)?.map(numberOf) ?? [Number.NaN, Number.NaN];
    if (last >= sequence) return false;
    const lastAfter = scalar(this.#hasFirst, camera, sequence + 1);
    const joinsAfter = !Number.isNaN(lastAfter);
    if (joinsAfter) this.#remove.run(camera, sequence + 1);
    const end = joinsAfter ? lastAfter : sequence;
    if (last === sequence - 1) this.#extend.run(end, camera, first);
    else this.#insert.run(camera, sequence, end);
    return true;
  }

  /** The greatest number taken, by the camera's name. */
  latest(): ReadonlyMap<string, number> {
    return new Map(rowsOf(this.#latest).map(([name, last]) => [String(name), numberOf(last)]));
  }
}
