import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { CAMERA_STATES } from '../../../contract/index.ts';
import { type Level, MINUTE_S, QUARTER_HOUR_S, startOf } from '../levels.ts';
import { numberOf, prepare, rowsOf } from '../rows.ts';
import { Cover, LEAST_MISSING_MS, MEETS_MS, stretchIn } from './cover.ts';
import type { Camera, Source } from './source.ts';

/** What is read of one camera. */
interface Reading {
  readonly cover: Cover;
  readonly camera: Camera;
  readonly due: ReturnType<Source['due']>;
}

/** Rows of a level that begin in a period. */
interface Rows {
  readonly level: Level;
  readonly fromS: number;
  readonly toS: number;
}

/** Reads which time a camera's observations cover, from rows as coarse as will do. */
export class Covered {
  readonly #source: Source;
  readonly #lengths: StatementSync;

  constructor(database: DatabaseSync, source: Source) {
    this.#source = source;
    this.#lengths = prepare(
      database,
      `SELECT start_s, ${CAMERA_STATES.map((state) => `${state}_s`).join(' + ')} FROM camera_span
       WHERE level_s = ? AND camera = ? AND start_s >= ? AND start_s < ? ORDER BY start_s`,
    );
  }

  /** What is covered from a quarter-hour on. */
  cover(camera: Camera, fromS: number, toS: number): Cover {
    const cover = new Cover();
    const reading = { cover, camera, due: this.#source.due(camera, QUARTER_HOUR_S, fromS, toS) };
    this.#addRows(reading, { level: QUARTER_HOUR_S, fromS, toS: Math.min(toS, camera.kept.secondsS) });
    const keptFromS = Math.max(fromS, camera.kept.secondsS);
    // To this nothing is known of the rows before, so it is no gap here either.
    const firstMs = this.#source.firstSecond(camera, keptFromS * 1000);
    if (firstMs <= cover.untilMs + LEAST_MISSING_MS) cover.add({ startMs: cover.untilMs, endMs: firstMs });
    this.#addSeconds(reading, { level: QUARTER_HOUR_S, fromS: keptFromS, toS });
    return cover;
  }

  /** Where only rows are left. */
  #addRows(reading: Reading, { level, fromS, toS }: Rows): void {
    const { cover, camera, due } = reading;
    for (const [startS, coveredS] of this.#lengthsOf(camera, { level, fromS, toS })) {
      const row = { startMs: startS * 1000, endMs: (startS + level) * 1000 };
      const stretch = stretchIn(row, cover.untilMs, coveredS * 1000);
      const isWhole = stretch.startMs <= row.startMs && stretch.endMs >= row.endMs && !due.rows.has(startS);
      if (isWhole || level === MINUTE_S || startS < camera.kept.minutesS) cover.add(stretch);
      else this.#addRows(reading, { level: MINUTE_S, fromS: startS, toS: startS + level });
    }
  }

  /**
   * Where seconds are kept. Between the first of a row and the first of the next there is no gap when the observations
   * of the row are as long together; only else they are looked at.
   */
  #addSeconds(reading: Reading, { level, fromS, toS }: Rows): void {
    const { cover, camera } = reading;
    let firstMs = this.#source.firstSecond(camera, fromS * 1000);
    while (firstMs < toS * 1000) {
      const row = { level, fromS: startOf(firstMs / 1000, level), toS: startOf(firstMs / 1000, level) + level };
      const nextMs = this.#source.firstSecond(camera, row.toS * 1000);
      if (Math.abs(nextMs - firstMs - this.#settledMs(reading, row)) <= MEETS_MS)
        cover.add({ startMs: firstMs, endMs: nextMs });
      else if (level === QUARTER_HOUR_S) this.#addSeconds(reading, { ...row, level: MINUTE_S });
      else for (const one of this.#source.seconds(camera, row.fromS * 1000, row.toS * 1000)) cover.add(one);
      firstMs = nextMs;
    }
  }

  /** How long the observations of a row are together, ms; NaN when that is not known yet. */
  #settledMs({ camera, due }: Reading, row: Rows): number {
    const { rows, minutes } = due;
    if ((row.level === MINUTE_S ? minutes : rows).has(row.fromS)) return Number.NaN;
    return (this.#lengthsOf(camera, row)[0]?.[1] ?? Number.NaN) * 1000;
  }

  #lengthsOf({ id }: Camera, { level, fromS, toS }: Rows): [startS: number, coveredS: number][] {
    return rowsOf(this.#lengths, level, id, fromS, toS).map(([startS, coveredS]) => [
      numberOf(startS),
      numberOf(coveredS),
    ]);
  }
}
