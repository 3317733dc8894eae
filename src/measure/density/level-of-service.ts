/**
 * Level of service: how freely people can walk or wait, A to F.
 */
import { FRUIN_LIMITS_PER_M2, type LevelOfService, type LevelOfServiceTable } from '../../contract/index.ts';

export type { LevelOfServiceTable };

/**
 * Fruin's level of service at a density.
 *
 * 0.8 people/m² are A for a queue and D for a walkway, so say which it is: `analysis.levelOfService` of the site file.
 *
 * @param densityPerM2 people per m², ≥ 0
 * @see FRUIN_LIMITS_PER_M2 for the tables and their source
 */
export const levelOfService = (table: LevelOfServiceTable, densityPerM2: number): LevelOfService =>
  FRUIN_LIMITS_PER_M2[table].find(([, atMost]) => densityPerM2 <= atMost)?.[0] ?? 'F';
