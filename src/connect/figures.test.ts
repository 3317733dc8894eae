import { expect, test } from 'vitest';
import { FRUIN_LIMITS_PER_M2, MOMENT_ZONE_FIGURES } from '../contract/index.ts';
import { type Figure, GATE_FIGURES, pairsOf, rounded, ZONE_FIGURES } from './figures.ts';
import { levelOfServiceAt } from './level-of-service.ts';
import { figure } from './moment.fixture.ts';

test('every figure of a moment has its place in the table', () => {
  expect(Object.keys(ZONE_FIGURES)).toEqual(Object.keys(MOMENT_ZONE_FIGURES));
});

test.each<Readonly<Record<string, Figure>>>([ZONE_FIGURES, GATE_FIGURES])(
  'nothing is called the same twice %#',
  (table) => {
    for (const read of ['title', 'metric', 'icon'] as const) {
      const names = pairsOf(table).map(([, one]) => one[read]);
      expect(new Set(names).size).toBe(names.length);
    }
  },
);

test.each([
  [2.34567, 2, 2.35],
  [-0.0001, 2, 0],
  [1e-9, 4, 0],
  [250, 0, 250],
])('%f with %i digits', (value, digits, expected) => {
  expect(Object.is(rounded(value, digits), expected)).toBe(true);
});

test('levels of service hold up to their limits', () => {
  for (const table of ['walkway', 'queue'] as const)
    for (const [level, atMostPerM2] of FRUIN_LIMITS_PER_M2[table]) {
      expect(levelOfServiceAt(table, figure(atMostPerM2))).toBe(level);
      expect(levelOfServiceAt(table, figure(atMostPerM2 + 1e-9))).not.toBe(level);
    }
  expect(levelOfServiceAt('walkway', figure(0))).toBe('A');
  expect(levelOfServiceAt('walkway', figure(9))).toBe('F');
  expect(levelOfServiceAt('walkway', null)).toBeNull();
});
