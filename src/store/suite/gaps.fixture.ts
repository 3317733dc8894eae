import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observationOf } from '../sqlite/observation.fixture.ts';
import { modelGaps } from './model.fixture.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, NOON, seconds, slim, tendAll, type Tested } from './tools.fixture.ts';

/** Time without observations is told. */
export const describeGaps = (tested: Tested): void => {
  describe('tells gaps', () => {
    it('of a restart, from the first observation to the end', async () => {
      const camera = 'restart';
      const all = seconds(120, camera).filter((_, i) => i !== 70 && i !== 71);
      await tested.store.append(all);
      const expected = [
        { camera, startMs: NOON + 70_000, endMs: NOON + 72_000 },
        { camera, startMs: NOON + 120_000, endMs: NOON + HOUR_MS },
      ];
      const asked = { camera, fromMs: NOON - HOUR_MS, toMs: NOON + HOUR_MS };
      expect(await tested.store.gaps(asked)).toEqual(expected);
      await tendAll(tested.store, NOON + HOUR_MS);
      expect(await tested.store.gaps(asked)).toEqual(expected);
      expect(await tested.store.gaps({ ...asked, fromMs: NOON + 71_000, toMs: NOON + 110_000 })).toEqual([
        { camera, startMs: NOON + 71_000, endMs: NOON + 72_000 },
      ]);
      expect(await tested.store.gaps({ ...asked, fromMs: NOON + DAY_MS, toMs: NOON + DAY_MS + 1 })).toHaveLength(1);
      expect(await tested.store.gaps({ ...asked, toMs: NOON })).toEqual([]);
    });

    it('to the millisecond, wherever they are', async () => {
      let run = 0;
      const lengths = fc.constantFrom(1000, 1000, 1000, 1000, 1000, 400, 999, 60_000);
      const pauses = fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 2, 600, 2000, 45_000, HOUR_MS / 4);
      const property = fc.asyncProperty(
        fc.array(fc.tuple(lengths, pauses), { minLength: 1, maxLength: 150, size: 'max' }),
        fc.nat(MINUTE_MS),
        fc.boolean(),
        async (parts, offsetMs, isTended) => {
          const camera = `gaps-${run++}`;
          let startMs = NOON + offsetMs;
          const all = parts.map(([lengthMs, pauseMs], i) => {
            const one = observationOf({ camera, sequence: i + 1, startMs, endMs: startMs + lengthMs, measuredS: 0 });
            startMs += lengthMs + pauseMs;
            return slim(one);
          });
          await tested.store.append(all);
          // Not so late that seconds are dropped.
          if (isTended) await tendAll(tested.store, NOON + HOUR_MS);
          for (const fromMs of [NOON - DAY_MS, NOON + offsetMs + 500, startMs - 30_000]) {
            const asked = { camera, fromMs, toMs: startMs + 5000 };
            expect(await tested.store.gaps(asked)).toEqual(modelGaps(all, asked));
          }
        },
      );
      await expect(fc.assert(property, { seed: 5, numRuns: 25, endOnFailure: true })).resolves.toBeUndefined();
    });
  });
};
