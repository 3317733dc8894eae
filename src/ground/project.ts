/**
 * Zones and gates carried from one plane to the other.
 */
import { type Point, signedArea } from '../contract/index.ts';
import type { GroundCalibration } from './calibrate.ts';
import { invert, weight } from './homography.ts';
import {
  groundToImage,
  imageToGround,
  MAX_STANDARD_ERROR_M,
  type PlacedPoint,
  placePoint,
  worstStandardErrorM,
} from './place.ts';
import { centroid, clipToConvex, clipToHalfPlane, densifyLine, densifyRing, segmentLength } from './polygon.ts';

/** Straight sides bend in a lens; this many pieces to a side follow them closely. */
const PIECES = 16;

/** Foot points are taken to be as uncertain as this share of the frame, each way, where none is at hand to ask. */
const NOMINAL_FOOT_ERROR = 0.005;

/** A length or an area on the ground, with the standard error that the calibration gives it. */
export interface Extent {
  readonly value: number;
  readonly standardError: number;
}

const placed: PlacedPoint = { x: 0, y: 0, varianceXX: 0, varianceXY: 0, varianceYY: 0 };

/**
 * How well a foot point of ordinary quality (half a hundredth of the frame) would be placed there, m, in its worst
 * direction; null at or beyond the horizon. It says where a camera can measure and where it only sees.
 */
export const standardErrorAtM = (calibration: GroundCalibration, [x, y]: Point): number | null => {
  const variance = NOMINAL_FOOT_ERROR ** 2;
  const foot = { x, y, varianceXX: variance, varianceXY: 0, varianceYY: variance };
  return placePoint(calibration, foot, placed) ? worstStandardErrorM(placed) : null;
};

/**
 * Whether a foot point of ordinary quality would get a position there: whether it would be known to the 5 m that
 * {@link placeOnGround} asks for.
 */
export const canPlace = (calibration: GroundCalibration, image: Point): boolean =>
  (standardErrorAtM(calibration, image) ?? Number.POSITIVE_INFINITY) <= MAX_STANDARD_ERROR_M;

/**
 * The calibration with the ground counted from the middle of its points. Areas and lengths are the same there, and
 * the coordinates of a national grid cost no digits.
 */
const local = (calibration: GroundCalibration): GroundCalibration => ({
  ...calibration,
  centre: { ...calibration.centre, originX: 0, originY: 0 },
});

/** Picture points on the ground; null when one of them is beyond the horizon or too near it to be measured. */
const placedPath = (calibration: GroundCalibration, path: readonly Point[]): Point[] | null => {
  const out: Point[] = [];
  for (const point of path) {
    const place = imageToGround(calibration, point);
    if (place === null || !canPlace(calibration, point)) return null;
    out.push(place);
  }
  return out;
};

const pieces = ({ k1 }: GroundCalibration): number => (k1 === 0 ? 1 : PIECES);

/**
 * A polygon drawn on the picture, on the ground in metres. Sides are followed through the lens.
 *
 * @returns null when it touches the horizon, or reaches so near it that an ordinary foot point there would be known
 *   worse than 5 m
 */
export const polygonToGround = (calibration: GroundCalibration, polygon: readonly Point[]): Point[] | null =>
  placedPath(calibration, densifyRing(polygon, pieces(calibration)));

/** A line drawn on the picture, on the ground in metres; null as for {@link polygonToGround}. */
export const lineToGround = (calibration: GroundCalibration, a: Point, b: Point): Point[] | null =>
  placedPath(calibration, densifyLine(a, b, pieces(calibration)));

/**
 * A polygon in metres as it is seen, fractions of the frame: cut at the horizon and with its sides bent as the lens
 * bends them. It may reach outside the picture. Exact for convex polygons where the horizon cuts them.
 *
 * @returns no corners when all of it is behind the camera
 */
export const polygonToImage = (calibration: GroundCalibration, polygon: readonly Point[]): Point[] => {
  const { toImage, centre } = calibration;
  const margin = 1e-3;
  // Weight as a function of the site's metres: positive in front of the camera.
  const a = toImage[6] / centre.scale;
  const b = toImage[7] / centre.scale;
  const c = weight(toImage, -centre.originX / centre.scale, -centre.originY / centre.scale) - margin;
  const visible = clipToHalfPlane(polygon, a, b, c);
  const seen = densifyRing(visible, pieces(calibration)).map((point) => groundToImage(calibration, point));
  return seen.filter((point) => point !== null);
};

