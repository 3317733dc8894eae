/** Figures and times as people read them. */
import { roundFigure } from './csv.ts';

const LOCALE = 'en-GB';
/** Keeps a figure and its unit on one line. */
export const NBSP = '\u00A0';
const MINUS = '\u2212';

/** Making a formatter takes longer than a hundred uses of it. */
const WITH_DECIMALS = Array.from(
  { length: 7 },
  (_, decimals) => new Intl.NumberFormat(LOCALE, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
);
const SHORT = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 3 });

const withDecimals = (value: number, decimals: number): string =>
  WITH_DECIMALS[decimals].format(roundFigure(value) ?? value).replace('-', MINUS);

/** A whole number with thousands apart. */
export const formatCount = (value: number): string => withDecimals(value, 0);

/** A figure with so many decimals, six at most. */
export const formatDecimals = (value: number, decimals: number): string => withDecimals(value, decimals);

/** A figure with about three significant digits, without trailing zeros. */
export const formatShort = (value: number): string => SHORT.format(roundFigure(value) ?? value).replace('-', MINUS);

const MOST_DECIMALS = 4;

/** Decimals that a standard error allows: it keeps one significant digit. */
const decimalsFor = (standardError: number): number =>
  Math.min(MOST_DECIMALS, Math.max(0, -Math.floor(Math.log10(standardError))));

/**
 * A figure and its standard error, rounded to what the error allows.
 *
 * @example formatEstimate(5.4321, 0.23) // '5.4 ± 0.2'
 * @example formatEstimate(5.4321, null) // '5.43'
 */
export const formatEstimate = (value: number, standardError: number | null | undefined): string => {
  if (standardError === null || standardError === undefined || !Number.isFinite(standardError))
    return formatShort(value);
  if (standardError < 10 ** -MOST_DECIMALS) return formatShort(value);
  const decimals = decimalsFor(standardError);
  return `${withDecimals(value, decimals)}${NBSP}±${NBSP}${withDecimals(standardError, decimals)}`;
};

/**
 * A count and its standard error: the count stays whole.
 *
 * @example formatCountEstimate(51, 1.74) // '51 ± 2'
 */
export const formatCountEstimate = (count: number, standardError: number): string => {
  if (!Number.isInteger(count) || !(standardError >= 10 ** -MOST_DECIMALS)) return formatEstimate(count, standardError);
  return `${formatCount(count)}${NBSP}±${NBSP}${withDecimals(standardError, decimalsFor(standardError))}`;
};

/** A count with its noun. @example plural(1, 'crossing') // '1 crossing' */
export const plural = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${formatCount(count)}${NBSP}${count === 1 ? noun : nouns}`;

/** A share as a percentage; 100 % only when nothing is missing. */
export const formatShare = (share: number): string =>
  `${share >= 1 ? 100 : Math.min(99, Math.round(share * 100))}${NBSP}%`;

const MINUTE = 60;
const HOUR = 3600;

const inUnits = (counts: readonly (readonly [number, string])[]): string =>
  counts.flatMap(([count, unit]) => (count === 0 ? [] : [`${formatCount(count)}${NBSP}${unit}`])).join(' ');

/** How long something took, in its two largest units. @example formatDuration(3725) // '1 h 2 min' */
export const formatDuration = (seconds: number): string => {
  if (seconds < 2 * MINUTE) return `${formatShort(Math.round(seconds * 10) / 10)}${NBSP}s`;
  const whole = Math.round(seconds);
  if (whole < HOUR)
    return inUnits([
      [Math.floor(whole / MINUTE), 'min'],
      [whole % MINUTE, 's'],
    ]);
  const minutes = Math.round(whole / MINUTE);
  return inUnits([
    [Math.floor(minutes / MINUTE), 'h'],
    [minutes % MINUTE, 'min'],
  ]);
};

const two = (value: number): string => String(value).padStart(2, '0');

/** Time since the beginning. @example formatElapsed(75_500) // '1:15' */
export const formatElapsed = (timeMs: number): string => {
  const seconds = Math.floor(timeMs / 1000 + 1e-6);
  const minutes = Math.floor(seconds / MINUTE);
  if (minutes < MINUTE) return `${minutes}:${two(seconds % MINUTE)}`;
  return `${Math.floor(minutes / MINUTE)}:${two(minutes % MINUTE)}:${two(seconds % MINUTE)}`;
};

/** Words as a list. @example listOf(['a', 'b', 'c']) // 'a, b and c' */
export const listOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
