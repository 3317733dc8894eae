/**
 * Homographies between two planes: 3×3, row by row, applied to (x, y, 1).
 *
 * @see Hartley & Zisserman, Multiple View Geometry, 2nd ed., algorithm 4.2 (normalised direct linear transformation)
 */
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import type { Point } from '../contract/index.ts';

/** A 3×3 matrix, row by row. */
export type Homography = Float64Array;

/** A shift and one scale: centred = (point − origin) / scale. */
export interface Similarity {
  readonly originX: number;
  readonly originY: number;
  readonly scale: number;
}

/** The similarity that puts the centroid at 0 and the points at a root mean square distance of √2. */
export const centring = (points: readonly Point[]): Similarity => {
  const originX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const originY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const square = points.reduce((sum, [x, y]) => sum + (x - originX) ** 2 + (y - originY) ** 2, 0) / points.length;
  return { originX, originY, scale: Math.sqrt(square / 2) || 1 };
};

/** Points in the coordinates of a {@link Similarity}. */
export const centred = ({ originX, originY, scale }: Similarity, points: readonly Point[]): Point[] =>
  points.map(([x, y]): Point => [(x - originX) / scale, (y - originY) / scale]);

/** Two rows of the linear system for one pair: x' × (H·x) = 0. */
const designRows = ([x, y]: Point, [u, v]: Point): number[][] => [
  [x, y, 1, 0, 0, 0, -u * x, -u * y, -u],
  [0, 0, 0, x, y, 1, -v * x, -v * y, -v],
];

/** Undoes the centring of the target plane: T⁻¹·H. */
const uncentre = (h: Homography, { originX, originY, scale }: Similarity): Homography => {
  const out = new Float64Array(9);
  for (let column = 0; column < 3; column++) {
    out[column] = scale * h[column] + originX * h[6 + column];
    out[3 + column] = scale * h[3 + column] + originY * h[6 + column];
    out[6 + column] = h[6 + column];
  }
  return out;
};

/**
 * The homography that takes `from` nearest to `to` in the algebraic sense: the right singular vector of the design
 * matrix with the least singular value. Its last entry is 1.
 *
 * @param from four or more points, centred
 * @param to   their images
 */
export const fitHomography = (from: readonly Point[], to: readonly Point[]): Homography => {
  const target = centring(to);
  const images = centred(target, to);
  const rows = from.flatMap((point, i) => designRows(point, images[i] ?? point));
  // Four pairs give eight rows; a row of zeros makes the matrix square, which the decomposition needs for its last vector.
  if (rows.length < 9) rows.push(Array.from({ length: 9 }, () => 0));
  const { rightSingularVectors } = new SingularValueDecomposition(new Matrix(rows));
  const h = uncentre(Float64Array.from(rightSingularVectors.getColumn(8)), target);
  return h.map((entry) => entry / h[8]);
};

/** Determinant of a 3×3 matrix. */
export const determinant = (h: Homography): number =>
  h[0] * (h[4] * h[8] - h[5] * h[7]) - h[1] * (h[3] * h[8] - h[5] * h[6]) + h[2] * (h[3] * h[7] - h[4] * h[6]);

/** Inverse of a 3×3 matrix with determinant ≠ 0, to scale: where H gives weight w, this gives 1/w. */
export const invert = (h: Homography): Homography => {
  const d = determinant(h);
  return Float64Array.of(
    (h[4] * h[8] - h[5] * h[7]) / d,
    (h[2] * h[7] - h[1] * h[8]) / d,
    (h[1] * h[5] - h[2] * h[4]) / d,
    (h[5] * h[6] - h[3] * h[8]) / d,
    (h[0] * h[8] - h[2] * h[6]) / d,
    (h[2] * h[3] - h[0] * h[5]) / d,
    (h[3] * h[7] - h[4] * h[6]) / d,
    (h[1] * h[6] - h[0] * h[7]) / d,
    (h[0] * h[4] - h[1] * h[3]) / d,
  );
};

/** Third homogeneous coordinate of a point's image; for ground → picture positive on the near side of the horizon. */
export const weight = (h: Homography, x: number, y: number): number => h[6] * x + h[7] * y + h[8];

/** First coordinate of a point's image, before division by its weight. */
export const rowX = (h: Homography, x: number, y: number): number => h[0] * x + h[1] * y + h[2];
/** Second coordinate of a point's image, before division by its weight. */
export const rowY = (h: Homography, x: number, y: number): number => h[3] * x + h[4] * y + h[5];
