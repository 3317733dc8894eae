import { describe, expect, it } from 'vitest';
import { observationOf } from '../sqlite/observation.fixture.ts';
import { modelCameras } from './model.fixture.ts';
import { histories, HOUR_MS, NOON, query, seconds, tendAll, type Tested } from './tools.fixture.ts';

/** Observations go in once each. */
export const describeTaking = (tested: Tested): void => {
  describe('takes observations', () => {
    it('once each, and says which were there', async () => {
      const camera = 'once';
      const [first, second] = seconds(2, camera);
      expect(await tested.store.append([])).toEqual({ stored: 0, repeated: 0, refused: 0 });
      expect(await tested.store.append([first])).toEqual({ stored: 1, repeated: 0, refused: 0 });
      expect(await tested.store.append([second, first, second])).toEqual({ stored: 1, repeated: 2, refused: 0 });
      expect(await tested.store.gates(query({ camera, step: 'second' }))).toHaveLength(4);
    });

    it('refuses another one under the same number, also after it was rolled up', async () => {
      const camera = 'refused';
      const [first] = seconds(1, camera);
      await tested.store.append([first]);
      const before = await histories(tested.store, query({ camera }));
      const other = observationOf({ camera, sequence: 1, seed: 99 });
      const elsewhere = { ...first, startMs: first.startMs + HOUR_MS, endMs: first.endMs + HOUR_MS };
      expect(await tested.store.append([other, elsewhere])).toEqual({ stored: 0, repeated: 0, refused: 2 });
      await tendAll(tested.store, NOON + HOUR_MS);
      expect(await tested.store.append([other, first])).toEqual({ stored: 0, repeated: 1, refused: 1 });
      expect(await histories(tested.store, query({ camera }))).toEqual(before);
    });

    it('by several calls at once', async () => {
      const camera = 'parallel';
      const all = seconds(200, camera);
      const calls = Array.from({ length: 20 }, (_, i) =>
        tested.store.append(all.slice(Math.max(0, i * 10 - 5), i * 10 + 10)),
      );
      const done = await Promise.all(calls);
      expect(done.reduce((sum, { stored }) => sum + stored, 0)).toBe(200);
      expect(done.reduce((sum, { repeated }) => sum + repeated, 0)).toBe(95);
      expect(await tested.store.cameras(query({ camera }))).toEqual(modelCameras(all, query({ camera })));
    });

    it('and knows the greatest number of each camera', async () => {
      const all = seconds(5, 'latest');
      await tested.store.append([all[4], all[0]]);
      const of = async (camera: string): Promise<number | undefined> => (await tested.store.latest()).get(camera);
      expect(await of('latest')).toBe(5);
      await tested.store.append([all[2]]);
      expect(await of('latest')).toBe(5);
      expect(await of('nowhere')).toBeUndefined();
    });
  });
};
