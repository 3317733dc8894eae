/** Names of users: what they may be, and when two are the same. */
import { StarlingError } from '../../contract/index.ts';

const MOST_LETTERS = 64;
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._@+|-]*$/u;
/** As the audit log calls those who are no user. */
const RESERVED = new Set(['nobody', 'starling']);

/** Two names with the same key are the same name: case and look-alike forms of a letter make no difference. */
export const nameKey = (name: string): string => name.normalize('NFKC').toLowerCase();

const problemOf = (name: string): string | null => {
  if (name.length > MOST_LETTERS) return `it is longer than ${MOST_LETTERS} letters`;
  if (!NAME.test(name) || name.endsWith(' ') || name.includes('  ')) return 'it has letters that a name cannot have';
  return RESERVED.has(nameKey(name)) ? 'the hub itself goes by that name' : null;
};

/**
 * The name in its normal form.
 *
 * @throws SERVE_BAD_NAME
 */
export const checkedName = (given: string): string => {
  const name = given.normalize('NFC');
  const problem = problemOf(name);
  if (problem !== null) throw new StarlingError('SERVE_BAD_NAME', { name: name.slice(0, MOST_LETTERS), problem });
  return name;
};
