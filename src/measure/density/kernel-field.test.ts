import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lattice, sceneOf, type Walker } from '../crowd/scene.fixture.ts';
import { type Box, cellAt, fieldGrid, maskOf } from '../space/field-grid.ts';
import { GaussianSpread } from '../space/gaussian-spread.ts';
import { KernelField } from './kernel-field.ts';

const BOX: Box = { left: 0, bottom: 0, right: 16, top: 8 };
const GRID = fieldGrid(BOX, 0.5);
const OPEN = maskOf(GRID, () => true);
/** A hall with a pillar. */
const HALL = maskOf(GRID, ([x, y]) => !(x > 6 && x < 8 && y > 3 && y < 5));

const densityOf = (walkers: readonly Walker[], walkable = OPEN, kernelM = 0.7): Float64Array =>
  new KernelField(GRID, walkable, kernelM).update(sceneOf(walkers).positions);

const peopleIn = (densityPerM2: Float64Array): number =>
  densityPerM2.reduce((sum, density) => sum + (Number.isNaN(density) ? 0 : density * 0.25), 0);

/** Places on a fine binary lattice, so that moving them by whole metres rounds nothing. */
const place = fc.record({
  x: fc.integer({ min: 0, max: 1023 }).map((n) => n / 64),
  y: fc.integer({ min: 0, max: 511 }).map((n) => n / 64),
});
const crowd = fc.array(place, { maxLength: 40 });

