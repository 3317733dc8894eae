import { describe, expect, it } from 'vitest';
import { type BoxColumns, bufferedIouOf, containmentOf, iouOf, visibleShare } from './overlap.ts';

type Box = readonly [left: number, top: number, right: number, bottom: number];

const columns = (...boxes: Box[]): BoxColumns => ({
  left: Float64Array.from(boxes, ([left]) => left),
  top: Float64Array.from(boxes, ([, top]) => top),
  right: Float64Array.from(boxes, ([, , right]) => right),
  bottom: Float64Array.from(boxes, ([, , , bottom]) => bottom),
});

describe('two boxes', () => {
  it.each<[string, Box, Box, { iou: number; contained: number; buffered: number }]>([
    ['the same', [0, 0, 2, 4], [0, 0, 2, 4], { iou: 1, contained: 1, buffered: 1 }],
    ['half over each other', [0, 0, 2, 4], [1, 0, 3, 4], { iou: 1 / 3, contained: 0.5, buffered: 3 / 5 }],
    ['one in the other', [0, 0, 4, 4], [1, 1, 2, 2], { iou: 1 / 16, contained: 1, buffered: 1 / 16 }],
    ['side by side', [0, 0, 2, 4], [2, 0, 4, 4], { iou: 0, contained: 0, buffered: 1 / 3 }],
    ['apart', [0, 0, 2, 4], [5, 0, 7, 4], { iou: 0, contained: 0, buffered: 0 }],
    ['above each other, apart', [0, 0, 2, 4], [0, 9, 2, 13], { iou: 0, contained: 0, buffered: 0 }],
  ])('%s', (_name, a, b, expected) => {
    const boxes = columns(a, b);
    expect(iouOf(boxes, 0, boxes, 1)).toBeCloseTo(expected.iou, 12);
    expect(containmentOf(boxes, 0, boxes, 1)).toBeCloseTo(expected.contained, 12);
    expect(bufferedIouOf(boxes, 0, boxes, 1, 0.5)).toBeCloseTo(expected.buffered, 12);
    expect(bufferedIouOf(boxes, 0, boxes, 1, 0)).toBeCloseTo(expected.iou, 12);
  });
});

describe('the share of a box in the picture', () => {
  it.each<[string, Box, number]>([
    ['inside', [0.1, 0.1, 0.3, 0.5], 1],
    ['half out at the left', [-0.1, 0.1, 0.1, 0.5], 0.5],
    ['a quarter in at a corner', [1.4, 0.8, 1.6, 1.2], 0.25],
    ['outside', [1.6, 0.1, 1.8, 0.5], 0],
  ])('%s', (_name, [left, top, right, bottom], expected) => {
    expect(visibleShare(left, top, right, bottom, 1.5)).toBeCloseTo(expected, 12);
  });
});
