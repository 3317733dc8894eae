import { describe, expect, it } from 'vitest';
import type { Observation } from '../../contract/index.ts';
import { observationOf } from '../sqlite/observation.fixture.ts';
import { DAY_MS, HOUR_MS, NOON, tendAll, type Tested } from './tools.fixture.ts';

/** Density and velocity on the ground. */
export const describeFields = (tested: Tested): void => {
  describe('tells the field on the ground', () => {
    const grid = { originXM: 0, originYM: 0, cellM: 1, columns: 3, rows: 2 };
    const field = (density: number, speed: number | null, given = {}) => ({
      ...grid,
      cell: [1, 4],
      densityPerM2: [density, 2],
      velocityXMps: [speed, 1],
      velocityYMps: [speed === null ? null : 0, -1],
      ...given,
    });
    const of = (camera: string, sequence: number, startMs: number, given: ReturnType<typeof field>): Observation =>
      observationOf({ camera, sequence, startMs, endMs: startMs + 1000, measuredS: 1, field: given });

    it.each([false, true])('as means over the time in which it was known (rolled up: %s)', async (isTended) => {
      const camera = `field-${isTended}`;
      const quarterHour = NOON + HOUR_MS / 4;
      await tested.store.append([
        of(camera, 1, NOON, field(1, 2)),
        of(camera, 2, NOON + 1000, field(3, null)),
        observationOf({ camera, sequence: 3, startMs: NOON + 2000, field: null }),
        of(camera, 4, quarterHour, field(2, -1)),
      ]);
      if (isTended) await tendAll(tested.store, NOON + HOUR_MS);
      const [found, ...others] = await tested.store.fields({ camera, fromMs: NOON, toMs: NOON + HOUR_MS });
      expect(others).toEqual([]);
      expect(found).toMatchObject({ camera, startMs: NOON, endMs: NOON + HOUR_MS, measuredS: 3, grid });
      expect([...found.cell]).toEqual([1, 4]);
      expect([...found.densityPerM2]).toEqual([2, 2]);
      // (1 · 2 + 2 · −1) / (1 + 2): the second in which no velocity was known is left out.
      expect([...found.velocityXMps]).toEqual([0, 1]);
      expect([...found.velocityYMps]).toEqual([0, -1]);
      const [only] = await tested.store.fields({ camera, fromMs: NOON + 1, toMs: quarterHour + 1 });
      expect(only).toMatchObject({ measuredS: 1, startMs: quarterHour });
    });

    it('of the last calibration only, and nothing where no velocity is known', async () => {
      const camera = 'recalibrated';
      const wider = field(1, null, { cellM: 2 });
      await tested.store.append([of(camera, 1, NOON, field(1, 2)), of(camera, 2, NOON + HOUR_MS, wider)]);
      await tendAll(tested.store, NOON + 2 * HOUR_MS);
      const [found] = await tested.store.fields({ camera, fromMs: NOON, toMs: NOON + DAY_MS });
      expect(found).toMatchObject({ measuredS: 1, grid: { cellM: 2 } });
      expect([...found.velocityXMps]).toEqual([Number.NaN, 1]);
    });
  });
};
