import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitPicture, toArea } from './fit.ts';

const TARGET = { width: 416, height: 320 };

describe('fitPicture', () => {
  it('fills the frame when stretched', () => {
    expect(fitPicture({ width: 1920, height: 1080 }, 1, TARGET, 'stretch')).toEqual({ left: 0, top: 0, ...TARGET });
  });

  const cases: readonly [string, number, number, number, object][] = [
    // name, width, height, pixel aspect, box
    ['wide: bars above and below', 1920, 1080, 1, { left: 0, top: 43, width: 416, height: 234 }],
    ['tall: bars left and right', 1080, 1920, 1, { left: 118, top: 0, width: 180, height: 320 }],
    ['the same proportions', 832, 640, 1, { left: 0, top: 0, width: 416, height: 320 }],
    ['smaller than the frame: enlarged', 104, 80, 1, { left: 0, top: 0, width: 416, height: 320 }],
    ['pixels twice as wide as high', 360, 576, 2, { left: 8, top: 0, width: 400, height: 320 }],
    ['a line of pixels stays at least one pixel high', 4000, 1, 1, { left: 0, top: 159, width: 416, height: 1 }],
  ];
  it.each(cases)('letterboxed, %s', (_, width, height, aspect, box) => {
    expect(fitPicture({ width, height }, aspect, TARGET, 'letterbox')).toEqual(box);
  });

  it('always stays inside the frame', () => {
    const size = fc.integer({ min: 1, max: 8000 });
    fc.assert(
      fc.property(size, size, fc.double({ min: 0.1, max: 10, noNaN: true }), (width, height, aspect) => {
        const area = toArea(fitPicture({ width, height }, aspect, TARGET, 'letterbox'), TARGET);
        expect(Math.min(area.left, area.top)).toBeGreaterThanOrEqual(0);
        expect(Math.max(area.right, area.bottom)).toBeLessThanOrEqual(1);
        expect(area.right).toBeGreaterThan(area.left);
      }),
      { seed: 1 },
    );
  });
});
