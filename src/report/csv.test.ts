import { describe, expect, it } from 'vitest';
import { formatField, formatFigure, formatLine, roundFigure } from './csv.ts';

describe('formatFigure', () => {
  it.each([
    // value, text
    [0, '0'],
    [-0, '0'],
    [1, '1'],
    [-3, '-3'],
    [0.1 + 0.2, '0.3'],
    [1 / 7, '0.142857'],
    [5.430000000000001, '5.43'],
    [100, '100'],
    [1200, '1200'],
    [1e6, '1000000'],
    [1e21, '1000000000000000000000'],
    [0.000_000_4, '0'],
    [-0.000_000_4, '0'],
    [1e-6, '0.000001'],
    // unknown, never 0
    [null, ''],
    [Number.NaN, ''],
    [Number.POSITIVE_INFINITY, ''],
  ])('%s is written as "%s"', (value, text) => {
    expect(formatFigure(value)).toBe(text);
  });

  it('writes what roundFigure says, so that text and binary files agree', () => {
    for (const value of [1 / 3, 2 / 3, 0.1 + 0.2, 123.4567891, -0.0000001, 98765.4321019]) {
      expect(Number(formatFigure(roundFigure(value)))).toBe(roundFigure(value));
    }
  });
});

describe('formatField', () => {
  it.each([
    ['view', 'view'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\r\nlines', '"two\r\nlines"'],
    [' blank', '" blank"'],
    ['déjà vu; ok', 'déjà vu; ok'],
  ])('%j is written as %j', (text, field) => {
    expect(formatField(text)).toBe(field);
  });

  it('makes lines that end in a line feed', () => {
    expect(formatLine([1, 'a', null, 0.5])).toBe('1,a,,0.5\n');
  });
});
