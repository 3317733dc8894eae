import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellAt, fieldGrid, zoneMax, zoneMean } from '../space/field-grid.ts';
import { Congestion } from './congestion.ts';
import { lattice, sceneOf, type Walker } from './scene.fixture.ts';

const SIDE = 0.5;
const GRID = fieldGrid({ left: 0, bottom: 0, right: 8, top: 8 }, SIDE);
const MIDDLE = cellAt(GRID, 4.25, 4.25);

/** One person on the middle of every cell, moving as asked. */
const everywhere = (velocity: (x: number, y: number) => readonly [number, number]): Walker[] =>
  lattice(0.25, 8, SIDE, velocity);

const congestionOf = (walkers: readonly Walker[]): Congestion => {
  const congestion = new Congestion(GRID);
  const { positions, motion } = sceneOf(walkers);
  congestion.add(positions, motion);
  congestion.close();
  return congestion;
};

/** An uneven field. */
const uneven = (x: number, y: number): readonly [number, number] => [Math.sin(x * y), Math.cos(x + 2 * y)];

/** Two lanes that go up and, by a sign, against each other. */
const lanes = (sign: number): Walker[] => everywhere((_x, y) => [y < 4 ? sign : -sign, 1]);

/** The cells away from the border, whose rotor is known. */
const inner = (field: Float64Array): number[] => [...field].filter((value) => !Number.isNaN(value));

