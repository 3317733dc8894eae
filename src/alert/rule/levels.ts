import { FRUIN_LIMITS_PER_M2, type LevelOfService, type LevelOfServiceTable } from '../../contract/index.ts';

/** Levels of service, from free to breakdown. */
export const LEVELS = ['A', 'B', 'C', 'D', 'E', 'F'] as const satisfies readonly LevelOfService[];

/** Which of {@link LEVELS} a density is, 0 for A to 5 for F. A density at a limit is of the better level. */
export const levelIndex = (densityPerM2: number, table: LevelOfServiceTable): number => {
  const limits = FRUIN_LIMITS_PER_M2[table];
  let index = 0;
  while (index < limits.length && densityPerM2 > limits[index][1]) index += 1;
  return index;
};
