import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { FieldSpan } from '../../store.ts';
import { decodeField } from '../field-body.ts';
import { MINUTE_S, QUARTER_HOUR_S, startOf } from '../levels.ts';
import { numberOf, prepare } from '../rows.ts';
import { FieldGrid, withField, withSecond } from '../sums/field-grid.ts';
import { type CameraPeriod, checkPeriod } from './query.ts';
import type { Camera, Source } from './source.ts';

/** The first quarter-hour that begins at a time or after it, s. */
const quarterHourFrom = (timeMs: number): number => Math.ceil(timeMs / 1000 / QUARTER_HOUR_S) * QUARTER_HOUR_S;

const tell = (camera: string, { fromMs, toMs }: CameraPeriod, sums: FieldGrid): FieldSpan => {
  const { grid, knownS, densityS, movingS, momentumX, momentumY } = sums;
  const cell = Uint32Array.from(densityS.keys()).filter((at) => densityS[at] > 0);
  return {
    camera,
    startMs: quarterHourFrom(fromMs) * 1000,
    endMs: quarterHourFrom(toMs) * 1000,
    measuredS: knownS,
    grid,
    cell,
    densityPerM2: Float64Array.from(cell, (at) => densityS[at] / knownS),
    // 0 / 0 where nobody's velocity was known.
    velocityXMps: Float64Array.from(cell, (at) => momentumX[at] / movingS[at]),
    velocityYMps: Float64Array.from(cell, (at) => momentumY[at] / movingS[at]),
  };
};

/**
 * Density and velocity on the ground over a period, a row a camera that has any: of the quarter-hours that begin in the
 * period, and of those that are due from their seconds. Where a calibration changed the grid, the later grid alone is
 * told, and `measuredS` is the time for which that one was known.
 */
export class Fields {
  readonly #source: Source;
  readonly #between: StatementSync;

  constructor(database: DatabaseSync, source: Source) {
    this.#source = source;
    this.#between = prepare(
      database,
      'SELECT start_s, known_s, body FROM field_span WHERE camera = ? AND start_s >= ? AND start_s < ? ORDER BY start_s',
    );
  }

  /** @throws STORE_BAD_QUERY */
  query(query: CameraPeriod): FieldSpan[] {
    checkPeriod(query);
    return this.#source.snapshot(() =>
      this.#source.cameras(query.camera).flatMap((camera) => {
        const sums = this.#sum(camera, quarterHourFrom(query.fromMs), quarterHourFrom(query.toMs));
        return sums && sums.knownS > 0 ? [tell(camera.name, query, sums)] : [];
      }),
    );
  }

  #sum(camera: Camera, fromS: number, toS: number): FieldGrid | undefined {
    const due = this.#source.due(camera, QUARTER_HOUR_S, fromS, toS);
    // Where seconds were dropped, a field takes late ones as they are rolled up, and is right as it is.
    const anew = [...due.rows].filter((startS) => startS >= camera.kept.secondsS && startS >= camera.kept.fieldsS);
    const late = due.seconds.filter(
      (startS) => startS < camera.kept.secondsS && startOf(startS, QUARTER_HOUR_S) >= camera.kept.fieldsS,
    );
    let sums = this.#stored(camera, fromS, toS, new Set(anew));
    for (const startS of anew) sums = this.#withSeconds(sums, camera, startS, QUARTER_HOUR_S);
    for (const startS of late) sums = this.#withSeconds(sums, camera, startS, MINUTE_S);
    return sums;
  }

  #stored({ id }: Camera, fromS: number, toS: number, except: ReadonlySet<number>): FieldGrid | undefined {
    let all: FieldGrid | undefined;
    for (const row of this.#between.iterate(id, fromS, toS)) {
      const [startS, knownS, body] = Object.values(row);
      const sums = body instanceof Uint8Array ? decodeField(body) : undefined;
      if (sums && !except.has(numberOf(startS))) all = withField(all, FieldGrid.fromSums(sums, numberOf(knownS)));
    }
    return all;
  }

  #withSeconds(sums: FieldGrid | undefined, camera: Camera, startS: number, lengthS: number): FieldGrid | undefined {
    let own: FieldGrid | undefined;
    for (const observation of this.#source.seconds(camera, startS * 1000, (startS + lengthS) * 1000))
      own = withSecond(own, observation);
    return withField(sums, own);
  }
}
