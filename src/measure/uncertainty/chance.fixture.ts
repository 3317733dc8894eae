/** Chance that is the same on every run, for tests. */
import { seededNormals } from '../seeded-normals.fixture.ts';
import { normalTail } from '../statistics/series.ts';

/** Draws of one seed. */
export interface Chance {
  /** A standard normal deviate. */
  normal(): number;
  /** A number from 0 to 1. */
  uniform(): number;
  /** How many of `n` happen, each with probability `p`. */
  binomial(n: number, p: number): number;
  /** How many happen, `mean` on average. */
  poisson(mean: number): number;
}

/** Chance from a seed. */
export const seededChance = (seed: number): Chance => {
  const normal = seededNormals(seed);
  const uniform = (): number => {
    const z = normal();
    return z < 0 ? normalTail(-z) : 1 - normalTail(z);
  };
  const binomial = (n: number, p: number): number => {
    let happened = 0;
    for (let i = 0; i < n; i++) if (uniform() < p) happened++;
    return happened;
  };
  const poisson = (mean: number): number => {
    let happened = 0;
    for (let left = Math.exp(-mean), product = uniform(); product > left; product *= uniform()) happened++;
    return happened;
  };
  return { normal, uniform, binomial, poisson };
};

/** Root of the mean square. */
export const rms = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

/** Standard deviation. */
export const deviation = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return rms(values.map((value) => value - mean)) * Math.sqrt(values.length / (values.length - 1));
};
