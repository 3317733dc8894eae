import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Point } from '../../contract/index.ts';
import { type Somebody, walkThrough } from './crowd.fixture.ts';
import { FirstCrossings } from './first-crossings.ts';
import { LineCrossingFinder } from './line-crossing.ts';
import type { StepOptions } from './steps.ts';

type Row = readonly [into: number, out: number, againIn: number, againOut: number, cumulative: number];

const countsOf = (
  frames: readonly (readonly Somebody[])[],
  a: Point = [0, 0],
  b: Point = [4, 0],
  options?: StepOptions,
): Row[] => {
  const finder = new LineCrossingFinder(a, b);
  const counter = new FirstCrossings();
  const rows: Row[] = [];
  walkThrough(
    frames,
    (steps) => {
      const { in: into, out, againIn, againOut, cumulative, first } = counter.update(steps, finder.update(steps));
      expect(first.count).toBe(into + out);
      rows.push([into, out, againIn, againOut, cumulative]);
    },
    options,
  );
  return rows;
};

const wayOf = (...ys: (number | null)[]): Somebody[][] => ys.map((y) => (y === null ? [] : [[1, 1, y]]));

describe('FirstCrossings', () => {
  it('counts each person once, and tells their other crossings apart', () => {
    expect(countsOf(wayOf(-1, 1, -1, -2, 1))).toEqual([
      [0, 0, 0, 0, 0],
      [1, 0, 0, 0, 1],
      [0, 0, 0, 1, 1],
      [0, 0, 0, 0, 1],
      [0, 0, 1, 0, 1],
    ]);
  });

  it('in the direction in which they went first', () => {
    expect(countsOf(wayOf(1, -1, 1)).map(([into, out]) => [into, out])).toEqual([
      [0, 0],
      [0, 1],
      [0, 0],
    ]);
  });

  it('counts nobody', () => {
    expect(countsOf([[], []])).toEqual([
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ]);
  });

  it('knows a person who was away for less than a life', () => {
    const frames = [...wayOf(-1, 1), ...Array.from({ length: 160 }, () => []), ...wayOf(-1, 1)];
    expect(countsOf(frames).at(-1)).toEqual([1, 0, 0, 0, 2]);
    const forEver = countsOf(frames, [0, 0], [4, 0], { lifeMs: Number.POSITIVE_INFINITY });
    expect(forEver.at(-1)).toEqual([0, 0, 1, 0, 1]);
  });

  it('keeps hundreds apart who share rows of state one after another', () => {
    const frames = Array.from({ length: 900 }, (_, t) =>
      Array.from({ length: 300 }, (_unused, id) => id)
        .filter((id) => t >= 3 * id && t < 3 * id + 3)
        .map((id): Somebody => [id, 1, 2 * (t - 3 * id) - 1]),
    );
    expect(countsOf(frames, [0, 0], [4, 0], { lifeMs: 500 }).at(-1)?.[4]).toBe(300);
  });

  it('does not depend on the order of the people, nor on who has which number', () => {
    const ways = fc.array(fc.array(fc.integer({ min: -2, max: 1 }), { minLength: 10, maxLength: 10 }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(ways, fc.integer({ min: 1, max: 1000 }), (people, shift) => {
        const frames = Array.from({ length: 10 }, (_, t) =>
          people.map((way, id): Somebody => [id, 1, (way[t] ?? 0) + 0.5]),
        );
        const rows = countsOf(frames);
        expect(countsOf(frames.map((frame) => frame.toReversed()))).toEqual(rows);
        expect(
          countsOf(frames.map((frame) => frame.map(([id, x, y]): Somebody => [7919 * (id + shift), x, y]))),
        ).toEqual(rows);
        const reversed = countsOf(frames, [4, 0], [0, 0]);
        expect(reversed).toEqual(rows.map(([into, out, againIn, againOut, n]) => [out, into, againOut, againIn, n]));
      }),
      { seed: 8, numRuns: 150 },
    );
  });
});
