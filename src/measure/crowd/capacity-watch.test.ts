import { describe, expect, it } from 'vitest';
import { WEIDMANN_CAPACITY_DENSITY_PER_M2, weidmannSpeedMps } from '../../contract/index.ts';
import { seededNormals } from '../seeded-normals.fixture.ts';
import { CapacityWatch } from './capacity-watch.ts';

type Window = readonly [densityPerM2: number | null, flowPerMS: number | null];

const answers = (windows: readonly Window[], capacity?: number): (boolean | null)[] => {
  const watch = new CapacityWatch(capacity);
  return windows.map(([density, flow]) => watch.add(density, flow));
};

const flowAt = (densityPerM2: number): number => densityPerM2 * weidmannSpeedMps(densityPerM2);

/** A stream on Weidmann's curve. */
const onCurve = (densities: readonly number[]): Window[] => densities.map((density) => [density, flowAt(density)]);

const steps = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

/** Windows that scatter by so much of their value. */
const noisy = (windows: readonly (readonly [number, number])[], share: number, seed: number): Window[] => {
  const normal = seededNormals(seed);
  return windows.map(([density, flow]) => [density * (1 + share * normal()), flow * (1 + share * normal())]);
};

const alarms = (windows: readonly Window[]): number => answers(windows).filter((answer) => answer === true).length;

describe('CapacityWatch', () => {
  it.each([0.05, 0.1, 0.2])('is raised after the capacity and not before, in steps of %f', (step) => {
    const densities = Array.from({ length: Math.round(4 / step) }, (_, i) => 0.5 + step * i);
    const told = answers(onCurve(densities));
    const first = told.indexOf(true);
    const passed = densities.findIndex((density) => density > WEIDMANN_CAPACITY_DENSITY_PER_M2);
    expect(first).toBeGreaterThan(passed);
    // Six windows that are past it all fall; it takes no more.
    expect(first).toBeLessThanOrEqual(passed + 6);
    // And stays, as long as density rises.
    expect(told.slice(first).every((answer) => answer === true)).toBe(true);
    expect(told.slice(5, first).every((answer) => answer === false)).toBe(true);
  });

  it.each([
    ['free flow that rises', onCurve(steps(0.1, 1.7, 40))],
    ['a jam that dissolves', onCurve(steps(4.5, 1.8, 40))],
    ['a steady jam', onCurve(steps(3, 3, 20))],
    ['flow that stays level while density rises', steps(1, 4, 30).map((density): Window => [density, 1.2])],
    ['flow that is level but for rounding', steps(2, 4, 30).map((density, i): Window => [density, 1.2 - i * 4e-16])],
    ['flow that falls while density does', steps(4, 1, 30).map((density): Window => [density, density / 4])],
    ['flow that falls at a steady density', steps(1, 0.2, 30).map((flow): Window => [3, flow])],
    ['an empty place', steps(0, 0, 10).map((): Window => [0, 0])],
    ['people who stop where there is room', steps(0.2, 0.6, 20).map((density): Window => [density, 0.5 - density / 2])],
  ])('says nothing of %s', (_what, windows) => {
    expect(alarms(windows)).toBe(0);
  });

  it('goes by the capacity of the site', () => {
    const windows = onCurve(steps(1.8, 3, 12));
    expect(answers(windows).at(-1)).toBe(true);
    expect(answers(windows, 3.5).at(-1)).toBe(false);
  });

  it('does not know before six windows, nor across a gap', () => {
    const windows = onCurve(steps(2, 4, 12));
    expect(answers(windows).slice(0, 5)).toEqual([null, null, null, null, null]);
    const broken: Window[] = [...windows.slice(0, 6), [null, null], ...windows.slice(6)];
    expect(answers(broken)).toEqual([null, null, null, null, null, true, null, null, null, null, null, null, true]);
    expect(answers([...windows.slice(0, 6), [3, Number.NaN]]).at(-1)).toBeNull();
  });

  it('has no memory: the same six windows have the same answer', () => {
    const windows = onCurve([...steps(0.5, 3, 20), ...steps(3, 1, 20), ...steps(2, 4, 6)]);
    expect(answers(windows).at(-1)).toBe(answers(windows.slice(-6)).at(-1));
  });

  it('is seldom raised by noise: fewer than 1 in 1,000 windows of a steady crowd past its capacity', () => {
    const windows = noisy(
      Array.from({ length: 10_000 }, () => [2.5, 1.1] as const),
      0.1,
      5,
    );
    expect(alarms(windows)).toBeLessThanOrEqual(10);
  });

  it('and by about 1 in 100 when density rises and flow stays level', () => {
    let raised = 0;
    for (let seed = 1; seed <= 1000; seed++) {
      const rise = steps(2, 4, 6).map((density) => [density, 1.2] as const);
      const normal = seededNormals(seed);
      const told = answers(rise.map(([density, flow]): Window => [density, flow * (1 + 0.1 * normal())]));
      if (told.at(-1) === true) raised++;
    }
    expect(raised).toBeLessThanOrEqual(20);
  });

  it('is raised through noise of 3 % when a crowd jams', () => {
    let raised = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const jam = steps(2, 4, 12).map((density) => [density, flowAt(density)] as const);
      if (alarms(noisy(jam, 0.03, seed)) > 0) raised++;
    }
    expect(raised / 200).toBeGreaterThan(0.9);
  });
});
