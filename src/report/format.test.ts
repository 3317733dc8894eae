import { describe, expect, it } from 'vitest';
import {
  formatCountEstimate,
  formatDuration,
  formatElapsed,
  formatEstimate,
  formatShare,
  listOf,
  plural,
} from './format.ts';

const plain = (text: string): string => text.replaceAll('\u00A0', ' ');

describe('formatEstimate', () => {
  it.each([
    [5.4321, 0.23, '5.4 ± 0.2'],
    [5.4321, 0.019, '5.43 ± 0.02'],
    [0.0358, 0.0018, '0.036 ± 0.002'],
    [51.2, 12, '51 ± 12'],
    [12345.6, 30, '12,346 ± 30'],
    [-0.5, 0.1, '\u22120.5 ± 0.1'],
    // without an error: three digits, and nothing that claims one
    [5.4321, null, '5.43'],
    [5.4321, undefined, '5.43'],
    [5.4321, Number.NaN, '5.43'],
    [4, 0, '4'],
  ])('%s with error %s reads %s', (value, error, text) => {
    expect(plain(formatEstimate(value, error))).toBe(text);
  });

  it('keeps a count whole', () => {
    expect(plain(formatCountEstimate(51, 0.4))).toBe('51 ± 0.4');
    expect(plain(formatCountEstimate(0, 0))).toBe('0');
  });
});

describe('durations and times', () => {
  it.each([
    [0.5, '0.5 s'],
    [60, '60 s'],
    [125, '2 min 5 s'],
    [3600, '1 h'],
    [7199, '2 h'],
    [86_400, '24 h'],
    [90_061, '25 h 1 min'],
  ])('%s s last %s', (seconds, text) => {
    expect(plain(formatDuration(seconds))).toBe(text);
  });

  it.each([
    [0, '0:00'],
    [75_500, '1:15'],
    [3_725_000, '1:02:05'],
  ])('%s ms after the start is %s', (ms, text) => {
    expect(formatElapsed(ms)).toBe(text);
  });
});

it('never calls a part the whole', () => {
  expect(plain(formatShare(0.9999))).toBe('99 %');
  expect(plain(formatShare(1))).toBe('100 %');
});

it('puts words together', () => {
  expect(listOf(['a', 'b', 'c'])).toBe('a, b and c');
  expect(plain(plural(1, 'crossing'))).toBe('1 crossing');
  expect(plain(plural(2000, 'crossing'))).toBe('2,000 crossings');
});
