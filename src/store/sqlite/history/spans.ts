/**
 * History of one kind by steps.
 *
 * A step longer than a second is made of the ledger's rows, minutes or quarter-hours. Where those are due, because they
 * are not over yet or something came late, their parts take their place:
 *
 * ```
 *   day, hour …   <- quarter-hours that are settled
 *                 <- settled minutes      of quarter-hours that are due
 *                 <- seconds              of minutes that are due
 * ```
 *
 * All of it adds up, so what is told is exact up to the last stored second, whether anything was rolled up or not.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { HistoryQuery, Span } from '../../store.ts';
import { type Level, MINUTE_S, QUARTER_HOUR_S, startOf } from '../levels.ts';
import { numberOf, prepare, rowsOf } from '../rows.ts';
import { type Plan, planOf } from './buckets.ts';
import { Collected } from './collected.ts';
import { type Kind, numberAt, type Row } from './kind.ts';
import { checkQuery, createRowCount } from './query.ts';
import type { Camera, Source } from './source.ts';

/** Reads a table, and adds its rows. */
interface Reader<Sums> {
  readonly statement: StatementSync;
  readonly add: (sums: Sums, row: Row) => void;
}

/** Rows of one place to be read: those of a level that begin in a period, except some. */
interface Wanted {
  readonly level: Level;
  readonly place: number;
  readonly fromS: number;
  readonly toS: number;
  readonly except: ReadonlySet<number>;
}

const isWanted = (place: string, { place: wanted }: HistoryQuery): boolean =>
  place === '' || wanted === undefined || place === wanted;

/** History of one kind. */
export class Spans<Sums, Found extends Span> {
  readonly #kind: Kind<Sums, Found>;
  readonly #source: Source;
  readonly #places: StatementSync;
  readonly #readers: readonly Reader<Sums>[];

  constructor(database: DatabaseSync, source: Source, kind: Kind<Sums, Found>) {
    this.#kind = kind;
    this.#source = source;
    this.#places = prepare(database, kind.places);
    const period = `level_s = ? AND ${kind.key} = ? AND start_s >= ? AND start_s < ? ORDER BY start_s`;
    this.#readers = kind.tables.map(({ name, columns, add }) => ({
      add,
      statement: prepare(database, `SELECT start_s, ${columns.join(', ')} FROM ${name} WHERE ${period}`),
    }));
  }

  /**
   * Spans in the order of camera, place and time. A span of which there is nothing at all is left out.
   *
   * @throws STORE_BAD_QUERY
   */
  query(query: HistoryQuery): Found[] {
    checkQuery(query);
    const count = createRowCount();
    const begin = (): Sums => {
      count();
      return this.#kind.create();
    };
    const { step } = query;
    const plan = step === 'second' ? null : planOf(query, step);
    const ofCamera = (camera: Camera): Found[] =>
      plan ? this.#byBucket(query, plan, camera, begin) : this.#bySecond(query, camera, begin);
    return this.#source.snapshot(() => this.#source.cameras(query.camera).flatMap(ofCamera));
  }

  #bySecond(query: HistoryQuery, camera: Camera, begin: () => Sums): Found[] {
    const found: { readonly place: string; readonly span: Found }[] = [];
    const fromMs = Math.max(query.fromMs, camera.kept.secondsS * 1000);
    for (const observation of this.#source.seconds(camera, fromMs, query.toMs)) {
      const { startMs, endMs } = observation;
      for (const { place, add } of this.#kind.parts(observation)) {
        if (!isWanted(place, query)) continue;
        const sums = begin();
        add(sums);
        found.push({ place, span: this.#kind.tell({ camera: camera.name, startMs, endMs }, place, sums) });
      }
    }
    // Those of one place stay as they are, in the order of time.
    found.sort((a, b) => (a.place === b.place ? 0 : a.place < b.place ? -1 : 1));
    return found.map(({ span }) => span);
  }

  #byBucket(query: HistoryQuery, { level, buckets }: Plan, camera: Camera, begin: () => Sums): Found[] {
    const collected = new Collected(buckets, begin);
    this.#collect(query, level, camera, collected);
    return Array.from(collected.entries(), ({ place, bucket: { startMs, endMs }, sums }) =>
      this.#kind.tell({ camera: camera.name, startMs, endMs }, place, sums),
    );
  }

  #collect(query: HistoryQuery, level: Level, camera: Camera, collected: Collected<Sums>): void {
    const [fromS, toS] = [Math.ceil(query.fromMs / 1000), Math.ceil(query.toMs / 1000)];
    const due = this.#source.due(camera, level, fromS, toS);
    for (const [place, name] of this.#placesOf(camera).filter(([, known]) => isWanted(known, query))) {
      this.#add({ level, place, fromS, toS, except: due.rows }, (startS) => collected.at(name, startS));
      if (level === MINUTE_S) continue;
      for (const startS of due.rows) {
        const parts = { level: MINUTE_S, place, fromS: startS, toS: startS + QUARTER_HOUR_S } as const;
        this.#add({ ...parts, except: due.minutes }, () => collected.at(name, startS));
      }
    }
    for (const minuteS of due.seconds)
      this.#addSeconds(camera, minuteS, (place) =>
        isWanted(place, query) ? collected.at(place, startOf(minuteS, level)) : null,
      );
  }

  #placesOf({ id }: Camera): [number, string][] {
    return rowsOf(this.#places, id).map(([place, name]) => [numberOf(place), String(name)]);
  }

  #add({ level, place, fromS, toS, except }: Wanted, sumsAt: (startS: number) => Sums): void {
    for (const { statement, add } of this.#readers)
      for (const row of statement.iterate(level, place, fromS, toS)) {
        const startS = numberAt(row, 0);
        if (!except.has(startS)) add(sumsAt(startS), row);
      }
  }

  #addSeconds(camera: Camera, minuteS: number, sumsOf: (place: string) => Sums | null): void {
    for (const observation of this.#source.seconds(camera, minuteS * 1000, (minuteS + MINUTE_S) * 1000))
      for (const { place, add } of this.#kind.parts(observation)) {
        const sums = sumsOf(place);
        if (sums !== null) add(sums);
      }
  }
}
