import { createRandom } from '../../test/helpers/random.ts';

/** Below what numbers are told apart by; keeps the logarithm of 0 away. */
const LEAST = 2 ** -33;

/** Normal deviates that are the same on every run, for tests (Box–Muller). */
export const seededNormals = (seed: number): (() => number) => {
  const uniform = createRandom(seed);
  return () => Math.sqrt(-2 * Math.log(uniform() + LEAST)) * Math.cos(2 * Math.PI * uniform());
};
