/**
 * The rings that an area is drawn with, checked: an outer one, and the holes in it.
 */
import { isSimplePolygon, type Point, StarlingError, signedArea } from '../../contract/index.ts';

/** Rings round a local origin, so that coordinates of a national grid lose no digits. Corners as drawn, none twice. */
export interface LocalRings {
  readonly originX: number;
  readonly originY: number;
  readonly rings: readonly (readonly Point[])[];
  /** Outer ring less holes, m². */
  readonly areaM2: number;
  /** Longer side of the bounding box, m. */
  readonly sizeM: number;
}

const invalid = (problem: string): StarlingError => new StarlingError('GROUND_AREA_INVALID', { problem });

const nameOf = (ring: number): string => (ring === 0 ? 'outer ring' : `hole ${ring}`);

/** Without corners that repeat the one before, the closing one of formats that close their rings among them. */
const withoutRepeats = (ring: readonly Point[]): readonly Point[] =>
  ring.filter(([x, y], i) => {
    const [lastX, lastY] = ring[(i + ring.length - 1) % ring.length] ?? [Number.NaN, Number.NaN];
    return x !== lastX || y !== lastY;
  });

const checkRing = (ring: readonly Point[], index: number): void => {
  if (!ring.every(([x, y]) => Number.isFinite(x) && Number.isFinite(y)))
    throw invalid(`its ${nameOf(index)} has a corner that is not a number`);
  if (ring.length < 3 || signedArea(ring) === 0)
    throw new StarlingError('GROUND_AREA_EMPTY', { reason: `its ${nameOf(index)} encloses nothing` });
  if (!isSimplePolygon(ring)) throw invalid(`its ${nameOf(index)} crosses or touches itself`);
};

/** Twice the area of the triangle abp over the length of ab: how far p is to the left of ab. */
const leftOf = ([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number =>
  ((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / Math.hypot(bx - ax, by - ay);

/** 1 when a point is inside a ring, −1 outside, 0 on it (to `toleranceM`). */
const sideOf = (ring: readonly Point[], p: Point, toleranceM: number): number => {
  let inside = -1;
  for (const [i, a] of ring.entries()) {
    const b = ring[(i + 1) % ring.length] ?? a;
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const along = ((p[0] - a[0]) * (b[0] - a[0]) + (p[1] - a[1]) * (b[1] - a[1])) / length;
    const between = along >= -toleranceM && along <= length + toleranceM;
    if (between && Math.abs(leftOf(p, a, b)) <= toleranceM) return 0;
    if (a[1] > p[1] === b[1] > p[1]) continue;
    if (p[0] < a[0] + ((p[1] - a[1]) * (b[0] - a[0])) / (b[1] - a[1])) inside = -inside;
  }
  return inside;
};

/** Whether two sides cross, each with an end on either side of the other; to touch is not to cross. */
const cross = (a: Point, b: Point, c: Point, d: Point, toleranceM: number): boolean => {
  const apart = (one: number, other: number): boolean =>
    Math.min(one, other) < -toleranceM && Math.max(one, other) > toleranceM;
  return apart(leftOf(c, a, b), leftOf(d, a, b)) && apart(leftOf(a, c, d), leftOf(b, c, d));
};

const ringsCross = (one: readonly Point[], other: readonly Point[], toleranceM: number): boolean =>
  one.some((a, i) =>
    other.some((c, j) => cross(a, one[(i + 1) % one.length] ?? a, c, other[(j + 1) % other.length] ?? c, toleranceM)),
  );

const checkHoles = (rings: readonly (readonly Point[])[], toleranceM: number): void => {
  const [outer, ...holes] = rings;
  for (const [i, hole] of holes.entries()) {
    const name = nameOf(i + 1);
    if (ringsCross(outer, hole, toleranceM) || hole.some((p) => sideOf(outer, p, toleranceM) < 0))
      throw invalid(`its ${name} is not wholly inside the outer ring`);
    for (const [j, other] of holes.slice(0, i).entries()) {
      const overlaps =
        ringsCross(hole, other, toleranceM) ||
        hole.some((p) => sideOf(other, p, toleranceM) > 0) ||
        other.some((p) => sideOf(hole, p, toleranceM) > 0);
      if (overlaps) throw invalid(`its ${name} overlaps ${nameOf(j + 1)}`);
    }
  }
};

/** Distances below this share of the size of an area are rounding. */
export const ROUNDING = 1e-12;

const toLocal = (rings: readonly (readonly Point[])[]): Omit<LocalRings, 'areaM2'> => {
  const xs = rings[0].map(([x]) => x);
  const ys = rings[0].map(([, y]) => y);
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const originX = (left + right) / 2;
  const originY = (bottom + top) / 2;
  const local = rings.map((ring) => ring.map(([x, y]): Point => [x - originX, y - originY]));
  return { originX, originY, rings: local, sizeM: Math.max(right - left, top - bottom) };
};

/**
 * Checks the rings of an area.
 *
 * @param rings outer ring, then holes, in either direction, m
 * @throws GROUND_AREA_INVALID, GROUND_AREA_EMPTY
 */
export const checkedRings = (rings: readonly (readonly Point[])[]): LocalRings => {
  const cleaned = rings.map(withoutRepeats);
  if (cleaned.length === 0) throw new StarlingError('GROUND_AREA_EMPTY', { reason: 'it has no outer ring' });
  for (const [i, ring] of cleaned.entries()) checkRing(ring, i);
  const local = toLocal(cleaned);
  const areas = local.rings.map((ring) => Math.abs(signedArea(ring)));
  const areaM2 = areas.reduce((rest, hole, i) => (i === 0 ? hole : rest - hole), 0);
  if (areaM2 <= ROUNDING * areas[0])
    throw new StarlingError('GROUND_AREA_EMPTY', { reason: 'its holes leave nothing of it' });
  // Coordinates themselves are rounded: those of a national grid to a tenth of a nanometre.
  const largest = Math.max(Math.abs(local.originX), Math.abs(local.originY)) + local.sizeM;
  checkHoles(local.rings, 1e3 * Number.EPSILON * largest);
  return { ...local, areaM2 };
};
