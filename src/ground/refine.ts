/**
 * Refines a homography until the given ground points fall as near as possible to the given picture points.
 */
import { inverse, Matrix, solve } from 'ml-matrix';
import type { Point } from '../contract/index.ts';
import { type Homography, rowX, rowY, weight } from './homography.ts';
import { distortion } from './lens.ts';

/** A fit: ground (centred) → picture (ideal lens units), last entry 1. */
export interface Fit {
  readonly homography: Homography;
  /** Sum of squared distances on the picture as seen, lens units². */
  readonly squares: number;
  /** (JᵀJ)⁻¹ of the eight free entries, row by row: their covariance per unit of variance on the picture. */
  readonly cofactor: Float64Array;
}

interface Linearised {
  readonly jacobian: Matrix;
  readonly residual: Matrix;
  readonly squares: number;
}

const MAX_STEPS = 50;
/** A step that betters the sum of squares by less than this share is the last. */
const LEAST_GAIN = 1e-12;

/** Derivatives of an ideal picture point in the eight free entries: one row for u, one for v. */
const idealDerivatives = (h: Homography, [x, y]: Point): readonly [number[], number[]] => {
  const w = weight(h, x, y);
  const u = rowX(h, x, y) / w;
  const v = rowY(h, x, y) / w;
  return [
    [x / w, y / w, 1 / w, 0, 0, 0, (-u * x) / w, (-u * y) / w],
    [0, 0, 0, x / w, y / w, 1 / w, (-v * x) / w, (-v * y) / w],
  ];
};

/** Where a ground point is seen through the lens. */
const seenAt = (h: Homography, k1: number, [x, y]: Point): Point => {
  const w = weight(h, x, y);
  const u = rowX(h, x, y) / w;
  const v = rowY(h, x, y) / w;
  const stretch = distortion(k1, u * u + v * v);
  return [u * stretch, v * stretch];
};

const linearise = (h: Homography, k1: number, ground: readonly Point[], seen: readonly Point[]): Linearised => {
  const jacobian: number[][] = [];
  const residual: number[] = [];
  for (const [i, point] of ground.entries()) {
    const [atU, atV] = seenAt(h, k1, point);
    const [u, v] = seen[i] ?? [atU, atV];
    const w = weight(h, point[0], point[1]);
    const a = rowX(h, point[0], point[1]) / w;
    const b = rowY(h, point[0], point[1]) / w;
    const [dA, dB] = idealDerivatives(h, point);
    const straight = distortion(k1, a * a + b * b);
    // Chain rule through the lens: d seen / d ideal = stretch · I + 2 k1 · ideal · idealᵀ.
    jacobian.push(dA.map((d, j) => (straight + 2 * k1 * a * a) * d + 2 * k1 * a * b * dB[j]));
    jacobian.push(dA.map((d, j) => 2 * k1 * a * b * d + (straight + 2 * k1 * b * b) * dB[j]));
    residual.push(u - atU, v - atV);
  }
  const squares = residual.reduce((sum, r) => sum + r * r, 0);
  return { jacobian: new Matrix(jacobian), residual: Matrix.columnVector(residual), squares };
};

const moved = (h: Homography, step: Matrix): Homography =>
  Float64Array.from(h, (entry, i) => (i < 8 ? entry + step.get(i, 0) : entry));

/** One damped Gauss–Newton step: (JᵀJ + λ·diag(JᵀJ))·δ = Jᵀr. */
const dampedStep = ({ jacobian, residual }: Linearised, damping: number): Matrix => {
  const transposed = jacobian.transpose();
  const normal = transposed.mmul(jacobian);
  for (let i = 0; i < 8; i++) normal.set(i, i, normal.get(i, i) * (1 + damping));
  return solve(normal, transposed.mmul(residual));
};

/**
 * Levenberg–Marquardt on the reprojection error, from a first fit.
 *
 *   minimise Σ |seenᵢ − lens(H · groundᵢ)|²
 *
 * The picture points are taken to be as uncertain as they were to click, the ground points as measured.
 *
 * @param start  first fit, last entry 1
 * @param k1     first radial coefficient of the lens
 * @param ground points on the ground, centred
 * @param seen   the same on the picture as seen, lens units
 * @see Hartley & Zisserman, 2nd ed., section 4.5 and appendix 6
 */
export const refine = (start: Homography, k1: number, ground: readonly Point[], seen: readonly Point[]): Fit => {
  let homography = start;
  let here = linearise(homography, k1, ground, seen);
  let damping = 1e-3;
  for (let step = 0; step < MAX_STEPS && damping < 1e9; step++) {
    const change = dampedStep(here, damping);
    const there = linearise(moved(homography, change), k1, ground, seen);
    if (!(there.squares <= here.squares)) {
      damping *= 10;
      continue;
    }
    const gain = here.squares - there.squares;
    homography = moved(homography, change);
    here = there;
    damping /= 10;
    if (gain <= LEAST_GAIN * here.squares) break;
  }
  const cofactor = inverse(here.jacobian.transpose().mmul(here.jacobian));
  return { homography, squares: here.squares, cofactor: Float64Array.from(cofactor.to1DArray()) };
};
