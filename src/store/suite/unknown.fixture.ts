import { describe, expect, it } from 'vitest';
import { cameraHealth, cameraReason } from '../../contract/index.ts';
import { observationOf } from '../sqlite/observation.fixture.ts';
import { histories, HOUR_MS, NOON, query, seconds, type Tested } from './tools.fixture.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);

/** Unknown is not zero. */
export const describeUnknown = (tested: Tested): void => {
  describe('does not take the unknown for nothing', () => {
    it('where nothing was measured', async () => {
      const camera = 'blind';
      const health = cameraHealth([cameraReason('BLACK', {})]);
      const gates = [{ gate: 'door', seenShare: 1, widthM: null, counts: null, variance: 0, systematicError: 0 }];
      const zones = [{ zone: 'view', seenShare: 1, areaM2: null, figures: {} }];
      await tested.store.append([observationOf({ camera, measuredS: 0, health, zones, gates, field: null })]);
      for (const step of ['second', 'minute', 'day'] as const) {
        const asked = query({ camera, step, fromMs: utc('2026-03-01T00:00') });
        expect(await tested.store.zones(asked)).toMatchObject([{ measuredS: 0, areaM2: null, figures: {} }]);
        expect(await tested.store.gates(asked)).toMatchObject([{ measuredS: 0, widthM: null, counts: null }]);
        expect(await tested.store.cameras(asked)).toMatchObject([{ measuredS: 0, statesS: { ok: 0, unknown: 1 } }]);
      }
      expect(await tested.store.fields(query({ camera }))).toEqual([]);
    });

    it('where a gate was known and nobody crossed', async () => {
      const camera = 'quiet';
      const gates = [
        {
          gate: 'door',
          seenShare: 1,
          widthM: 2,
          counts: { person: { in: 0, out: 0 } },
          variance: 0,
          systematicError: 0,
        },
      ];
      await tested.store.append([observationOf({ camera, gates })]);
      expect(await tested.store.gates(query({ camera }))).toMatchObject([{ counts: {}, widthM: 2 }]);
    });

    it('where there is no observation, camera or place', async () => {
      const camera = 'few';
      await tested.store.append(seconds(2, camera, NOON, HOUR_MS));
      const starts = (await tested.store.cameras(query({ camera }))).map(({ startMs }) => startMs);
      expect(starts).toEqual([NOON, NOON + HOUR_MS]);
      expect(await histories(tested.store, query({ camera: 'nowhere' }))).toEqual({
        zones: [],
        gates: [],
        cameras: [],
      });
      expect(await tested.store.zones(query({ camera, place: 'nowhere' }))).toEqual([]);
      expect(await tested.store.gaps(query({ camera: 'nowhere' }))).toEqual([]);
      expect(await tested.store.fields(query({ camera: 'nowhere' }))).toEqual([]);
    });
  });
};
