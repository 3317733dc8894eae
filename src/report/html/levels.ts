import { FRUIN_LIMITS_PER_M2, type LevelOfService, type LevelOfServiceTable } from '../../contract/index.ts';
import { formatShort } from '../format.ts';

/**
 * What the levels of service mean, in short.
 *
 * @see J. J. Fruin, Pedestrian Planning and Design, 1971
 */
const LEVEL_WORDS: Readonly<Record<LevelOfServiceTable, Readonly<Record<LevelOfService, string>>>> = {
  walkway: {
    A: 'free to walk as one likes',
    B: 'a few have to make way',
    C: 'passing others is hindered',
    D: 'most walk slower than they would',
    E: 'all walk slower, stops are likely',
    F: 'shuffling, contact cannot be avoided',
  },
  queue: {
    A: 'standing and walking about freely',
    B: 'walking about hinders those who wait',
    C: 'standing at ease, moving with an excuse',
    D: 'standing without touching, no way through',
    E: 'standing in touch with others',
    F: 'no room of one’s own',
  },
};

/** What a level means in a table. */
export const levelWords = (table: LevelOfServiceTable, level: LevelOfService): string => LEVEL_WORDS[table][level];

/** The table's name in words. */
export const tableWords = (table: LevelOfServiceTable): string => (table === 'walkway' ? 'walkways' : 'queues');

/** The limits of a table in words. */
export const limitWords = (table: LevelOfServiceTable): string => {
  const limits = FRUIN_LIMITS_PER_M2[table].map(
    ([level, atMost], i) => `${level}${i === 0 ? ' up to' : ''} ${formatShort(atMost)}`,
  );
  return `${limits.join(', ')} people per m², F above`;
};
