import { describe, expect, it } from 'vitest';
import type { Observation } from '../../contract/index.ts';
import {
  DAY_MS,
  histories,
  HOUR_MS,
  MINUTE_MS,
  modelled,
  NOON,
  query,
  seconds,
  slim,
  tendAll,
  type Tested,
} from './tools.fixture.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);

/** The same under later numbers. */
const later = (observations: readonly Observation[], by: number): Observation[] =>
  observations.map((one) => Object.assign({}, one, { sequence: one.sequence + by }));

/** What is past its time is dropped, and what is made of it stays. */
export const describeRetention = (tested: Tested): void => {
  describe('drops what is past its time', () => {
    it('and keeps what it was rolled up to, also for what comes late', async () => {
      const camera = 'old';
      const all = seconds(240, camera, NOON, 15_000);
      const late = later(seconds(240, camera, NOON + 5000, 15_000), 240);
      const steps = async (): Promise<number[]> => {
        const counts = [];
        for (const step of ['second', 'minute', 'quarterHour', 'day'] as const)
          counts.push((await tested.store.cameras(query({ camera, step }))).length);
        return counts;
      };
      const everyDay = query({ camera, step: 'day', fromMs: utc('2026-03-01T00:00') });

      await tested.store.append(all);
      await tendAll(tested.store, NOON + HOUR_MS);
      expect(await steps()).toEqual([240, 60, 4, 1]);

      await tendAll(tested.store, NOON + 4 * HOUR_MS);
      expect(await steps()).toEqual([0, 60, 4, 1]);
      await tested.store.append(late.slice(0, 120));
      const minutes = query({ camera });
      const known = [...all, ...late.slice(0, 120)];
      expect(await histories(tested.store, minutes)).toEqual(modelled(known, minutes));
      await tendAll(tested.store, NOON + 4 * HOUR_MS);
      expect(await histories(tested.store, minutes)).toEqual(modelled(known, minutes));

      await tendAll(tested.store, NOON + 2 * DAY_MS);
      expect(await steps()).toEqual([0, 0, 4, 1]);
      await tested.store.append(late);
      expect(await histories(tested.store, everyDay)).toEqual(modelled([...all, ...late], everyDay));
      await tendAll(tested.store, NOON + 2 * DAY_MS);
      expect(await steps()).toEqual([0, 0, 4, 1]);
      expect(await histories(tested.store, everyDay)).toEqual(modelled([...all, ...late], everyDay));
      expect(await tested.store.append(late)).toEqual({ stored: 0, repeated: 240, refused: 0 });

      await tendAll(tested.store, NOON + 1002 * DAY_MS);
      expect(await steps()).toEqual([0, 0, 0, 0]);
      expect(await tested.store.append(all)).toEqual({ stored: 0, repeated: 240, refused: 0 });
      expect((await tested.store.latest()).get(camera)).toBe(480);
    });

    it('and tells gaps by what is left', async () => {
      const camera = 'old-gaps';
      // Missing: from half past the 20th minute to a quarter past the 40th, and 2 s in the 50th.
      const all = seconds(3600, camera)
        .map(slim)
        .filter((_, i) => (i < 1230 || i >= 2415) && (i < 2950 || i >= 2952));
      await tested.store.append(all);
      await tendAll(tested.store, NOON + HOUR_MS + MINUTE_MS);
      const asked = { camera, fromMs: NOON, toMs: NOON + DAY_MS };
      const long = { camera, startMs: NOON + 1_230_000, endMs: NOON + 2_415_000 };
      const end = { camera, startMs: NOON + HOUR_MS, endMs: NOON + DAY_MS };
      const short = { camera, startMs: NOON + 2_950_000, endMs: NOON + 2_952_000 };
      expect(await tested.store.gaps(asked)).toEqual([long, short, end]);
      // A gap over several minutes is known to the second; of one within a minute it is not known where it was.
      await tendAll(tested.store, NOON + 5 * HOUR_MS);
      const inMinute = { camera, startMs: NOON + 2_998_000, endMs: NOON + 3_000_000 };
      expect(await tested.store.gaps(asked)).toEqual([long, inMinute, end]);
      // In the last quarter-hour it is taken to be at the end.
      await tendAll(tested.store, NOON + 3 * DAY_MS);
      expect(await tested.store.gaps(asked)).toEqual([long, { ...end, startMs: end.startMs - 2000 }]);
    });
  });
};
