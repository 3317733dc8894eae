import { Delaunay } from 'd3-delaunay';
import { describe, expect, it } from 'vitest';
import type { Point } from '../../contract/index.ts';
import { type Chance, deviation, seededChance } from './chance.fixture.ts';
import { detectionErrorOf, NO_DETECTION_ERROR } from './detection-error.ts';
import type { SpeedErrors } from './speed-error.ts';
import { voronoiDensityEstimate, voronoiDensityVariance, voronoiSpeedErrors, type ZoneCells } from './voronoi-error.ts';

/** Side of the place that people stand in, m. The zone is a square in its middle. */
const SIDE_M = 10;

const areaOf = (ring: readonly Point[]): number =>
  Math.abs(
    ring.reduce((sum, [x, y], i) => {
      const [nextX, nextY] = ring[(i + 1) % ring.length];
      return sum + x * nextY - nextX * y;
    }, 0) / 2,
  );

/** What is left of a convex ring where `height` is not negative. */
const cut = (ring: readonly Point[], height: (point: Point) => number): Point[] =>
  ring.flatMap((a, i): Point[] => {
    const b = ring[(i + 1) % ring.length];
    const [ha, hb] = [height(a), height(b)];
    const share = ha / (ha - hb);
    const passage: Point = [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
    return [...(ha >= 0 ? [a] : []), ...(ha * hb < 0 ? [passage] : [])];
  });

const inZone = (ring: readonly Point[], zoneM: number): Point[] => {
  const [low, high] = [(SIDE_M - zoneM) / 2, (SIDE_M + zoneM) / 2];
  const heights = [
    ([x]: Point) => x - low,
    ([x]: Point) => high - x,
    ([, y]: Point) => y - low,
    ([, y]: Point) => high - y,
  ];
  return heights.reduce<Point[]>((rest, height) => cut(rest, height), [...ring]);
};

/** Voronoi cells of people, by another program (d3-delaunay). */
const cellsOf = (people: readonly Point[], zoneM: number, errorM: number): ZoneCells => {
  const voronoi = Delaunay.from(people.map(([x, y]) => [x, y])).voronoi([0, 0, SIDE_M, SIDE_M]);
  const rings = people.map((_, i) => (voronoi.cellPolygon(i) ?? []).slice(0, -1));
  const variance = new Float64Array(people.length).fill(errorM ** 2);
  return {
    count: people.length,
    cellAreaM2: Float64Array.from(rings, (ring) => areaOf(ring.map(([x, y]): Point => [x, y]))),
    coveredM2: Float64Array.from(rings, (ring) =>
      areaOf(
        inZone(
          ring.map(([x, y]): Point => [x, y]),
          zoneM,
        ),
      ),
    ),
    varianceXX: variance,
    varianceYY: variance,
  };
};

const densityOf = ({ count, cellAreaM2, coveredM2 }: ZoneCells, zoneM: number): number => {
  let people = 0;
  for (let i = 0; i < count; i++) if (cellAreaM2[i] > 0) people += coveredM2[i] / cellAreaM2[i];
  return people / zoneM ** 2;
};

/** People strewn about, no two nearer than half the mean spacing. */
const crowd = (densityPerM2: number, { uniform }: Chance): Point[] => {
  const people: Point[] = [];
  while (people.length < densityPerM2 * SIDE_M ** 2) {
    const [x, y] = [SIDE_M * uniform(), SIDE_M * uniform()];
    if (people.every(([px, py]) => Math.hypot(px - x, py - y) > 0.5 / Math.sqrt(densityPerM2))) people.push([x, y]);
  }
  return people;
};

const within = (m: number): number => Math.min(SIDE_M, Math.max(0, m));
const moved = (people: readonly Point[], errorM: number, { normal }: Chance): Point[] =>
  people.map(([x, y]): Point => [within(x + errorM * normal()), within(y + errorM * normal())]);

/** One person's cell. */
const one = (cellAreaM2: number, coveredM2: number, variance: number): ZoneCells => ({
  count: 1,
  cellAreaM2: Float64Array.of(cellAreaM2),
  coveredM2: Float64Array.of(coveredM2),
  varianceXX: Float64Array.of(variance),
  varianceYY: Float64Array.of(variance),
});

const CROWDS = 5;
const TREMBLES = 40;

describe('voronoiDensityVariance', () => {
  it.each<[zoneM: number, densityPerM2: number, errorM: number]>([
    [2, 1, 0.05],
    [2, 1, 0.3],
    [2, 3, 0.15],
    [2, 3, 0.5],
    [4, 0.3, 0.15],
    [4, 0.3, 0.5],
    [4, 1, 0.05],
    [4, 1, 0.5],
    [4, 3, 0.05],
    [4, 3, 0.3],
    [4, 3, 0.5],
    [8, 0.5, 0.05],
    [8, 0.5, 0.5],
    [8, 2, 0.3],
  ])('is within 30 per cent of the truth: zone of %d m, %d people/m², known to %d m', (zoneM, densityPerM2, errorM) => {
    const chance = seededChance(31);
    let told = 0;
    let seen = 0;
    for (let i = 0; i < CROWDS; i++) {
      const people = crowd(densityPerM2, chance);
      told += voronoiDensityVariance(cellsOf(people, zoneM, errorM), zoneM ** 2);
      seen +=
        deviation(
          Array.from({ length: TREMBLES }, () => densityOf(cellsOf(moved(people, errorM, chance), zoneM, 0), zoneM)),
        ) ** 2;
    }
    expect(Math.sqrt(told / seen)).toBeGreaterThan(0.7);
    expect(Math.sqrt(told / seen)).toBeLessThan(1.3);
  });

  it.each<[string, ZoneCells, number]>([
    ['nobody', { ...one(1, 1, 1), count: 0 }, 0],
    ['a place known exactly', one(2, 1, 0), 0],
    ['no cell', one(0, 0, 0.01), 0],
    ['a cell that is not known', one(Number.NaN, 1, 0.01), 0],
    ['a place that is not known', one(2, 1, Number.NaN), 0],
    ['a cell outside', one(2, 0, 0.01), 0],
    // Relative error of the density is that of the area: σ/√A.
    ['one cell that covers all of the zone', one(25, 4, 0.25), (1 / 25) ** 2 * 0.01],
  ])('%s', (_what, cells, expected) => {
    expect(voronoiDensityVariance(cells, 4)).toBeCloseTo(expected, 12);
  });
});

describe('voronoiSpeedErrors', () => {
  it.each<[zoneM: number, densityPerM2: number, errorM: number]>([
    [2, 3, 0.15],
    [4, 1, 0.15],
    [4, 1, 0.4],
    [4, 3, 0.1],
    [8, 2, 0.2],
  ])('is within 30 per cent of the truth: zone of %d m, %d people/m², known to %d m', (zoneM, densityPerM2, errorM) => {
    const chance = seededChance(32);
    const out: SpeedErrors = { meanMps: 0, measuredVariance: 0, sampleVariance: 0 };
    let told = 0;
    let seen = 0;
    for (let i = 0; i < CROWDS; i++) {
      const people = crowd(densityPerM2, chance);
      const speeds = Float64Array.from(people, () => 1.2 + 0.4 * chance.normal());
      const errors = new Float64Array(people.length).fill(0.1);
      voronoiSpeedErrors(cellsOf(people, zoneM, errorM), speeds, errors, out);
      told += out.measuredVariance;
      const means = Array.from({ length: TREMBLES }, () => {
        const trembling = speeds.map((speed) => speed + 0.1 * chance.normal());
        voronoiSpeedErrors(cellsOf(moved(people, errorM, chance), zoneM, 0), trembling, errors, out);
        return out.meanMps;
      });
      seen += deviation(means) ** 2;
    }
    expect(Math.sqrt(told / seen)).toBeGreaterThan(0.7);
    expect(Math.sqrt(told / seen)).toBeLessThan(1.3);
  });

  it('knows what few people say about others, and leaves out unknown speeds', () => {
    const out: SpeedErrors = { meanMps: 0, measuredVariance: 0, sampleVariance: 0 };
    const cells = {
      count: 3,
      cellAreaM2: Float64Array.of(1, 1, 1),
      coveredM2: Float64Array.of(1, 1, 1),
      varianceXX: new Float64Array(3),
      varianceYY: new Float64Array(3),
    };
    voronoiSpeedErrors(cells, Float64Array.of(1, 2, Number.NaN), Float64Array.of(0.2, 0.2, Number.NaN), out);
    expect(out.meanMps).toBe(1.5);
    expect(out.measuredVariance).toBeCloseTo(0.02, 12);
    expect(out.sampleVariance).toBeCloseTo(0.25, 12);
    voronoiSpeedErrors({ ...cells, count: 1 }, Float64Array.of(1), Float64Array.of(0.2), out);
    expect(out.sampleVariance).toBeNaN();
    voronoiSpeedErrors({ ...cells, count: 0 }, Float64Array.of(), Float64Array.of(), out);
    expect(out.meanMps).toBeNaN();
  });
});

describe('voronoiDensityEstimate', () => {
  const area = { value: 50, standardError: 1 };
  const tally = { mean: 0.4, swing: 0.01, positionVariance: 0.0004, measuredS: 4 };

  it('puts swing, positions and area together', () => {
    const { standardError } = voronoiDensityEstimate(tally, area, NO_DETECTION_ERROR);
    expect(standardError).toBeCloseTo(Math.hypot(0.01, 0.01, 0.4 / 50), 12);
  });

  it('adds the detector, as for the people that the zone holds', () => {
    const detection = detectionErrorOf({
      recall: 0.9,
      precision: 1,
      recallSe: 0,
      precisionSe: 0,
      source: 'validated here',
    });
    const { standardError } = voronoiDensityEstimate(
      { ...tally, swing: 0, positionVariance: 0 },
      { value: 50, standardError: 0 },
      detection,
    );
    const people = 20;
    const variance = (people * 0.1 + 0.05) / 0.81 + (people / 9) ** 2;
    expect(standardError).toBeCloseTo(Math.sqrt(variance) / 50, 12);
  });

  it.each([
    ['no frame', { ...tally, mean: null }, null],
    ['too little of its swing', { ...tally, swing: null }, 0.4],
  ])('is not known after %s', (_what, known, value) => {
    expect(voronoiDensityEstimate(known, area, NO_DETECTION_ERROR)).toEqual({ value, standardError: null });
  });
});
