import type { LevelOfService } from '../../contract/index.ts';

/**
 * What the levels of service mean on walkways, in short.
 *
 * @see J. J. Fruin, Pedestrian Planning and Design, 1971: A up to 0.31, B 0.43, C 0.72, D 1.08, E 2.15 people per m²
 */
export const LEVEL_WORDS: Readonly<Record<LevelOfService, string>> = {
  A: 'free to walk as one likes',
  B: 'a few have to make way',
  C: 'passing others is hindered',
  D: 'most walk slower than they would',
  E: 'all walk slower, stops are likely',
  F: 'shuffling, contact cannot be avoided',
};