describe('Congestion', () => {
  const OMEGA = 0.3;
  it.each<[string, (x: number, y: number) => readonly [number, number], number]>([
    ['a plug flow', () => [1.2, -0.4], 0],
    ['a crowd that turns as one', (x, y) => [-OMEGA * (y - 4), OMEGA * (x - 4)], 2 * OMEGA],
    ['a shear', (_x, y) => [0.2 * y, 0], -0.2],
    ['a crowd that spreads out from a point', (x, y) => [x - 4, y - 4], 0],
  ])('of %s is 0, its rotor everywhere the same', (_what, velocity, rotor) => {
    const congestion = congestionOf(everywhere(velocity));
    expect(inner(congestion.rotorPerS).length).toBe(14 * 14);
    for (const value of inner(congestion.rotorPerS)) expect(value).toBeCloseTo(rotor, 12);
    for (const level of inner(congestion.levelPerM)) expect(level).toBeCloseTo(0, 10);
  });

  it('of two opposite lanes is 1/6 where they meet, and 0 within either', () => {
    const congestion = congestionOf(everywhere((_x, y) => [y < 4 ? 1 : -1, 0]));
    // ∂Vx/∂y ≈ −2 / 2h over the two rows at the border: r = 2 and 0, speed 1: CL = 2, CN = 0.5 · 2 / 6.
    expect(congestion.levelPerM[MIDDLE]).toBeCloseTo(2, 12);
    expect(congestion.number[MIDDLE]).toBeCloseTo(1 / 6, 12);
    expect(congestion.number[cellAt(GRID, 4.25, 7.75)]).toBeCloseTo(0, 12);
  });

  it('of a field of vortices is that of the exact rotor, but for what a grid takes off', () => {
    // Vx = sin(ky), Vy = −sin(kx): r = −k (cos kx + cos ky), its differences over 2h sin(kh)/(kh) of it.
    const k = Math.PI / 2;
    const congestion = congestionOf(everywhere((x, y) => [Math.sin(k * y), -Math.sin(k * x)]));
    const discrete = Math.sin(k * SIDE) / (k * SIDE);
    const rotorAt = (x: number, y: number): number => -k * (Math.cos(k * x) + Math.cos(k * y)) * discrete;
    expect(congestion.rotorPerS[MIDDLE]).toBeCloseTo(rotorAt(4.25, 4.25), 12);
    let speeds = 0;
    let count = 0;
    const rotors: number[] = [];
    for (let dx = -3; dx <= 3; dx++) {
      for (let dy = -3; dy <= 3; dy++) {
        if (dx * dx + dy * dy > 3.5 ** 2) continue;
        const [x, y] = [4.25 + dx * SIDE, 4.25 + dy * SIDE];
        speeds += Math.hypot(Math.sin(k * y), Math.sin(k * x));
        rotors.push(rotorAt(x, y));
        count++;
      }
    }
    const level = (Math.max(...rotors) - Math.min(...rotors)) / (speeds / count);
    expect(congestion.levelPerM[MIDDLE]).toBeCloseTo(level, 12);
    expect(congestion.number[MIDDLE]).toBeCloseTo((level * SIDE) / 6, 12);
  });

  it('is at most 2/3 when all walk at one speed, and reaches it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 7, noNaN: true }), { minLength: 256, maxLength: 256 }),
        (angles) => {
          let next = 0;
          const congestion = congestionOf(everywhere(() => [Math.cos(angles[next]), Math.sin(angles[next++])]));
          expect(zoneMax(congestion.number, Uint32Array.from(congestion.number.keys()))).toBeLessThanOrEqual(
            2 / 3 + 1e-9,
          );
        },
      ),
      { numRuns: 20 },
    );
    // Vortices of four people each, left and right about: all neighbours of a middle go round it.
    const turning = congestionOf(everywhere((x, y) => around(x, y)));
    expect(zoneMax(turning.number, Uint32Array.from(turning.number.keys()))).toBeCloseTo(2 / 3, 9);
  });

  it('is the same for a faster crowd that moves alike, and for a mirrored one', () => {
    const slow = congestionOf(everywhere(uneven)).number[MIDDLE];
    const fast = congestionOf(
      everywhere((x, y) => {
        const [vx, vy] = uneven(x, y);
        return [3 * vx, 3 * vy];
      }),
    );
    const mirrored = congestionOf(
      everywhere((x, y) => {
        const [vx, vy] = uneven(8.5 - x, y);
        return [-vx, vy];
      }),
    );
    expect(fast.number[MIDDLE]).toBeCloseTo(slow, 12);
    expect(mirrored.number[MIDDLE]).toBeCloseTo(slow, 9);
  });

  it('moves with the scene, and does not care who comes first', () => {
    const walkers = everywhere(uneven);
    const here = congestionOf(walkers);
    const { positions, motion } = sceneOf(
      walkers.map(({ x, y, vx = 0, vy = 0 }) => ({ x: x + 512, y: y - 64, vx, vy })).toReversed(),
    );
    const there = new Congestion(fieldGrid({ left: 512, bottom: -64, right: 520, top: -56 }, SIDE));
    there.add(positions, motion);
    there.close();
    expect(there.levelPerM).toEqual(here.levelPerM);
  });

  it.each<[string, Walker[]]>([
    ['nobody', []],
    ['one person', [{ x: 4, y: 4, vx: 1 }]],
    ['one row of people', everywhere(() => [1, 0]).filter(({ y }) => y === 4.25)],
    ['a standing crowd', everywhere(() => [0, 0])],
    ['a crowd of unknown velocities', everywhere(() => [Number.NaN, 0])],
    [
      'a crowd of bicycles',
      everywhere((x) => [x, x]).map(({ x, y, vx = 0, vy = 0 }) => ({ x, y, vx, vy, classIndex: 1 })),
    ],
    ['people nowhere', everywhere((x) => [x, x]).map(({ y, vx = 0, vy = 0 }) => ({ x: Number.NaN, y, vx, vy }))],
  ])('is unknown, not 0, with %s', (_who, walkers) => {
    const { levelPerM, number } = congestionOf(walkers);
    expect([...levelPerM, ...number].every(Number.isNaN)).toBe(true);
    expect(zoneMean(number, Uint32Array.of(MIDDLE))).toBeNull();
  });

  it('averages velocities over a stretch of ten seconds, then begins anew', () => {
    const congestion = new Congestion(GRID);
    const renewed: boolean[] = [];
    const numbers: number[] = [];
    // For ten seconds the lanes change about, and on average all go up; then they stay.
    for (let timeMs = 0; timeMs < 20_000; timeMs += 1000) {
      const { positions, motion } = sceneOf(lanes(timeMs < 10_000 && timeMs % 2000 === 0 ? -1 : 1), timeMs);
      renewed.push(congestion.add(positions, motion));
      numbers.push(congestion.number[MIDDLE]);
    }
    expect(renewed.indexOf(true)).toBe(10);
    expect(renewed.filter(Boolean)).toHaveLength(1);
    expect(numbers[9]).toBeNaN();
    expect(numbers[10]).toBeCloseTo(0, 12);
    expect(congestion.close()).toBe(true);
    expect(congestion.number[MIDDLE]).toBeCloseTo(1 / 6 / Math.SQRT2, 12);
    expect(congestion.close()).toBe(false);
  });

  it('begins anew when time runs backwards', () => {
    const congestion = new Congestion(GRID);
    const { positions, motion } = sceneOf(
      everywhere(() => [1, 0]),
      5000,
    );
    const earlier = sceneOf(
      everywhere(() => [1, 0]),
      1000,
    );
    expect(congestion.add(positions, motion)).toBe(false);
    expect(congestion.add(earlier.positions, earlier.motion)).toBe(true);
  });
});

/** Velocity of size 1 that goes round the left of two neighbouring middles one way, and round the right the other. */
const around = (x: number, y: number): readonly [number, number] => {
  for (const [middleX, turn] of [
    [3.25, 1],
    [5.25, -1],
  ] as const) {
    const dx = x - middleX;
    const dy = y - 4.25;
    if (Math.abs(Math.hypot(dx, dy) - SIDE) < 1e-9) return [(-turn * dy) / SIDE, (turn * dx) / SIDE];
  }
  return [1, 0];
};
