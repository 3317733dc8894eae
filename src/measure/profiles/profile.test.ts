import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWalkableArea } from '../../ground/index.ts';
import { anyPlaces, anyRings, areasOf, cellsOf, inside, rectangle } from '../density/voronoi-scenes.fixture.ts';
import { createMeanProfile } from './mean-profile.ts';
import { createProfiler } from './profile.ts';
import { GridOverlap, profileGrid } from './profile-grid.ts';

const hall = createWalkableArea([rectangle(0, 0, 4, 2)]);
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

describe('profileGrid', () => {
  it.each([
    ['as many squares as fit', 0.5, 8, 4],
    ['one more for a rest', 0.6, 7, 4],
    ['one for a square larger than all', 5, 1, 1],
  ])('has %s', (_what, cellM, columns, rows) => {
    expect(profileGrid(hall, cellM)).toEqual({ leftM: 0, topM: 2, cellM, columns, rows });
  });
});

describe('GridOverlap', () => {
  it('divides cells among the squares, and loses nothing', () => {
    fc.assert(
      fc.property(anyRings, anyPlaces, fc.double({ min: 0.2, max: 3, noNaN: true }), (rings, places, cellM) => {
        const walkable = createWalkableArea(rings);
        const cells = cellsOf(walkable, inside(walkable, places));
        const overlap = new GridOverlap(profileGrid(walkable, cellM));
        for (const [row, area] of areasOf(cells).entries()) {
          overlap.cover(cells, row);
          expect(sum(overlap.areaM2)).toBeCloseTo(area, 9);
          expect(sum([...overlap.cells.subarray(0, overlap.count)].map((cell) => overlap.areaM2[cell]))).toBeCloseTo(
            area,
            9,
          );
        }
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});

describe('Profiler', () => {
  const cells = cellsOf(hall, [
    [0.5, 1],
    [1.5, 1],
    [3.5, 1],
  ]);
  const grid = profileGrid(hall, 1);

  it('is the density of the cell over each square', () => {
    // Borders at 1 and 2.5: cells of 2, 3 and 3 m².
    const { densityPerM2 } = createProfiler(grid).profile(cells, Float64Array.of(1, 1, 1));
    const row = [1 / 2, 1 / 3, 1 / 3, 1 / 3];
    for (const [i, density] of densityPerM2.entries()) expect(density).toBeCloseTo(row[i % 4], 9);
  });

  it('has two means of speed, which leave the unknown out', () => {
    const profiler = createProfiler(grid);
    const { speedVoronoiMps, speedArithmeticMps } = profiler.profile(cells, Float64Array.of(3, 1, 2));
    expect(speedVoronoiMps[0]).toBeCloseTo(3, 9);
    expect(speedVoronoiMps[2]).toBeCloseTo(1.5, 9);
    expect(speedArithmeticMps[2]).toBeCloseTo(1.5, 9);
    profiler.profile(cells, Float64Array.of(Number.NaN, 1, Number.NaN));
    expect(speedVoronoiMps[0]).toBeNaN();
    expect(speedArithmeticMps[0]).toBeNaN();
    expect(speedVoronoiMps[2]).toBeCloseTo(1, 9);
    expect(speedArithmeticMps[2]).toBeCloseTo(1, 9);
  });

  it('is empty without people', () => {
    const { densityPerM2, speedVoronoiMps } = createProfiler(grid).profile(cellsOf(hall, []), new Float64Array(0));
    expect(sum(densityPerM2)).toBe(0);
    expect(speedVoronoiMps.every(Number.isNaN)).toBe(true);
  });

  it('counts each person once', () => {
    fc.assert(
      fc.property(anyRings, anyPlaces, (rings, anybody) => {
        const walkable = createWalkableArea(rings);
        const people = inside(walkable, anybody);
        const own = profileGrid(walkable, 0.7);
        const { densityPerM2 } = createProfiler(own).profile(
          cellsOf(walkable, people),
          new Float64Array(people.length),
        );
        expect(sum(densityPerM2) * 0.7 ** 2).toBeCloseTo(people.length, 6);
      }),
      { seed: 6, numRuns: 60 },
    );
  });
});

describe('MeanProfile', () => {
  // 3.5 m wide, so that the last column is half in; a pillar fills one square.
  const walkable = createWalkableArea([rectangle(0, 0, 3.5, 3), rectangle(1, 1, 2, 2)]);

  it('is a mean over frames, lowest row first, unknown where nobody can be', () => {
    const profile = createMeanProfile({ walkable, cellM: 1 });
    profile.add(cellsOf(walkable, [[0.5, 0.5]]), Float64Array.of(1));
    profile.add(cellsOf(walkable, []), new Float64Array(0));
    const map = profile.snapshot();
    expect(map).toMatchObject({ originXM: 0, originYM: 0, cellM: 1, columns: 4, rows: 3 });
    expect(map.densityPerM2[0]).toBeCloseTo(0.5 / 9.5, 9);
    expect(map.densityPerM2[3]).toBeCloseTo(0.25 / 9.5, 9);
    expect(map.densityPerM2[5]).toBeNaN();
    expect(map.speedMps[5]).toBeNaN();
    // Half the time nobody was there, but whoever was walked at 1 m/s.
    expect(map.speedMps[0]).toBeCloseTo(1, 9);
    expect(profile.leftOut).toBe(0);
  });

  it('turns the rows of the profiles over', () => {
    const profile = createMeanProfile({ walkable, cellM: 1 });
    profile.add(
      cellsOf(walkable, [
        [0.5, 0.2],
        [0.5, 2.9],
      ]),
      Float64Array.of(1, 2),
    );
    const { speedMps } = profile.snapshot();
    expect(speedMps[0]).toBeCloseTo(1, 6);
    expect(speedMps[8]).toBeCloseTo(2, 6);
  });

  it('leaves out frames with too few people, and knows nothing without any', () => {
    const profile = createMeanProfile({ walkable, cellM: 1, minimumCount: 2 });
    profile.add(
      cellsOf(walkable, [
        [0.5, 0.5],
        [9, 9],
      ]),
      Float64Array.of(1, 1),
    );
    expect(profile.leftOut).toBe(1);
    expect(profile.snapshot().densityPerM2.every(Number.isNaN)).toBe(true);
    profile.add(
      cellsOf(walkable, [
        [0.5, 0.5],
        [3, 2],
      ]),
      Float64Array.of(1, Number.NaN),
    );
    const map = profile.snapshot();
    expect(sum([...map.densityPerM2].filter((density) => density > 0))).toBeCloseTo(2, 6);
    expect(map.speedMps[0]).toBeCloseTo(1, 9);
    expect(map.speedMps[11]).toBeNaN();
  });

  it('grows squares where there would be too many', () => {
    const { columns, rows } = createMeanProfile({ walkable, cellM: 0.001 }).snapshot();
    expect(columns * rows).toBeLessThan(41_000);
  });
});
