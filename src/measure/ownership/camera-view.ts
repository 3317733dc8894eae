/**
 * How well one camera sees a place of the plan.
 */
import { createPlanarPoints, type Point } from '../../contract/index.ts';
import {
  type FlatPolygon,
  flatPolygon,
  type GroundCalibration,
  groundToImage,
  placeOnGround,
} from '../../ground/index.ts';
import { isMasked, sightOf } from '../camera/sight.ts';
import { cameraFoot } from './camera-foot.ts';

/** One camera of several that share a plan. */
export interface PlanCamera {
  readonly id: string;
  readonly calibration: GroundCalibration;
  /** Parts of the picture that are blackened, fractions. */
  readonly masks?: readonly (readonly Point[])[];
  /** The point of the ground below it, m. Default: what the calibration says. Only obstacles need it. */
  readonly positionM?: Point;
}

/** Foot points are taken to be as uncertain as this share of the frame, each way: an ordinary one. */
const NOMINAL_FOOT_ERROR = 0.005;

/** How often the straight way from a to b passes the border of a polygon, its ends not counted. */
const crossings = ({ x, y }: FlatPolygon, [ax, ay]: Point, bx: number, by: number): number => {
  const dx = bx - ax;
  const dy = by - ay;
  let count = 0;
  for (let i = 0, j = x.length - 1; i < x.length; j = i++) {
    const sideI = dx * (y[i] - ay) - dy * (x[i] - ax);
    const sideJ = dx * (y[j] - ay) - dy * (x[j] - ax);
    // A corner that is touched belongs to one of its two sides.
    if (sideI >= 0 === sideJ >= 0) continue;
    const share = sideI / (sideI - sideJ);
    const px = x[i] + share * (x[j] - x[i]) - ax;
    const py = y[i] + share * (y[j] - y[i]) - ay;
    const along = (px * dx + py * dy) / (dx * dx + dy * dy);
    if (along > 0 && along < 1) count++;
  }
  return count;
};

/**
 * What one camera sees of a plan.
 *
 * Obstacles are looked at from above and taken to be higher than the camera looks over. Sight is blocked where it
 * goes into an obstacle and out again, or out of a walkable area and in again: passing its border twice. Once is
 * allowed, so that a camera may hang on the obstacle or outside the area, and somebody whose place is known badly may
 * seem to stand in a wall.
 */
export class CameraView {
  readonly #calibration: GroundCalibration;
  readonly #masks: { readonly masks: readonly FlatPolygon[] };
  readonly #obstacles: readonly FlatPolygon[];
  readonly #position: Point;
  readonly #maxErrorM: number;
  readonly #foot = createPlanarPoints('image', 1);
  readonly #place = createPlanarPoints('ground', 1);

  constructor(camera: PlanCamera, obstacles: readonly (readonly Point[])[], maxErrorM: number) {
    this.#calibration = camera.calibration;
    this.#masks = sightOf(camera.calibration, camera.masks);
    this.#obstacles = obstacles.map(flatPolygon);
    this.#position = camera.positionM ?? cameraFoot(camera.calibration);
    this.#maxErrorM = maxErrorM;
    this.#foot.count = 1;
    this.#foot.varianceXX[0] = NOMINAL_FOOT_ERROR ** 2;
    this.#foot.varianceYY[0] = NOMINAL_FOOT_ERROR ** 2;
  }

  /**
   * Standard error, in its worst direction, of an ordinary foot point there, m. It grows with the distance, with a
   * flat angle of view, where a pixel covers much ground and where the calibration is unsure, and so is the one measure
   * of how well a place is seen. NaN where the camera does not see it, or worse than the limit.
   */
  errorAt(x: number, y: number): number {
    const image = groundToImage(this.#calibration, [x, y]);
    if (image === null || !(image[0] >= 0 && image[0] <= 1 && image[1] >= 0 && image[1] <= 1)) return Number.NaN;
    if (isMasked(this.#masks, image) || this.#isBlocked(x, y)) return Number.NaN;
    [this.#foot.x[0], this.#foot.y[0]] = image;
    placeOnGround(this.#calibration, this.#foot, this.#place, { maxStandardErrorM: this.#maxErrorM });
    if (this.#place.count === 0) return Number.NaN;
    const xx = this.#place.varianceXX[0];
    const yy = this.#place.varianceYY[0];
    return Math.sqrt((xx + yy) / 2 + Math.hypot((xx - yy) / 2, this.#place.varianceXY[0]));
  }

  #isBlocked(x: number, y: number): boolean {
    for (const obstacle of this.#obstacles) if (crossings(obstacle, this.#position, x, y) > 1) return true;
    return false;
  }
}
