import { describe, expect, it } from 'vitest';
import type { Observation } from '../../contract/index.ts';
import type { Step } from '../store.ts';
import {
  codeOf,
  DAY_MS,
  histories,
  HOUR_MS,
  modelled,
  NOON,
  query,
  seconds,
  slim,
  tendAll,
  type Tested,
} from './tools.fixture.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);

const LONG: readonly Step[] = ['hour', 'day', 'week', 'month'];

/** A second every three quarters of an hour. */
const fill = async ({ store }: Tested, camera: string, fromMs: number, days: number): Promise<Observation[]> => {
  const all = seconds(days * 32, camera, fromMs, 0.75 * HOUR_MS).map(slim);
  await store.append(all);
  return all;
};

/** Hours, days, weeks and months are those of a time zone. */
export const describeCalendar = (tested: Tested): void => {
  describe('knows the calendar of a time zone', () => {
    it.each([
      // time zone, three days around a change of the clocks, hours of the days
      ['Europe/Amsterdam', '2026-03-27T23:00', [24, 23, 24]],
      ['Europe/Amsterdam', '2026-10-23T22:00', [24, 25, 24]],
      ['Australia/Lord_Howe', '2026-04-03T13:00', [24, 24.5, 24]],
      ['Australia/Lord_Howe', '2026-10-02T13:30', [24, 23.5, 24]],
      ['Asia/Kathmandu', '2026-03-27T18:15', [24, 24, 24]],
      ['America/Havana', '2026-03-07T05:00', [24, 23, 24]],
    ])('%s from %s', async (timezone, from, hours) => {
      const camera = `days-${timezone.replace('/', '-')}-${from.slice(5, 7)}`;
      const fromMs = utc(from);
      const toMs = fromMs + hours.reduce((sum, hour) => sum + hour, 0) * HOUR_MS;
      const all = await fill(tested, camera, fromMs, 4);
      const days = await tested.store.cameras(query({ camera, timezone, fromMs, toMs, step: 'day' }));
      expect(days.map(({ startMs, endMs }) => (endMs - startMs) / HOUR_MS)).toEqual(hours);
      for (const tended of [false, true]) {
        if (tended) await tendAll(tested.store, fromMs + 4 * DAY_MS);
        for (const step of LONG) {
          const asked = query({ camera, timezone, step, fromMs: fromMs - 5 * DAY_MS, toMs: toMs + DAY_MS / 2 });
          expect(await histories(tested.store, asked)).toEqual(modelled(all, asked));
        }
      }
    });

    it('and makes nothing of zones whose hours are no quarter-hours of UTC, but for short steps', async () => {
      const camera = 'odd';
      await fill(tested, camera, NOON, 1);
      const of = (step: Step): Promise<string> =>
        codeOf(tested.store.zones(query({ camera, step, timezone: '+05:07' })));
      expect(await of('hour')).toBe('STORE_BAD_QUERY');
      expect(await of('quarterHour')).toBe('ok');
    });
  });
};
