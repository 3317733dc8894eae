import type { Point } from '../contract/index.ts';

const turnsLeft = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): boolean =>
  (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) > 0;

const chain = (points: readonly Point[]): Point[] => {
  const hull: Point[] = [];
  for (const point of points) {
    while (hull.length >= 2 && !turnsLeft(hull[hull.length - 2], hull[hull.length - 1], point)) hull.pop();
    hull.push(point);
  }
  return hull.slice(0, -1);
};

/**
 * Convex hull of points, counter-clockwise, without corners on its sides.
 *
 * @see Andrew, Another efficient algorithm for convex hulls in two dimensions, 1979 (monotone chain)
 */
export const convexHull = (points: readonly Point[]): Point[] => {
  const sorted = points.toSorted(([ax, ay], [bx, by]) => ax - bx || ay - by);
  return [...chain(sorted), ...chain(sorted.toReversed())];
};
