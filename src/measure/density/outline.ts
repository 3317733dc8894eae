/**
 * The convex outline that all cells of an area are within: the box round it, or what is seen of it.
 */
import { type Point, StarlingError } from '../../contract/index.ts';
import { convexHull, type WalkableArea } from '../../ground/index.ts';

/** Corners of a convex outline, counter-clockwise, m, from the area's origin. */
export interface Outline {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** The box round an area. */
export const boxOutline = ({ box }: WalkableArea): Outline => ({
  x: Float64Array.of(box.left, box.right, box.right, box.left),
  y: Float64Array.of(box.bottom, box.bottom, box.top, box.top),
});

/**
 * The convex hull of what is seen of an area.
 *
 * @throws GROUND_AREA_EMPTY when that is a point or a line
 */
export const seenOutline = ({ originX, originY }: WalkableArea, bounds: readonly Point[]): Outline => {
  const hull = convexHull(bounds.map(([x, y]): Point => [x - originX, y - originY]));
  if (hull.length < 3) throw new StarlingError('GROUND_AREA_EMPTY', { reason: 'what is seen of it encloses nothing' });
  return { x: Float64Array.from(hull, ([x]) => x), y: Float64Array.from(hull, ([, y]) => y) };
};

/** Whether a place is within an outline or on it. */
export const isWithin = ({ x, y }: Outline, px: number, py: number): boolean => {
  for (let i = 0, last = x.length - 1; i < x.length; last = i++)
    if ((x[i] - x[last]) * (py - y[last]) - (y[i] - y[last]) * (px - x[last]) < 0) return false;
  return true;
};
