/**
 * Text of a CSV file (RFC 4180 quoting, lines ended by a line feed, UTF-8, a header line). An empty field means unknown.
 */

/** One field: null and NaN are unknown. */
export type CsvField = string | number | null;

const DECIMALS = 6;
/** Below it six decimals are fewer than six significant digits. */
const SMALL = 0.1;
/** What is smaller than the last of these decimals is the noise of floating point. */
const MOST_DECIMALS = 12;
const POWERS_OF_TEN = Array.from({ length: MOST_DECIMALS + 1 }, (_, i) => 10 ** i);
/** Up to here a whole number of units in the last place is exact, and its decimals are the figure's. */
const MOST_UNITS = 1e15;
const ZEROS = Array.from({ length: MOST_DECIMALS + 1 }, (_, i) => '0'.repeat(i));

/** Decimals that a figure keeps: six, or six significant digits where it is small, as far as the noise allows. */
const decimalsOf = (size: number): number =>
  size >= SMALL ? DECIMALS : Math.min(MOST_DECIMALS, DECIMALS - 1 - Math.floor(Math.log10(size)));

/**
 * A figure without float noise: six decimals, so that 0.1 + 0.2 is 0.3 in every file, and six significant digits
 * where the figure is small, so that a crowd pressure of 0.0004 is no coarser than a speed.
 *
 * @returns the rounded figure; null for null, NaN and infinities
 */
export const roundFigure = (value: number | null): number | null => {
  if (value === null || !Number.isFinite(value)) return null;
  if (Number.isInteger(value)) return value + 0;
  const scale = POWERS_OF_TEN[decimalsOf(Math.abs(value))];
  // Adding 0 turns -0 into 0.
  return Math.round(value * scale) / scale + 0;
};

/**
 * A whole number of units of the last decimal as text, without trailing zeros. By whole numbers, for turning fractions
 * into text took nearly twice as long when measured, and this is most of what writing a series costs.
 */
const decimalText = (units: number, decimals: number): string => {
  const whole = Math.floor(units / POWERS_OF_TEN[decimals]);
  let fraction = units - whole * POWERS_OF_TEN[decimals];
  if (fraction === 0) return String(whole);
  let digits = decimals;
  for (; fraction % 10 === 0; digits--) fraction /= 10;
  const text = String(fraction);
  return `${whole}.${ZEROS[digits - text.length]}${text}`;
};

/**
 * A figure as text: rounded as by {@link roundFigure}, no exponent, a point as the decimal sign, nothing for unknown.
 *
 * @example formatFigure(0.30000000000000004) // '0.3'
 */
export const formatFigure = (value: number | null): string => {
  if (value === null || !Number.isFinite(value)) return '';
  const size = Math.abs(value);
  if (Number.isInteger(value)) return size < 1e21 ? String(value + 0) : BigInt(value).toString();
  const decimals = decimalsOf(size);
  const units = Math.round(value * POWERS_OF_TEN[decimals]);
  if (Math.abs(units) > MOST_UNITS) return String(roundFigure(value));
  return units < 0 ? `-${decimalText(-units, decimals)}` : decimalText(units, decimals);
};

const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** A field as it stands in the file; text is quoted where RFC 4180 asks for it, and where it begins or ends in a blank. */
export const formatField = (field: CsvField): string => {
  if (typeof field !== 'string') return formatFigure(field);
  return NEEDS_QUOTES.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
};

/** A line of the file, its end included. */
export const formatLine = (fields: readonly CsvField[]): string => `${fields.map(formatField).join(',')}\n`;
