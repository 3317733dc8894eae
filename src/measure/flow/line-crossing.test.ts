import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Point, StarlingError } from '../../contract/index.ts';
import { type Somebody, walkThrough } from './crowd.fixture.ts';
import { GateLine } from './gate-line.ts';
import { crossingTimeMs, LineCrossingFinder } from './line-crossing.ts';

/** From (0, 0) to (4, 0): left is up. */
const A: Point = [0, 0];
const B: Point = [4, 0];

/** Crossings of one gate: in which frame, by whom, which way. */
const crossingsOf = (frames: readonly (readonly Somebody[] | null)[], a = A, b = B): string[] => {
  const finder = new LineCrossingFinder(a, b);
  const told: string[] = [];
  walkThrough(frames, (steps, frame) => {
    const { count, place, direction } = finder.update(steps);
    for (let k = 0; k < count; k++)
      told.push(`${frame}: ${steps.positions.id[place[k]]} ${direction[k] > 0 ? 'in' : 'out'}`);
  });
  return told;
};

/** The same of one person, number 1. */
const wayOf = (...places: (Point | null)[]): (readonly Somebody[])[] =>
  places.map((place) => (place ? [[1, ...place]] : []));

const framesOf = (people: readonly (readonly Point[])[]): Somebody[][] =>
  Array.from({ length: 12 }, (_, frame) => people.map((way, id): Somebody => [id, ...(way[frame] ?? [0, 0])]));
const swapped = (told: readonly string[]): string[] =>
  told.map((text) => text.replace(/in|out/, (direction) => (direction === 'in' ? 'out' : 'in')));

describe('LineCrossingFinder', () => {
  it.each<readonly [what: string, frames: readonly (readonly Somebody[])[], told: readonly string[]]>([
    ['from right to left', wayOf([1, -1], [1, 1]), ['1: 1 in']],
    ['from left to right', wayOf([1, 1], [1, -1]), ['1: 1 out']],
    ['there and back', wayOf([1, -1], [1, 1], [1, -1]), ['1: 1 in', '2: 1 out']],
    ['beside the gate', wayOf([5, -1], [5, 1], [-0.1, 1], [-0.1, -1]), []],
    ['over its very end', wayOf([3, -1], [5, 1]), ['1: 1 in']],
    ['short of it', wayOf([1, -2], [1, -1]), []],
    ['ending on it, then going on', wayOf([1, -1], [1, 0], [1, 1]), ['2: 1 in']],
    ['ending a hair short of it, then going on', wayOf([1, -1], [1, -9e-6], [1, 1]), ['2: 1 in']],
    ['ending a hair beyond it, then going on', wayOf([1, -1], [1, 9e-6], [1, 1]), ['2: 1 in']],
    ['ending two hairs beyond it', wayOf([1, -1], [1, 2e-5], [1, 1]), ['1: 1 in']],
    ['waiting on it', wayOf([1, -1], [1, 0], [1, 0], [2, 0], [2, 1]), ['4: 1 in']],
    // As the definition has it: who starts on the line and ends off it has crossed.
    ['touching it and turning back', wayOf([1, -1], [1, 0], [1, -1]), ['2: 1 out']],
    ['beginning on it', wayOf([1, 0], [1, 1]), ['1: 1 in']],
    ['along it, and off its end', wayOf([1, 0], [3, 0], [5, 0], [5, 1]), []],
    ['over its extension', wayOf([5, -1], [5, 0], [5, 1]), []],
    ['nobody', [[], [], []], []],
    ['appearing beyond it', wayOf(null, [1, 1]), []],
    ['missing for a frame while crossing', wayOf([1, -1], null, [1, 1]), ['2: 1 in']],
    ['missing for longer than a second', wayOf([1, -1], ...Array.from({ length: 11 }, () => null), [1, 1]), []],
    ['nowhere while crossing', wayOf([1, -1], [Number.NaN, 0], [1, 1]), ['2: 1 in']],
    [
      'two people at one point',
      [
        [
          [1, 1, -1],
          [2, 1, -1],
        ],
        [
          [1, 1, 1],
          [2, 1, 1],
        ],
      ],
      ['1: 1 in', '1: 2 in'],
    ],
  ])('%s', (_what, frames, told) => {
    expect(crossingsOf(frames)).toEqual(told);
  });

  it('tells when: where the straight step meets the line', () => {
    const finder = new LineCrossingFinder(A, B);
    const times: number[] = [];
    walkThrough(wayOf([1, -1], [1, -0.25], [1, 0.75], [1, -0.25]), (steps) => {
      const found = finder.update(steps);
      for (let k = 0; k < found.count; k++) times.push(crossingTimeMs(steps, found, k));
    });
    expect(times).toEqual([expect.closeTo(125, 9), expect.closeTo(275, 9)]);
  });

  it('refuses a gate without a length', () => {
    expect(() => new LineCrossingFinder([1, 1], [1, 1])).toThrow(StarlingError);
  });

  const coordinate = fc.integer({ min: -300, max: 700 }).map((value) => value / 100);
  const ways = fc.array(fc.array(fc.tuple(coordinate, coordinate), { minLength: 12, maxLength: 12 }), {
    minLength: 1,
    maxLength: 8,
  });
  it('a gate drawn the other way swaps in and out, and nothing else', () => {
    fc.assert(
      fc.property(ways, (people) => {
        expect(crossingsOf(framesOf(people), B, A)).toEqual(swapped(crossingsOf(framesOf(people))));
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('is the same in any order of the people, and wherever the scene lies', () => {
    fc.assert(
      // Steps of whole metres, so that moving the scene rounds nothing.
      fc.property(
        ways,
        fc.integer({ min: -1000, max: 1000 }),
        fc.integer({ min: -1000, max: 1000 }),
        (people, dx, dy) => {
          const whole = people.map((way) => way.map(([x, y]): Point => [Math.round(x), Math.round(y) + 0.5]));
          const frames = framesOf(whole);
          const told = crossingsOf(frames);
          expect(crossingsOf(frames.map((frame) => frame.toReversed())).toSorted()).toEqual(told.toSorted());
          const moved = frames.map((frame) => frame.map(([id, x, y]): Somebody => [id, x + dx, y + dy]));
          expect(crossingsOf(moved, [dx, dy], [4 + dx, dy])).toEqual(told);
        },
      ),
      { seed: 6, numRuns: 200 },
    );
  });

  it('in and out of one person take turns on an endless gate', () => {
    fc.assert(
      fc.property(ways, ([way]) => {
        const off = (way ?? []).map(([x, y]): Point => [x, y + 0.005]);
        const directions = crossingsOf(wayOf(...off), [-100, 0], [100, 0]).map((text) => text.split(' ')[2]);
        for (let i = 1; i < directions.length; i++) expect(directions[i]).not.toBe(directions[i - 1]);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe('GateLine', () => {
  it('has coordinates of its own, and a parallel on its left', () => {
    const line = new GateLine([1, 1], [4, 5]);
    expect(line.lengthM).toBe(5);
    expect(line.alongM(4, 5)).toBeCloseTo(5, 12);
    expect(line.acrossM(4, 5)).toBeCloseTo(0, 12);
    // One metre to the left of b.
    expect(line.acrossM(4 - 0.8, 5 + 0.6)).toBeCloseTo(1, 12);
    const left = line.movedLeft(2);
    expect(left.lengthM).toBeCloseTo(5, 12);
    expect(left.acrossM(1, 1)).toBeCloseTo(-2, 12);
    expect(left.alongM(1, 1)).toBeCloseTo(0, 12);
  });
});
