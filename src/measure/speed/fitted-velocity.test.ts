import { describe, expect, it } from 'vitest';
import { createPlanarPoints, mediaTimeMs, type Point } from '../../contract/index.ts';
import { seededNormals } from '../seeded-normals.fixture.ts';
import { FittedVelocity, type SpeedOptions } from './fitted-velocity.ts';

/** Speeds that are told of one walker, frame by frame. */
const speedsOf = (
  walk: (timeS: number, frame: number) => Point | null,
  {
    frames = 70,
    rate = 7,
    error = 0,
    ...options
  }: SpeedOptions & { frames?: number; rate?: number; error?: number } = {},
): { speed: number[]; standardError: number[] } => {
  const meter = new FittedVelocity(options);
  const positions = createPlanarPoints('ground', 1);
  positions.id[0] = 5;
  positions.varianceXX.fill(error ** 2);
  positions.varianceYY.fill(error ** 2);
  const speed: number[] = [];
  const standardError: number[] = [];
  for (let frame = 0; frame < frames; frame++) {
    const place = walk(frame / rate, frame);
    positions.count = place ? 1 : 0;
    positions.timeMs = mediaTimeMs((frame * 1000) / rate);
    if (place) [positions.x[0], positions.y[0]] = place;
    const told = meter.update(positions);
    if (!place) continue;
    speed.push(told.speedMps[0]);
    standardError.push(told.standardErrorMps[0]);
  }
  return { speed, standardError };
};

const mean = (values: readonly number[]): number => {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};

describe('FittedVelocity', () => {
  it('knows a steady walk exactly, after half a window', () => {
    const { speed, standardError } = speedsOf((t) => [1.2 * t, 0.5 * t]);
    expect(speed.slice(0, 6).every(Number.isNaN)).toBe(true);
    for (const value of speed.slice(6)) expect(value).toBeCloseTo(1.3, 9);
    for (const value of standardError.slice(6)) expect(value).toBeLessThan(1e-6);
  });

  it.each([2, 7, 25, 60])('does so at %i frames a second', (rate) => {
    const { speed } = speedsOf((t) => [1.2 * t, 0.5 * t], { rate, frames: 5 * rate, windowMs: 2000 });
    expect(mean(speed)).toBeCloseTo(1.3, 9);
  });

  // Feet that tremble by 20 cm: from frame to frame that alone would read as 7 · 0.2 · √2 · √(π/2) = 2.5 m/s.
  it.each([
    ['a walker', 1.3, 1.2, 1.4],
    ['a stroller', 0.6, 0.5, 0.72],
    // The root of a square that is floored at nought keeps some of the tremble.
    ['somebody who stands', 0, 0, 0.17],
  ])('is not deceived by tremble: %s', (_what, speedMps, least, most) => {
    const gauss = seededNormals(12);
    const { speed } = speedsOf((t) => [speedMps * t + 0.2 * gauss(), 0.2 * gauss()], { frames: 3000, error: 0.2 });
    expect(mean(speed)).toBeGreaterThan(least);
    expect(mean(speed)).toBeLessThan(most);
  });

  it('has the right mean square, which tremble would only add to', () => {
    const gauss = seededNormals(15);
    const { speed } = speedsOf((t) => [0.6 * t + 0.2 * gauss(), 0.2 * gauss()], { frames: 6000, error: 0.2 });
    // Uncorrected it would be 0.36 plus twice 0.022.
    expect(mean(speed.map((value) => value ** 2))).toBeGreaterThan(0.35);
    expect(mean(speed.map((value) => value ** 2))).toBeLessThan(0.38);
  });

  it('states the error that it makes', () => {
    const gauss = seededNormals(13);
    const { speed, standardError } = speedsOf((t) => [1.3 * t + 0.2 * gauss(), 0.2 * gauss()], {
      frames: 3000,
      error: 0.2,
    });
    const scatter = Math.sqrt(mean(speed.map((value) => (value - 1.3) ** 2)));
    expect(mean(standardError) / scatter).toBeGreaterThan(0.8);
    expect(mean(standardError) / scatter).toBeLessThan(1.2);
  });

  it.each<readonly [what: string, walk: (t: number, frame: number) => Point | null, options: SpeedOptions]>([
    // 1536 km/h is 427 m/s: somebody else under the same number.
    ['a jump to the other side of the square', (_t, frame) => (frame < 35 ? [0, 0] : [60, 0]), {}],
    ['a foot that flies off for one frame', (_t, frame) => (frame === 35 ? [60, 0] : [0, 0]), {}],
    ['a number that comes back after long', (_t, frame) => (frame < 20 ? [0, 0] : frame < 60 ? null : [30, 0]), {}],
  ])('states no speed from %s', (_what, walk, options) => {
    const { speed } = speedsOf(walk, options);
    expect(Math.max(...speed.filter((value) => !Number.isNaN(value)))).toBeLessThan(1e-6);
  });

  it('states nothing that it knows too badly', () => {
    const gauss = seededNormals(14);
    const { speed } = speedsOf((t) => [t + 3 * gauss(), 0], { error: 3, frames: 300 });
    expect(speed.filter((value) => !Number.isNaN(value)).length).toBeLessThan(30);
  });

  it('bridges a hole in a track', () => {
    const { speed } = speedsOf((t, frame) => (frame % 10 < 4 ? null : [1.3 * t, 0]));
    expect(mean(speed)).toBeCloseTo(1.3, 9);
  });

  it('begins anew when time runs backwards', () => {
    const { speed } = speedsOf((t) => [1.3 * t, 0], { rate: -7 });
    expect(speed.every(Number.isNaN)).toBe(true);
  });

  it('keeps many people apart', () => {
    const meter = new FittedVelocity();
    const positions = createPlanarPoints('ground', 100);
    positions.count = 100;
    let told = meter.update(positions);
    for (let frame = 0; frame < 14; frame++) {
      positions.timeMs = mediaTimeMs(frame * 143);
      for (let i = 0; i < 100; i++) {
        // In another order in every frame.
        const id = (i * 37 + frame) % 100;
        positions.id[i] = id;
        positions.x[i] = id * 0.02 * 0.143 * frame;
      }
      told = meter.update(positions);
    }
    for (let i = 0; i < 100; i++) expect(told.speedMps[i]).toBeCloseTo(positions.id[i] * 0.02, 9);
  });
});
