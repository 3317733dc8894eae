import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../capture/index.ts';
import { frameNumber, mediaTimeMs, type Point } from '../contract/index.ts';
import { createMasker, type MaskPolygon } from './index.ts';

// Whole thousandths spread evenly; fast-check's doubles crowd around zero.
const thousandths = (min: number, max: number) => fc.integer({ min, max }).map((value) => value / 1000);

const FULL = { left: 0, top: 0, right: 1, bottom: 1 };

const white = (width: number, height: number, more: Partial<Frame> = {}): Frame => ({
  number: frameNumber(1),
  timeMs: mediaTimeMs(0),
  width,
  height,
  sourceWidth: width * 10,
  sourceHeight: height * 10,
  picture: FULL,
  data: new Uint8Array(width * height * 3).fill(255),
  ...more,
});

/** The frame as rows of characters: `#` black, `.` untouched, `?` anything between. */
const drawing = ({ data, width, height }: Frame): string[] =>
  Array.from({ length: height }, (_row, y) =>
    Array.from({ length: width }, (_pixel, x) => {
      const pixel = data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3);
      if (pixel.every((value) => value === 0)) return '#';
      return pixel.every((value) => value === 255) ? '.' : '?';
    }).join(''),
  );

const masked = (polygons: readonly MaskPolygon[], frame: Frame): string[] => {
  createMasker(polygons)(frame);
  return drawing(frame);
};

describe('createMasker', () => {
  // A source ten times larger than the frame has the smallest reach, 2 + 5 · 1/2 = 4.5 pixels: 5 whole ones.
  it('blackens a square and its margin, and nothing else', () => {
    // x and y from 8 to 10 of 20 pixels; 4.5 further is 3.5 to 14.5, so pixels 3 to 14.
    const square: MaskPolygon = [
      [0.4, 0.4],
      [0.5, 0.4],
      [0.5, 0.5],
      [0.4, 0.5],
    ];
    const rows = masked([square], white(20, 20));
    for (const [y, row] of rows.entries())
      expect(row).toBe(y >= 3 && y <= 14 ? '...############.....' : '....................');
  });

  it('leaves the notch of a concave mask open where it is wide enough', () => {
    // A U: two arms 4 pixels wide, 24 apart, on a foot.
    const u: MaskPolygon = [
      [0.2, 0.2],
      [0.3, 0.2],
      [0.3, 0.7],
      [0.9, 0.7],
      [0.9, 0.2],
      [1, 0.2],
      [1, 0.8],
      [0.2, 0.8],
    ];
    const rows = masked([u], white(40, 40));
    expect(rows[20]).toBe('...##############..............#########');
    expect(rows[30]).toBe('...#####################################');
    expect(rows[2]).toBe('.'.repeat(40));
  });

  const whole: MaskPolygon = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ];

  it('blackens the whole picture', () => {
    expect(masked([whole], white(7, 5)).join('')).toBe('#'.repeat(35));
  });

  it('blackens the whole picture, and little of the padding, when letterboxed', () => {
    const frame = white(10, 40, {
      picture: { left: 0, top: 0.25, right: 1, bottom: 0.75 },
      sourceWidth: 100,
      sourceHeight: 200,
    });
    const rows = masked([whole], frame);
    // The picture lies in rows 10 to 29; the margin reaches 4.5 further.
    expect(rows.map((row) => row[0]).join('')).toBe('.....##############################.....');
  });

  it('places a mask within the letterboxed picture, not within the frame', () => {
    const frame = white(40, 80, {
      picture: { left: 0, top: 0.25, right: 1, bottom: 0.75 },
      sourceWidth: 400,
      sourceHeight: 400,
    });
    const topEdge: MaskPolygon = [
      [0, 0],
      [1, 0],
      [1, 0.05],
      [0, 0.05],
    ];
    // Rows 20 and 21 of the frame, and the margin.
    const rows = masked([topEdge], frame);
    expect(rows.map((row) => row[20]).join('')).toBe(`${'.'.repeat(15)}${'#'.repeat(12)}${'.'.repeat(53)}`);
  });

  it('ignores what lies outside the picture', () => {
    const beyond: MaskPolygon = [
      [-1, -1],
      [0.1, -1],
      [0.1, 2],
      [-1, 2],
    ];
    const rows = masked([beyond], white(20, 3));
    expect(new Set(rows)).toEqual(new Set(['#######.............']));
  });

  it('closes the middle of a mask that crosses itself', () => {
    const points = [0, 2, 4, 1, 3].map((i): Point => {
      const angle = (i * 2 * Math.PI) / 5;
      return [0.5 + 0.5 * Math.sin(angle), 0.5 - 0.5 * Math.cos(angle)];
    });
    expect(masked([points], white(100, 100))[50]?.[50]).toBe('#');
  });

  it('does nothing without masks', () => {
    expect(masked([], white(4, 4)).join('')).toBe('.'.repeat(16));
  });

  it('follows when the frames change their shape', () => {
    const mask = createMasker([
      [
        [0, 0],
        [0.5, 0],
        [0.5, 1],
        [0, 1],
      ],
    ]);
    for (const width of [40, 60, 40]) {
      const frame = white(width, 2);
      mask(frame);
      expect(drawing(frame)[0]?.lastIndexOf('#')).toBe(width / 2 + 4);
    }
  });

  const corner = fc.tuple(thousandths(-200, 1200), thousandths(-200, 1200));

  it('never leaves a pixel that the polygon touches', () => {
    const weights = fc.tuple(thousandths(0, 1000), thousandths(0, 1000));
    const shape = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }));
    fc.assert(
      fc.property(fc.tuple(corner, corner, corner), shape, weights, (triangle, [width, height], [s, t]) => {
        const frame = white(width, height);
        createMasker([triangle])(frame);
        // Any point of the triangle: a + u·(b − a) + v·(c − a) with u + v ≤ 1.
        const [u, v] = s + t > 1 ? [1 - s, 1 - t] : [s, t];
        const [[ax, ay], [bx, by], [cx, cy]] = triangle;
        const x = Math.floor((ax + u * (bx - ax) + v * (cx - ax)) * width);
        const y = Math.floor((ay + u * (by - ay) + v * (cy - ay)) * height);
        // Undefined outside the frame.
        expect(['#', undefined]).toContain(drawing(frame)[y]?.[x]);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });
});

describe('fails closed', () => {
  const triangle: MaskPolygon = [
    [0, 0],
    [1, 0],
    [0, 1],
  ];
  it.each([
    [
      'two corners',
      [
        [
          [0, 0],
          [1, 1],
        ],
      ],
    ],
    [
      'a corner that is no number',
      [
        [
          [0, 0],
          [1, Number.NaN],
          [0, 1],
        ],
      ],
    ],
  ] as const)('%s: no masker is made', (_, polygons) => {
    expect(() => createMasker(polygons)).toThrow(expect.objectContaining({ code: 'PRIVACY_MASK_FAILED' }));
  });

  it.each([
    ['fewer pixels than it says', { data: new Uint8Array(10) }],
    ['a source of unknown size', { sourceWidth: 0 }],
    ['no picture in it', { picture: { left: 0.5, top: 0, right: 0.5, bottom: 1 } }],
  ])('a frame with %s is not let pass', (_, more) => {
    expect(() => createMasker([triangle])(white(8, 8, more))).toThrow(
      expect.objectContaining({ code: 'PRIVACY_MASK_FAILED' }),
    );
  });
});
