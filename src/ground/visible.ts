/**
 * Where on the ground a camera measures, and not only sees.
 */
import type { Point } from '../contract/index.ts';
import type { GroundCalibration } from './calibrate.ts';
import { imageToGround } from './place.ts';
import { standardErrorAtM } from './project.ts';

/** An ordinary foot point is measured well where it is known to this, m, in its worst direction: about a step. */
const WELL_M = 1;

/** Whether an ordinary foot point at this place of the picture would be known to a metre. */
export const isMeasuredWell = (calibration: GroundCalibration, image: Point): boolean =>
  (standardErrorAtM(calibration, image) ?? Number.POSITIVE_INFINITY) <= WELL_M;

const COLUMNS = 48;
const STEPS = 64;

const HALVINGS = 16;

/** Where, between a well measured height and one that is not, measuring well ends. */
const limitBetween = (calibration: GroundCalibration, x: number, well: number, badly: number): number => {
  let inside = well;
  let outside = badly;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (inside + outside) / 2;
    if (isMeasuredWell(calibration, [x, middle])) inside = middle;
    else outside = middle;
  }
  return inside;
};

/** From the lowest well measured point of a column of the picture up to where that ends; null where there is none. */
const wellMeasuredStretch = (calibration: GroundCalibration, x: number): readonly [low: Point, high: Point] | null => {
  const ys = Array.from({ length: STEPS + 1 }, (_, i) => 1 - i / STEPS);
  const from = ys.findIndex((y) => isMeasuredWell(calibration, [x, y]));
  if (from < 0) return null;
  const end = ys.findIndex((y, i) => i > from && !isMeasuredWell(calibration, [x, y]));
  const top = end < 0 ? 0 : limitBetween(calibration, x, ys[end - 1], ys[end]);
  return [
    [x, ys[from]],
    [x, top],
  ];
};

/**
 * Outline, in metres, of the ground on which a camera knows an ordinary foot point to a metre: the picture, cut off
 * below the horizon. What stands in the way is not known.
 *
 * @returns null when there is no such ground
 */
export const visibleGround = (calibration: GroundCalibration): Point[] | null => {
  const stretches = Array.from({ length: COLUMNS + 1 }, (_, i) => wellMeasuredStretch(calibration, i / COLUMNS)).filter(
    (stretch) => stretch !== null,
  );
  if (stretches.length < 2) return null;
  const outline = [...stretches.map(([low]) => low), ...stretches.map(([, high]) => high).toReversed()];
  return outline.map((image) => imageToGround(calibration, image)).filter((place) => place !== null);
};
