import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Point } from '../../contract/index.ts';
import { type Frame, measure, numbers, rectangle, type Somebody, type Told } from './hall.fixture.ts';

/** Six frames of people who go on as they went. */
const framesOf = (people: readonly (readonly [number, number, number])[], dx = 0, dy = 0): Frame[] =>
  numbers(6).map((frame) => [frame, people.map(([x, y, v], i): Somebody => [i, x + dx + v * frame, y + dy])]);

/** All figures of all zones; 0 where unknown. */
const figures = (told: Told): number[] =>
  told.frames.flatMap(({ zones }) =>
    zones.flatMap((sample) => Object.values(sample).map((value) => (typeof value === 'number' ? value : 0))),
  );

const expectAlike = (some: readonly number[], others: readonly number[]): void => {
  expect(some).toHaveLength(others.length);
  for (const [i, value] of some.entries()) expect(value).toBeCloseTo(others[i] ?? Number.NaN, 6);
};

const moved = (points: readonly Point[], dx: number, dy: number): [number, number][] =>
  points.map(([x, y]) => [x + dx, y + dy]);

describe('createTrajectoryMeter (properties)', () => {
  const person = fc.tuple(
    fc.double({ min: 0.1, max: 9.9, noNaN: true }),
    fc.double({ min: 0.1, max: 3.9, noNaN: true }),
    fc.double({ min: -0.01, max: 0.01, noNaN: true }),
  );
  const crowds = fc.uniqueArray(person, { minLength: 0, maxLength: 12, selector: ([x, y]) => `${x},${y}` });

  it('does not depend on the order of people', () => {
    fc.assert(
      fc.property(crowds, (people) => {
        const turned = framesOf(people).map(([frame, row]): Frame => [frame, row.toReversed()]);
        expectAlike(figures(measure(turned)), figures(measure(framesOf(people))));
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  it('does not depend on where the scene is', () => {
    fc.assert(
      fc.property(
        crowds,
        fc.integer({ min: -1000, max: 500_000 }),
        fc.integer({ min: -1000, max: 5_000_000 }),
        (people, dx, dy) => {
          const there = measure(framesOf(people, dx, dy), {
            zones: [{ id: 'middle', polygon: moved(rectangle(4, 1, 6, 3), dx, dy) }],
            gates: [
              {
                id: 'line',
                line: [
                  [4 + dx, dy],
                  [4 + dx, 4 + dy],
                ],
                depthM: 2,
              },
            ],
            walkable: [moved(rectangle(0, 0, 10, 4), dx, dy)],
          });
          expectAlike(figures(there), figures(measure(framesOf(people))));
        },
      ),
      { seed: 2, numRuns: 40 },
    );
  });

  it('has densities of zones side by side that add up to the people', () => {
    const zones = numbers(5).map((i) => ({
      id: `z${i}`,
      polygon: rectangle(2 * i, 0, 2 * i + 2, 4).map(([x, y]): [number, number] => [x, y]),
    }));
    fc.assert(
      fc.property(crowds, (people) => {
        const told = measure(framesOf(people.map(([x, y]) => [x, y, 0])), { zones });
        const [frame] = told.frames;
        const sum = frame?.zones.slice(1).reduce((total, zone) => total + 8 * (zone.densityVoronoiPerM2 ?? 0), 0);
        expect(sum).toBeCloseTo(people.length, 9);
      }),
      { seed: 3, numRuns: 60 },
    );
  });
});
