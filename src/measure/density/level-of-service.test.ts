import { describe, expect, it } from 'vitest';
import { walkwayLevelOfService } from './level-of-service.ts';

describe('walkwayLevelOfService', () => {
  // Fruin 1971: 35, 25, 15, 10 and 5 square feet a person; 1 ft² = 0.09290304 m².
  it.each([
    [0, 'A'],
    [0.3, 'A'],
    [0.31, 'A'],
    [0.32, 'B'],
    [0.43, 'B'],
    [0.5, 'C'],
    [0.72, 'C'],
    [1, 'D'],
    [1.08, 'D'],
    [2, 'E'],
    [2.15, 'E'],
    [2.2, 'F'],
    [9, 'F'],
  ])('%f people per m² is %s', (densityPerM2, level) => {
    expect(walkwayLevelOfService(densityPerM2)).toBe(level);
  });

  it.each([
    [35, 'A'],
    [25, 'B'],
    [15, 'C'],
    [10, 'D'],
    [5, 'E'],
  ])('%i square feet a person are the end of level %s', (squareFeet, level) => {
    const densityPerM2 = 1 / (squareFeet * 0.09290304);
    expect(walkwayLevelOfService(densityPerM2 * 0.99)).toBe(level);
    expect(walkwayLevelOfService(densityPerM2 * 1.02)).not.toBe(level);
  });
});
