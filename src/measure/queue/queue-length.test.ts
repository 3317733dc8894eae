import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Point } from '../../contract/index.ts';
import { positionsAt } from './crowd.fixture.ts';
import { Groups } from './groups.ts';
import { QueueMeter, type QueueOptions } from './queue-length.ts';

/** People at places with speeds, all in the zone unless their speed is written as 'out'. */
type Person = readonly [x: number, y: number, speedMps: number | 'out'];

const frameOf = (people: readonly Person[]) => ({
  positions: positionsAt(
    people.map(([x, y], id) => ({ id, at: (): Point => [x, y] })),
    0,
  ),
  inside: Uint8Array.from(people, ([, , speed]) => (speed === 'out' ? 0 : 1)),
  speedMps: Float64Array.from(people, ([, , speed]) => (speed === 'out' ? 0 : speed)),
});

const sampleOf = (people: readonly Person[], options?: QueueOptions) => {
  const { positions, inside, speedMps } = frameOf(people);
  return { ...new QueueMeter(options).update(positions, inside, speedMps) };
};

const row = (count: number, stepM: number, speed = 0): Person[] =>
  Array.from({ length: count }, (_, i): Person => [i * stepM * 0.6, i * stepM * 0.8, speed]);

const unknown = Number.NaN;

describe('queue length', () => {
  it.each([
    ['nobody', [], { people: 0, largest: 0, extentM: 0, unknown: 0 }],
    ['one who stands', [[1, 1, 0]], { people: 1, largest: 1, extentM: 0 }],
    [
      'two in one place',
      [
        [1, 1, 0],
        [1, 1, 0],
      ],
      { people: 2, largest: 2, extentM: 0 },
    ],
    ['ten in a slanting row', row(10, 1), { people: 10, largest: 10, extentM: 9 }],
    ['some walk', [...row(3, 1), [9, 9, 0.4], [9, 8, 1.3]], { people: 3, largest: 3, extentM: 2 }],
    ['one is not in the zone', [...row(3, 1), [3, 2.4, 'out']], { people: 3, largest: 3 }],
    [
      'two rows, the longer of equals',
      [...row(3, 0.5), [50, 0, 0], [51, 0, 0], [52, 0, 0]],
      { people: 6, largest: 3, extentM: 2 },
    ],
    ['some are of unknown speed', [...row(3, 1), [9, 9, unknown]], { people: 3, unknown: 1 }],
    ['all are of unknown speed', [[9, 9, unknown]], { people: null, unknown: 1 }],
    ['somebody is nowhere', [...row(2, 1), [unknown, 0, 0]], { people: 2, unknown: 0 }],
  ] as const)('%s', (_what, people, expected) => {
    const { extentM, ...found } = sampleOf(people);
    expect({ ...found, extentM: Math.round(extentM * 1e9) / 1e9 }).toMatchObject(expected);
  });

  it.each([
    ['alone', [[1, 1, 0]], 0],
    [
      'a pair within the link',
      [
        [0, 0, 0],
        [1.5, 0, 0],
      ],
      2,
    ],
    [
      'a pair beyond it',
      [
        [0, 0, 0],
        [1.51, 0, 0],
      ],
      0,
    ],
    ['a chain and one aside', [...row(5, 1.4), [20, 0, 0]], 5],
  ] as const)('with a link, %s', (_what, people, count) => {
    expect(sampleOf(people, { linkM: 1.5 }).people).toBe(count);
  });

  it('is the same in any order and anywhere', () => {
    const person = fc.tuple(
      fc.double({ min: 0, max: 12, noNaN: true }),
      fc.double({ min: 0, max: 12, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(person, { maxLength: 60 }), fc.integer({ min: -500, max: 500 }), (people, shift) => {
        const here = sampleOf(people, { linkM: 1.5 });
        const there = sampleOf(
          people.toReversed().map(([x, y, v]): Person => [x + shift * 0.25, y - shift * 0.5, v]),
          { linkM: 1.5 },
        );
        expect(there.people).toBe(here.people);
        expect(there.largest).toBe(here.largest);
        expect(there.extentM).toBeCloseTo(here.extentM, 6);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('over a window is a mean with its error, and the most', () => {
    const meter = new QueueMeter();
    for (let i = 0; i < 40; i++) {
      const { positions, inside, speedMps } = frameOf(row(i % 2 === 0 ? 4 : 8, 1));
      meter.update(positions, inside, speedMps);
    }
    const { positions, inside, speedMps } = frameOf([[1, 1, unknown]]);
    meter.update(positions, inside, speedMps);
    const found = meter.takeWindow(40);
    expect(found.people.value).toBeCloseTo(6, 9);
    expect(found.people.standardError).toBeLessThan(0.5);
    expect(found).toMatchObject({
      peopleMax: 8,
      extentMaxM: expect.closeTo(7, 9),
      unknownMean: expect.closeTo(1 / 41, 9),
    });
    expect(meter.takeWindow(0)).toMatchObject({
      people: { value: null },
      peopleMax: null,
      extentMaxM: null,
      unknownMean: null,
    });
  });
});

describe('Groups', () => {
  it('are those that joining every pair finds', () => {
    const coordinate = fc.double({ min: -9, max: 9, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { maxLength: 150 }), (points) => {
        const x = Float64Array.from(points, ([a]) => a);
        const y = Float64Array.from(points, ([, b]) => b);
        const found = new Groups(1.2).find(x, y, points.length);
        const slow = points.map((_, i) => i);
        for (let pass = 0; pass < points.length; pass++)
          for (let i = 0; i < points.length; i++)
            for (let j = 0; j < i; j++)
              if ((x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2 <= 1.2 ** 2)
                slow[i] = slow[j] = Math.min(slow[i] ?? i, slow[j] ?? j);
        expect(Array.from(found.subarray(0, points.length))).toEqual(slow);
      }),
      { seed: 8, numRuns: 60 },
    );
  });
});
