import { describe, expect, it } from 'vitest';
import type { Point } from '../../contract/index.ts';
import { createWalkableArea, createZonePieces } from '../../ground/index.ts';
import { createTessellation } from './voronoi.ts';
import { createVoronoiCells } from './voronoi-cells.ts';
import { coveredArea, type VoronoiFigures, voronoiFigures } from './voronoi-density.ts';
import { areasOf, cellsOf, peopleAt, rectangle, roundedAreas } from './voronoi-scenes.fixture.ts';

const hall = createWalkableArea([rectangle(0, 0, 10, 4)]);
const CUTOFF = { radiusM: 0.8, segments: 3 };
/** A regular polygon of 12 corners on a circle of 0.8 m. */
const CIRCLE_M2 = 12 * 0.5 * 0.8 ** 2 * Math.sin(Math.PI / 6);

const expectAreas = (areas: readonly number[], expected: readonly number[]): void => {
  expect(roundedAreas(areas)).toEqual(roundedAreas(expected));
};

describe('a regular lattice', () => {
  const spacing = 0.5;
  const lattice = Array.from(
    { length: 20 * 8 },
    (_, i): Point => [spacing * ((i % 20) + 0.5), spacing * (Math.floor(i / 20) + 0.5)],
  );

  it('has cells of one size', () => {
    expectAreas(
      areasOf(cellsOf(hall, lattice)),
      lattice.map(() => spacing ** 2),
    );
  });

  it('has the density of the lattice in any zone', () => {
    const cells = cellsOf(hall, lattice);
    const figures: VoronoiFigures = { densityPerM2: 0, speedMps: null };
    const covered = new Float64Array(lattice.length);
    const speeds = new Float64Array(lattice.length).fill(1.3);
    for (const polygon of [
      rectangle(1.23, 0.4, 7.7, 3.1),
      [
        [1, 1],
        [5, 0.2],
        [3, 2],
        [6, 3.9],
      ] as Point[],
    ]) {
      const zone = createZonePieces(polygon);
      coveredArea(cells, zone, covered);
      voronoiFigures(cells, covered, speeds, zone.areaM2, figures);
      expect(figures.densityPerM2).toBeCloseTo(1 / spacing ** 2, 9);
      expect(figures.speedMps).toBeCloseTo(1.3, 9);
    }
  });
});

describe('cells for zones only', () => {
  it('are those that reach into one, as they are without', () => {
    const places = Array.from({ length: 90 }, (_, i): Point => [(i * 0.618) % 10, (i * 0.755) % 4]);
    const zones = [createZonePieces(rectangle(1, 1, 2, 2)), createZonePieces(rectangle(6, 0, 6.5, 0.5))];
    for (const cutoff of [undefined, CUTOFF]) {
      const tessellation = createTessellation({ walkable: hall });
      const some = createVoronoiCells({ tessellation, cutoff });
      tessellation.locate(peopleAt(places));
      some.update(zones);
      const all = cellsOf(hall, places, cutoff);
      expect(areasOf(some).filter((area) => area > 0).length).toBeLessThan(45);
      for (const zone of zones) {
        const [ofSome, ofAll] = [new Float64Array(90), new Float64Array(90)];
        coveredArea(some, zone, ofSome);
        coveredArea(all, zone, ofAll);
        expect([...ofSome]).toEqual([...ofAll]);
        const reaching = areasOf(all).map((area, i) => (ofAll[i] > 0 ? area : 0));
        expect(areasOf(some).map((area, i) => (ofAll[i] > 0 ? area : 0))).toEqual(reaching);
      }
    }
  });
});

describe('voronoiFigures', () => {
  const zone = createZonePieces(rectangle(2, 1, 6, 3));
  const figuresOf = (places: readonly Point[], speeds: readonly number[], cutoff = false): VoronoiFigures => {
    const cells = cellsOf(hall, places, cutoff ? CUTOFF : undefined);
    const covered = new Float64Array(places.length);
    const figures: VoronoiFigures = { densityPerM2: -1, speedMps: -1 };
    coveredArea(cells, zone, covered);
    voronoiFigures(cells, covered, Float64Array.from(speeds), zone.areaM2, figures);
    return figures;
  };

  it.each<[what: string, places: Point[], speeds: number[], density: number, speed: number | null]>([
    ['nobody', [], [], 0, null],
    ['nobody inside', [[99, 1]], [1], 0, null],
    ['one person', [[1, 1]], [1.2], 1 / 40, 1.2],
    ['one whose speed is unknown', [[1, 1]], [Number.NaN], 1 / 40, null],
    // The border is at x = 5: three quarters of the zone and a quarter.
    [
      'two people',
      [
        [4, 1],
        [6, 1],
      ],
      [1, 2],
      (6 / 20 + 2 / 20) / 8,
      1.25,
    ],
    [
      'two people, one speed',
      [
        [4, 1],
        [6, 1],
      ],
      [1, Number.NaN],
      (6 / 20 + 2 / 20) / 8,
      1,
    ],
    [
      'two at one place',
      [
        [1, 1],
        [1, 1],
      ],
      [1, 2],
      2 / 40,
      1.5,
    ],
  ])('%s', (_what, places, speeds, density, speed) => {
    const figures = figuresOf(places, speeds);
    expect(figures.densityPerM2).toBeCloseTo(density, 12);
    expect(figures.speedMps === null).toBe(speed === null);
    expect(figures.speedMps ?? -1).toBeCloseTo(speed ?? -1, 12);
  });

  it('adds nothing for ground that no cell covers', () => {
    const figures = figuresOf([[4, 2]], [1.5], true);
    expect(figures.densityPerM2).toBeCloseTo(1 / 8, 12);
    expect(figures.speedMps).toBeCloseTo((1.5 * CIRCLE_M2) / 8, 12);
    expect(figuresOf([[9, 2]], [1.5], true)).toEqual({ densityPerM2: 0, speedMps: null });
  });
});
