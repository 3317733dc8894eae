import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededNormals } from '../seeded-normals.fixture.ts';
import { type Box, cellAt, cellCentre, fieldGrid, maskOf, zoneMax } from '../space/field-grid.ts';
import { CrowdPressure } from './crowd-pressure.ts';
import { lattice, sceneOf, type Walker } from './scene.fixture.ts';

const BOX: Box = { left: 0, bottom: 0, right: 12, top: 12 };
const GRID = fieldGrid(BOX, 0.5);
const OPEN = maskOf(GRID, () => true);
const MIDDLE = cellAt(GRID, 6.25, 6.25);

const pressureOf = (walkers: readonly Walker[], radiusM = 1): Float64Array => {
  const { positions, motion } = sceneOf(walkers);
  return new CrowdPressure(GRID, OPEN, radiusM).update(positions, motion);
};

const walker = fc.record({
  x: fc.integer({ min: 0, max: 767 }).map((n) => n / 64),
  y: fc.integer({ min: 0, max: 767 }).map((n) => n / 64),
  vx: fc.integer({ min: -128, max: 128 }).map((n) => n / 64),
  vy: fc.integer({ min: -128, max: 128 }).map((n) => n / 64),
});
const crowd = fc.array(walker, { maxLength: 40 });

/** Greatest difference of two fields; infinite where only one of them is known. */
const greatestDifference = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, cell) => {
    if (Number.isNaN(value) !== Number.isNaN(b[cell])) return Number.POSITIVE_INFINITY;
    return Number.isNaN(value) ? most : Math.max(most, Math.abs(value - b[cell]));
  }, 0);

/** ρ Var after the definition, person by person, with no grid. */
const byDefinition = (walkers: readonly Walker[], [x, y]: readonly [number, number]): number => {
  const weights = walkers.map((other) => Math.exp(-((other.x - x) ** 2 + (other.y - y) ** 2)) / Math.PI);
  const density = weights.reduce((sum, w) => sum + w, 0);
  const mean = (of: (walker: Walker) => number): number =>
    walkers.reduce((sum, other, i) => sum + weights[i] * of(other), 0) / density;
  const vx = mean((other) => other.vx ?? 0);
  const vy = mean((other) => other.vy ?? 0);
  return density * mean((other) => ((other.vx ?? 0) - vx) ** 2 + ((other.vy ?? 0) - vy) ** 2);
};

