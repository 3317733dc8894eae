import { describe, expect, it } from 'vitest';
import { createPlanarPoints, frameNumber, mediaTimeMs, type Point } from '../contract/index.ts';
import { calibrate } from './calibrate.ts';
import { invert } from './homography.ts';
import { groundToImage, imageToGround, placeOnGround, placePoint } from './place.ts';
import { FULL_HD, LAMP_POST, pairsOf, SPREAD, see } from './synthetic-camera.ts';

/** Marsaglia and Zaman-like small generator and a normal deviate from it: fixed, so that a failure repeats. */
const normals = (seed: number): (() => number) => {
  let state = seed;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
};

const exact = calibrate(pairsOf(LAMP_POST, SPREAD), FULL_HD);
const nowhere = () => ({ x: 0, y: 0, varianceXX: 0, varianceXY: 0, varianceYY: 0 });
const diagonal = Math.hypot(FULL_HD.widthPx, FULL_HD.heightPx);

describe('placeOnGround', () => {
  const foot = createPlanarPoints('image', 8);
  const positions = createPlanarPoints('ground', 8);
  const setFoot = (points: readonly Point[], variance: number): void => {
    foot.count = points.length;
    foot.frame = frameNumber(7);
    foot.timeMs = mediaTimeMs(1000);
    for (const [i, [x, y]] of points.entries()) {
      foot.x[i] = x;
      foot.y[i] = y;
      foot.varianceXX[i] = variance;
      foot.varianceXY[i] = 0;
      foot.varianceYY[i] = variance;
      foot.id[i] = 10 + i;
      foot.classIndex[i] = i % 2;
    }
  };

  it('places what is on the ground, drops what is beyond the horizon, and keeps the order', () => {
    // Horizon of the lamp post: tan(0.5) · focal above the middle, so about y = −0.11 of the frame.
    setFoot([see(LAMP_POST, [2, 8]), [0.5, -0.2], see(LAMP_POST, [-3, 15]), [0.5, -0.111]], 1e-6);
    expect(placeOnGround(exact, foot, positions)).toBe(2);
    expect(positions.count).toBe(2);
    expect([...positions.id.subarray(0, 2)]).toEqual([10, 12]);
    expect([...positions.classIndex.subarray(0, 2)]).toEqual([0, 0]);
    expect(positions.x[0]).toBeCloseTo(2, 6);
    expect(positions.y[1]).toBeCloseTo(15, 6);
    expect([positions.frame, positions.timeMs]).toEqual([7, 1000]);
  });

  it('drops what is known worse than the limit', () => {
    setFoot([see(LAMP_POST, [0, 8]), see(LAMP_POST, [0, 90])], 0.005 ** 2);
    expect(placeOnGround(exact, foot, positions)).toBe(1);
    expect(placeOnGround(exact, foot, positions, { maxStandardErrorM: 1000 })).toBe(0);
    expect(placeOnGround(exact, foot, positions, { maxStandardErrorM: 0.001 })).toBe(2);
  });

  it('drops NaN', () => {
    setFoot([[Number.NaN, 0.5]], 1e-6);
    expect(placeOnGround(exact, foot, positions)).toBe(1);
  });
});

/** Sample covariance of places, against what was said of each. */
const trials = (k1: number, clickPx: number, footPx: number, count: number) => {
  const camera = { ...LAMP_POST, k1 };
  const gauss = normals(20);
  const at: Point = [2.5, 14];
  const jitter = ([x, y]: Point, px: number): [number, number] => [
    x + (gauss() * px) / FULL_HD.widthPx,
    y + (gauss() * px) / FULL_HD.heightPx,
  ];
  const said = nowhere();
  const seen = nowhere();
  const mean = nowhere();
  const out = nowhere();
  for (let trial = 0; trial < count; trial++) {
    const { points } = pairsOf(camera, SPREAD);
    const clicked = points.map(({ image, ground }) => ({ image: jitter(image, clickPx), ground }));
    const calibration = calibrate({ points: clicked, radialDistortion: k1 }, FULL_HD, {
      clickErrorOfDiagonal: Math.max(clickPx, 1e-3) / diagonal,
    });
    const [x, y] = jitter(see(camera, at), footPx);
    const varianceXX = (footPx / FULL_HD.widthPx) ** 2;
    const varianceYY = (footPx / FULL_HD.heightPx) ** 2;
    expect(
      placePoint({ ...calibration, misfitVariance: 0 }, { x, y, varianceXX, varianceXY: 0, varianceYY }, out),
    ).toBe(true);
    const [dx, dy] = [out.x - at[0], out.y - at[1]];
    mean.x += dx / count;
    mean.y += dy / count;
    seen.varianceXX += (dx * dx) / count;
    seen.varianceXY += (dx * dy) / count;
    seen.varianceYY += (dy * dy) / count;
    said.varianceXX += out.varianceXX / count;
    said.varianceXY += out.varianceXY / count;
    said.varianceYY += out.varianceYY / count;
  }
  return { said, seen, mean };
};

