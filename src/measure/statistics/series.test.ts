import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededNormals } from '../seeded-normals.fixture.ts';
import { BatchedMean, CountHistogram, normalTail } from './series.ts';

describe('normalTail', () => {
  // Standard normal table.
  it.each([
    [0, 0.5],
    [1, 0.158655],
    [1.96, 0.024998],
    [2, 0.02275],
    [3, 0.00135],
  ])('beyond %f standard deviations: %f', (z, chance) => {
    expect(normalTail(z)).toBeCloseTo(chance, 6);
  });
});

/** Mean standard error that is stated, over the scatter of the mean from run to run. */
const ratio = (memory: number, length: number): number => {
  const gauss = seededNormals(11);
  const runs = 400;
  let stated = 0;
  let squares = 0;
  for (let run = 0; run < runs; run++) {
    const series = new BatchedMean();
    let value = gauss();
    for (let i = 0; i < length; i++) {
      value = memory * value + Math.sqrt(1 - memory ** 2) * gauss();
      series.add(value);
    }
    stated += (series.standardError ?? Number.NaN) / runs;
    squares += (series.mean ?? 0) ** 2 / runs;
  }
  return stated / Math.sqrt(squares);
};

describe('BatchedMean', () => {
  it.each([
    ['nothing', [], null, null],
    ['one value: no swing to be seen', [3], 3, null],
    ['all the same', [2, 2, 2, 2], 2, 0],
  ] as const)('%s', (_what, values, mean, standardError) => {
    const series = new BatchedMean();
    for (const value of values) series.add(value);
    expect([series.mean, series.standardError, series.count]).toEqual([mean, standardError, values.length]);
  });

  it('has the mean of its values (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 500 }), (values) => {
        const series = new BatchedMean();
        for (const value of values) series.add(value);
        expect(series.mean).toBeCloseTo(values.reduce((a, b) => a + b) / values.length, 9);
      }),
      { seed: 10 },
    );
  });

  // A scatter from 400 runs is itself known to 3.5 %. Memory m: each value is m times the last, plus noise; the
  // plain formula s/√n would give √((1−m)/(1+m)) of the truth: 0.23 for 0.9, 0.1 for 0.98.
  it.each([
    ['no memory', 0, 420, 0.9, 1.15],
    ['seven values to a second, a memory of 1.4 s', 0.9, 420, 0.85, 1.15],
    ['a memory of 7 s in a minute', 0.98, 420, 0.65, 1.15],
    ['a memory of 7 s in ten minutes', 0.98, 4200, 0.85, 1.15],
  ])('states the scatter that is there: %s', (_what, memory, length, least, most) => {
    expect(ratio(memory, length)).toBeGreaterThan(least);
    expect(ratio(memory, length)).toBeLessThan(most);
  });
});

describe('CountHistogram', () => {
  it('has no maximum and no quantile before the first', () => {
    const counts = new CountHistogram();
    expect([counts.max, counts.quantile(0.95)]).toEqual([null, null]);
  });

  it.each([
    ['one value', [4], 4, 4],
    ['nineteen of twenty', [...Array.from({ length: 19 }, () => 1), 9], 1, 9],
    ['eighteen of twenty', [...Array.from({ length: 18 }, () => 1), 9, 9], 9, 9],
    ['more than fits at first', [0, 1000], 1000, 1000],
    ['zeros', [0, 0], 0, 0],
  ])('%s', (_what, values, p95, max) => {
    const counts = new CountHistogram();
    for (const value of values) counts.add(value);
    expect([counts.quantile(0.95), counts.max]).toEqual([p95, max]);
  });
});
