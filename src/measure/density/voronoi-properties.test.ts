/**
 * What is true of any scene, and what two other programs say: everybody's bisectors cut one by one, and d3-delaunay
 * with polyclip-ts.
 */
import { Delaunay } from 'd3-delaunay';
import * as fc from 'fast-check';
import * as polyclip from 'polyclip-ts';
import { describe, expect, it } from 'vitest';
import { type Point, signedArea } from '../../contract/index.ts';
import {
  ConvexPolygon,
  createWalkableArea,
  createZonePieces,
  flatPolygon,
  pointInPolygon,
} from '../../ground/index.ts';
import { coveredArea, type VoronoiFigures, voronoiFigures } from './voronoi-density.ts';
import {
  anyDistinctPlaces,
  anyPlaces,
  anyRings,
  areasOf,
  cellsOf,
  inside,
  rectangle,
} from './voronoi-scenes.fixture.ts';

const SEED = 20262;
const CUTOFF = { radiusM: 0.8, segments: 3 };
const BOX = rectangle(-5, -5, 5, 5);
const box = createWalkableArea([BOX]);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Area of a cell by cutting a box with the bisectors of all others. */
const bruteForce = (places: readonly Point[], i: number): number => {
  const cell = new ConvexPolygon();
  const [px, py] = places[i];
  cell.load(Float64Array.of(-5, 5, 5, -5), Float64Array.of(-5, -5, 5, 5), 0, 4, -px, -py);
  for (const [x, y] of places) cell.clip(px - x, py - y, ((x - px) ** 2 + (y - py) ** 2) / 2);
  return cell.area;
};

/** A polygon with its holes, rings closed, as others write them. */
const areaOfPolygon = (polygon: readonly (readonly Point[])[]): number =>
  polygon.reduce((rest, ring, i) => rest + Math.abs(signedArea(ring)) * (i === 0 ? 1 : -1), 0);

const holds = (polygon: readonly (readonly Point[])[], [x, y]: Point): boolean =>
  polygon.filter((ring) => pointInPolygon(flatPolygon(ring), x, y)).length === 1;

/** A 12-sided polygon on the circle of the cut-off. */
const circleRound = ([x, y]: Point): Point[] =>
  Array.from(
    { length: 12 },
    (_, i): Point => [x + 0.8 * Math.cos((i * Math.PI) / 6), y + 0.8 * Math.sin((i * Math.PI) / 6)],
  );

/** Areas of cells by d3-delaunay and polyclip-ts. */
const byOthers = (rings: Point[][], places: readonly Point[], isCut: boolean): number[] => {
  const voronoi = Delaunay.from(places.map(([x, y]): [number, number] => [x, y])).voronoi([-20, -20, 20, 20]);
  return places.map((place, i) => {
    const cell = voronoi.cellPolygon(i);
    const walkable = rings.map((ring) => ring.map(([x, y]): [number, number] => [x, y]));
    const circle = circleRound(place).map(([x, y]): [number, number] => [x, y]);
    const parts = isCut ? polyclip.intersection([cell], walkable, [circle]) : polyclip.intersection([cell], walkable);
    return sum(parts.filter((part) => holds(part, place)).map(areaOfPolygon));
  });
};

/** polyclip-ts fails on some finer coordinates. */
const toMillimetres = (ring: readonly Point[]): Point[] =>
  ring.map(([x, y]): Point => [Math.round(x * 1000) / 1000, Math.round(y * 1000) / 1000]);

const speedOf = ([x, y]: Point): number => Math.abs(Math.sin(3 * x + 5 * y));

