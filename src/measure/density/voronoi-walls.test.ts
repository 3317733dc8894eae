import { describe, expect, it } from 'vitest';
import type { Point } from '../../contract/index.ts';
import { createWalkableArea } from '../../ground/index.ts';
import { createTessellation } from './voronoi.ts';
import { createVoronoiCells } from './voronoi-cells.ts';
import { areasOf, cellsOf, peopleAt, rectangle, roundedAreas } from './voronoi-scenes.fixture.ts';

const HALL = rectangle(0, 0, 10, 4);
const hall = createWalkableArea([HALL]);
const CUTOFF = { radiusM: 0.8, segments: 3 };
/** A regular polygon of 12 corners on a circle of 0.8 m. */
const CIRCLE_M2 = 12 * 0.5 * 0.8 ** 2 * Math.sin(Math.PI / 6);

const expectAreas = (areas: readonly number[], expected: readonly number[]): void => {
  expect(roundedAreas(areas)).toEqual(roundedAreas(expected));
};

describe('walls', () => {
  it('end cells between two people', () => {
    // A wall from x = 4.9 to 5.1 and from below up to y = 3, with a gap above it.
    const walkable = createWalkableArea([HALL, rectangle(4.9, 0.1, 5.1, 3)]);
    const [left, right] = areasOf(
      cellsOf(walkable, [
        [2, 2],
        [8, 2],
      ]),
    );
    expect(left).toBeCloseTo(20 - 0.1 * 2.9, 9);
    expect(right).toBeCloseTo(left, 9);
    // Who stands close to the wall owns ground behind it, but cannot reach it: it is nobody's.
    const [near, far] = areasOf(
      cellsOf(createWalkableArea([HALL, rectangle(4.9, 0, 5.1, 4 - 1e-3)]), [
        [4, 1],
        [9, 1],
      ]),
    );
    expect(near).toBeCloseTo(4.9 * 4 + 0.2 * 1e-3 + 1.4 * 4, 6);
    expect(far).toBeCloseTo(3.5 * 4, 6);
    const [closed] = areasOf(
      cellsOf(createWalkableArea([HALL, rectangle(4.9, 0, 5.1, 4)]), [
        [4, 1],
        [9, 1],
      ]),
    );
    expect(closed).toBeCloseTo(4.9 * 4, 9);
  });

  it('are walked round: one person owns all that is connected', () => {
    const walkable = createWalkableArea([HALL, rectangle(2, 1, 4, 3), rectangle(6, 0.5, 7, 3.5)]);
    expect(areasOf(cellsOf(walkable, [[1, 1]]))[0]).toBeCloseTo(40 - 4 - 3, 9);
  });

  it('let through only where a cell crosses an opening', () => {
    // A niche: 1 m deep behind a door 0.2 m wide; the second person stands in it.
    const niche: Point[] = [
      [0, 0],
      [4, 0],
      [4, 4],
      [2.1, 4],
      [2.1, 5],
      [3, 5],
      [3, 6],
      [1, 6],
      [1, 5],
      [1.9, 5],
      [1.9, 4],
      [0, 4],
    ];
    const walkable = createWalkableArea([niche]);
    expect(walkable.areaM2).toBeCloseTo(16 + 0.2 + 2, 9);
    // Half way between (2, 3) and (2, 5.6) is y = 4.3: in the door.
    expectAreas(
      areasOf(
        cellsOf(walkable, [
          [2, 3],
          [2, 5.6],
        ]),
      ),
      [16 + 0.2 * 0.3, 2 + 0.2 * 0.7],
    );
    // Both in the hall: half the door each, for the border runs through it.
    expectAreas(
      areasOf(
        cellsOf(walkable, [
          [1, 2],
          [3, 2],
        ]),
      ),
      [9.1, 9.1],
    );
    // The nearer one to the door owns the niche, as far as the border with the other lets it.
    expectAreas(
      areasOf(
        cellsOf(walkable, [
          [2, 3.5],
          [2, 0.5],
        ]),
      ),
      [8 + 2.2, 8],
    );
  });

  it('are felt by the circle too', () => {
    const walkable = createWalkableArea([rectangle(-3, 0, 3, 5)]);
    const [area] = areasOf(cellsOf(walkable, [[0, 0]], CUTOFF));
    expect(area).toBeCloseTo(CIRCLE_M2 / 2, 9);
    // Behind a thin wall there is ground within the circle, but no way to it within the circle.
    const wall = createWalkableArea([rectangle(-3, -3, 3, 3), rectangle(-2, 0.2, 2, 0.3)]);
    const shift = (height: number): number =>
      areasOf(cellsOf(createWalkableArea([rectangle(-3, -3, 3, height)]), [[0, 0]], CUTOFF))[0];
    expect(areasOf(cellsOf(wall, [[0, 0]], CUTOFF))[0]).toBeCloseTo(shift(0.2), 8);
  });
});

describe('the cut-off', () => {
  it('is a polygon on the circle, its first corner at angle 0', () => {
    const cells = cellsOf(hall, [[5, 2]], CUTOFF);
    expect(areasOf(cells)[0]).toBeCloseTo(CIRCLE_M2, 12);
    expect(Math.max(...cells.cornerX.subarray(0, 12))).toBeCloseTo(0.8, 12);
  });

  it.each([1, 2, 5, 20])('has 4 × %i sides', (segments) => {
    const area = areasOf(cellsOf(hall, [[5, 2]], { radiusM: 1, segments }))[0];
    expect(area).toBeCloseTo(2 * segments * Math.sin(Math.PI / (2 * segments)), 12);
  });

  it('leaves cells alone that are smaller', () => {
    const places = Array.from({ length: 160 }, (_, i): Point => [0.25 + (i % 20) / 2, 0.25 + Math.floor(i / 20) / 2]);
    expectAreas(areasOf(cellsOf(hall, places, CUTOFF)), areasOf(cellsOf(hall, places)));
  });
});

describe('bounds', () => {
  const seen: Point[] = [
    [2, -1],
    [8, -1],
    [8, 9],
    [2, 9],
    [5, 5],
  ];

  it('end cells, and who is outside has none', () => {
    const tessellation = createTessellation({ walkable: hall, bounds: seen });
    const cells = createVoronoiCells({ tessellation });
    tessellation.locate(
      peopleAt([
        [3, 1],
        [7, 1],
        [9, 1],
      ]),
    );
    cells.update();
    expectAreas(areasOf(cells), [12, 12, Number.NaN]);
  });

  it('end the cells of a crowd', () => {
    const tessellation = createTessellation({
      walkable: hall,
      bounds: [
        [2, -1],
        [8, 2],
        [2, 5],
      ],
    });
    const cells = createVoronoiCells({ tessellation });
    const places = Array.from({ length: 300 }, (_, i): Point => [(i * 0.618) % 10, (i * 0.755) % 4]);
    tessellation.locate(peopleAt(places));
    cells.update();
    // The triangle less its corners above and below the hall.
    const areas = areasOf(cells).filter((area) => area > 0);
    expect(areas.length).toBeGreaterThan(80);
    expect(areas.reduce((sum, area) => sum + area)).toBeCloseTo(18 - 2, 6);
  });

  it('are refused when they enclose nothing', () => {
    expect(() =>
      createTessellation({
        walkable: hall,
        bounds: [
          [0, 0],
          [1, 1],
          [2, 2],
        ],
      }),
    ).toThrow('The area has no room for anybody');
  });
});
