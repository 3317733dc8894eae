/**
 * Level of service: how freely people can walk, A to F.
 */
import type { LevelOfService } from '../../contract/index.ts';

/**
 * Upper limits of the levels A to E for walkways, people per m²; F is above.
 *
 * @see Fruin, Pedestrian Planning and Design, 1971: 35, 25, 15, 10 and 5 square feet a person. His tables for stairs
 *   and for queues differ; do not mix them.
 */
const FRUIN_WALKWAY_PER_M2: readonly (readonly [level: LevelOfService, atMostPerM2: number])[] = [
  ['A', 0.31],
  ['B', 0.43],
  ['C', 0.72],
  ['D', 1.08],
  ['E', 2.15],
  ['F', Number.POSITIVE_INFINITY],
];

/**
 * Fruin's level of service of a walkway at a density.
 *
 * @param densityPerM2 people per m², ≥ 0
 */
export const walkwayLevelOfService = (densityPerM2: number): LevelOfService =>
  FRUIN_WALKWAY_PER_M2.find(([, atMost]) => densityPerM2 <= atMost)?.[0] ?? 'F';
