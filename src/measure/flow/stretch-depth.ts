/**
 * How deep the stretch behind a gate is, on which passages are timed.
 */
import { type Point, signedArea } from '../../contract/index.ts';
import { GateLine } from './gate-line.ts';

/** Two corners nearer than this are one, m. */
const SAME_CORNER_M = 1e-6;

const areSame = ([px, py]: Point, [qx, qy]: Point): boolean => Math.hypot(px - qx, py - qy) <= SAME_CORNER_M;

/** 1 when the zone lies left of a→b along that side of its, −1 when right, 0 when a→b is no side of it. */
const sideOf = (zone: readonly Point[], a: Point, b: Point): number => {
  const turn = Math.sign(signedArea(zone));
  for (const [i, p] of zone.entries()) {
    const q = zone[(i + 1) % zone.length] ?? p;
    // Inside is to the left of the sides of a ring that runs counter-clockwise.
    if (areSame(p, a) && areSame(q, b)) return turn;
    if (areSame(p, b) && areSame(q, a)) return -turn;
  }
  return 0;
};

/**
 * Depth of the stretch behind the gate a→b, m: positive to its left, negative to its right.
 *
 * In this order: the depth that the gate itself states, to its left; how far a zone reaches from the gate that has
 * the gate for one of its sides (the first one on its left, else the first on its right); a default, to its left.
 *
 * @param statedM  the gate's own `depthM`
 * @param zones    corners of the site's zones on the ground
 * @param defaultM `analysis.passingDepthM`
 * @throws MEASURE_BAD_WIDTH where a and b are the same point
 */
export const stretchDepthM = (
  a: Point,
  b: Point,
  statedM: number | undefined,
  zones: readonly (readonly Point[])[],
  defaultM: number,
): number => {
  if (statedM !== undefined) return statedM;
  const line = new GateLine(a, b);
  for (const side of [1, -1]) {
    const zone = zones.find((corners) => sideOf(corners, a, b) === side);
    if (zone) return side * Math.max(...zone.map(([x, y]) => side * line.acrossM(x, y)));
  }
  return defaultM;
};
