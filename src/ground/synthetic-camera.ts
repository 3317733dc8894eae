/** A pinhole camera above a flat ground, for tests: what it sees is known exactly. */
import type { Calibration, Point } from '../contract/index.ts';
import type { PictureSize } from './lens.ts';

/** A camera above the origin of the ground, looking along +y and down. */
export interface SyntheticCamera {
  readonly heightM: number;
  /** Below the horizontal, radians. */
  readonly tilt: number;
  /** Focal length in units of half the picture diagonal. */
  readonly focal: number;
  readonly k1: number;
}

/** Full HD. */
export const FULL_HD: PictureSize = { widthPx: 1920, heightPx: 1080 };

const HALF_DIAGONAL_PX = Math.hypot(FULL_HD.widthPx, FULL_HD.heightPx) / 2;

/** Where the camera sees a ground point, fractions of a full-HD frame. */
export const see = ({ heightM, tilt, focal, k1 }: SyntheticCamera, [x, y]: Point): Point => {
  const depth = y * Math.cos(tilt) + heightM * Math.sin(tilt);
  const down = heightM * Math.cos(tilt) - y * Math.sin(tilt);
  const u = (focal * x) / depth;
  const v = (focal * down) / depth;
  const stretch = 1 + k1 * (u * u + v * v);
  return [
    (u * stretch * HALF_DIAGONAL_PX) / FULL_HD.widthPx + 0.5,
    (v * stretch * HALF_DIAGONAL_PX) / FULL_HD.heightPx + 0.5,
  ];
};

/** A camera like those on a town's lamp posts. */
export const LAMP_POST: SyntheticCamera = { heightM: 6, tilt: 0.5, focal: 1.1, k1: 0 };

/** Ground points that such a camera sees, spread over its view. */
export const SPREAD: readonly Point[] = [
  [-4, 6],
  [4, 6],
  [5, 18],
  [-5, 18],
  [0, 9],
  [-2, 13],
  [3, 12],
  [1, 16],
];

/** Point pairs as the camera sees them. */
export const pairsOf = (camera: SyntheticCamera, ground: readonly Point[]): Calibration => ({
  points: ground.map((point) => ({ image: [...see(camera, point)], ground: [point[0], point[1]] })),
  ...(camera.k1 === 0 ? {} : { radialDistortion: camera.k1 }),
});
