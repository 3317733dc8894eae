import type { LevelOfService } from './measurement.ts';
import type { Analysis } from './site.ts';

/** Which of Fruin's tables: people who walk, or people who wait. */
export type LevelOfServiceTable = Analysis['levelOfService'];

/** Densities up to which the levels A to E hold, people/m²; F is above. */
export type LevelOfServiceLimits = readonly (readonly [level: LevelOfService, atMostPerM2: number])[];

/**
 * Upper limits of the levels of service, people per m².
 *
 * @see Fruin, Pedestrian Planning and Design, 1971, chapter 4: on walkways 35, 25, 15, 10 and 5 square feet a person,
 *   in queues 13, 10, 7, 3 and 2; 1 ft² = 0.09290304 m². His table for stairs differs again; do not mix them
 */
export const FRUIN_LIMITS_PER_M2: Readonly<Record<LevelOfServiceTable, LevelOfServiceLimits>> = {
  walkway: [
    ['A', 0.31],
    ['B', 0.43],
    ['C', 0.72],
    ['D', 1.08],
    ['E', 2.15],
  ],
  queue: [
    ['A', 0.83],
    ['B', 1.08],
    ['C', 1.54],
    ['D', 3.59],
    ['E', 5.38],
  ],
};
