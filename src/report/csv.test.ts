import * as fc from 'fast-check';
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
    [1e-6, '0.000001'],
    // small figures keep six significant digits, without an exponent
    [0.0123456789, '0.0123457'],
    [0.000_412_345_678, '0.000412346'],
    [-0.000_000_412_345_678, '-0.000000412346'],
    [0.099_999_999_9, '0.1'],
    // the noise of floating point is nothing
    [4e-13, '0'],
    [-4e-13, '0'],
    [0.1 + 0.2 - 0.3, '0'],
    // unknown, never 0
    [null, ''],
    [Number.NaN, ''],
    [Number.POSITIVE_INFINITY, ''],
  ])('%s is written as "%s"', (value, text) => {
    expect(formatFigure(value)).toBe(text);
  });

  it('writes what roundFigure says, so that text and binary files agree', () => {
    for (const value of [1 / 3, 2 / 3, 0.1 + 0.2, 123.4567891, -0.0000001, 98765.4321019, 0.001234567, 5e-324]) {
      expect(Number(formatFigure(roundFigure(value)))).toBe(roundFigure(value));
    }
  });
});

it('reads back as it was rounded, and with six significant digits, whatever the figure', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e18, max: 1e18 }), (value) => {
      const text = formatFigure(value);
      expect(text).toMatch(/^-?\d+(\.\d*[1-9])?$/);
      expect(Number(text)).toBe(roundFigure(value));
      expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(Math.max(5.1e-13, Math.abs(value) * 5.1e-6));
    }),
    { seed: 6, numRuns: 2000 },
  );
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
