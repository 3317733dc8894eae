import { describe, expect, it } from 'vitest';
import type { HistoryQuery } from '../store.ts';
import { codeOf, NOON, query, seconds, type Tested } from './tools.fixture.ts';

/** What cannot be asked. */
export const describeRefusals = (tested: Tested): void => {
  describe('refuses', () => {
    it.each<[string, Partial<HistoryQuery>]>([
      ['a period without length', { toMs: NOON }],
      ['a period that ends before it begins', { toMs: NOON - 1 }],
      ['a period that is no number', { fromMs: Number.NaN }],
      ['a period without end', { toMs: Number.POSITIVE_INFINITY }],
      ['a time zone that is none', { timezone: 'Europe/Atlantis' }],
      ['a time zone that is empty', { timezone: '' }],
    ])('%s', async (_, given) => {
      const asked = query({ camera: 'nowhere', ...given });
      expect(await codeOf(tested.store.zones(asked))).toBe('STORE_BAD_QUERY');
      expect(await codeOf(tested.store.gates(asked))).toBe('STORE_BAD_QUERY');
      expect(await codeOf(tested.store.cameras(asked))).toBe('STORE_BAD_QUERY');
      if (given.timezone !== undefined) return;
      expect(await codeOf(tested.store.fields(asked))).toBe('STORE_BAD_QUERY');
      expect(await codeOf(tested.store.gaps(asked))).toBe('STORE_BAD_QUERY');
    });

    it('more rows than a program takes at once', async () => {
      const camera = 'crowded';
      const gates = Array.from({ length: 1000 }, (_, i) => {
        return { gate: `g${i}`, seenShare: 1, widthM: null, counts: null, variance: 0, systematicError: 0 };
      });
      const all = seconds(101, camera, NOON, 15_000).map((one) => Object.assign({}, one, { gates }));
      await tested.store.append(all);
      const asked = query({ camera, step: 'second' });
      expect(await codeOf(tested.store.gates(asked))).toBe('STORE_BAD_QUERY');
      expect(await tested.store.gates({ ...asked, place: 'g7' })).toHaveLength(101);
      expect(await tested.store.gates({ ...asked, step: 'hour' })).toHaveLength(1000);
    });
  });
};
