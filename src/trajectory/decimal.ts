/** Numbers read from the bytes of a text file, without making a string of each. */

const MINUS = 45;
const PLUS = 43;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
/** Whole numbers up to 10¹⁵ and powers of ten up to 10²² are exact, so that their quotient is correctly rounded. */
const MOST_DIGITS = 15;
const POWERS_OF_TEN = Float64Array.from({ length: MOST_DIGITS + 1 }, (_, power) => 10 ** power);

/**
 * Value of a decimal whose digits were read already.
 *
 * @param start    where it begins, with its sign
 * @param digits   its digits as a whole number
 * @param decimals how many of them come after the dot
 * @param count    how many there are
 * @returns NaN when there are none
 */
export const decimalOf = (
  bytes: Buffer,
  start: number,
  end: number,
  digits: number,
  decimals: number,
  count: number,
): number => {
  if (count === 0) return Number.NaN;
  if (count > MOST_DIGITS) return Number(bytes.toString('latin1', start, end));
  const value = digits / POWERS_OF_TEN[decimals];
  return bytes[start] === MINUS ? -value : value;
};

/**
 * Value of a plain decimal such as `-12.345`, the same as `Number` would give.
 *
 * @returns NaN for everything else, a number with an exponent among it
 */
export const parseDecimal = (bytes: Buffer, start: number, end: number): number => {
  const sign = bytes[start];
  const first = sign === MINUS || sign === PLUS ? start + 1 : start;
  let digits = 0;
  let dot = end;
  for (let at = first; at < end; at += 1) {
    const byte = bytes[at];
    if (byte >= ZERO && byte <= NINE) digits = digits * 10 + (byte - ZERO);
    else if (byte === DOT && dot === end) dot = at;
    else return Number.NaN;
  }
  const decimals = dot === end ? 0 : end - dot - 1;
  return decimalOf(bytes, start, end, digits, decimals, dot - first + decimals);
};

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
/** What programs write where they know no number. */
const NO_NUMBER = /^(?:[-+]?nan|na|n\/a|null|none|[-+]?inf(?:inity)?|)$/i;

/**
 * Value of any way to write a number.
 *
 * @returns NaN for a word that stands for no number (`nan`, `NA`, `inf`, nothing at all); null for any other text
 */
export const parseNumberText = (text: string): number | null => {
  if (NUMBER.test(text)) return Number(text);
  return NO_NUMBER.test(text) ? Number.NaN : null;
};
