/** Scenes for tests of Voronoi cells: who stands where, and areas with walls. */
import * as fc from 'fast-check';
import { createPlanarPoints, type Point, type Positions } from '../../contract/index.ts';
import type { WalkableArea } from '../../ground/index.ts';
import { createTessellation } from './voronoi.ts';
import { type Cutoff, createVoronoiCells, type VoronoiCells } from './voronoi-cells.ts';

/** People at places. */
export const peopleAt = (places: readonly Point[]): Positions => {
  const positions = createPlanarPoints('ground', places.length);
  positions.count = places.length;
  for (const [i, [x, y]] of places.entries()) {
    positions.x[i] = x;
    positions.y[i] = y;
  }
  return positions;
};

/** A rectangle, counter-clockwise. */
export const rectangle = (left: number, bottom: number, right: number, top: number): Point[] => [
  [left, bottom],
  [right, bottom],
  [right, top],
  [left, top],
];

/** Cells of people in an area. */
export const cellsOf = (walkable: WalkableArea, places: readonly Point[], cutoff?: Cutoff): VoronoiCells => {
  const tessellation = createTessellation({ walkable });
  const cells = createVoronoiCells({ tessellation, cutoff });
  tessellation.locate(peopleAt(places));
  cells.update();
  return cells;
};

/** Areas of cells, by row. */
export const areasOf = (cells: VoronoiCells): number[] => [...cells.areaM2.subarray(0, cells.rows)];

/** Areas by row, to 1e-8 m²: places are rounded to a nanometre. NaN is NaN. */
export const roundedAreas = (areas: readonly number[]): number[] => areas.map((area) => Math.round(area * 1e8) / 1e8);

/** A star-shaped ring round a centre. */
const ring = ([cx, cy]: Point, radii: readonly number[]): Point[] =>
  radii.map((radius, i): Point => {
    const angle = (2 * Math.PI * i) / radii.length;
    return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)];
  });

const radii = (min: number, max: number): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ min, max, noNaN: true }), { minLength: 3, maxLength: 9 });

const PILLARS: readonly Point[] = [
  [-1.5, -1.5],
  [1.5, -1.5],
  [0, 1.5],
];

/** Rings of an area about 10 m wide with up to three pillars. */
export const anyRings: fc.Arbitrary<Point[][]> = fc
  .tuple(
    fc.array(fc.double({ min: 4, max: 7, noNaN: true }), { minLength: 7, maxLength: 12 }),
    fc.array(radii(0.2, 1.2), { maxLength: 3 }),
  )
  .map(([outer, holes]) => [ring([0, 0], outer)].concat(holes.map((hole, i) => ring(PILLARS[i], hole))));

/** Places in and about such an area. */
export const anyPlaces: fc.Arbitrary<Point[]> = fc.array(
  fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: -5, max: 5, noNaN: true })),
  { minLength: 1, maxLength: 40 },
);

/** The same to a millimetre, no two of them at one place. */
export const anyDistinctPlaces: fc.Arbitrary<Point[]> = fc.uniqueArray(
  fc
    .tuple(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: -5000, max: 5000 }))
    .map(([x, y]): Point => [x / 1000, y / 1000]),
  { minLength: 1, maxLength: 40, selector: String },
);

/** Those of the places that are in the area. */
export const inside = (walkable: WalkableArea, places: readonly Point[]): Point[] =>
  places.filter(([x, y]) => walkable.pieceAt(x - walkable.originX, y - walkable.originY) >= 0);
