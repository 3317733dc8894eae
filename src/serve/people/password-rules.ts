/**
 * Which passwords are taken, after NIST SP 800-63B: long ones, of any letters, that nobody would try first. No rules
 * about digits and signs, and no changing every so often: both make people choose worse ones.
 *
 * @see NIST SP 800-63B section 5.1.1.2 (revision 3) and 3.1.1.2 (revision 4)
 */
import { StarlingError } from '../../contract/index.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';

const LEAST_LETTERS = 12;
const MOST_LETTERS = 256;
/** Shorter words are in too many passwords by chance. */
const LEAST_WORD_LETTERS = 4;
/** So much must be left when what everybody knows is taken out. */
const LEAST_OWN_LETTERS = 8;
const LEAST_DIFFERENT_LETTERS = 5;

/** Words around a password that an attacker knows too. */
export interface Surroundings {
  readonly name: string;
  readonly site: string;
}

/** One normal form, so that a password typed on another keyboard is the same; for hashing as well as for checking. */
export const normalPassword = (password: string): string => password.normalize('NFKC');

const isCommon = (letters: string): boolean =>
  COMMON_PASSWORDS.has(letters) || COMMON_PASSWORDS.has(letters.replace(/[^a-z]+$/, ''));

/** 1234…, abcd…, and backwards. */
const isSequence = (letters: string): boolean => {
  const codes = Array.from(letters, (letter) => letter.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, i) => code - (codes[i] ?? 0)));
  // 90 after 89: a keyboard's row of digits goes on with 0.
  return [...steps].every((step) => step === 1 || step === -9) || [...steps].every((step) => step === -1 || step === 9);
};

const knownWords = ({ name, site }: Surroundings): string[] =>
  [...new Set([name, site, ...name.split(/[^\p{L}\p{N}]+/u), ...site.split(/[^\p{L}\p{N}]+/u), 'starling', 'password'])]
    .map((word) => normalPassword(word).toLowerCase())
    .filter((word) => word.length >= LEAST_WORD_LETTERS)
    .sort((a, b) => b.length - a.length);

const isOfKnownWords = (letters: string, surroundings: Surroundings): boolean => {
  const words = knownWords(surroundings);
  const own = words.reduce((left, word) => left.replaceAll(word, ''), letters);
  return own !== letters && Array.from(own).length < LEAST_OWN_LETTERS;
};

const problemOf = (password: string, surroundings: Surroundings): string | null => {
  const count = Array.from(password).length;
  if (count < LEAST_LETTERS) return `it has ${count} letters, and at least ${LEAST_LETTERS} are needed`;
  if (count > MOST_LETTERS) return `it has more than ${MOST_LETTERS} letters`;
  const letters = password.toLowerCase();
  if (new Set(letters).size < LEAST_DIFFERENT_LETTERS) return 'it repeats a few letters';
  if (isSequence(letters)) return 'it is a row of letters or digits';
  if (isCommon(letters)) return 'it is among those that are tried first';
  return isOfKnownWords(letters, surroundings) ? 'it is little more than the name of the user or of the site' : null;
};

/**
 * Whether a password may be chosen.
 *
 * @throws SERVE_WEAK_PASSWORD
 */
export const checkPassword = (password: string, surroundings: Surroundings): void => {
  const problem = problemOf(normalPassword(password), surroundings);
  if (problem !== null) throw new StarlingError('SERVE_WEAK_PASSWORD', { problem });
};
