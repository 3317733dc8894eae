import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';

const drawn = (count: number, draw: (random: Random) => number): number[] => {
  const random = new Random(1);
  return Array.from({ length: count }, () => draw(random));
};
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('Random', () => {
  it('is as its author has it', () => {
    // The first numbers of Mulberry32 from the seed 1, as its published code gives them (shifted by half a step here).
    const random = new Random(1);
    expect([0, 1, 2].map(() => random.uniform())).toEqual(
      [0.6270739405881613, 0.002735721180215478, 0.5274470399599522].map((value) => value + 2 ** -33),
    );
  });

  it('draws evenly, normally and by rate', () => {
    const uniform = drawn(20_000, (random) => random.uniform());
    expect(mean(uniform)).toBeCloseTo(0.5, 2);
    expect(Math.min(...uniform)).toBeGreaterThan(0);
    expect(Math.max(...uniform)).toBeLessThan(1);
    const normal = drawn(20_000, (random) => random.normal());
    expect(mean(normal)).toBeCloseTo(0, 1);
    expect(mean(normal.map((value) => value * value))).toBeCloseTo(1, 1);
    expect(mean(drawn(20_000, (random) => random.count(2.3)))).toBeCloseTo(2.3, 1);
    expect(new Set(drawn(1000, (random) => random.below(4)))).toEqual(new Set([0, 1, 2, 3]));
  });
});
