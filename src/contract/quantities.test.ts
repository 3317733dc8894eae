import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addAggregates, aggregateSchema, type Aggregate, figuresSchema } from './quantities.ts';

const aggregate = fc
  .record({
    sum: fc.integer({ min: -1000, max: 1000 }),
    weight: fc.integer({ min: 1, max: 1000 }),
    min: fc.integer({ min: -9, max: 0 }),
    max: fc.integer({ min: 0, max: 9 }),
    errorSum: fc.option(fc.integer({ min: 0, max: 50 })),
  })
  .map((made): Aggregate => made);

test('stretches add up in any order and any grouping', () => {
  fc.assert(
    fc.property(aggregate, aggregate, aggregate, (a, b, c) => {
      expect(addAggregates(a, b)).toEqual(addAggregates(b, a));
      expect(addAggregates(addAggregates(a, b), c)).toEqual(addAggregates(a, addAggregates(b, c)));
    }),
    { seed: 4 },
  );
});

test('means are weighted, extremes kept, and an unknown error stays unknown', () => {
  const minute = { sum: 120, weight: 60, min: 1, max: 4, errorSum: 6 };
  const second = { sum: 9, weight: 1, min: 9, max: 9, errorSum: null };
  expect(addAggregates(minute, second)).toEqual({ sum: 129, weight: 61, min: 1, max: 9, errorSum: null });
});

test.each([
  ['no weight', { sum: 0, weight: 0, min: 0, max: 0, errorSum: null }],
  ['not a number', { sum: Number.NaN, weight: 1, min: 0, max: 0, errorSum: null }],
  ['without end', { sum: Number.POSITIVE_INFINITY, weight: 1, min: 0, max: 0, errorSum: null }],
  ['a negative error', { sum: 0, weight: 1, min: 0, max: 0, errorSum: -1 }],
])('%s is refused', (_, made) => {
  expect(aggregateSchema.safeParse(made).success).toBe(false);
});

test('a quantity that nobody knows is refused', () => {
  const known = { sum: 1, weight: 1, min: 1, max: 1, errorSum: null };
  expect(figuresSchema.safeParse({ occupancy: known }).success).toBe(true);
  expect(figuresSchema.safeParse({ gait: known }).success).toBe(false);
});
