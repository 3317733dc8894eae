import { describe, expect, it } from 'vitest';
import { type Point, signedArea } from '../contract/index.ts';
import { calibrate } from './calibrate.ts';
import {
  imageAreaM2,
  imageLengthM,
  lineToGround,
  polygonToGround,
  polygonToImage,
  relativeScaleError,
  standardErrorAtM,
} from './project.ts';
import { FULL_HD, LAMP_POST, pairsOf, SPREAD, see } from './synthetic-camera.ts';

const SQUARE: Point[] = [
  [-2, 8],
  [2, 8],
  [2, 12],
  [-2, 12],
];
const exact = calibrate(pairsOf(LAMP_POST, SPREAD), FULL_HD);
const BENT = { ...LAMP_POST, k1: -0.1 };
const bent = calibrate(pairsOf(BENT, SPREAD), FULL_HD);

describe('from the picture to the ground', () => {
  it('finds the area and the length of what is drawn, with the error that the calibration gives them', () => {
    const area = imageAreaM2(
      exact,
      SQUARE.map((point) => see(LAMP_POST, point)),
    );
    expect(area?.value).toBeCloseTo(16, 6);
    // Eight points clicked to 0.2 % of the diagonal fix a 4 m square to a few parts in a hundred.
    expect(area?.standardError).toBeGreaterThan(0.05);
    expect(area?.standardError).toBeLessThan(1);
    expect(imageLengthM(exact, see(LAMP_POST, [-2, 8]), see(LAMP_POST, [2, 8]))?.value).toBeCloseTo(4, 6);
  });

  it('follows straight picture lines through a bent lens', () => {
    const line = lineToGround(bent, [0.1, 0.8], [0.9, 0.8]) ?? [];
    expect(line).toHaveLength(17);
    for (const [i, point] of line.entries()) {
      expect(see(BENT, point)[1]).toBeCloseTo(0.8, 9);
      expect(see(BENT, point)[0]).toBeCloseTo(0.1 + 0.05 * i, 9);
    }
  });

  it('knows no area that touches the horizon or comes near it', () => {
    const whole: Point[] = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ];
    expect(polygonToGround(exact, whole)).toBeNull();
    expect(imageAreaM2(exact, whole)).toBeNull();
    expect(
      imageAreaM2(exact, [
        [0, -0.2],
        [1, -0.2],
        [1, 1],
      ]),
    ).toBeNull();
    expect(imageLengthM(exact, [0.5, -0.1], [0.5, 1])).toBeNull();
    expect(
      imageAreaM2(exact, [
        [0, 0.5],
        [1, 0.5],
        [1, 1],
        [0, 1],
      ])?.value,
    ).toBeGreaterThan(20);
  });

  it('states errors that are proportional to the clicking error', () => {
    const twice = calibrate(pairsOf(LAMP_POST, SPREAD), FULL_HD, { clickErrorOfDiagonal: 0.004 });
    const drawn = SQUARE.map((point) => see(LAMP_POST, point));
    const ratio = (imageAreaM2(twice, drawn)?.standardError ?? 0) / (imageAreaM2(exact, drawn)?.standardError ?? 1);
    expect(ratio).toBeCloseTo(2, 3);
    expect((relativeScaleError(twice, SQUARE) ?? 0) / (relativeScaleError(exact, SQUARE) ?? 1)).toBeCloseTo(2, 3);
  });

  it('says where it can measure', () => {
    const near = standardErrorAtM(exact, see(LAMP_POST, [0, 8])) ?? Number.NaN;
    const far = standardErrorAtM(exact, see(LAMP_POST, [0, 30])) ?? Number.NaN;
    expect(near).toBeLessThan(0.3);
    expect(far).toBeGreaterThan(3 * near);
    expect(standardErrorAtM(exact, [0.5, -0.3])).toBeNull();
  });
});

describe('from the ground to the picture', () => {
  it('draws a square where the camera sees it', () => {
    const drawn = polygonToImage(exact, SQUARE);
    expect(drawn).toHaveLength(4);
    for (const [i, [x, y]] of drawn.entries()) {
      const [sx, sy] = see(LAMP_POST, SQUARE[i] ?? [0, 0]);
      expect(x).toBeCloseTo(sx, 9);
      expect(y).toBeCloseTo(sy, 9);
    }
  });

  it('cuts what reaches behind the camera', () => {
    const drawn = polygonToImage(exact, [
      [-1, -50],
      [1, -50],
      [1, 12],
      [-1, 12],
    ]);
    expect(drawn.length).toBeGreaterThanOrEqual(4);
    expect(drawn.every(([x, y]) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
    expect(
      polygonToImage(exact, [
        [-1, -50],
        [1, -50],
        [0, -40],
      ]),
    ).toEqual([]);
  });

  it('bends sides as the lens does', () => {
    const drawn = polygonToImage(bent, SQUARE);
    expect(drawn).toHaveLength(64);
    expect(Math.abs(signedArea(drawn))).toBeGreaterThan(0);
  });
});
