import { describe, expect, it } from 'vitest';
import { levelOfService } from './level-of-service.ts';

const SQUARE_FOOT_M2 = 0.09290304;

describe('levelOfService', () => {
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
  ])('%f people per m² on a walkway is %s', (densityPerM2, level) => {
    expect(levelOfService('walkway', densityPerM2)).toBe(level);
  });

  // And 13, 10, 7, 3 and 2 in a queue.
  it.each([
    [0, 'A'],
    [0.83, 'A'],
    [0.84, 'B'],
    [1.08, 'B'],
    [1.5, 'C'],
    [1.54, 'C'],
    [1.6, 'D'],
    [3.59, 'D'],
    [4, 'E'],
    [5.38, 'E'],
    [5.4, 'F'],
  ])('%f people per m² in a queue is %s', (densityPerM2, level) => {
    expect(levelOfService('queue', densityPerM2)).toBe(level);
  });

  it.each([
    ['walkway', 35, 'A'],
    ['walkway', 25, 'B'],
    ['walkway', 15, 'C'],
    ['walkway', 10, 'D'],
    ['walkway', 5, 'E'],
    ['queue', 13, 'A'],
    ['queue', 10, 'B'],
    ['queue', 7, 'C'],
    ['queue', 3, 'D'],
    ['queue', 2, 'E'],
  ] as const)('%s: %i square feet a person are the end of level %s', (table, squareFeet, level) => {
    const densityPerM2 = 1 / (squareFeet * SQUARE_FOOT_M2);
    expect(levelOfService(table, densityPerM2 * 0.99)).toBe(level);
    expect(levelOfService(table, densityPerM2 * 1.02)).not.toBe(level);
  });
});
