import { createPlanarPoints, type FootPoints, type Positions, type Tracks } from '../contract/index.ts';
import { type GroundCalibration, placeOnGround } from '../ground/index.ts';
import { takeFootPoints } from '../track/index.ts';

/** What one camera saw at one instant. Everything in it is used again for the next. */
export interface Seen {
  readonly tracks: Tracks;
  /** Foot points of those who count as present. */
  readonly footPoints: FootPoints;
  /** The same on the ground; null without calibration. */
  readonly positions: Positions | null;
}

/** Puts tracks on the picture and on the ground. */
export const createPlacer = (calibration: GroundCalibration | null): ((tracks: Tracks) => Seen) => {
  let footPoints = createPlanarPoints('image', 64);
  let positions = calibration && createPlanarPoints('ground', 64);
  return (tracks) => {
    if (footPoints.id.length < tracks.count) {
      footPoints = createPlanarPoints('image', 2 * tracks.count);
      positions = calibration && createPlanarPoints('ground', 2 * tracks.count);
    }
    takeFootPoints(tracks, footPoints);
    if (calibration && positions) placeOnGround(calibration, footPoints, positions);
    return { tracks, footPoints, positions };
  };
};