describe('KernelField', () => {
  it('adds up to the people, in the open, at edges and round a pillar', () => {
    fc.assert(
      fc.property(crowd, fc.constantFrom(0.1, 0.7, 2), (people, kernelM) => {
        expect(peopleIn(densityOf(people, OPEN, kernelM))).toBeCloseTo(people.length, 9);
        const walking = people.filter(({ x, y }) => HALL[cellAt(GRID, x, y)] === 1);
        expect(peopleIn(densityOf(walking, HALL, kernelM))).toBeCloseTo(walking.length, 9);
      }),
    );
  });

  it('moves with the scene', () => {
    fc.assert(
      fc.property(
        crowd,
        fc.integer({ min: -4000, max: 4000 }),
        fc.integer({ min: -4000, max: 4000 }),
        (people, dx, dy) => {
          const there = fieldGrid({ left: dx, bottom: dy, right: 16 + dx, top: 8 + dy }, 0.5);
          const moved = people.map(({ x, y }) => ({ x: x + dx, y: y + dy }));
          const field = new KernelField(there, OPEN).update(sceneOf(moved).positions);
          expect(field).toEqual(densityOf(people));
        },
      ),
    );
  });

  it('does not care who comes first', () => {
    fc.assert(
      fc.property(crowd, (people) => {
        const turned = densityOf(people.toReversed());
        const difference = densityOf(people).map((density, cell) => Math.abs(density - turned[cell]));
        expect(Math.max(...difference)).toBeLessThan(1e-12);
      }),
    );
  });

  it('is the Gaussian, away from edges', () => {
    const field = densityOf([{ x: 8.25, y: 4.25 }]);
    for (const [x, y] of [
      [8.25, 4.25],
      [9.25, 4.25],
      [8.75, 3.25],
    ] as const) {
      const square = (x - 8.25) ** 2 + (y - 4.25) ** 2;
      const gaussian = Math.exp(-square / (2 * 0.49)) / (2 * Math.PI * 0.49);
      // What lies beyond 3 σ, 1.1 %, is spread over the rest.
      expect(field[cellAt(GRID, x, y)] / gaussian).toBeCloseTo(1.011, 2);
    }
    expect(field[cellAt(GRID, 8.25 + 2, 4.25)]).toBeGreaterThan(0);
    expect(field[cellAt(GRID, 8.25 + 2.5, 4.25)]).toBe(0);
  });

  it('is even in an even crowd', () => {
    // Four to the square metre, on the middles of the cells: everywhere 4.
    const field = densityOf(lattice(0.25, 16, 0.5, () => [0, 0]).filter(({ y }) => y < 8));
    expect(field[cellAt(GRID, 8.25, 4.25)]).toBeCloseTo(4, 3);
  });

  // ∫ φ(x − y) / Φ(y) dy from the wall on, in units of σ: what shares that add up to 1 make of an even crowd.
  it.each([
    [0.25, 0.851],
    [0.75, 1.041],
    [1.25, 1.069],
    [2.25, 1.012],
  ])('reads an even crowd %f m from a wall as %f of it', (x, ratio) => {
    const field = densityOf(lattice(0.25, 16, 0.5, () => [0, 0]).filter(({ y }) => y < 8));
    // The grid and the cut at 3 σ.
    expect(Math.abs(field[cellAt(GRID, x, 4.25)] / 4 - ratio)).toBeLessThan(0.02);
  });

  it('puts nobody where nobody can walk', () => {
    const field = densityOf([{ x: 5.9, y: 4 }], HALL);
    expect(field[cellAt(GRID, 7, 4)]).toBeNaN();
    expect(field[cellAt(GRID, 5.75, 4.25)]).toBeGreaterThan(0);
  });

  it.each<[string, Walker, number]>([
    ['somebody on the edge of the pillar', { x: 6, y: 4 }, 1],
    ['somebody just inside the pillar, whose cell is no ground', { x: 6.2, y: 4 }, 1],
    ['nobody in the middle of a pillar four cells wide', { x: 7, y: 4 }, 0],
    ['nobody off the grid', { x: 30, y: 4 }, 0],
    ['nobody nowhere', { x: Number.NaN, y: 4 }, 0],
    ['nobody at infinity', { x: 4, y: Number.POSITIVE_INFINITY }, 0],
    ['no bicycle', { x: 4, y: 4, classIndex: 1 }, 0],
  ])('counts %s', (_who, walker, people) => {
    // The pillar's inner cells have no walkable neighbour when it is wider than two.
    const hall = maskOf(GRID, ([x, y]) => !(x > 6 && x < 8.5 && y > 2.5 && y < 5.5));
    expect(peopleIn(densityOf([walker], hall))).toBeCloseTo(people, 9);
  });

  it('knows an empty place, a crowd in one point, and a place without ground', () => {
    expect(Math.max(...densityOf([]))).toBe(0);
    expect(peopleIn(densityOf(Array.from({ length: 9 }, () => ({ x: 3, y: 3 }))))).toBeCloseTo(9, 9);
    expect(densityOf([{ x: 3, y: 3 }], new Uint8Array(OPEN.length)).every(Number.isNaN)).toBe(true);
  });

  it('forgets the frame before', () => {
    const field = new KernelField(GRID, OPEN);
    field.update(sceneOf([{ x: 3, y: 3 }]).positions);
    expect(peopleIn(field.update(sceneOf([{ x: 9, y: 3 }]).positions))).toBeCloseTo(1, 9);
  });
});

describe('GaussianSpread', () => {
  it('spreads a round kernel as an ellipse that is round', () => {
    fc.assert(
      fc.property(place, fc.double({ min: 0.1, max: 4, noNaN: true }), ({ x, y }, variance) => {
        const spread = new GaussianSpread(GRID, HALL);
        const shares = (xy: number): Map<number, number> => {
          const count = spread.spread(x, y, variance, xy, variance);
          return new Map(Array.from({ length: count }, (_, k) => [spread.cells[k], spread.shares[k]]));
        };
        const round = shares(0);
        // A covariance of next to nothing takes the other way through the code.
        for (const [cell, share] of shares(1e-15)) expect(round.get(cell) ?? 0).toBeCloseTo(share, 9);
      }),
    );
  });

  it('leans as the covariance does', () => {
    const spread = new GaussianSpread(GRID, OPEN);
    const count = spread.spread(8.25, 4.25, 0.5, 0.4, 0.5);
    const shareAt = (x: number, y: number): number => {
      const k = spread.cells.subarray(0, count).indexOf(cellAt(GRID, x, y));
      return k < 0 ? 0 : spread.shares[k];
    };
    expect(shareAt(8.75, 4.75)).toBeGreaterThan(2 * shareAt(8.75, 3.75));
  });
});
