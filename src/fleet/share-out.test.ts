import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SharedCamera, type Shares, shareOut } from './share-out.ts';

const equal = (...ids: string[]): SharedCamera[] => ids.map((id) => ({ id, cost: 1 }));
const sizes = (shares: Shares): number[] => shares.map(({ length }) => length).toSorted((a, b) => b - a);

const cameras = fc.uniqueArray(fc.record({ id: fc.uuid(), cost: fc.integer({ min: 1, max: 20 }) }), {
  selector: ({ id }) => id,
  maxLength: 40,
});
const sensors = fc.integer({ min: 1, max: 8 });

const loads = (shares: Shares, all: readonly SharedCamera[]): number[] =>
  shares.map((ids) => ids.reduce((sum, id) => sum + (all.find((camera) => camera.id === id)?.cost ?? 0), 0));

/** Where each camera is. */
const homes = (shares: Shares): Map<string, number> =>
  new Map(shares.flatMap((ids, sensor) => ids.map((id) => [id, sensor] as const)));

describe('sharing cameras out', () => {
  it.each([
    { what: 'evenly', all: equal('a', 'b', 'c', 'd'), count: 2, expected: [2, 2] },
    { what: 'as evenly as they go', all: equal('a', 'b', 'c', 'd', 'e'), count: 3, expected: [2, 2, 1] },
    { what: 'to more sensors than there are cameras', all: equal('a'), count: 3, expected: [1, 0, 0] },
    { what: 'none', all: [], count: 2, expected: [0, 0] },
    { what: 'to no sensor, which is taken for one', all: equal('a', 'b'), count: 0, expected: [2] },
  ])('$what', ({ all, count, expected }) => expect(sizes(shareOut(all, count))).toEqual(expected));

  it('weighs what they cost', () => {
    const all = [{ id: 'large', cost: 6 }, ...equal('a', 'b', 'c', 'd', 'e', 'f')];
    expect(shareOut(all, 2)).toEqual([['large'], ['a', 'b', 'c', 'd', 'e', 'f']]);
  });

  it('moves nobody when one is added, and nobody when one of three goes', () => {
    const before = shareOut(equal('a', 'b', 'c', 'd'), 2);
    const after = shareOut(equal('a', 'b', 'c', 'd', 'aa'), 2, before);
    expect([...homes(before)].filter(([id, at]) => homes(after).get(id) !== at)).toEqual([]);
    const fewer = shareOut(equal('a', 'b', 'c', 'aa'), 2, after);
    expect([...homes(fewer)].filter(([id, at]) => homes(after).get(id) !== at).length).toBeLessThanOrEqual(1);
  });

  it('gives each camera to one sensor, within Graham’s bound, in whatever order they come', () => {
    fc.assert(
      fc.property(cameras, sensors, (all, count) => {
        const shares = shareOut(all, count);
        expect(shares.flat().toSorted()).toEqual(all.map(({ id }) => id).toSorted());
        expect(shareOut(all.toReversed(), count)).toEqual(shares);
        const costs = all.map(({ cost }) => cost);
        const total = costs.reduce((sum, cost) => sum + cost, 0);
        // What no sharing can beat; the best one may be above it, by at most the costliest camera.
        const least = Math.max(total / count, ...costs, 0);
        const most = Math.max(...loads(shares, all));
        expect(most).toBeLessThanOrEqual(total / count + (1 - 1 / count) * Math.max(...costs, 0) + 1e-9);
        expect(most).toBeGreaterThanOrEqual(least - 1e-9);
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it('stays even and moves few when cameras come and go', () => {
    fc.assert(
      fc.property(cameras, sensors, fc.integer({ min: 0, max: 39 }), (all, count, at) => {
        const before = shareOut(all, count);
        const fewer = all.filter((_, i) => i !== at);
        const after = shareOut(fewer, count, before);
        expect(after.flat().toSorted()).toEqual(fewer.map(({ id }) => id).toSorted());
        const moved = fewer.filter(({ id }) => homes(before).get(id) !== homes(after).get(id));
        expect(moved.length).toBeLessThanOrEqual(3);
        const [most, least] = [Math.max(...loads(after, all)), Math.min(...loads(after, all))];
        const total = fewer.reduce((sum, { cost }) => sum + cost, 0);
        const costliest = Math.max(0, ...fewer.map(({ cost }) => cost));
        expect(most - least).toBeLessThanOrEqual(costliest + 0.2 * (total / count) + 1e-9);
        // Put back, it comes to the others, who stay.
        const again = shareOut(all, count, after);
        expect(fewer.filter(({ id }) => homes(again).get(id) !== homes(after).get(id)).length).toBeLessThanOrEqual(3);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});
