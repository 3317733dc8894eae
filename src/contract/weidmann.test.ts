import { describe, expect, it } from 'vitest';
import { WEIDMANN_CAPACITY_DENSITY_PER_M2, weidmannSpeedMps } from './weidmann.ts';

describe('weidmannSpeedMps', () => {
  it.each([
    [0, 1.34],
    [-1, 1.34],
    // 1.34 (1 − exp(−1.913 (1/ρ − 1/5.4))), by hand.
    [0.5, 1.298],
    [1, 1.058],
    [2, 0.606],
    [4, 0.156],
    [5.4, 0],
    [9, 0],
  ])('at %f people per m² is %f m/s', (densityPerM2, speedMps) => {
    expect(weidmannSpeedMps(densityPerM2)).toBeCloseTo(speedMps, 3);
  });

  it('knows nothing of an unknown density', () => {
    expect(weidmannSpeedMps(Number.NaN)).toBeNaN();
  });

  it('falls with density', () => {
    for (let density = 0.01; density < 5.4; density += 0.01) {
      expect(weidmannSpeedMps(density + 0.01)).toBeLessThanOrEqual(weidmannSpeedMps(density));
    }
  });
});

const flowAt = (densityPerM2: number): number => densityPerM2 * weidmannSpeedMps(densityPerM2);

describe('the flow of the diagram', () => {
  it('is greatest, 1.22 people/(m·s), at the capacity density', () => {
    const greatest = flowAt(WEIDMANN_CAPACITY_DENSITY_PER_M2);
    expect(greatest).toBeCloseTo(1.225, 3);
    for (let density = 0; density <= 6; density += 0.01) {
      expect(flowAt(density)).toBeLessThanOrEqual(greatest + 1e-6);
    }
  });
});
