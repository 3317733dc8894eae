import { describe, expect, it } from 'vitest';
import { createPlanarPoints, type GroundGrid, type Point } from '../../contract/index.ts';
import { CEILING } from './ceiling.fixture.ts';
import { GroundMap } from './ground-map.ts';
import { SpeedHistogram } from '../speed/speed-histogram.ts';

const mapOf = (people: readonly Point[], speedMps: readonly number[] = [], classIndex = 0): GroundGrid => {
  const map = GroundMap.of(CEILING);
  if (!map) throw new Error('a ceiling camera measures well everywhere');
  const positions = createPlanarPoints('ground', 16);
  positions.count = people.length;
  for (const [i, [x, y]] of people.entries()) {
    positions.x[i] = x;
    positions.y[i] = y;
    positions.classIndex[i] = classIndex;
    positions.varianceXX[i] = 0.01;
    positions.varianceYY[i] = 0.01;
  }
  map.add(
    positions,
    Float64Array.from(people, (_, i) => speedMps[i] ?? Number.NaN),
  );
  return map.snapshot();
};

const peopleOn = ({ densityPerM2, cellM }: GroundGrid): number =>
  densityPerM2.reduce((sum, density) => sum + (Number.isNaN(density) ? 0 : density * cellM ** 2), 0);

const cellAt = ({ originXM, originYM, cellM, columns }: GroundGrid, [x, y]: Point): number =>
  Math.floor((y - originYM) / cellM) * columns + Math.floor((x - originXM) / cellM);

describe('GroundMap', () => {
  it('covers what the camera sees', () => {
    const map = mapOf([]);
    expect([map.columns * map.cellM, map.rows * map.cellM]).toEqual([16, 9]);
    expect(peopleOn(map)).toBe(0);
  });

  it('adds up to the people on it, at its edges too', () => {
    expect(
      peopleOn(
        mapOf([
          [8, 4],
          [8.2, 4.1],
          [0.1, 0.1],
          [15.9, 8.9],
        ]),
      ),
    ).toBeCloseTo(4, 9);
  });

  it('is highest where they are', () => {
    const map = mapOf([[8.25, 4.25]]);
    const here = cellAt(map, [8.25, 4.25]);
    expect(Math.max(...map.densityPerM2)).toBe(map.densityPerM2[here]);
    // A Gaussian of variance 0.7² + 0.1² has its top at 1/(2π·0.5) = 0.318 per m².
    expect(map.densityPerM2[here]).toBeCloseTo(1 / (2 * Math.PI * 0.5), 2);
  });

  it.each([
    ['somebody off the map', [[30, 4]] as Point[], 0],
    ['what is not a person', [[8, 4]] as Point[], 2],
  ])('leaves out %s', (_what, people, classIndex) => {
    expect(peopleOn(mapOf(people, [], classIndex))).toBe(0);
  });

  it('knows speed where people walked, and only there', () => {
    const map = mapOf(
      [
        [2, 2],
        [12, 6],
      ],
      [1, 2],
    );
    expect(map.speedMps[cellAt(map, [2, 2])]).toBeCloseTo(1, 2);
    expect(Number.isNaN(map.speedMps[cellAt(map, [7, 8])])).toBe(true);
  });

  it('is a mean over frames', () => {
    const map = GroundMap.of(CEILING);
    const positions = createPlanarPoints('ground', 1);
    positions.count = 1;
    [positions.x[0], positions.y[0]] = [8, 4];
    map?.add(positions, Float64Array.of(Number.NaN));
    positions.count = 0;
    map?.add(positions, new Float64Array(0));
    expect(peopleOn(map?.snapshot() ?? mapOf([]))).toBeCloseTo(0.5, 9);
  });
});

describe('SpeedHistogram', () => {
  it('counts speeds in bins of a tenth, the fastest in the last', () => {
    const histogram = new SpeedHistogram();
    for (const speed of [0, 0.05, 1.25, 100, Number.NaN]) histogram.add(speed);
    const { binWidth, counts } = histogram.snapshot();
    expect(binWidth).toBe(0.1);
    expect([counts[0], counts[12], counts.at(-1)]).toEqual([2, 1, 1]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(4);
  });
});
