import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Point, StarlingError } from '../../contract/index.ts';
import { type Somebody, walkThrough } from './crowd.fixture.ts';
import { type EdieFigures, EdieTally } from './edie.ts';
import { shareInside } from './share-inside.ts';

const SQUARE: Point[] = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
];
/** Two legs, 1 m wide, with 2 m between them. */
const YOKE: Point[] = [
  [0, 0],
  [4, 0],
  [4, 4],
  [3, 4],
  [3, 1],
  [1, 1],
  [1, 4],
  [0, 4],
];

describe('shareInside', () => {
  it.each<readonly [what: string, polygon: Point[], step: readonly [number, number, number, number], share: number]>([
    ['inside', SQUARE, [1, 1, 2, 3], 1],
    ['outside', SQUARE, [5, 1, 6, 3], 0],
    ['outside, across the box', SQUARE, [-1, 3, 1, 6], 0],
    ['going in', SQUARE, [-1, 1, 3, 1], 0.75],
    ['going out', SQUARE, [3, 1, 7, 1], 0.25],
    ['through', SQUARE, [-2, 2, 6, 2], 0.5],
    ['through two corners', SQUARE, [-4, -4, 8, 8], 1 / 3],
    ['past a corner', SQUARE, [-2, 2, 2, 6], 0],
    ['into a corner', SQUARE, [-2, -2, 2, 2], 0.5],
    ['through both legs', YOKE, [-1, 2, 5, 2], 1 / 3],
    ['between the legs', YOKE, [1.5, 2, 2.5, 3], 0],
    ['standing inside', SQUARE, [1, 1, 1, 1], 1],
    ['standing outside', SQUARE, [5, 5, 5, 5], 0],
    ['hardly moving inside', SQUARE, [1, 1, 1 + 1e-15, 1], 1],
    ['far away', SQUARE, [1, 1, 1e9, 1], 3e-9],
  ])('%s', (_what, polygon, [x0, y0, x1, y1], share) => {
    expect(shareInside(polygon)(x0, y0, x1, y1)).toBeCloseTo(share, 12);
    expect(shareInside(polygon.toReversed())(x0, y0, x1, y1)).toBeCloseTo(share, 12);
  });

  it('gives who walks along a border to the zone on their left', () => {
    const left = shareInside(SQUARE);
    const right = shareInside(SQUARE.map(([x, y]): Point => [x + 4, y]));
    expect([left(4, 1, 4, 3), right(4, 1, 4, 3)]).toEqual([1, 0]);
    expect([left(4, 3, 4, 1), right(4, 3, 4, 1)]).toEqual([0, 1]);
  });

  it('is that of a thousand points along the step, and the same backwards', () => {
    const metres = fc.integer({ min: -150, max: 550 }).map((value) => value / 100 + 0.0013);
    fc.assert(
      fc.property(metres, metres, metres, metres, (x0, y0, x1, y1) => {
        const share = shareInside(YOKE)(x0, y0, x1, y1);
        let inside = 0;
        for (let k = 0; k < 1000; k++) {
          const x = x0 + ((k + 0.5) / 1000) * (x1 - x0);
          const y = y0 + ((k + 0.5) / 1000) * (y1 - y0);
          if (x > 0 && x < 4 && y > 0 && y < 4 && !(x > 1 && x < 3 && y > 1)) inside++;
        }
        // Off by one point at most where the step crosses the border, six times at most.
        expect(Math.abs(share - inside / 1000)).toBeLessThanOrEqual(0.0061);
        expect(shareInside(YOKE)(x1, y1, x0, y0)).toBeCloseTo(share, 9);
      }),
      { seed: 10, numRuns: 300 },
    );
  });

  it('zones side by side share a step without a rest', () => {
    const left = shareInside([
      [0, 0],
      [2, 0],
      [3, 4],
      [0, 4],
    ]);
    const right = shareInside([
      [2, 0],
      [4, 0],
      [4, 4],
      [3, 4],
    ]);
    // Strictly inside both together: the outer border is nobody's to share.
    const metres = fc.integer({ min: 1, max: 15 }).map((value) => value / 4);
    fc.assert(
      fc.property(metres, metres, metres, metres, (x0, y0, x1, y1) => {
        expect(left(x0, y0, x1, y1) + right(x0, y0, x1, y1)).toBeCloseTo(1, 12);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});

const figuresOf = (frames: readonly (readonly Somebody[] | null)[], zone = SQUARE, frameRate = 10): EdieFigures => {
  const tally = new EdieTally(zone);
  walkThrough(frames, (steps) => tally.add(steps), { frameRate });
  return tally.figures();
};

/** Rows of people a metre apart, all at one velocity, as far as 60 m to either side, for 20 frames. */
const plugFlow = (velocityX: number, velocityY: number, spacingM = 1): Somebody[][] => {
  const places = Array.from(
    { length: 61 * 61 },
    (_, i): Point => [((i % 61) - 30 + 0.3) * spacingM, (Math.floor(i / 61) - 30 + 0.3) * spacingM],
  );
  return Array.from({ length: 21 }, (_, t) =>
    places.map(([x, y], id): Somebody => [id, x + (velocityX * t) / 10, y + (velocityY * t) / 10]),
  );
};

describe('EdieTally', () => {
  it.each([
    [1.3, 0],
    [0, -0.7],
    [1, 0.5],
    [0, 0],
  ])('knows a plug flow of 1/m² at (%f, %f) m/s', (velocityX, velocityY) => {
    const speed = Math.hypot(velocityX, velocityY);
    const { densityPerM2, flowPerMS, speedMps, velocityMps, measuredS } = figuresOf(plugFlow(velocityX, velocityY));
    // Sides of whole spacings hold the same number of people wherever they stand.
    expect(densityPerM2.value).toBeCloseTo(1, 9);
    expect(flowPerMS.value).toBeCloseTo(speed, 9);
    expect(speedMps.value).toBeCloseTo(speed, 9);
    expect(velocityMps?.[0]).toBeCloseTo(velocityX, 9);
    expect(velocityMps?.[1]).toBeCloseTo(velocityY, 9);
    expect(densityPerM2.standardError).toBeCloseTo(0, 6);
    expect(measuredS).toBeCloseTo(2, 9);
  });

  it('cuts steps at the border', () => {
    // 1 m of a step of 4 m in 0.1 s.
    const { densityPerM2, flowPerMS, speedMps } = figuresOf([[[1, -3, 2]], [[1, 1, 2]]]);
    expect(densityPerM2.value).toBeCloseTo(0.025 / (16 * 0.1), 12);
    expect(flowPerMS.value).toBeCloseTo(1 / (16 * 0.1), 12);
    expect(speedMps.value).toBeCloseTo(40, 9);
  });

  it('may be told of an area without its holes', () => {
    const tally = new EdieTally(SQUARE, 8);
    walkThrough([[[1, 1, 1]], [[1, 1, 1]]], (steps) => tally.add(steps));
    expect(tally.figures().densityPerM2.value).toBe(1 / 8);
    expect(() => new EdieTally(SQUARE, 0)).toThrow(StarlingError);
  });

  it('lets ways that go against each other cancel in the velocity, not in the flow', () => {
    const { flowPerMS, velocityMps } = figuresOf([
      [
        [1, 1, 1],
        [2, 2, 1],
      ],
      [
        [1, 2, 1],
        [2, 1, 1],
      ],
    ]);
    expect(flowPerMS.value).toBeCloseTo(2 / 1.6, 12);
    expect(velocityMps).toEqual([0, 0]);
  });

  it.each<
    readonly [what: string, frames: (readonly Somebody[] | null)[], density: number | null, speed: number | null]
  >([
    ['no frames', [], null, null],
    ['one frame', [[[1, 1, 1]]], null, null],
    ['an empty zone', [[], []], 0, null],
    ['somebody seen once', [[], [[1, 1, 1]]], 0, null],
    ['somebody nowhere', [[[1, Number.NaN, 1]], [[1, 1, 1]]], 0, null],
    ['somebody who stands', [[[1, 1, 1]], [[1, 1, 1]]], 1 / 16, 0],
    ['a hole in the recording', [[[1, 1, 1]], ...Array.from({ length: 20 }, () => null), [[1, 1, 1]]], null, null],
  ])('tells of %s only what it knows', (_what, frames, density, speed) => {
    const { densityPerM2, speedMps } = figuresOf(frames);
    expect(densityPerM2.value).toEqual(density);
    expect(speedMps.value).toEqual(speed);
  });

  it('refuses a zone without an area', () => {
    expect(
      () =>
        new EdieTally([
          [0, 0],
          [1, 1],
          [2, 2],
        ]),
    ).toThrow(StarlingError);
  });

  const walks = fc.array(
    fc.array(fc.tuple(fc.integer({ min: -20, max: 60 }), fc.integer({ min: -20, max: 60 })), {
      minLength: 8,
      maxLength: 8,
    }),
    { minLength: 1, maxLength: 10 },
  );

  it('q = k · v, halves add up to the whole, and the order of the people is nothing', () => {
    fc.assert(
      fc.property(walks, (people) => {
        const frames = Array.from({ length: 8 }, (_, t) =>
          people.map((way, id): Somebody => [id, (way[t]?.[0] ?? 0) / 10 + 0.01, (way[t]?.[1] ?? 0) / 10 + 0.01]),
        );
        const whole = figuresOf(frames);
        const k = whole.densityPerM2.value ?? Number.NaN;
        const q = whole.flowPerMS.value ?? Number.NaN;
        expect(k * (whole.speedMps.value ?? 0)).toBeCloseTo(q, 9);
        const lower = figuresOf(frames, [
          [0, 0],
          [4, 0],
          [4, 2],
          [0, 2],
        ]);
        const upper = figuresOf(frames, [
          [0, 2],
          [4, 2],
          [4, 4],
          [0, 4],
        ]);
        expect(((lower.densityPerM2.value ?? 0) + (upper.densityPerM2.value ?? 0)) / 2).toBeCloseTo(k, 9);
        expect(((lower.flowPerMS.value ?? 0) + (upper.flowPerMS.value ?? 0)) / 2).toBeCloseTo(q, 9);
        expect(figuresOf(frames.map((frame) => frame.toReversed())).densityPerM2.value).toBeCloseTo(k, 9);
      }),
      { seed: 12, numRuns: 100 },
    );
  });

  it('becomes the mean classic density as frames grow many', () => {
    // 40 people going round in circles of 2 m through the square's right side, for 2000 frames.
    const frames = Array.from({ length: 2000 }, (_, t) =>
      Array.from({ length: 40 }, (_unused, id): Somebody => {
        const angle = 0.05 * t * (1 + 0.013 * id) + id;
        return [id, 4 + 2 * Math.cos(angle), 2 + Math.sin(angle)];
      }),
    );
    const inside = frames.flat().filter(([, x, y]) => x > 0 && x < 4 && y > 0 && y < 4).length;
    const classic = inside / 16 / frames.length;
    expect(Math.abs((figuresOf(frames).densityPerM2.value ?? 0) / classic - 1)).toBeLessThan(0.002);
  });

  it('states the error of its mean', () => {
    // Somebody is in the zone in every other stretch of fifty frames: a mean of ½ person over 20 stretches.
    const frames = Array.from({ length: 1000 }, (_, t): Somebody[] => [[1, Math.floor(t / 50) % 2 === 0 ? 1 : 9, 1]]);
    const { densityPerM2 } = figuresOf(frames);
    expect(densityPerM2.value).toBeCloseTo(0.5 / 16, 3);
    expect(densityPerM2.standardError).toBeGreaterThan(0.03 / 16);
    expect(densityPerM2.standardError).toBeLessThan(0.3 / 16);
  });
});
