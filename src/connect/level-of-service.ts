import {
  FRUIN_LIMITS_PER_M2,
  type LevelOfService,
  type LevelOfServiceTable,
  type MomentFigure,
} from '../contract/index.ts';

/** Fruin's level of service at a density; null when that is unknown. */
export const levelOfServiceAt = (table: LevelOfServiceTable, density: MomentFigure): LevelOfService | null =>
  density && (FRUIN_LIMITS_PER_M2[table].find(([, atMostPerM2]) => density.value <= atMostPerM2)?.[0] ?? 'F');
