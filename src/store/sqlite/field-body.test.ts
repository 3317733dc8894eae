import { describe, expect, it } from 'vitest';
import { decodeField, encodeField, type FieldSums } from './field-body.ts';

const sumsOf = (count: number): FieldSums => ({
  grid: { originXM: -2.5, originYM: 1e6, cellM: 1.25, columns: 40, rows: 30 },
  lastMs: Date.UTC(2026, 2, 1),
  cell: Uint32Array.from({ length: count }, (_, i) => 3 * i),
  densityS: Float32Array.from({ length: count }, (_, i) => i / 8),
  movingS: Float32Array.from({ length: count }, (_, i) => i / 16),
  momentumX: Float32Array.from({ length: count }, (_, i) => -i / 32),
  momentumY: Float32Array.from({ length: count }, (_, i) => i / 64),
});

describe('field body', () => {
  it.each([0, 1, 2, 400])('gives back %i cells', (count) => {
    expect(decodeField(encodeField(sumsOf(count)))).toEqual(sumsOf(count));
  });

  it('notices any flipped bit', () => {
    const body = encodeField(sumsOf(20));
    const flipped = (at: number): Uint8Array => body.map((byte, i) => (i === at ? byte ^ 1 : byte));
    for (let at = 0; at < body.length; at++) expect(decodeField(flipped(at))).toBeUndefined();
  });

  it('says of something else that it is damaged', () => {
    expect(decodeField(new Uint8Array())).toBeUndefined();
    expect(decodeField(encodeField(sumsOf(3)).subarray(0, 30))).toBeUndefined();
  });
});
