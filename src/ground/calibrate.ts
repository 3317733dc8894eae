/**
 * Calibration: from pairs of points, how a camera's picture lies on the ground.
 */
import { type Calibration, type Point, StarlingError } from '../contract/index.ts';
import { checkHomography, checkPairs } from './degeneracy.ts';
import {
  centred,
  centring,
  fitHomography,
  type Homography,
  invert,
  rowX,
  rowY,
  type Similarity,
  weight,
} from './homography.ts';
import { idealRadius, type LensScale, lensScale, type PictureSize, toLensX, toLensY } from './lens.ts';
import { type Fit, refine } from './refine.ts';

/** How a camera's picture lies on the ground, and how well that is known. Made by {@link calibrate}; plain data. */
export interface GroundCalibration {
  /** Number of point pairs. */
  readonly points: number;
  /** Root mean square distance, on the ground, of the placed picture points from the given ground points, m. */
  readonly residualM: number;
  /** The same with each point placed by a calibration made without it, m; null when no point can be spared. */
  readonly leaveOneOutM: number | null;
  /** Root mean square distance on the picture, as a share of its diagonal. */
  readonly residualOfDiagonal: number;
  readonly lens: LensScale;
  /** First radial coefficient of the lens, in lens units; 0 for none. */
  readonly k1: number;
  /** Between the site's metres and the centred coordinates of the two matrices below. */
  readonly centre: Similarity;
  /** Centred ground → ideal lens units. */
  readonly toImage: Homography;
  /** Ideal lens units → centred ground. */
  readonly toGround: Homography;
  /** Covariance of the first eight entries of `toImage`, 8×8, row by row. */
  readonly covariance: Float64Array;
  /** Variance, lens units², by which the points miss more than clicking explains: bumps, slopes, a bent lens. */
  readonly misfitVariance: number;
}

/** What {@link calibrate} assumes. */
export interface CalibrateOptions {
  /**
   * Standard error of a clicked point, each way, as a share of the picture's diagonal. Default 0.002: 2 pixels on
   * 768×576, 4.4 on 1920×1080.
   */
  readonly clickErrorOfDiagonal?: number;
}

const DEFAULT_CLICK_ERROR = 0.002;

/** The assumed clicking error counts as much as this many spare coordinates of the points themselves. */
const ASSUMPTION_WEIGHT = 2;

interface Prepared {
  readonly ground: readonly Point[];
  readonly seen: readonly Point[];
  readonly ideal: readonly Point[];
  readonly centre: Similarity;
  readonly lens: LensScale;
  readonly k1: number;
}

const straightened = (k1: number, [u, v]: Point): Point => {
  const radius = Math.hypot(u, v);
  const stretch = radius === 0 ? 1 : idealRadius(k1, radius) / radius;
  return [u * stretch, v * stretch];
};

const prepare = ({ points, radialDistortion = 0 }: Calibration, lens: LensScale): Prepared => {
  const seen = points.map(({ image: [x, y] }): Point => [toLensX(lens, x), toLensY(lens, y)]);
  const ideal = seen.map((point) => straightened(radialDistortion, point));
  const lost = ideal.findIndex(([u]) => Number.isNaN(u));
  if (lost >= 0) {
    const reason = `the lens with radialDistortion ${radialDistortion} cannot show point ${lost + 1}`;
    throw new StarlingError('GROUND_DEGENERATE', { reason });
  }
  const given = points.map(({ ground }): Point => ground);
  const centre = centring(given);
  return { ground: centred(centre, given), seen, ideal, centre, lens, k1: radialDistortion };
};

const fit = ({ ground, seen, ideal, k1 }: Prepared): Fit => {
  const first = fitHomography(ground, ideal);
  checkHomography(first, ground);
  const refined = refine(first, k1, ground, seen);
  checkHomography(refined.homography, ground);
  return refined;
};

