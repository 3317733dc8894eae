/**
 * Text of a CSV file (RFC 4180 quoting, lines ended by a line feed, UTF-8, a header line). An empty field means unknown.
 */

/** One field: null and NaN are unknown. */
export type CsvField = string | number | null;

const DECIMALS = 6;
const SCALE = 10 ** DECIMALS;

/**
 * A figure without float noise: rounded to six decimals, so that 0.1 + 0.2 is 0.3 in every file.
 *
 * @returns the rounded figure; null for null, NaN and infinities
 */
export const roundFigure = (value: number | null): number | null => {
  if (value === null || !Number.isFinite(value)) return null;
  if (Number.isInteger(value)) return value + 0;
  const rounded = Math.round(value * SCALE) / SCALE;
  return rounded === 0 ? 0 : rounded;
};

/**
 * A figure as text: at most six decimals, no exponent, a point as the decimal sign, nothing for unknown.
 *
 * @example formatFigure(0.30000000000000004) // '0.3'
 */
export const formatFigure = (value: number | null): string => {
  if (value === null || !Number.isFinite(value)) return '';
  if (Number.isInteger(value)) return Math.abs(value) < 1e21 ? String(value + 0) : BigInt(value).toString();
  const text = value.toFixed(DECIMALS);
  let end = text.length;
  while (text.codePointAt(end - 1) === 48) end--;
  if (text[end - 1] === '.') end--;
  const trimmed = text.slice(0, end);
  return trimmed === '-0' ? '0' : trimmed;
};

const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** A field as it stands in the file; text is quoted where RFC 4180 asks for it, and where it begins or ends in a blank. */
export const formatField = (field: CsvField): string => {
  if (typeof field !== 'string') return formatFigure(field);
  return NEEDS_QUOTES.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
};

/** A line of the file, its end included. */
export const formatLine = (fields: readonly CsvField[]): string => `${fields.map(formatField).join(',')}\n`;
