/**
 * Where a camera hangs, on the plan: the point of the ground below it.
 */
import type { Point } from '../../contract/index.ts';
import type { GroundCalibration } from '../../ground/index.ts';

/** Focal lengths of any camera that looks at a crowd, in half diagonals: from a fish-eye to a long lens. */
const LEAST_FOCAL = 0.3;
const GREATEST_FOCAL = 20;
/** A focal length of an ordinary lens, where the picture does not tell. */
const ORDINARY_FOCAL = 1;

/** The focal length, half diagonals, that makes the two axes of the ground stand at right angles and be of one length. */
const focalOf = (h: Float64Array): number => {
  const across = [h[0] * h[1] + h[3] * h[4], h[0] ** 2 + h[3] ** 2 - h[1] ** 2 - h[4] ** 2] as const;
  const depth = [h[6] * h[7], h[6] ** 2 - h[7] ** 2] as const;
  // across/f² + depth = 0, twice; least squares in 1/f².
  const inverseSquare = -(across[0] * depth[0] + across[1] * depth[1]) / (across[0] ** 2 + across[1] ** 2);
  // A camera that looks straight down shows no focal length, and needs none: the point below it is in the middle.
  if (!(inverseSquare > 0)) return ORDINARY_FOCAL;
  return Math.min(GREATEST_FOCAL, Math.max(LEAST_FOCAL, 1 / Math.sqrt(inverseSquare)));
};

/**
 * The point of the ground below a camera, m, from its calibration: the homography is K·[r₁ r₂ t] with r₁ ⟂ r₂ of one
 * length, which gives the focal length in K, and the camera stands over −(r₁·t, r₂·t)/|r|².
 *
 * Caveat: it assumes square pixels and a lens whose middle is the picture's, and is as good as the calibration bends
 * in depth: a metre or two for points clicked on a deep view, more for a shallow one. Give the position where it
 * matters.
 *
 * @see Hartley & Zisserman, Multiple View Geometry, 2nd ed., section 8.8 (calibration from a plane)
 */
export const cameraFoot = ({ toImage: h, centre }: GroundCalibration): Point => {
  const focal = focalOf(h);
  const along = (i: 0 | 1): number => {
    const [x, y, z] = [h[i] / focal, h[3 + i] / focal, h[6 + i]];
    return -((x * h[2]) / focal + (y * h[5]) / focal + z * h[8]) / (x * x + y * y + z * z);
  };
  return [centre.originX + centre.scale * along(0), centre.originY + centre.scale * along(1)];
};