/** Squared distance, on the ground in m², of a placed picture point from where it was given. */
const missSquared = (toGround: Homography, { centre, ideal, ground }: Prepared, index: number): number => {
  const [u, v] = ideal[index] ?? [0, 0];
  const [x, y] = ground[index] ?? [0, 0];
  const w = weight(toGround, u, v);
  const missX = rowX(toGround, u, v) / w - x;
  const missY = rowY(toGround, u, v) / w - y;
  return (missX ** 2 + missY ** 2) * centre.scale ** 2;
};

/** What the calibration made without one point says of that point, m²; null when the others do not suffice. */
const missWithout = (calibration: Calibration, all: Prepared, left: number): number | null => {
  const points = calibration.points.filter((_, i) => i !== left);
  try {
    checkPairs(points);
    const without = { ...all, ...dropped(all, left) };
    return missSquared(invert(fit(without).homography), all, left);
  } catch (error) {
    if (error instanceof StarlingError) return null;
    throw error;
  }
};

const dropped = ({ ground, seen, ideal }: Prepared, left: number): Pick<Prepared, 'ground' | 'seen' | 'ideal'> => {
  const others = (_: Point, i: number): boolean => i !== left;
  return { ground: ground.filter(others), seen: seen.filter(others), ideal: ideal.filter(others) };
};

const rootMean = (squares: readonly number[]): number =>
  Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);

const leaveOneOut = (calibration: Calibration, prepared: Prepared): number | null => {
  const misses = calibration.points.map((_, i) => missWithout(calibration, prepared, i));
  const known = misses.filter((miss) => miss !== null);
  return known.length === 0 ? null : rootMean(known);
};

/** Variance of a clicked point, lens units²: what the points' own misses say, pooled with the assumption. */
const pooledVariance = (squares: number, spare: number, assumed: number): number =>
  (squares + ASSUMPTION_WEIGHT * assumed) / (spare + ASSUMPTION_WEIGHT);

/**
 * Ties a camera's picture to the ground plane: the homography that takes the ground points nearest to their places on
 * the picture, from a normalised direct linear transformation refined by Levenberg–Marquardt on the reprojection
 * error, with the first radial coefficient of the lens as given.
 *
 * Its uncertainty is σ²·(JᵀJ)⁻¹. σ² pools the points' misses on the picture, with their 2n − 8 spare coordinates, and
 * the assumed clicking error, which counts as two more; four points leave no spare coordinate, so that only the
 * assumption speaks. Misses beyond the clicking error are kept as the misfit variance and added to every position.
 *
 * Caveat: the ground is taken to be flat. Points on a kerb or a stair show up in the residual, points far outside
 * the calibrated ones do not.
 *
 * @param calibration point pairs, fractions of the picture and metres, and the lens's k1
 * @param size        size of the picture that the fractions are of; only its ratio matters
 * @throws GROUND_TOO_FEW_POINTS, GROUND_COLLINEAR, GROUND_DEGENERATE
 * @see Hartley & Zisserman, Multiple View Geometry, 2nd ed., algorithms 4.1 and 4.2, section 5.2 for the covariance
 */
export const calibrate = (
  calibration: Calibration,
  size: PictureSize,
  { clickErrorOfDiagonal = DEFAULT_CLICK_ERROR }: CalibrateOptions = {},
): GroundCalibration => {
  checkPairs(calibration.points);
  const prepared = prepare(calibration, lensScale(size));
  const { homography, squares, cofactor } = fit(prepared);
  const toGround = invert(homography);
  const points = calibration.points.length;
  const spare = 2 * points - 8;
  const clickVariance = (2 * clickErrorOfDiagonal) ** 2;
  const variance = pooledVariance(squares, spare, clickVariance);
  return {
    points,
    residualM: rootMean(prepared.ground.map((_, i) => missSquared(toGround, prepared, i))),
    leaveOneOutM: leaveOneOut(calibration, prepared),
    residualOfDiagonal: Math.sqrt(squares / points) / 2,
    lens: prepared.lens,
    k1: prepared.k1,
    centre: prepared.centre,
    toImage: homography,
    toGround,
    covariance: cofactor.map((entry) => entry * variance),
    misfitVariance: spare > 0 ? Math.max(0, squares / spare - clickVariance) : 0,
  };
};
