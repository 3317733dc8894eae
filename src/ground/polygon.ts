/** Polygons and lines on either plane. */
import type { Point } from '../contract/index.ts';

/** Corners of a polygon in two flat columns, for loops that ask often. */
export interface FlatPolygon {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** A polygon in flat columns. */
export const flatPolygon = (polygon: readonly Point[]): FlatPolygon => ({
  x: Float64Array.from(polygon, ([x]) => x),
  y: Float64Array.from(polygon, ([, y]) => y),
});

/**
 * Whether a point is in a polygon, by the even–odd rule. Left and lower sides (in y up) belong to the polygon, right
 * and upper ones do not, so that polygons that share a side share no point and leave none out.
 */
export const pointInPolygon = ({ x, y }: FlatPolygon, px: number, py: number): boolean => {
  let inside = false;
  for (let i = 0, j = x.length - 1; i < x.length; j = i++) {
    if (y[i] > py === y[j] > py) continue;
    // Ends taken in one order whatever the polygon's, so that neighbours round alike.
    const low = y[i] < y[j] ? i : j;
    const high = low === i ? j : i;
    if (px >= x[low] + ((py - y[low]) * (x[high] - x[low])) / (y[high] - y[low])) inside = !inside;
  }
  return inside;
};

/** Whether a point is exactly on a side of the polygon. */
const isOnBorder = ({ x, y }: FlatPolygon, px: number, py: number): boolean => {
  for (let i = 0, j = x.length - 1; i < x.length; j = i++) {
    if ((x[j] - x[i]) * (py - y[i]) !== (y[j] - y[i]) * (px - x[i])) continue;
    const along = (px - x[i]) * (x[j] - x[i]) + (py - y[i]) * (y[j] - y[i]);
    if (along >= 0 && along <= (x[j] - x[i]) ** 2 + (y[j] - y[i]) ** 2) return true;
  }
  return false;
};

/**
 * Whether a point is strictly inside a polygon: on its border is not. So it is in the definitions of JPSreport and
 * PedPy, whose `within` is that of the OGC.
 *
 * @see OpenGIS Simple Features Access, 06-103r4, section 6.1.15
 */
export const pointStrictlyInPolygon = (polygon: FlatPolygon, px: number, py: number): boolean =>
  pointInPolygon(polygon, px, py) && !isOnBorder(polygon, px, py);

/**
 * Squared distance of a point from the polygon's border in units of its own standard errors (Mahalanobis), so that
 * it is the same whatever the two axes measure.
 *
 * @param xx variance in x, with `xy` and `yy` the point's covariance; positive definite
 */
export const borderDistanceSquared = (
  { x, y }: FlatPolygon,
  px: number,
  py: number,
  xx: number,
  xy: number,
  yy: number,
): number => {
  // Whitening by the Cholesky factor turns the covariance into a unit circle round the point, at the origin.
  const l11 = Math.sqrt(xx);
  const l21 = xy / l11;
  const l22 = Math.sqrt(yy - l21 * l21);
  let least = Number.POSITIVE_INFINITY;
  let last = x.length - 1;
  let ax = (x[last] - px) / l11;
  let ay = (y[last] - py - l21 * ax) / l22;
  for (last = 0; last < x.length; last++) {
    const bx = (x[last] - px) / l11;
    const by = (y[last] - py - l21 * bx) / l22;
    least = Math.min(least, originToSegmentSquared(ax, ay, bx, by));
    ax = bx;
    ay = by;
  }
  return least;
};

const originToSegmentSquared = (ax: number, ay: number, bx: number, by: number): number => {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length));
  const x = ax + along * dx;
  const y = ay + along * dy;
  return x * x + y * y;
};

/** Length of a segment. */
export const segmentLength = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(bx - ax, by - ay);

/** Part of a polygon on the side of a line where a·x + b·y + c ≥ 0. Exact for convex polygons. */
export const clipToHalfPlane = (polygon: readonly Point[], a: number, b: number, c: number): Point[] => {
  const out: Point[] = [];
  for (const [i, p] of polygon.entries()) {
    const q = polygon[(i + 1) % polygon.length] ?? p;
    const atP = a * p[0] + b * p[1] + c;
    const atQ = a * q[0] + b * q[1] + c;
    if (atP >= 0) out.push(p);
    if (atP >= 0 === atQ >= 0) continue;
    const share = atP / (atP - atQ);
    out.push([p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1])]);
  }
  return out;
};

/**
 * Part of a polygon inside a convex one (Sutherland–Hodgman). A concave polygon may come back in pieces joined by
 * sides of no width; its area is right all the same.
 *
 * @param convex corners counter-clockwise with y up
 */
export const clipToConvex = (polygon: readonly Point[], convex: readonly Point[]): Point[] => {
  let rest: Point[] = [...polygon];
  for (const [i, [ax, ay]] of convex.entries()) {
    const [bx, by] = convex[(i + 1) % convex.length] ?? [ax, ay];
    rest = clipToHalfPlane(rest, ay - by, bx - ax, ax * by - bx * ay);
  }
  return rest;
};

/** Centre of gravity of a polygon; the mean of its corners when it has no area. */
export const centroid = (polygon: readonly Point[]): Point => {
  let twiceArea = 0;
  let sumX = 0;
  let sumY = 0;
  // From the first corner, so that far-away coordinates lose no digits.
  const [ox, oy] = polygon[0] ?? [0, 0];
  for (const [i, [x, y]] of polygon.entries()) {
    const [nx, ny] = polygon[(i + 1) % polygon.length] ?? [x, y];
    const cross = (x - ox) * (ny - oy) - (nx - ox) * (y - oy);
    twiceArea += cross;
    sumX += (x + nx - 2 * ox) * cross;
    sumY += (y + ny - 2 * oy) * cross;
  }
  if (twiceArea !== 0) return [ox + sumX / (3 * twiceArea), oy + sumY / (3 * twiceArea)];
  return [
    polygon.reduce((sum, [x]) => sum + x, 0) / polygon.length,
    polygon.reduce((sum, [, y]) => sum + y, 0) / polygon.length,
  ];
};

/** Points along a polygon's border, its corners among them, `parts` to a side. */
export const densifyRing = (polygon: readonly Point[], parts: number): Point[] =>
  polygon.flatMap((p, i) => densifyLine(p, polygon[(i + 1) % polygon.length] ?? p, parts).slice(0, -1));

/** `parts` + 1 points from a to b. */
export const densifyLine = ([ax, ay]: Point, [bx, by]: Point, parts: number): Point[] =>
  Array.from({ length: parts + 1 }, (_, i): Point => [ax + ((bx - ax) * i) / parts, ay + ((by - ay) * i) / parts]);
