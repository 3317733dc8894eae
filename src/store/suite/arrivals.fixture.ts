/** Observations by chance, and how they come. */
import * as fc from 'fast-check';
import { cameraHealth, cameraReason, type Observation } from '../../contract/index.ts';
import { createRandom } from '../../../test/helpers/random.ts';
import { observationOf } from '../sqlite/observation.fixture.ts';
import type { Store } from '../store.ts';
import { HOUR_MS, NOON } from './tools.fixture.ts';

/**
 * Observations in a dozen minutes of two hours and a half, so that most come to a minute that has some: gaps, overlaps,
 * fractions of seconds, states, unmeasured time.
 */
export const observationsArbitrary = fc
  .uniqueArray(
    fc.record({
      slot: fc.nat(11),
      quarterS: fc.nat(4 * 70),
      lengthMs: fc.constantFrom(250, 500, 1000, 1000, 1000, 2000, 60_000),
      measuredShare: fc.constantFrom(0, 0.25, 1, 1, 1),
      isKnown: fc.boolean(),
    }),
    { minLength: 1, maxLength: 60, size: 'max', selector: ({ slot, quarterS }) => 1000 * slot + quarterS },
  )
  .map(
    (all) =>
      (camera: string): Observation[] =>
        all.map(({ slot, quarterS, lengthMs, measuredShare, isKnown }, i) => {
          const startMs = NOON + slot * 750_000 + quarterS * 250;
          const measuredS = (measuredShare * lengthMs) / 1000;
          const health = isKnown ? cameraHealth([]) : cameraHealth([cameraReason('BLACK', {})]);
          const endMs = startMs + lengthMs;
          return observationOf({ camera, sequence: i + 1, seed: i, startMs, endMs, measuredS, health });
        }),
  );

/** In which order they come, how many at once, some twice, and when in between the store is tended. */
export const arrivalArbitrary = fc.record({
  orderSeed: fc.nat(),
  batch: fc.integer({ min: 1, max: 20 }),
  tendedAfterMs: fc.array(fc.option(fc.nat(4 * HOUR_MS)), { minLength: 1, maxLength: 5 }),
});

/** In which order observations come. */
interface Arrival {
  readonly orderSeed: number;
  readonly batch: number;
  readonly tendedAfterMs: readonly (number | null)[];
}

/** Hands observations over as an arrival says. */
export const deliver = async (
  store: Store,
  observations: readonly Observation[],
  { orderSeed, batch, tendedAfterMs }: Arrival,
): Promise<void> => {
  const random = createRandom(orderSeed);
  const twice = observations.filter((_, i) => i % 5 === 0);
  const arrivals = [...observations, ...twice]
    .map((observation) => ({ observation, at: random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ observation }) => observation);
  for (let i = 0, turn = 0; i < arrivals.length; i += batch, turn++) {
    await store.append(arrivals.slice(i, i + batch));
    const afterMs = tendedAfterMs[turn % tendedAfterMs.length];
    if (afterMs !== null) await store.tend(NOON + afterMs);
  }
};
