import { describe, expect, it } from 'vitest';
import type { Point } from '../../contract/index.ts';
import { createWalkableArea } from '../../ground/index.ts';
import { createTessellation } from './voronoi.ts';
import { createVoronoiCells } from './voronoi-cells.ts';
import { areasOf, cellsOf, peopleAt, rectangle, roundedAreas } from './voronoi-scenes.fixture.ts';

const hall = createWalkableArea([rectangle(0, 0, 10, 4)]);

const expectAreas = (areas: readonly number[], expected: readonly number[]): void => {
  expect(roundedAreas(areas)).toEqual(roundedAreas(expected));
};

describe('cells without walls in the way', () => {
  const none = Number.NaN;
  it.each<[what: string, places: Point[], areas: number[]]>([
    ['nobody', [], []],
    ['one person: the whole area', [[3, 1]], [40]],
    [
      'two people: half each',
      [
        [3, 1],
        [7, 1],
      ],
      [20, 20],
    ],
    [
      'two people, one further',
      [
        [1, 2],
        [3, 2],
      ],
      [8, 32],
    ],
    [
      'three in line',
      [
        [1, 2],
        [3, 2],
        [9, 2],
      ],
      [8, 16, 16],
    ],
    [
      'three in line, in another order',
      [
        [9, 2],
        [1, 2],
        [3, 2],
      ],
      [16, 8, 16],
    ],
    [
      'four in a line upwards',
      [
        [5, 0.5],
        [5, 1.5],
        [5, 2.5],
        [5, 3.5],
      ],
      [10, 10, 10, 10],
    ],
    [
      'four in a square',
      [
        [2.5, 1],
        [7.5, 1],
        [7.5, 3],
        [2.5, 3],
      ],
      [10, 10, 10, 10],
    ],
    [
      'two at one place share',
      [
        [3, 1],
        [3, 1],
      ],
      [20, 20],
    ],
    [
      'two at one place beside one',
      [
        [3, 1],
        [7, 1],
        [3, 1],
      ],
      [10, 20, 10],
    ],
    [
      'all at one place',
      [
        [3, 1],
        [3, 1],
        [3, 1],
        [3, 1],
        [3, 1],
      ],
      [8, 8, 8, 8, 8],
    ],
    [
      'pairs',
      [
        [2.5, 2],
        [7.5, 2],
        [2.5, 2],
        [7.5, 2],
      ],
      [10, 10, 10, 10],
    ],
    [
      'a triangle with one twice',
      [
        [2, 1],
        [8, 1],
        [8, 1],
        [5, 9],
      ],
      [20, 10, 10, none],
    ],
    [
      'somebody on a wall',
      [
        [0, 2],
        [10, 2],
      ],
      [20, 20],
    ],
    ['somebody in a corner', [[0, 0]], [40]],
    [
      'somebody outside',
      [
        [3, 1],
        [7, 5],
      ],
      [40, none],
    ],
    [
      'somebody nowhere',
      [
        [3, 1],
        [Number.NaN, 1],
        [7, 1],
      ],
      [20, none, 20],
    ],
    [
      'somebody infinitely far',
      [
        [3, 1],
        [Number.POSITIVE_INFINITY, 1],
      ],
      [40, none],
    ],
    ['nobody anywhere', [[Number.NaN, Number.NaN]], [none]],
  ])('%s', (_what, places, areas) => {
    expectAreas(areasOf(cellsOf(hall, places)), areas);
  });

  it('knows people only', () => {
    const tessellation = createTessellation({ walkable: hall });
    const cells = createVoronoiCells({ tessellation });
    const positions = peopleAt([
      [3, 1],
      [7, 1],
    ]);
    positions.classIndex[1] = 2;
    tessellation.locate(positions);
    cells.update();
    expectAreas(areasOf(cells), [40, none]);
  });

  it('takes people a hair apart, or almost in line, as they are', () => {
    const apart = Array.from({ length: 30 }, (_, i): Point => [3 + (i % 6) * 1e-7, 2 + Math.floor(i / 6) * 1e-7]);
    expect(areasOf(cellsOf(hall, apart)).reduce((sum, area) => sum + area)).toBeCloseTo(40, 6);
    for (const bend of [1e-6, 1e-9, 1e-12, 1e-15]) {
      const line = Array.from({ length: 19 }, (_, i): Point => [0.5 + i / 2, 2 + bend * ((i * 7) % 5)]);
      const areas = areasOf(cellsOf(hall, line));
      expect(areas.reduce((sum, area) => sum + area)).toBeCloseTo(40, 6);
      for (const [i, area] of areas.entries()) expect(area).toBeCloseTo(i % 18 === 0 ? 3 : 2, 4);
    }
  });

  it('takes somebody whom hundreds surround', () => {
    const round = Array.from(
      { length: 300 },
      (_, i): Point => [5 + 1.5 * Math.cos((2 * Math.PI * i) / 300), 2 + 1.5 * Math.sin((2 * Math.PI * i) / 300)],
    );
    const areas = areasOf(cellsOf(hall, [...round, [5, 2]]));
    expect(areas[300]).toBeCloseTo(300 * 0.75 ** 2 * Math.tan(Math.PI / 300), 6);
    expect(areas.reduce((sum, area) => sum + area)).toBeCloseTo(40, 6);
  });

  it('is used again from frame to frame', () => {
    const tessellation = createTessellation({ walkable: hall });
    const cells = createVoronoiCells({ tessellation });
    for (const count of [3, 200, 1, 0, 200, 7]) {
      const places = Array.from({ length: count }, (_, i): Point => [(i * 0.618) % 10, (i * 0.755) % 4]);
      tessellation.locate(peopleAt(places));
      cells.update();
      expectAreas(areasOf(cells), areasOf(cellsOf(hall, places)));
    }
  });
});