const PICTURE: readonly Point[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

const areaOnGround = (calibration: GroundCalibration, seen: readonly Point[]): number =>
  Math.abs(signedArea(seen.map((point) => imageToGround(local(calibration), point)).filter((place) => place !== null)));

/**
 * The part of a polygon in metres that is in the picture: its area, m², and its share of the whole.
 *
 * Caveat: what stands in the way is not known.
 */
export const visiblePart = (
  calibration: GroundCalibration,
  polygon: readonly Point[],
): { readonly areaM2: number; readonly share: number } => {
  const whole = Math.abs(signedArea(polygon));
  const seen = clipToConvex(polygonToImage(calibration, polygon), PICTURE);
  const areaM2 = Math.min(whole, areaOnGround(calibration, seen));
  return { areaM2, share: areaM2 / whole };
};

/** The calibration with one entry of its homography moved by a little. */
const shifted = (calibration: GroundCalibration, entry: number, by: number): GroundCalibration => {
  const toImage = calibration.toImage.map((value, i) => (i === entry ? value + by : value));
  return { ...calibration, toImage, toGround: invert(toImage) };
};

/** gᵀ·C·g, with g the derivative of `extent` in the entries of the homography, by central differences. */
const calibrationVariance = (
  calibration: GroundCalibration,
  extent: (calibration: GroundCalibration) => number,
): number => {
  const { covariance } = calibration;
  const gradient = Float64Array.from({ length: 8 }, (_, i) => {
    const step = 1e-3 * Math.sqrt(covariance[i * 9]) || 1e-9;
    return (extent(shifted(calibration, i, step)) - extent(shifted(calibration, i, -step))) / (2 * step);
  });
  let variance = 0;
  for (let i = 0; i < 8; i++) for (let j = 0; j < 8; j++) variance += gradient[i] * covariance[i * 8 + j] * gradient[j];
  return variance;
};

const withError = (
  calibration: GroundCalibration,
  path: readonly Point[],
  measure: (places: readonly Point[]) => number,
): Extent => {
  const extent = (other: GroundCalibration): number =>
    measure(path.map((point) => imageToGround(other, point)).filter((place) => place !== null));
  const near = local(calibration);
  return { value: extent(near), standardError: Math.sqrt(calibrationVariance(near, extent)) };
};

/**
 * Area on the ground of a polygon drawn on the picture, m².
 *
 * @returns null when it touches the horizon, as for {@link polygonToGround}
 */
export const imageAreaM2 = (calibration: GroundCalibration, polygon: readonly Point[]): Extent | null => {
  if (polygonToGround(calibration, polygon) === null) return null;
  const border = densifyRing(polygon, pieces(calibration));
  return withError(calibration, border, (places) => Math.abs(signedArea(places)));
};

/**
 * Length on the ground of a line drawn on the picture, m.
 *
 * @returns null when it touches the horizon, as for {@link polygonToGround}
 */
export const imageLengthM = (calibration: GroundCalibration, a: Point, b: Point): Extent | null => {
  if (lineToGround(calibration, a, b) === null) return null;
  const path = densifyLine(a, b, pieces(calibration));
  return withError(calibration, path, (places) =>
    places.slice(1).reduce((sum, place, i) => sum + segmentLength(places[i] ?? place, place), 0),
  );
};

/**
 * Standard error of lengths, and so of speeds, near a place of the ground that the calibration causes, as a share:
 * half that of the area of a small square there.
 *
 * @returns null where the camera does not see the place
 */
export const relativeScaleError = (calibration: GroundCalibration, polygon: readonly Point[]): number | null => {
  const seen = groundToImage(calibration, centroid(polygon));
  if (seen === null) return null;
  const [x, y] = seen;
  const half = 0.001;
  const patch: Point[] = [
    [x - half, y - half],
    [x + half, y - half],
    [x + half, y + half],
    [x - half, y + half],
  ];
  const area = withError(calibration, patch, (places) => Math.abs(signedArea(places)));
  return area.standardError / area.value / 2;
};
