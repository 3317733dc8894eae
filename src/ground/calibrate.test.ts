import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Calibration, type ErrorCode, type Point, StarlingError } from '../contract/index.ts';
import { calibrate } from './calibrate.ts';
import { groundToImage, imageToGround } from './place.ts';
import { FULL_HD, LAMP_POST, pairsOf, see, type SyntheticCamera } from './synthetic-camera.ts';

const SQUARE: Point[] = [
  [-4, 6],
  [4, 6],
  [5, 18],
  [-5, 18],
];
const SPREAD: Point[] = [...SQUARE, [0, 9], [-2, 13], [3, 12], [1, 16]];

const distance = (a: Point | null, b: Point): number => (a ? Math.hypot(a[0] - b[0], a[1] - b[1]) : Number.NaN);

const cameras: fc.Arbitrary<SyntheticCamera> = fc.record({
  heightM: fc.double({ min: 3, max: 15, noNaN: true }),
  tilt: fc.double({ min: 0.15, max: 1.2, noNaN: true }),
  focal: fc.double({ min: 0.5, max: 3, noNaN: true }),
  k1: fc.double({ min: -0.05, max: 0.1, noNaN: true }),
});
const groundPoints = fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: 5, max: 20, noNaN: true }));

const codeOf = (calibration: Calibration): ErrorCode | 'none' => {
  try {
    calibrate(calibration, FULL_HD);
    return 'none';
  } catch (error) {
    if (error instanceof StarlingError) return error.code;
    throw error;
  }
};

