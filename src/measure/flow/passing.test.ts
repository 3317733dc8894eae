import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gateId, type Passage, type Point, StarlingError } from '../../contract/index.ts';
import { type Somebody, walkThrough } from './crowd.fixture.ts';
import { PassingMeter } from './passing.ts';

/** A gate from (0, 0) to (4, 0) with 2 m behind it, to its left: an area of 8 m². */
const A: Point = [0, 0];
const B: Point = [4, 0];
const DEPTH = 2;
const GATE = gateId('door');

const passagesOf = (
  frames: readonly (readonly Somebody[] | null)[],
  { a = A, b = B, depthM = DEPTH }: { a?: Point; b?: Point; depthM?: number } = {},
): Passage[] => {
  const passages: Passage[] = [];
  const meter = new PassingMeter({ gate: GATE, a, b, depthM, onPassage: (passage) => passages.push(passage) });
  walkThrough(frames, (steps) => meter.update(steps));
  return passages;
};

const wayOf = (...places: (Point | null)[]): Somebody[][] => places.map((place) => (place ? [[1, ...place]] : []));
/** At x = 1, with these y. */
const upOf = (...ys: (number | null)[]): Somebody[][] =>
  wayOf(...ys.map((y): Point | null => (y === null ? null : [1, y])));

/** Passages in an order of their own. */
const sorted = (passages: readonly Passage[]): string[] =>
  passages.map(({ densityPerM2, speedMps }) => `${densityPerM2.toFixed(9)} ${speedMps.toFixed(9)}`).toSorted();

describe('PassingMeter', () => {
  it.each<readonly [what: string, frames: readonly (readonly Somebody[])[], speeds: readonly number[]]>([
    // 2 m in 4 frames of 0.1 s.
    ['through, from the gate', upOf(-0.5, 0.1, 0.6, 1.1, 1.6, 2.1), [5]],
    ['through, from the far line', upOf(2.1, 1.6, 1.1, 0.6, 0.1, -0.5), [5]],
    ['through and back', upOf(-1, 1, 3, 1, -1), [20, 20]],
    ['over both lines in one step', upOf(-1, 3), []],
    ['turning back', upOf(-1, 1, 1.5, 1, -1), []],
    ['beginning inside', upOf(1, 1.5, 3), []],
    ['beginning on the gate', upOf(0, 1, 3), [20]],
    ['ending inside', upOf(-1, 1, 1.5), []],
    // Ending on a line does not cross it; from there out there is no step from inside.
    ['ending on the far line', upOf(-1, 1, 2, 3), []],
    ['stepping on the gate first: inside begins beyond it', upOf(-1, 0, 1, 3), [20]],
    ['in from the side', wayOf([-1, 1], [1, 1], [1, 3]), []],
    ['out to the side', wayOf([1, -1], [1, 1], [5, 1]), []],
    ['missing for a frame inside', upOf(-1, 0.5, null, 1.5, 3), []],
    ['nowhere for a frame inside', upOf(-1, 0.5, Number.NaN, 1.5, 3), []],
    ['missing as they leave', upOf(-1, 0.5, null, 3), []],
    ['missing before they enter', upOf(-1, null, 0.5, 3), [20]],
    ['nobody', [[], []], []],
  ])('%s', (_what, frames, speeds) => {
    const told = passagesOf(frames).map(({ speedMps }) => Math.round(1e9 * speedMps) / 1e9);
    expect(told).toEqual(speeds);
  });

  it('takes the mean density of the frames inside, of everybody there', () => {
    // Person 1 is inside in frames 1 to 4; one other is there in 2 and 3, four more stand on the four sides.
    const frames = upOf(-0.5, 0.1, 0.6, 1.1, 1.6, 2.1).map((people, t) =>
      people.concat([
        [2, 2, t === 2 || t === 3 ? 1 : 7],
        [3, 4, 1],
        [4, 0, 1],
        [5, 2, 0],
        [6, 2, 2],
      ]),
    );
    expect(passagesOf(frames)).toEqual([
      { gate: GATE, densityPerM2: expect.closeTo((1 + 2 + 2 + 1) / 4 / 8, 12), speedMps: expect.closeTo(5, 9) },
    ]);
  });

  it('may lie to the right of the gate', () => {
    expect(passagesOf(upOf(0.5, -1, -3), { depthM: -2 })).toHaveLength(1);
    expect(passagesOf(upOf(-0.5, 1, 3), { depthM: -2 })).toHaveLength(0);
  });

  it.each([0, Number.NaN])('refuses a depth of %f', (depthM) => {
    expect(() => passagesOf([], { depthM })).toThrow(StarlingError);
  });

  it('does not depend on the order of the people, on how the scene lies, nor on which end is a', () => {
    const ways = fc.array(fc.array(fc.integer({ min: -2, max: 4 }), { minLength: 14, maxLength: 14 }), {
      minLength: 1,
      maxLength: 10,
    });
    fc.assert(
      fc.property(ways, fc.integer({ min: -500, max: 500 }), (people, shift) => {
        const frames = Array.from({ length: 14 }, (_, t) =>
          people.map((way, id): Somebody => [id, 1, (way[t] ?? 0) + 0.5]),
        );
        const told = sorted(passagesOf(frames));
        expect(sorted(passagesOf(frames.map((frame) => frame.toReversed())))).toEqual(told);
        expect(sorted(passagesOf(frames, { a: B, b: A, depthM: -DEPTH }))).toEqual(told);
        // A quarter turn to the left about the origin, and away.
        const turned = frames.map((frame) => frame.map(([id, x, y]): Somebody => [id, shift - y, x]));
        expect(sorted(passagesOf(turned, { a: [shift, 0], b: [shift, 4] }))).toEqual(told);
      }),
      { seed: 9, numRuns: 150 },
    );
  });
});
