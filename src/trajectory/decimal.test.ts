import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal, parseNumberText } from './decimal.ts';

const parse = (text: string): number => parseDecimal(Buffer.from(text), 0, Buffer.byteLength(text));

describe('parseDecimal', () => {
  it('gives the double that Number gives, for any plain decimal', () => {
    const decimal = fc
      .tuple(fc.constantFrom('', '-', '+'), fc.nat(99_999_999), fc.option(fc.stringMatching(/^\d{0,20}$/)))
      .map(([sign, whole, decimals]) => `${sign}${whole}${decimals === null ? '' : `.${decimals}`}`);
    fc.assert(
      fc.property(decimal, (text) => {
        expect(parse(text)).toBe(Number(text));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  const cases: readonly [text: string, expected: number][] = [
    ['.5', 0.5],
    ['5.', 5],
    ['-0', -0],
    ['-1.8891', -1.8891],
    ['999999999999999', 999_999_999_999_999],
    // More digits than a double is sure to hold exactly.
    ['1234567890.123456', 1_234_567_890.123456],
    ['0.33333333333333331', 1 / 3],
    ['00000000000000000012.5', 12.5],
    ['1e3', Number.NaN],
    ['1.2.3', Number.NaN],
    ['1,5', Number.NaN],
    ['--1', Number.NaN],
    ['.', Number.NaN],
    ['-', Number.NaN],
    ['', Number.NaN],
    ['nan', Number.NaN],
  ];
  it.each(cases)('%j', (text, expected) => {
    expect(parse(text)).toBe(expected);
  });
});

describe('parseNumberText', () => {
  const cases: readonly [text: string, expected: number | null][] = [
    ['1e3', 1000],
    ['-1.5E-3', -0.0015],
    ['0.10000000000000000555', 0.1],
    ['nan', Number.NaN],
    ['-Inf', Number.NaN],
    ['NA', Number.NaN],
    ['', Number.NaN],
    ['0x10', null],
    ['1,5', null],
    ['1 000', null],
    ['one', null],
  ];
  it.each(cases)('%j', (text, expected) => {
    expect(parseNumberText(text)).toBe(expected);
  });
});
