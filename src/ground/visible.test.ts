import { describe, expect, it } from 'vitest';
import { signedArea } from '../contract/index.ts';
import { calibrate } from './calibrate.ts';
import { flatPolygon, pointInPolygon } from './polygon.ts';
import { FULL_HD, LAMP_POST, pairsOf, SPREAD, see } from './synthetic-camera.ts';
import { isMeasuredWell, visibleGround } from './visible.ts';

const CORNERS: [number, number][] = [
  [0, 1],
  [1, 1],
  [1, 0],
  [0, 0],
];
const lampPost = calibrate(pairsOf(LAMP_POST, SPREAD), FULL_HD);

describe('visibleGround', () => {
  it('ends where a foot point is no longer known to a metre', () => {
    const outline = visibleGround(lampPost) ?? [];
    const far = Math.max(...outline.map(([, y]) => y));
    expect(far).toBeGreaterThan(15);
    expect(far).toBeLessThan(60);
    expect(isMeasuredWell(lampPost, see(LAMP_POST, [0, far - 1]))).toBe(true);
    expect(isMeasuredWell(lampPost, see(LAMP_POST, [0, far + 3]))).toBe(false);
  });

  it('is what the camera sees: near ground in, ground at its foot out', () => {
    const outline = flatPolygon(visibleGround(lampPost) ?? []);
    expect(pointInPolygon(outline, 0, 10)).toBe(true);
    expect(pointInPolygon(outline, 0, 0)).toBe(false);
    expect(pointInPolygon(outline, 30, 10)).toBe(false);
  });

  it('is all of the picture of a camera that looks straight down', () => {
    const points = CORNERS.map((image): { image: [number, number]; ground: [number, number] } => ({
      image,
      ground: [16 * image[0], 9 * (1 - image[1])],
    }));
    expect(signedArea(visibleGround(calibrate({ points }, FULL_HD)) ?? [])).toBeCloseTo(144, 6);
  });

  it('is nowhere when the plan is so large that nothing is known to a metre', () => {
    const points = CORNERS.map((image): { image: [number, number]; ground: [number, number] } => ({
      image,
      ground: [16_000 * image[0], 9000 * (1 - image[1])],
    }));
    expect(visibleGround(calibrate({ points }, FULL_HD))).toBeNull();
  });
});
