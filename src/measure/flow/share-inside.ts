/**
 * How much of a straight step lies inside a polygon.
 */
import { type Point, signedArea } from '../../contract/index.ts';
import { flatPolygon, pointInPolygon } from '../../ground/index.ts';

const clampShare = (value: number): number => Math.min(1, Math.max(0, value));

/** Share of the step from (x0, y0) to (x1, y1) that is inside, 0 to 1. */
export type ShareInside = (x0: number, y0: number, x1: number, y1: number) => number;

/**
 * Makes the function that tells which share of a step is inside a polygon, concave ones included.
 *
 *   share = Σ over sides, ± the place where the step's line crosses the side, cut to 0…1
 *
 * Minus where the line enters, plus where it leaves: the whole line enters as often as it leaves, so no order and no
 * beginning are needed. A corner on the line counts as right of it, for both sides that meet there, so who walks along a
 * border is in the zone on their left, and of two neighbours in one. Who makes no step is inside or not.
 *
 * @param polygon simple, in either sense of rotation
 */
export const shareInside = (polygon: readonly Point[]): ShareInside => {
  const flat = flatPolygon(polygon);
  const { x, y } = flat;
  const minX = x.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const maxX = x.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const minY = y.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const maxY = y.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const turn = Math.sign(signedArea(polygon));

  return (x0, y0, x1, y1) => {
    if (Math.max(x0, x1) < minX || Math.min(x0, x1) > maxX) return 0;
    if (Math.max(y0, y1) < minY || Math.min(y0, y1) > maxY) return 0;
    const dx = x1 - x0;
    const dy = y1 - y0;
    const square = dx * dx + dy * dy;
    if (square === 0) return pointInPolygon(flat, x0, y0) ? 1 : 0;
    let share = 0;
    const last = x.length - 1;
    let leftBefore = dx * (y[last] - y0) - dy * (x[last] - x0);
    let alongBefore = (dx * (x[last] - x0) + dy * (y[last] - y0)) / square;
    for (let i = 0; i <= last; i++) {
      const left = dx * (y[i] - y0) - dy * (x[i] - x0);
      const along = (dx * (x[i] - x0) + dy * (y[i] - y0)) / square;
      if (leftBefore > 0 !== left > 0) {
        const at = clampShare(alongBefore + ((along - alongBefore) * leftBefore) / (leftBefore - left));
        // A side that runs to the step's left has the inside of a counter-clockwise ring behind it.
        share += left > 0 ? at : -at;
      }
      leftBefore = left;
      alongBefore = along;
    }
    return clampShare(turn * share);
  };
};
