import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Happening, World } from './ledger.fixture.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => vi.useRealTimers());

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 10, arbitrary: fc.constant<Happening>({ kind: 'append' }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 8000 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('disk' as const, 'ledger' as const, 'wire' as const),
      works: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.constantFrom<Happening>({ kind: 'killSensor' }, { kind: 'killHub' }) },
  { weight: 1, arbitrary: fc.constant<Happening>({ kind: 'loseFile' }) },
);

const MOST_MS = 200_000;
/** A disk that failed is tried again in this time. */
const RETRY_MS = 6000;

/** Lets all happen, mends everything, and waits until nothing is left; whether it came to that. */
const live = async (world: World, happenings: readonly Happening[]): Promise<boolean> => {
  for (const one of happenings) {
    // An append goes on beside what happens next, which may end it.
    void world.happen(one);
    await vi.advanceTimersByTimeAsync(one.kind === 'wait' ? one.ms : Math.floor(world.random() * 40));
  }
  for (const kind of ['disk', 'ledger', 'wire'] as const) await world.happen({ kind, works: true });
  void world.start();
  await vi.advanceTimersByTimeAsync(RETRY_MS);
  const state = { isDrained: false };
  const wait = async (): Promise<void> => {
    await world.drained();
    state.isDrained = true;
  };
  void wait();
  for (let ms = 0; ms < MOST_MS && !state.isDrained; ms += 1000) await vi.advanceTimersByTimeAsync(1000);
  return state.isDrained;
};

/** Checks a property of the world after each of many lives. */
const afterLives = (isNetwork: boolean, check: (world: World) => void): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.integer(), fc.array(happening, { maxLength: 60 }), async (seed, happenings) => {
      const world = new World(seed, isNetwork);
      try {
        // A network may hold what a camera sent before its file was lost; a hub that never heard of it cannot warn.
        const known: Happening[] = [{ kind: 'append' }, { kind: 'wait', ms: 3000 }];
        expect(await live(world, isNetwork ? [...known, ...happenings] : happenings)).toBe(true);
        check(world);
      } finally {
        world.end();
        vi.clearAllTimers();
      }
    }),
    { seed: 20_261_122, numRuns: 300 },
  );

describe('from the sensor’s disk to the ledger', () => {
  it('every observation that was kept is stored exactly once, whatever fails or dies on the way', async () => {
    await afterLives(false, ({ ledger, conflicts, promised }) => {
      const stored = [...ledger.values()];
      expect(conflicts).toEqual([]);
      expect(new Set(stored).size).toBe(stored.length);
      expect([...promised].filter((startMs) => !stored.includes(startMs))).toEqual([]);
    });
  });

  it('over a network, nothing is counted twice, and only a number whose writing broke off can be used again', async () => {
    await afterLives(true, ({ ledger, conflicts, halfway }) => {
      const stored = [...ledger.values()];
      expect(new Set(stored).size).toBe(stored.length);
      expect(conflicts.filter((sequence) => !halfway.has(sequence))).toEqual([]);
    });
  });
});
