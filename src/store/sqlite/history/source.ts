/**
 * What history is read from. A ledger that is being written changes between two questions: whoever asks several asks
 * them within one {@link Source.snapshot}.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Observation } from '../../../contract/index.ts';
import { type Level, MINUTE_S, startOf } from '../levels.ts';
import { numberOf, prepare, rowsOf } from '../rows.ts';
import { type Horizon, Horizons } from '../tables/horizons.ts';
import { Seconds } from '../tables/seconds.ts';

/** A camera. */
export interface Camera {
  readonly id: number;
  readonly name: string;
  /** From when on there is what of it. */
  readonly kept: Horizon;
}

/**
 * What has changed since it was rolled up. Before a camera's horizon a row cannot be computed again: it is right as it
 * is, and seconds that came late are added to it. After it, a row is computed from all of its parts, in place of what
 * is there.
 */
interface Due {
  /** Beginnings of rows of the level in question, s, whose parts take their place. */
  readonly rows: ReadonlySet<number>;
  /** Beginnings of minutes in rows of the level, s, whose seconds take their place. */
  readonly minutes: ReadonlySet<number>;
  /** Beginnings of minutes, s, whose seconds are to be added: the same, and those from before the horizon. */
  readonly seconds: readonly number[];
}

/** Reads what all histories need. */
export class Source {
  readonly #database;
  readonly #seconds;
  readonly #horizons;
  readonly #cameras;
  readonly #due;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#seconds = new Seconds(database);
    this.#horizons = new Horizons(database);
    this.#cameras = prepare(database, 'SELECT id, name FROM camera WHERE ?1 IS NULL OR name = ?1 ORDER BY name');
    this.#due = prepare(
      database,
      'SELECT start_s FROM due WHERE level_s = ? AND camera = ? AND start_s >= ? AND start_s < ? ORDER BY start_s',
    );
  }

  /** Reads several things as they are at one moment. */
  snapshot<Result>(read: () => Result): Result {
    if (this.#database.isTransaction) return read();
    this.#database.exec('BEGIN');
    try {
      return read();
    } finally {
      // A damaged file may have ended it already.
      if (this.#database.isTransaction) this.#database.exec('COMMIT');
    }
  }

  /** Cameras in the order of their names: one, or all. */
  cameras(name?: string): Camera[] {
    return rowsOf(this.#cameras, name ?? null).map(([id, known]) => ({
      id: numberOf(id),
      name: String(known),
      kept: this.#horizons.of(numberOf(id)),
    }));
  }

  /** What is due of the rows of a level that begin in a period. */
  due(camera: Camera, level: Level, fromS: number, toS: number): Due {
    // A part of a row may begin after the period in which the row begins.
    const marked = (of: Level): number[] =>
      rowsOf(this.#due, of, camera.id, fromS, toS + level)
        .map(([startS]) => numberOf(startS))
        .filter((startS) => startOf(startS, level) >= fromS && startOf(startS, level) < toS);
    const keptFromS = level === MINUTE_S ? camera.kept.minutesS : camera.kept.quarterHoursS;
    const seconds = marked(MINUTE_S).filter((startS) => startS >= keptFromS);
    const minutes = seconds.filter((startS) => startS >= camera.kept.secondsS);
    const changed = level === MINUTE_S ? [] : marked(level).filter((startS) => startS >= camera.kept.minutesS);
    const rows = [...changed, ...minutes.map((startS) => startOf(startS, level))].sort((a, b) => a - b);
    return { rows: new Set(rows), minutes: new Set(minutes), seconds };
  }

  /** When the first observation at or after a moment begins; NaN when there is none. */
  firstSecond({ id }: Camera, fromMs: number): number {
    return this.#seconds.firstFrom(id, fromMs);
  }

  /** Observations that begin in a period, in the order of time; of a long one, not all are in memory at once. */
  *seconds(camera: Camera, fromMs: number, toMs: number): Generator<Observation> {
    let startMs = this.firstSecond(camera, fromMs);
    while (startMs < toMs) {
      const endMs = Math.min(toMs, startMs + MINUTE_S * 1000);
      yield* this.#seconds.between(camera.id, startMs, endMs);
      startMs = this.firstSecond(camera, endMs);
    }
  }
}
