import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrivalArbitrary, deliver, observationsArbitrary } from './arrivals.fixture.ts';
import { modelZones } from './model.fixture.ts';
import {
  DAY_MS,
  histories,
  HOUR_MS,
  modelled,
  NOON,
  query,
  ROLLED,
  seconds,
  tendAll,
  type Tested,
} from './tools.fixture.ts';

const ZONES = ['UTC', 'Europe/Amsterdam', 'Asia/Kathmandu', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/St_Johns'];

/** History is the sum of what came. */
export const describeAddingUp = (tested: Tested): void => {
  describe('adds up exactly', () => {
    it('whatever comes in whatever order, and whatever is tended or dropped in between', async () => {
      let run = 0;
      const property = fc.asyncProperty(
        observationsArbitrary,
        arrivalArbitrary,
        fc.constantFrom(...ZONES),
        fc.constantFrom(-DAY_MS, 0, 1, 1_234_567, 2 * HOUR_MS),
        async (make, arrival, timezone, afterMs) => {
          const camera = `model-${run++}`;
          const observations = make(camera);
          await deliver(tested.store, observations, arrival);
          for (const step of ROLLED) {
            const asked = query({ camera, step, timezone, fromMs: NOON + afterMs, toMs: NOON + 2.1 * HOUR_MS });
            expect(await histories(tested.store, asked)).toEqual(modelled(observations, asked));
          }
        },
      );
      await expect(fc.assert(property, { seed: 4, numRuns: 15, endOnFailure: true })).resolves.toBeUndefined();
    });

    it('second by second, while those are kept', async () => {
      const camera = 'seconds';
      const all = seconds(90, camera);
      await tested.store.append(all);
      for (const asked of [query({ camera, step: 'second' }), query({ camera, step: 'second', fromMs: NOON + 1500 })])
        expect(await histories(tested.store, asked)).toEqual(modelled(all, asked));
      await tendAll(tested.store, NOON + HOUR_MS);
      const asked = query({ camera, step: 'second', place: 'square', toMs: NOON + 30_000 });
      expect(await tested.store.zones(asked)).toEqual(modelZones(all, asked));
    });

    it('the same when it is rolled up anew', async () => {
      const camera = 'rebuild';
      const all = seconds(60, camera, NOON, 30_000);
      await tested.store.append(all);
      await tendAll(tested.store, NOON + HOUR_MS);
      const asked = ROLLED.map((step) => query({ camera, step }));
      const before = await Promise.all(asked.map((one) => histories(tested.store, one)));
      await tested.store.rebuild({ fromMs: NOON - DAY_MS, toMs: NOON + DAY_MS });
      expect(await Promise.all(asked.map((one) => histories(tested.store, one)))).toEqual(before);
    });
  });
};
