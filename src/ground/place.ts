/**
 * Places points of the picture on the ground, and back, with their uncertainty.
 */
import type { FootPoints, Point, Positions } from '../contract/index.ts';
import type { GroundCalibration } from './calibrate.ts';
import { rowX, rowY, weight } from './homography.ts';
import { distortion, fromLensX, fromLensY, idealRadius, idealRadiusLimit, toLensX, toLensY } from './lens.ts';

/** A point on the ground, metres, with its covariance, m². */
export interface PlacedPoint {
  x: number;
  y: number;
  varianceXX: number;
  varianceXY: number;
  varianceYY: number;
}

/** A point on the picture, fractions of the frame, with its covariance. */
export interface PicturePoint {
  readonly x: number;
  readonly y: number;
  readonly varianceXX: number;
  readonly varianceXY: number;
  readonly varianceYY: number;
}

/** Weights below this are at the horizon: the ground there is a million calibrated areas away. */
const LEAST_WEIGHT = 1e-6;

/** Derivative of the map ideal picture → ground, m per lens unit. */
interface Slope {
  xu: number;
  xv: number;
  yu: number;
  yv: number;
}

/** Everything one placement computes on the way, kept to be reused. */
interface Workspace {
  /** Ideal lens units. */
  u: number;
  v: number;
  /** Centred ground. */
  x: number;
  y: number;
  /** Weight of the picture point; positive on the near side of the horizon. */
  w: number;
  readonly slope: Slope;
  /** Covariance on the ideal picture, lens units². */
  uu: number;
  uv: number;
  vv: number;
}

// One for all calls: nothing here survives a call, and JavaScript runs one call at a time.
const work: Workspace = { u: 0, v: 0, x: 0, y: 0, w: 0, slope: { xu: 0, xv: 0, yu: 0, yv: 0 }, uu: 0, uv: 0, vv: 0 };

/** Finds a picture point on the ground, into `work`; false when it is not there. */
const locate = ({ lens, k1, toGround }: GroundCalibration, fractionX: number, fractionY: number): boolean => {
  const seenU = toLensX(lens, fractionX);
  const seenV = toLensY(lens, fractionY);
  const seen = Math.hypot(seenU, seenV);
  const stretch = seen === 0 ? 1 : idealRadius(k1, seen) / seen;
  const u = seenU * stretch;
  const v = seenV * stretch;
  const w = weight(toGround, u, v);
  // Written so that NaN, from beyond the fold of the lens or from outside, is no place either.
  if (!(w > LEAST_WEIGHT)) return false;
  work.u = u;
  work.v = v;
  work.w = w;
  work.x = rowX(toGround, u, v) / w;
  work.y = rowY(toGround, u, v) / w;
  return true;
};

/** Derivative of ideal picture → ground at `work`, m per lens unit. */
const findSlope = ({ toGround: g, centre }: GroundCalibration): void => {
  const { x, y, w, slope } = work;
  const unit = centre.scale / w;
  slope.xu = (g[0] - x * g[6]) * unit;
  slope.xv = (g[1] - x * g[7]) * unit;
  slope.yu = (g[3] - y * g[6]) * unit;
  slope.yv = (g[4] - y * g[7]) * unit;
};

/** Covariance on the ideal picture from that on the picture as seen: L⁻¹ Σ L⁻ᵀ, L the derivative of the lens. */
const straightenCovariance = ({ lens, k1 }: GroundCalibration, point: PicturePoint): void => {
  const { u, v } = work;
  const stretch = distortion(k1, u * u + v * v);
  const a = stretch + 2 * k1 * u * u;
  const b = 2 * k1 * u * v;
  const d = stretch + 2 * k1 * v * v;
  const det = a * d - b * b;
  const xx = point.varianceXX * lens.x * lens.x;
  const xy = point.varianceXY * lens.x * lens.y;
  const yy = point.varianceYY * lens.y * lens.y;
  work.uu = (d * d * xx - 2 * d * b * xy + b * b * yy) / (det * det);
  work.uv = (-d * b * xx + (d * a + b * b) * xy - a * b * yy) / (det * det);
  work.vv = (b * b * xx - 2 * a * b * xy + a * a * yy) / (det * det);
};

/** Entry i of the derivative of u (or v, with `shift` 3) in the eight free entries of the homography, at `work`. */
const derivative = (i: number, shift: 0 | 3, value: number): number => {
  const { x, y, w } = work;
  if (i >= 6) return -value * (i === 6 ? x : y) * w;
  const own = i - shift;
  return own === 0 ? x * w : own === 1 ? y * w : own === 2 ? w : 0;
};

/** Adds what the calibration's own uncertainty and misfit contribute, on the ideal picture. */
const addCalibrationError = ({ covariance, misfitVariance }: GroundCalibration): void => {
  const { u, v } = work;
  let uu = 0;
  let uv = 0;
  let vv = 0;
  for (let i = 0; i < 8; i++) {
    const ui = derivative(i, 0, u);
    const vi = derivative(i, 3, v);
    for (let j = 0; j < 8; j++) {
      const c = covariance[i * 8 + j];
      const vj = derivative(j, 3, v);
      uu += ui * c * derivative(j, 0, u);
      uv += ui * c * vj;
      vv += vi * c * vj;
    }
  }
  work.uu += uu + misfitVariance;
  work.uv += uv;
  work.vv += vv + misfitVariance;
};