describe('CrowdPressure', () => {
  it('is exactly 0 in a plug flow', () => {
    fc.assert(
      fc.property(crowd, fc.double({ min: -3, max: 3, noNaN: true }), (walkers, vx) => {
        const field = pressureOf(walkers.map((other) => ({ ...other, vx, vy: 0.7 })));
        expect(field.every((pressure) => Number.isNaN(pressure) || pressure === 0)).toBe(true);
      }),
    );
  });

  it('is density times variance: two streams at 1 m/s through each other', () => {
    const walkers = lattice(0.25, 12, 0.5, (x, y) => [(Math.round(2 * (x + y)) % 2) * 2 - 1, 0]);
    // Four to the square metre, half each way: variance 1 m²/s² but for what the kernel sees of the pattern.
    expect(pressureOf(walkers)[MIDDLE]).toBeCloseTo(4, 1);
  });

  it('is that of the definition, away from edges', () => {
    const normal = seededNormals(7);
    const walkers = Array.from({ length: 60 }, () => ({
      x: 6.25 + normal(),
      y: 6.25 + normal(),
      vx: 1 + 0.3 * normal(),
      vy: 0.3 * normal(),
    }));
    const field = pressureOf(walkers);
    const truth = byDefinition(walkers, cellCentre(GRID, MIDDLE));
    // The cut-off at 3 σ takes 1.1 % of each kernel.
    expect(Math.abs(field[MIDDLE] / truth - 1)).toBeLessThan(0.03);
  });

  it('does not see the speed of the whole: only what differs', () => {
    const walkers = lattice(0.25, 12, 0.5, (x, y) => [Math.sin(3 * x), Math.cos(2 * y)]);
    const faster = walkers.map((other) => ({ ...other, vx: (other.vx ?? 0) + 5, vy: (other.vy ?? 0) - 3 }));
    const field = pressureOf(walkers);
    expect(greatestDifference(pressureOf(faster), field)).toBeLessThan(1e-9);
  });

  it('of a rotating crowd is ρ ω² R², as the velocity varies by ω within the kernel', () => {
    const omega = 0.5;
    const walkers = lattice(0.125, 12, 0.25, (x, y) => [-omega * (y - 6), omega * (x - 6)]);
    // Var = ω² · (variance of the kernel in x and in y) = ω² · 2 · R²/2; 16 people per m².
    const expected = 16 * omega ** 2;
    expect(Math.abs(pressureOf(walkers)[MIDDLE] / expected - 1)).toBeLessThan(0.06);
  });

  it('moves with the scene', () => {
    fc.assert(
      fc.property(
        crowd,
        fc.integer({ min: -900, max: 900 }),
        fc.integer({ min: -900, max: 900 }),
        (walkers, dx, dy) => {
          const there = fieldGrid({ left: dx, bottom: dy, right: 12 + dx, top: 12 + dy }, 0.5);
          const { positions, motion } = sceneOf(
            walkers.map((other) => ({ ...other, x: other.x + dx, y: other.y + dy })),
          );
          expect(new CrowdPressure(there, OPEN).update(positions, motion)).toEqual(pressureOf(walkers));
        },
      ),
    );
  });

  it('does not care who comes first', () => {
    fc.assert(
      fc.property(crowd, (walkers) => {
        expect(greatestDifference(pressureOf(walkers), pressureOf(walkers.toReversed()))).toBeLessThan(1e-9);
      }),
    );
  });

  const pair: Walker[] = [
    { x: 6, y: 6, vx: 1 },
    { x: 6.5, y: 6, vx: -1 },
  ];
  it.each<[string, Walker[]]>([
    ['nobody', []],
    ['one person', [{ x: 6, y: 6, vx: 1 }]],
    [
      'one of two known',
      [
        { x: 6, y: 6, vx: 1 },
        { x: 6.5, y: 6 },
      ],
    ],
    [
      'two who are far apart',
      [
        { x: 1, y: 6, vx: 1 },
        { x: 11, y: 6, vx: -1 },
      ],
    ],
    [
      'a person and a bicycle',
      [
        { x: 6, y: 6, vx: 1 },
        { x: 6.5, y: 6, vx: -1, classIndex: 1 },
      ],
    ],
    [
      'somebody nowhere',
      [
        { x: 6, y: 6, vx: 1 },
        { x: Number.NaN, y: 6, vx: -1 },
      ],
    ],
    [
      'somebody off the grid',
      [
        { x: 6, y: 6, vx: 1 },
        { x: 40, y: 6, vx: -1 },
      ],
    ],
    [
      'an infinite velocity',
      [
        { x: 6, y: 6, vx: 1 },
        { x: 6.5, y: 6, vx: Number.POSITIVE_INFINITY },
      ],
    ],
  ])('is unknown, not 0, with %s', (_who, walkers) => {
    expect(pressureOf(walkers).every(Number.isNaN)).toBe(true);
  });

  it('is known with two, and counts those of unknown velocity in the density alone', () => {
    const two = pressureOf(pair)[MIDDLE];
    expect(two).toBeGreaterThan(0);
    const three = pressureOf([...pair, { x: 6.25, y: 6.25 }])[MIDDLE];
    expect(three).toBeGreaterThan(1.3 * two);
    expect(pressureOf([{ x: 6.25, y: 6.25 }, ...pair])[MIDDLE]).toBeCloseTo(three, 12);
  });

  it('is defined for a crowd in one point', () => {
    const point = Array.from({ length: 9 }, (_, i) => ({ x: 6, y: 6, vx: i % 3 }));
    expect(zoneMax(pressureOf(point), Uint32Array.of(MIDDLE))).toBeGreaterThan(0);
  });

  it('forgets the frame before', () => {
    const pressure = new CrowdPressure(GRID, OPEN);
    const first = sceneOf(pair);
    pressure.update(first.positions, first.motion);
    const second = sceneOf([]);
    expect(pressure.update(second.positions, second.motion).every(Number.isNaN)).toBe(true);
  });

  describe('noise of the velocities', () => {
    const NOISE_MPS = 0.15;
    const FRAMES = 60;
    /** Mean pressure in the middle of a crowd with a true spread, measured with noise. */
    const meanOf = (spreadMps: number, standardErrorMps: number): number => {
      const normal = seededNormals(11);
      const pressure = new CrowdPressure(GRID, OPEN);
      let sum = 0;
      for (let frame = 0; frame < FRAMES; frame++) {
        const walkers = lattice(0.25, 12, 0.5, () => [
          1 + spreadMps * normal() + NOISE_MPS * normal(),
          spreadMps * normal() + NOISE_MPS * normal(),
        ]);
        const { positions, motion } = sceneOf(walkers);
        motion.standardErrorMps.fill(standardErrorMps);
        sum += pressure.update(positions, motion)[MIDDLE] / FRAMES;
      }
      return sum;
    };

    it('is taken off where it is known', () => {
      // Of a variance, 1 − Σw²/(Σw)² is seen; for the kernel that is 1 − 1/(2π R² ρ), with 4 people per m².
      const seen = 1 - 1 / (2 * Math.PI * 4);
      const truth = 4 * 2 * 0.3 ** 2 * seen;
      const noise = 4 * 2 * NOISE_MPS ** 2 * seen;
      expect(Math.abs(meanOf(0.3, NOISE_MPS) / truth - 1)).toBeLessThan(0.08);
      expect(Math.abs(meanOf(0.3, 0) / (truth + noise) - 1)).toBeLessThan(0.08);
    });

    it('is taken off by as much as so few people show of it', () => {
      // Two in one point at ±a: Var = a². Of errors s in x and in y, half shows: Var(e) = 2s² (1 − 1/2) = s².
      const { positions, motion } = sceneOf([
        { x: 6, y: 6, vx: 0.5 },
        { x: 6, y: 6, vx: -0.5 },
      ]);
      const pressure = new CrowdPressure(GRID, OPEN);
      const withNoise = pressure.update(positions, motion)[MIDDLE];
      motion.standardErrorMps.fill(0.3);
      expect(pressure.update(positions, motion)[MIDDLE] / withNoise).toBeCloseTo(1 - 0.3 ** 2 / 0.5 ** 2, 9);
    });

    it('leaves little of a plug flow that trembles, and never less than nothing', () => {
      expect(meanOf(0, 0)).toBeGreaterThan(0.15);
      expect(meanOf(0, NOISE_MPS)).toBeLessThan(0.03);
      expect(meanOf(0, 1)).toBe(0);
    });

    it('that is unknown takes nothing off', () => {
      expect(meanOf(0.3, Number.NaN)).toBe(meanOf(0.3, 0));
    });
  });
});
