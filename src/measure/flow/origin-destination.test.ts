import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gateId } from '../../contract/index.ts';
import { type Somebody, walkThrough } from './crowd.fixture.ts';
import { LineCrossingFinder } from './line-crossing.ts';
import { OriginDestination } from './origin-destination.ts';

/** Gates a, b and c across the x axis at 1, 2 and 3 m. */
const GATES = ['a', 'b', 'c'].map(gateId);

const countsOf = (frames: readonly (readonly Somebody[] | null)[]): string[] => {
  const finders = GATES.map((_, i) => new LineCrossingFinder([i + 1, -1], [i + 1, 1]));
  const table = new OriginDestination(GATES);
  walkThrough(frames, (steps) =>
    table.update(
      steps,
      finders.map((finder) => finder.update(steps)),
    ),
  );
  return table.counts().map(({ from, to, people }) => `${from}→${to} ${people}`);
};

const walk = (...xs: (number | null)[]): Somebody[][] => xs.map((x) => (x === null ? [] : [[1, x, 0]]));
const absent = (frames: number): null[] => Array.from({ length: frames }, () => null);

describe('OriginDestination', () => {
  it.each<readonly [what: string, frames: readonly (readonly Somebody[])[], counts: readonly string[]]>([
    ['nobody', [[], []], []],
    ['one gate', walk(0, 1.5), []],
    ['two gates', walk(0, 1.5, 2.5), ['a→b 1']],
    ['three gates', walk(0, 1.5, 2.5, 3.5), ['a→b 1', 'b→c 1']],
    ['there and back', walk(0, 1.5, 2.5, 1.5, 0.5), ['a→b 1', 'b→a 1']],
    ['the same gate again and again', walk(0, 1.5, 0, 1.5, 2.5), ['a→b 1']],
    ['all gates in one step, in the order of the way', walk(0, 4), ['a→b 1', 'b→c 1']],
    ['all gates in one step back', walk(4, 0), ['b→a 1', 'c→b 1']],
    ['missing for a while between two gates', walk(0, 1.5, ...absent(50), 1.5, 2.5), ['a→b 1']],
    ['a number that comes back after a life', walk(0, 1.5, ...absent(200), 1.5, 2.5), []],
    ['beside the gates', [[[1, 0, 5]], [[1, 4, 5]]], []],
  ])('%s', (_what, frames, counts) => {
    expect(countsOf(frames)).toEqual(counts);
  });

  it('adds up people', () => {
    const people = [0, 1.5, 2.5].map((x, t) =>
      Array.from({ length: 40 }, (_, id): Somebody => [id, id < 30 ? x : [4, 2.5, 0][t], 0]),
    );
    expect(countsOf(people)).toEqual(['a→b 30', 'b→a 10', 'c→b 10']);
  });

  it('tells counts by pair of gates, and nothing else', () => {
    const table = new OriginDestination(GATES);
    const finder = new LineCrossingFinder([1, -1], [1, 1]);
    const other = new LineCrossingFinder([2, -1], [2, 1]);
    walkThrough(walk(0, 1.5, 2.5), (steps) => table.update(steps, [finder.update(steps), other.update(steps)]));
    expect(table.counts()).toEqual([{ from: 'a', to: 'b', people: 1 }]);
  });

  it('counts one less than the different gates in a row, whoever the people are', () => {
    const ways = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 9, maxLength: 9 }), { maxLength: 12 });
    fc.assert(
      fc.property(ways, (people) => {
        const frames = Array.from({ length: 9 }, (_, t) =>
          people.map((way, id): Somebody => [id, (way[t] ?? 0) + 0.5, 0]),
        );
        const expected = people.reduce((sum, way) => {
          const crossed = way.flatMap((to, t) => {
            const from = way[t - 1] ?? to;
            const gates = [1, 2, 3].filter((gate) => gate > Math.min(from, to) && gate <= Math.max(from, to));
            return to > from ? gates : gates.toReversed();
          });
          return sum + crossed.filter((gate, k) => k > 0 && gate !== crossed[k - 1]).length;
        }, 0);
        const told = countsOf(frames);
        expect(told.reduce((sum, text) => sum + Number(text.split(' ')[1]), 0)).toBe(expected);
        expect(countsOf(frames.map((frame) => frame.toReversed()))).toEqual(told);
      }),
      { seed: 13, numRuns: 150 },
    );
  });
});
