/** Cameras at places of a plan, for the tests of this folder. */
import type { Calibration, Point } from '../../contract/index.ts';
import { calibrate } from '../../ground/index.ts';
import type { PlanCamera } from './camera-view.ts';

/** A camera at a place of the plan, looking the way that is so far, in radians, to the left of up. */
export type CameraMaker = (place: Point, turn: number, id: string) => PlanCamera;

/** @param pairs as a full-HD camera above the origin sees them that looks up the plan */
export const cameraMaker =
  (pairs: Calibration): CameraMaker =>
  ([px, py], turn, id) => {
    const points = pairs.points.map(({ image, ground: [x, y] }) => ({
      image,
      ground: [px + x * Math.cos(turn) - y * Math.sin(turn), py + x * Math.sin(turn) + y * Math.cos(turn)] as [
        number,
        number,
      ],
    }));
    return { id, calibration: calibrate({ points }, { widthPx: 1920, heightPx: 1080 }) };
  };

/** A rectangle. */
export const rectangle = (left: number, bottom: number, right: number, top: number): Point[] => [
  [left, bottom],
  [right, bottom],
  [right, top],
  [left, top],
];