describe('calibrate', () => {
  it('recovers a camera from four exact points, far beyond them too', () => {
    const calibration = calibrate(pairsOf(LAMP_POST, SQUARE), FULL_HD);
    for (const point of [...SPREAD, [20, 30], [-15, 60]] as Point[]) {
      expect(distance(imageToGround(calibration, see(LAMP_POST, point)), point)).toBeLessThan(1e-7);
      expect(distance(groundToImage(calibration, point), see(LAMP_POST, point))).toBeLessThan(1e-9);
    }
    expect(calibration.residualM).toBeLessThan(1e-9);
    expect(calibration.leaveOneOutM).toBeNull();
  });

  it('goes there and back, through any lens (property)', () => {
    fc.assert(
      fc.property(cameras, groundPoints, (camera, point) => {
        const calibration = calibrate(pairsOf(camera, SPREAD), FULL_HD);
        const seen = groundToImage(calibration, point);
        expect(seen).not.toBeNull();
        expect(distance(seen && imageToGround(calibration, seen), point)).toBeLessThan(1e-6);
        expect(distance(seen, see(camera, point))).toBeLessThan(1e-6);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('does not depend on where the ground has its origin, its axes and its unit (property)', () => {
    const numbers = fc.double({ min: -1000, max: 1000, noNaN: true });
    const scale = fc.double({ min: 0.01, max: 100, noNaN: true });
    const angle = fc.double({ min: 0, max: 6.28, noNaN: true });
    fc.assert(
      fc.property(numbers, numbers, scale, angle, groundPoints, (x0, y0, s, phi, point) => {
        const move = ([x, y]: Point): Point => [
          x0 + s * (Math.cos(phi) * x - Math.sin(phi) * y),
          y0 + s * (Math.sin(phi) * x + Math.cos(phi) * y),
        ];
        const { points } = pairsOf(LAMP_POST, SPREAD);
        // Not exact points: each is clicked a little beside itself, so that there is something to minimise.
        const beside = points.map(({ image: [x, y], ground }, i) => ({
          image: [x + 0.002 * Math.sin(i), y + 0.002 * Math.cos(3 * i)] as [number, number],
          ground,
        }));
        const elsewhere = beside.map(({ image, ground }) => ({ image, ground: [...move(ground)] as [number, number] }));
        const here = calibrate({ points: beside }, FULL_HD);
        const there = calibrate({ points: elsewhere }, FULL_HD);
        const place = imageToGround(here, see(LAMP_POST, point));
        const moved = imageToGround(there, see(LAMP_POST, point));
        expect(distance(moved, move(place ?? [Number.NaN, 0]))).toBeLessThan(1e-5 * s);
        expect(there.residualM / s).toBeCloseTo(here.residualM, 6);
        expect(there.residualOfDiagonal).toBeCloseTo(here.residualOfDiagonal, 9);
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it('says how far one misplaced point is off, and leaves it out to see', () => {
    const { points } = pairsOf(LAMP_POST, SPREAD);
    const wrong = points.map((pair, i) => (i === 4 ? { ...pair, ground: [0.5, 9] as [number, number] } : pair));
    const { residualM, leaveOneOutM, misfitVariance } = calibrate({ points: wrong }, FULL_HD);
    expect(residualM).toBeGreaterThan(0.1);
    expect(residualM).toBeLessThan(0.5);
    expect(leaveOneOutM).toBeGreaterThan(residualM);
    expect(misfitVariance).toBeGreaterThan(0);
    const good = calibrate({ points }, FULL_HD);
    expect(good.leaveOneOutM).toBeLessThan(1e-6);
    expect(good.misfitVariance).toBe(0);
  });

  it('agrees with the published normalised DLT where points are exact, whatever the lens is said to be', () => {
    // Points seen through a barrel lens but calibrated as if through none: the refusal to bend shows in the residual.
    const bent: SyntheticCamera = { ...LAMP_POST, k1: -0.1 };
    const { points } = pairsOf(bent, SPREAD);
    expect(calibrate({ points }, FULL_HD).residualM).toBeGreaterThan(0.02);
    expect(calibrate({ points, radialDistortion: -0.1 }, FULL_HD).residualM).toBeLessThan(1e-6);
  });
});

const on = (ground: Point[]): Calibration => pairsOf(LAMP_POST, ground);

describe('calibrate refuses', () => {
  const points = pairsOf(LAMP_POST, SQUARE).points;
  const [a, b, c, d] = points;

  const table: readonly [what: string, calibration: Calibration, code: ErrorCode | 'none'][] = [
    ['three points', { points: points.slice(0, 3) }, 'GROUND_TOO_FEW_POINTS'],
    [
      'four on one line',
      on([
        [0, 6],
        [1, 8],
        [2, 10],
        [3, 12],
      ]),
      'GROUND_COLLINEAR',
    ],
    [
      'three of four on one line',
      on([
        [0, 6],
        [1, 8],
        [2, 10],
        [-3, 12],
      ]),
      'GROUND_COLLINEAR',
    ],
    [
      'five of six on one line',
      on([
        [0, 6],
        [1, 8],
        [2, 10],
        [3, 12],
        [4, 14],
        [-3, 12],
      ]),
      'GROUND_COLLINEAR',
    ],
    [
      'four of six on one line: enough remains',
      on([
        [0, 6],
        [1, 8],
        [2, 10],
        [3, 12],
        [-3, 9],
        [-3, 12],
      ]),
      'none',
    ],
    [
      'almost on one line, by a thousandth',
      on([
        [0, 6],
        [1, 8.002],
        [2, 10],
        [3, 11.998],
      ]),
      'GROUND_COLLINEAR',
    ],
    // Two pairs swapped turn the quadrangle into a bow tie.
    [
      'two places swapped',
      { points: [a, b, { image: c.image, ground: d.ground }, { image: d.image, ground: c.ground }] },
      'GROUND_DEGENERATE',
    ],
    // y measured downwards, as on a drawing made with a picture editor.
    [
      'a mirror image',
      { points: points.map(({ image, ground: [x, y] }) => ({ image, ground: [x, -y] })) },
      'GROUND_DEGENERATE',
    ],
    ['the same pair twice', { points: [...points, a] }, 'GROUND_DEGENERATE'],
    [
      'one picture point at two places',
      { points: [...points, { image: a.image, ground: [9, 9] }] },
      'GROUND_DEGENERATE',
    ],
    [
      'one place at two picture points',
      { points: [...points, { image: [0.5, 0.5], ground: a.ground }] },
      'GROUND_DEGENERATE',
    ],
    ['a lens that cannot show the points', { points, radialDistortion: -2 }, 'GROUND_DEGENERATE'],
    ['four good points', { points }, 'none'],
    // A turned plan is no mirror image.
    [
      'the plan turned upside down',
      { points: points.map(({ image, ground: [x, y] }) => ({ image, ground: [-x, -y] })) },
      'none',
    ],
  ];
  it.each(table)('%s: %s -> %s', (_what, calibration, code) => {
    expect(codeOf(calibration)).toBe(code);
  });
});
