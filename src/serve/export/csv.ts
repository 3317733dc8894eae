/**
 * Text of a CSV file that leaves the hub: RFC 4180, lines ended by CR LF, UTF-8, a header line; an empty field means
 * unknown. No text in it can become a formula in a spreadsheet.
 *
 * @see OWASP, CSV Injection
 */

/** One field: null and NaN are unknown. */
export type Field = string | number | null;

/** Digits that a figure keeps: more than anything is measured with. */
const DIGITS = 9;

const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;
/** How a formula can begin; a tab or a line end before it is skipped by some programs. */
const FORMULA = /^[\s\p{Cc}]*[=+\-@|%＝＋－＠]/u;

const figure = (value: number): string => {
  if (!Number.isFinite(value)) return '';
  // Adding 0 turns -0 into 0.
  return String(Number.isInteger(value) ? value + 0 : Number(value.toPrecision(DIGITS)) + 0);
};

const text = (given: string): string => {
  const safe = FORMULA.test(given) ? `'${given}` : given;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** A line of the file, its end included. */
export const csvLine = (fields: readonly Field[]): string =>
  `${fields.map((field) => (field === null ? '' : typeof field === 'number' ? figure(field) : text(field))).join(',')}\r\n`;