/** Central difference. */
const slope = (more: Point, less: Point, step: number): Point => [
  (more[0] - less[0]) / (2 * step),
  (more[1] - less[1]) / (2 * step),
];

/** Entry (a, b) of S·C·Sᵀ. */
const carried = (slopes: readonly Point[], covariance: ArrayLike<number>, a: 0 | 1, b: 0 | 1): number =>
  slopes.reduce(
    (sum, si, i) => sum + slopes.reduce((part, sj, j) => part + si[a] * covariance[i * slopes.length + j] * sj[b], 0),
    0,
  );

describe('covariance', () => {
  // A variance from n trials has a relative standard error of √(2/n): 7.1 % for 400; three of them are allowed.
  const TRIALS = 400;
  const ALLOWED = 3 * Math.sqrt(2 / TRIALS);
  it.each([
    ['foot jitter alone', 0, 0, 3],
    ['clicking error alone', 0, 3, 0],
    ['both, through a lens', -0.08, 2, 2],
  ])('is what a Monte-Carlo run finds: %s', (_what, k1, clickPx, footPx) => {
    const { said, seen, mean } = trials(k1, clickPx, footPx, TRIALS);
    expect(seen.varianceXX / said.varianceXX).toBeGreaterThan(1 - ALLOWED);
    expect(seen.varianceXX / said.varianceXX).toBeLessThan(1 + ALLOWED);
    expect(seen.varianceYY / said.varianceYY).toBeGreaterThan(1 - ALLOWED);
    expect(seen.varianceYY / said.varianceYY).toBeLessThan(1 + ALLOWED);
    const scale = Math.sqrt(said.varianceXX * said.varianceYY);
    expect(Math.abs(seen.varianceXY - said.varianceXY) / scale).toBeLessThan(ALLOWED);
    // Unbiased, but for the curvature of the map.
    expect(Math.abs(mean.y) / Math.sqrt(said.varianceYY)).toBeLessThan(0.25);
  });

  it('is the derivative of the map, on both sides, whatever the lens', () => {
    const camera = { ...LAMP_POST, k1: -0.15 };
    const calibration = calibrate(pairsOf(camera, SPREAD), FULL_HD);
    const [x, y] = see(camera, [5, 9]);
    // Central differences of the place in the picture point, and in the entries of the homography.
    const place = (at: Point, toImage = calibration.toImage): Point =>
      imageToGround({ ...calibration, toImage, toGround: invert(toImage) }, at) ?? [Number.NaN, Number.NaN];
    const h = 1e-5;
    const byPoint = [slope(place([x + h, y]), place([x - h, y]), h), slope(place([x, y + h]), place([x, y - h]), h)];
    const shifted = (entry: number, by: number) =>
      calibration.toImage.map((value, i) => (i === entry ? value + by : value));
    const byEntry = Array.from({ length: 8 }, (_, i) =>
      slope(place([x, y], shifted(i, h)), place([x, y], shifted(i, -h)), h),
    );
    const foot = [4e-6, 1e-6, 1e-6, 9e-6];
    const expected = (
      [
        [0, 0],
        [0, 1],
        [1, 1],
      ] as const
    ).map(([a, b]) => carried(byPoint, foot, a, b) + carried(byEntry, calibration.covariance, a, b));
    const out = nowhere();
    placePoint(calibration, { x, y, varianceXX: 4e-6, varianceXY: 1e-6, varianceYY: 9e-6 }, out);
    for (const [i, got] of [out.varianceXX, out.varianceXY, out.varianceYY].entries()) {
      expect(got / (expected[i] ?? Number.NaN)).toBeCloseTo(1, 5);
    }
    // Neither part is negligible here, so that neither can hide an error in the other.
    expect(carried(byEntry, calibration.covariance, 0, 0) / out.varianceXX).toBeGreaterThan(0.05);
  });

  it('grows with the distance from the camera and from the calibrated points', () => {
    const out = nowhere();
    const errors = [8, 14, 20, 30, 45].map((y) => {
      const [px, py] = see(LAMP_POST, [0, y]);
      placePoint(exact, { x: px, y: py, varianceXX: 1e-6, varianceXY: 0, varianceYY: 1e-6 }, out);
      return out.varianceYY;
    });
    expect(errors).toEqual(errors.toSorted((a, b) => a - b));
  });
});

describe('image and ground points', () => {
  it('has no ground above the horizon, and no picture behind the camera', () => {
    expect(imageToGround(exact, [0.5, -0.5])).toBeNull();
    expect(groundToImage(exact, [0, -10])).toBeNull();
  });

  it('shows nothing beyond the fold of a barrel lens', () => {
    const camera = { ...LAMP_POST, k1: -0.2 };
    const calibration = calibrate(pairsOf(camera, SPREAD), FULL_HD);
    expect(groundToImage(calibration, [100, 6])).toBeNull();
    expect(imageToGround(calibration, [0.5, 5])).toBeNull();
  });
});