const writePlaced = ({ centre }: GroundCalibration, out: PlacedPoint): void => {
  const { xu, xv, yu, yv } = work.slope;
  const { uu, uv, vv } = work;
  out.x = centre.originX + centre.scale * work.x;
  out.y = centre.originY + centre.scale * work.y;
  out.varianceXX = xu * xu * uu + 2 * xu * xv * uv + xv * xv * vv;
  out.varianceXY = xu * yu * uu + (xu * yv + xv * yu) * uv + xv * yv * vv;
  out.varianceYY = yu * yu * uu + 2 * yu * yv * uv + yv * yv * vv;
};

/**
 * Places one picture point on the ground. The covariance is the sum of the point's own, the calibration's and the
 * misfit's, each carried over by the derivative of the map:
 *
 *   Σ_ground = A · (L⁻¹ Σ_picture L⁻ᵀ + D C Dᵀ + m·I) · Aᵀ
 *
 * with A the derivative ideal picture → ground, L that of the lens, C the covariance of the homography, D the
 * derivative of the picture point in its entries and m the misfit variance.
 *
 * @param out where to write the place
 * @returns false, with `out` untouched, when the point is at or beyond the horizon
 */
export const placePoint = (calibration: GroundCalibration, point: PicturePoint, out: PlacedPoint): boolean => {
  if (!locate(calibration, point.x, point.y)) return false;
  findSlope(calibration);
  straightenCovariance(calibration, point);
  addCalibrationError(calibration);
  writePlaced(calibration, out);
  return true;
};

/** Standard error of a place in its worst direction, m: the root of the covariance's greater eigenvalue. */
export const worstStandardErrorM = ({ varianceXX, varianceXY, varianceYY }: Omit<PlacedPoint, 'x' | 'y'>): number =>
  Math.sqrt((varianceXX + varianceYY) / 2 + Math.hypot((varianceXX - varianceYY) / 2, varianceXY));

/** What {@link placeOnGround} drops. */
export interface PlaceOptions {
  /**
   * A point known worse than this, in its worst direction, has no position, m. Default 5: the width of a street,
   * beyond which a place says nothing about density or speed.
   */
  readonly maxStandardErrorM?: number;
}

/** Default of {@link PlaceOptions.maxStandardErrorM}. */
export const MAX_STANDARD_ERROR_M = 5;

const placed: PlacedPoint = { x: 0, y: 0, varianceXX: 0, varianceXY: 0, varianceYY: 0 };
const pixel = { x: 0, y: 0, varianceXX: 0, varianceXY: 0, varianceYY: 0 };

const readFootPoint = (foot: FootPoints, i: number): void => {
  pixel.x = foot.x[i];
  pixel.y = foot.y[i];
  pixel.varianceXX = foot.varianceXX[i];
  pixel.varianceXY = foot.varianceXY[i];
  pixel.varianceYY = foot.varianceYY[i];
};

const writePosition = (positions: Positions, i: number): void => {
  positions.x[i] = placed.x;
  positions.y[i] = placed.y;
  positions.varianceXX[i] = placed.varianceXX;
  positions.varianceXY[i] = placed.varianceXY;
  positions.varianceYY[i] = placed.varianceYY;
};

/**
 * Places foot points on the ground: `positions` is overwritten, in the same order, with room needed for as many.
 * Points at or beyond the horizon, and those known worse than `maxStandardErrorM`, are left out.
 *
 * @returns how many were left out
 */
export const placeOnGround = (
  calibration: GroundCalibration,
  footPoints: FootPoints,
  positions: Positions,
  { maxStandardErrorM = MAX_STANDARD_ERROR_M }: PlaceOptions = {},
): number => {
  let count = 0;
  for (let i = 0; i < footPoints.count; i++) {
    readFootPoint(footPoints, i);
    if (!placePoint(calibration, pixel, placed) || !(worstStandardErrorM(placed) <= maxStandardErrorM)) continue;
    writePosition(positions, count);
    positions.id[count] = footPoints.id[i];
    positions.classIndex[count] = footPoints.classIndex[i];
    count++;
  }
  positions.count = count;
  positions.frame = footPoints.frame;
  positions.timeMs = footPoints.timeMs;
  return footPoints.count - count;
};

/** Where a picture point lies on the ground, m; null at or beyond the horizon. */
export const imageToGround = (calibration: GroundCalibration, [x, y]: Point): Point | null => {
  if (!locate(calibration, x, y)) return null;
  const { originX, originY, scale } = calibration.centre;
  return [originX + scale * work.x, originY + scale * work.y];
};

/**
 * Where a ground point is seen, fractions of the frame; outside 0 to 1 when it is out of the picture.
 *
 * @returns null behind the camera, and where the lens shows nothing
 */
export const groundToImage = ({ centre, toImage, k1, lens }: GroundCalibration, [gx, gy]: Point): Point | null => {
  const x = (gx - centre.originX) / centre.scale;
  const y = (gy - centre.originY) / centre.scale;
  const w = weight(toImage, x, y);
  if (!(w > LEAST_WEIGHT)) return null;
  const u = rowX(toImage, x, y) / w;
  const v = rowY(toImage, x, y) / w;
  const square = u * u + v * v;
  if (square >= idealRadiusLimit(k1) ** 2) return null;
  const stretch = distortion(k1, square);
  return [fromLensX(lens, u * stretch), fromLensY(lens, v * stretch)];
};
