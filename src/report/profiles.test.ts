import { describe, expect, it } from 'vitest';
import type { GroundGrid } from '../contract/index.ts';
import { formatProfiles } from './profiles.ts';

const UNKNOWN = Number.NaN;

const gridOf = (densityPerM2: readonly number[], speedMps: readonly number[]): GroundGrid => ({
  originXM: -1,
  originYM: 2,
  cellM: 0.2,
  columns: 2,
  rows: 2,
  densityPerM2: Float64Array.from(densityPerM2),
  speedMps: Float64Array.from(speedMps),
});

describe('profiles.csv', () => {
  it('has the middles of the cells of which something is known, the lowest row first', () => {
    expect(formatProfiles(gridOf([0.5, UNKNOWN, 0, 1 / 3], [1.25, UNKNOWN, UNKNOWN, 0.004_123_456_7]))).toBe(
      'x_m,y_m,density_per_m2,speed_mps\n-0.9,2.1,0.5,1.25\n-0.9,2.3,0,\n-0.7,2.3,0.333333,0.00412346\n',
    );
  });

  it('has no cell under the minimum count, where nothing is known', () => {
    const unknown = [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN];
    expect(formatProfiles(gridOf(unknown, unknown))).toBe('x_m,y_m,density_per_m2,speed_mps\n');
  });

  it('is not written without a grid', () => {
    expect(formatProfiles(null)).toBeNull();
  });
});
