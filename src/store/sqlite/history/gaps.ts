import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Gap } from '../../store.ts';
import { QUARTER_HOUR_S, startOf } from '../levels.ts';
import { prepare, scalar } from '../rows.ts';
import type { Cover, Stretch } from './cover.ts';
import { Covered } from './covered.ts';
import { type CameraPeriod, checkPeriod, createRowCount } from './query.ts';
import type { Camera, Source } from './source.ts';

/** An observation is no longer than this, s. */
const LONGEST_S = 60;

const between = ({ firstMs, untilMs, gaps }: Cover, wasBefore: boolean, { fromMs, toMs }: CameraPeriod): Stretch[] => {
  const isEmpty = Number.isNaN(firstMs);
  const before = wasBefore ? [{ startMs: fromMs, endMs: isEmpty ? toMs : firstMs }] : [];
  const after = isEmpty ? [] : [{ startMs: untilMs, endMs: toMs }];
  return [...before, ...gaps, ...after];
};

/**
 * Time without any observation, by camera: from its first one that is kept, or from the beginning of the period if that
 * is later, to the end of the period.
 *
 * 1. While seconds are kept, gaps are exact to the millisecond; ends that meet within 1 ms have no gap. Rolled-up rows
 *    say where there is none, so only minutes with a gap are read second by second.
 * 2. While minutes are kept, gaps of up to a second are not seen. What is missing of a minute is told to its length, but
 *    not where in the minute it was: it is put next to a gap that goes on there, else at the end.
 * 3. Before that the same holds of quarter-hours.
 */
export class Gaps {
  readonly #source: Source;
  readonly #covered: Covered;
  readonly #first: StatementSync;

  constructor(database: DatabaseSync, source: Source) {
    this.#source = source;
    this.#covered = new Covered(database, source);
    this.#first = prepare(database, 'SELECT min(start_s) FROM camera_span WHERE level_s = ? AND camera = ?');
  }

  /** @throws STORE_BAD_QUERY */
  query(query: CameraPeriod): Gap[] {
    checkPeriod(query);
    const count = createRowCount();
    return this.#source.snapshot(() =>
      this.#source.cameras(query.camera).flatMap((camera) => {
        const gaps = this.#gapsOf(camera, query);
        gaps.forEach(count);
        return gaps;
      }),
    );
  }

  #gapsOf(camera: Camera, query: CameraPeriod): Gap[] {
    const { fromMs, toMs } = query;
    // What begins before this ends before the period.
    const fromS = startOf(fromMs / 1000 - LONGEST_S, QUARTER_HOUR_S);
    const cover = this.#covered.cover(camera, fromS, Math.ceil(toMs / 1000));
    return between(cover, this.#wasBefore(camera, fromS), query)
      .map(({ startMs, endMs }) => ({
        camera: camera.name,
        startMs: Math.max(startMs, fromMs),
        endMs: Math.min(endMs, toMs),
      }))
      .filter(({ startMs, endMs }) => endMs > startMs);
  }

  #wasBefore(camera: Camera, timeS: number): boolean {
    return scalar(this.#first, QUARTER_HOUR_S, camera.id) < timeS || this.#source.firstSecond(camera, 0) < timeS * 1000;
  }
}
