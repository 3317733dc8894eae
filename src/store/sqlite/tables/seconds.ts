import type { DatabaseSync } from 'node:sqlite';
import type { Observation } from '../../../contract/index.ts';
import { decodeBody } from '../body.ts';
import { numberOf, prepare, rowOf, rowsOf, scalar, type Value } from '../rows.ts';

const observationIn = (value: Value | undefined): Observation | undefined =>
  value instanceof Uint8Array ? decodeBody(value) : undefined;

/** Observations as they came. Periods go from their beginning up to, and not including, their end. */
export class Seconds {
  /** Observations read so far: what rolling up costs most. */
  bodiesRead = 0;
  readonly #insert;
  readonly #find;
  readonly #between;
  readonly #count;
  readonly #first;
  readonly #delete;

  constructor(database: DatabaseSync) {
    const period = 'second WHERE camera = ? AND start_ms >= ? AND start_ms < ?';
    this.#insert = prepare(database, 'INSERT INTO second (camera, start_ms, sequence, body) VALUES (?, ?, ?, ?)');
    this.#find = prepare(database, 'SELECT body FROM second WHERE camera = ? AND start_ms = ? AND sequence = ?');
    this.#between = prepare(database, `SELECT body FROM ${period} ORDER BY start_ms, sequence`);
    this.#count = prepare(database, `SELECT count(*) FROM ${period}`);
    this.#first = prepare(database, 'SELECT min(start_ms) FROM second WHERE camera = ? AND start_ms >= ?');
    this.#delete = prepare(database, `DELETE FROM ${period}`);
  }

  insert(camera: number, { startMs, sequence }: Observation, body: Uint8Array): void {
    this.#insert.run(camera, startMs, sequence, body);
  }

  /** The body of one observation; undefined when there is none. */
  body(camera: number, startMs: number, sequence: number): Uint8Array | undefined {
    const value = rowOf(this.#find, camera, startMs, sequence)?.[0];
    return value instanceof Uint8Array ? value : undefined;
  }

  /** Those that begin in a period, in the order of time. A damaged one is left out, as if it had never come. */
  between(camera: number, fromMs: number, toMs: number): Observation[] {
    const bodies = rowsOf(this.#between, camera, fromMs, toMs);
    this.bodiesRead += bodies.length;
    return bodies.flatMap(([body]) => observationIn(body) ?? []);
  }

  count(camera: number, fromMs: number, toMs: number): number {
    return scalar(this.#count, camera, fromMs, toMs);
  }

  /** When the first at or after a moment begins; NaN when there is none. */
  firstFrom(camera: number, fromMs: number): number {
    return numberOf(rowOf(this.#first, camera, fromMs)?.[0]);
  }

  delete(camera: number, fromMs: number, toMs: number): number {
    return Number(this.#delete.run(camera, fromMs, toMs).changes);
  }
}
