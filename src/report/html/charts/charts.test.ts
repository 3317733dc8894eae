import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GroundGrid, Point } from '../../../contract/index.ts';
import { busiestSpots, cellRuns, classLimits, classStep, type MapFigure, stepClass } from './map-classes.ts';
import { LabelBoard } from './labels.ts';
import { drawGates, type Project } from './shapes.ts';
import { centreOf } from './speeds.ts';
import { html } from '../markup.ts';

const gridOf = (columns: number, values: readonly number[]): GroundGrid => ({
  originXM: 10,
  originYM: 20,
  cellM: 0.5,
  columns,
  rows: values.length / columns,
  densityPerM2: Float64Array.from(values),
  speedMps: new Float64Array(values.length).fill(Number.NaN),
});

const densityFigure = (values: readonly number[], limits: readonly number[]): MapFigure => ({
  values: Float64Array.from(values),
  limits,
  ramp: 'density',
});

describe('classes of a map', () => {
  it.each([
    [
      [0, 0.33],
      [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35],
    ],
    [
      [0.2, 4.9],
      [0, 1, 2, 3, 4, 5],
    ],
    [
      [1, 1],
      [0, 0.2, 0.4, 0.6, 0.8, 1],
    ],
    // walking speeds
    [
      [0.3, 1.47],
      [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5],
    ],
    [[0, 0], [0]],
    [[Number.NaN, Number.NaN], [0]],
  ])('figures %s have the limits %s', (values, limits) => {
    expect(classLimits(Float64Array.from(values))).toEqual(limits);
  });

  it('have round limits that hold the highest, in at most seven steps, whatever the figures', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-5, max: 12, noNaN: true }), (highest) => {
        const limits = classLimits(Float64Array.of(0, highest));
        expect(limits.length).toBeLessThanOrEqual(8);
        expect(limits.length).toBeGreaterThanOrEqual(4);
        expect(limits.at(-1)).toBeGreaterThanOrEqual(highest * (1 - 1e-6));
        expect(classStep(highest, limits)).toBe(limits.length - 1);
        expect(stepClass(limits.length - 1, { limits, ramp: 'density' })).toBe('d7');
        expect(stepClass(limits.length - 1, { limits, ramp: 'speed' })).toBe('s7');
      }),
      { seed: 2 },
    );
  });

  it('keep nobody, somebody and not known apart', () => {
    const limits = [0, 0.5, 1];
    expect([0, 0.0001, 0.5, 0.51, 1, Number.NaN].map((value) => classStep(value, limits))).toEqual([0, 1, 1, 2, 2, -1]);
    expect(stepClass(0, { limits, ramp: 'density' })).toBe('d0');
    // Nobody who stands is nobody: no speed is the slowest.
    expect(stepClass(0, { limits, ramp: 'speed' })).toBe('s1');
  });

  it('cover every known cell once', () => {
    const cell = fc.constantFrom(0, 0.1, 0.9, Number.NaN);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.infiniteStream(cell),
        (columns, rows, stream) => {
          const values = [...stream.take(columns * rows)];
          const grid = gridOf(columns, values);
          const covered = new Uint8Array(columns * rows);
          for (const runs of cellRuns(grid, densityFigure(values, [0, 0.5, 1])).values()) {
            for (const { row, from, to } of runs) for (let i = from; i < to; i++) covered[row * columns + i]++;
          }
          expect([...covered]).toEqual(Array.from(grid.densityPerM2, (density) => (Number.isNaN(density) ? 0 : 1)));
        },
      ),
      { seed: 3 },
    );
  });

  it('find the busiest spots, in metres and apart from each other', () => {
    const values = Array.from({ length: 100 }, () => 0);
    [values[0], values[1], values[99]] = [3, 2.9, 1];
    expect(busiestSpots(gridOf(10, values), 5)).toEqual([
      { xM: 10.25, yM: 20.25, densityPerM2: 3 },
      { xM: 14.75, yM: 24.75, densityPerM2: 1 },
    ]);
  });
});

describe('centreOf', () => {
  it('has the mean of bin middles, and a median within its bin', () => {
    expect(centreOf({ binWidth: 0.5, counts: Float64Array.from([0, 4, 0, 4]) })).toEqual({
      mean: 1.25,
      median: 1,
      count: 8,
    });
    expect(centreOf({ binWidth: 1, counts: Float64Array.from([2, 2, 2]) })).toEqual({
      mean: 1.5,
      median: 1.5,
      count: 6,
    });
    expect(centreOf({ binWidth: 1, counts: new Float64Array(5) })).toBeNull();
  });
});

/** Where the arrow of a gate points, in the drawing (y down). */
const arrowOf = (ends: readonly [Point, Point], project: Project): readonly [number, number] => {
  const board = new LabelBoard({ width: 400, height: 400 });
  const drawn = html`${drawGates({ zones: [], gates: [{ id: 'g', ends }] }, { project, board, counted: null })}`.markup;
  const [, fromX, fromY, toX, toY] =
    /d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)M[^"]*" class="gate-arrow"/.exec(drawn)?.map(Number) ?? [];
  return [Math.sign(Math.round((toX ?? 0) - (fromX ?? 0))), Math.sign(Math.round((toY ?? 0) - (fromY ?? 0)))];
};

const onPlan: Project = ([x, y]) => [x * 100, 400 - y * 100];
const onPicture: Project = ([x, y]) => [x * 400, y * 400];

describe('gates', () => {
  // 'In' is to the left of the arrow a→b as it is seen drawn: [-1, 0] is left, [0, -1] is up.
  it.each([
    [
      'a plan, a→b to the right',
      onPlan,
      [
        [1, 2],
        [3, 2],
      ],
      [0, -1],
    ],
    [
      'a plan, a→b upwards',
      onPlan,
      [
        [2, 1],
        [2, 3],
      ],
      [-1, 0],
    ],
    [
      'a picture, a→b to the right',
      onPicture,
      [
        [0.2, 0.5],
        [0.8, 0.5],
      ],
      [0, -1],
    ],
    [
      'a picture, a→b downwards',
      onPicture,
      [
        [0.5, 0],
        [0.5, 1],
      ],
      [1, 0],
    ],
  ] as const)('point inwards on %s', (_where, project, ends, direction) => {
    expect(arrowOf(ends, project)).toEqual(direction);
  });
});

it('puts names where they do not cover each other, as long as there is room', () => {
  const board = new LabelBoard({ width: 200, height: 100 });
  const places: Point[] = [
    [50, 20],
    [50, 60],
    [150, 20],
  ];
  const taken = places.map(() => board.place(places, 40, 20));
  expect(taken).toEqual(places);
  expect(
    board.place(
      [
        [-50, 20],
        [100, 80],
      ],
      40,
      20,
    ),
  ).toEqual([100, 80]);
  expect(board.place(places, 40, 20)).toEqual(places[0]);
});