describe('cells', () => {
  it('tile an area without walls in it, whoever stands where', () => {
    fc.assert(
      fc.property(anyPlaces, (places) => {
        expect(sum(areasOf(cellsOf(box, places)))).toBeCloseTo(100, 6);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('tile it also when people stand on a lattice, in line or at the same place', () => {
    const whole = fc.integer({ min: -5, max: 5 });
    const onLattice = fc.array(fc.tuple(whole, whole), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(onLattice, (places) => {
        const areas = areasOf(cellsOf(box, places));
        expect(sum(areas)).toBeCloseTo(100, 6);
        for (const [i, area] of areas.entries()) {
          const sharers = places.filter(([x, y]) => x === places[i][0] && y === places[i][1]).length;
          expect(area).toBeCloseTo(bruteForce(places, i) / sharers, 6);
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('are those that the bisectors of all others leave', () => {
    fc.assert(
      fc.property(anyDistinctPlaces, (places) => {
        for (const [i, area] of areasOf(cellsOf(box, places)).entries())
          expect(area).toBeCloseTo(bruteForce(places, i), 6);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('never cover more than there is between walls', () => {
    fc.assert(
      fc.property(anyRings, anyPlaces, (rings, places) => {
        const walkable = createWalkableArea(rings);
        const people = inside(walkable, places);
        const areas = areasOf(cellsOf(walkable, people));
        expect(areas.every((area) => area >= 0)).toBe(true);
        expect(sum(areas)).toBeLessThan(walkable.areaM2 + 1e-9);
        const alone = areasOf(cellsOf(walkable, people.slice(0, 1)));
        expect(sum(alone)).toBeCloseTo(people.length === 0 ? 0 : walkable.areaM2, 6);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it.each([false, true])('are what d3-delaunay and polyclip-ts make of them, cut off: %s', (isCut) => {
    fc.assert(
      fc.property(anyRings, anyDistinctPlaces, (anyRing, places) => {
        const rings = anyRing.map(toMillimetres);
        const walkable = createWalkableArea(rings);
        const people = inside(walkable, places);
        fc.pre(people.length > 0);
        const areas = areasOf(cellsOf(walkable, people, isCut ? CUTOFF : undefined));
        // d3-delaunay moves people who stand in line by some 1e-8 m.
        for (const [i, area] of byOthers(rings, people, isCut).entries()) expect(areas[i]).toBeCloseTo(area, 5);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});

describe('density', () => {
  const figures: VoronoiFigures = { densityPerM2: 0, speedMps: null };

  /** Density and speed of a rectangle, all turned and moved. */
  const measure = (
    rings: readonly (readonly Point[])[],
    people: readonly Point[],
    zone: readonly Point[],
    move: (p: Point) => Point,
  ): VoronoiFigures => {
    const cells = cellsOf(createWalkableArea(rings.map((ring) => ring.map(move))), people.map(move), CUTOFF);
    const covered = new Float64Array(people.length);
    const pieces = createZonePieces(zone.map(move));
    coveredArea(cells, pieces, covered);
    voronoiFigures(cells, covered, Float64Array.from(people, speedOf), pieces.areaM2, figures);
    return { ...figures };
  };

  it('adds up to the number of people over zones that tile the area', () => {
    fc.assert(
      fc.property(anyRings, anyPlaces, fc.boolean(), (rings, places, isCut) => {
        const walkable = createWalkableArea(rings);
        const people = inside(walkable, places);
        const cells = cellsOf(walkable, people, isCut ? CUTOFF : undefined);
        const covered = new Float64Array(people.length);
        let total = 0;
        for (let x = -8; x < 8; x += 4)
          for (let y = -8; y < 8; y += 4) {
            const zone = createZonePieces(rectangle(x, y, x + 4, y + 4));
            coveredArea(cells, zone, covered);
            voronoiFigures(cells, covered, covered, zone.areaM2, figures);
            total += figures.densityPerM2 * zone.areaM2;
          }
        expect(total).toBeCloseTo(people.length, 6);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('does not change when the scene is moved and turned', () => {
    const zone = rectangle(-2, -1.5, 1, 2);
    const far = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const angle = fc.double({ min: 0, max: 7, noNaN: true });
    fc.assert(
      fc.property(anyRings, anyDistinctPlaces, far, far, (rings, places, dx, dy) => {
        const people = inside(createWalkableArea(rings), places);
        const still = measure(rings, people, zone, (p) => p);
        const moved = measure(rings, people, zone, ([x, y]) => [x + dx, y + dy]);
        expect(moved.densityPerM2).toBeCloseTo(still.densityPerM2, 5);
        expect(moved.speedMps ?? -1).toBeCloseTo(still.speedMps ?? -1, 5);
      }),
      { seed: SEED, numRuns: 150 },
    );
    fc.assert(
      fc.property(anyRings, anyDistinctPlaces, angle, (rings, places, by) => {
        const people = inside(createWalkableArea(rings), places);
        // Without a cut-off: its polygon does not turn with the scene.
        const turn = ([x, y]: Point): Point => [
          x * Math.cos(by) - y * Math.sin(by),
          x * Math.sin(by) + y * Math.cos(by),
        ];
        const still = areasOf(cellsOf(createWalkableArea(rings), people));
        const turned = areasOf(cellsOf(createWalkableArea(rings.map((ring) => ring.map(turn))), people.map(turn)));
        for (const [i, area] of still.entries()) expect(turned[i]).toBeCloseTo(area, 6);
      }),
      { seed: SEED, numRuns: 150 },
    );
  });

  it('does not change with the order of people', () => {
    fc.assert(
      fc.property(anyRings, anyPlaces, (rings, places) => {
        const people = inside(createWalkableArea(rings), places);
        const zone = rectangle(-2, -1.5, 1, 2);
        const one = measure(rings, people, zone, (p) => p);
        const other = measure(rings, people.toReversed(), zone, (p) => p);
        expect(other.densityPerM2).toBeCloseTo(one.densityPerM2, 9);
        expect(other.speedMps ?? -1).toBeCloseTo(one.speedMps ?? -1, 9);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});
