/**
 * From rings to triangles that share their corners, so that every side is a wall or is shared by two.
 */
import earcut from 'earcut';
import { type Point, StarlingError, signedArea } from '../../contract/index.ts';
import { type LocalRings, ROUNDING } from './rings.ts';

/** Polygons as lists of corners, counter-clockwise, by number. */
export interface Mesh {
  readonly corners: readonly Point[];
  readonly faces: readonly (readonly number[])[];
}

/** A key for the directed side from one corner to another. */
export const sideKey = (from: number, to: number, corners: number): number => from * corners + to;

/** Numbers for the corners of all rings, the same for corners at the same place. */
const sharedNumbers = (corners: readonly Point[]): number[] => {
  const numbers = new Map<string, number>();
  return corners.map(([x, y], i) => {
    // 0 and −0 are the same place.
    const key = `${x + 0},${y + 0}`;
    const known = numbers.get(key) ?? i;
    numbers.set(key, known);
    return known;
  });
};

const doubleArea = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number =>
  (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);

const distance = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(bx - ax, by - ay);

const triangles = ({ rings, sizeM }: LocalRings): Mesh => {
  const corners = rings.flat();
  const holes: number[] = [];
  let end = 0;
  for (const ring of rings) {
    if (end > 0) holes.push(end);
    end += ring.length;
  }
  const found = earcut(corners.flat(), holes);
  const shared = sharedNumbers(corners);
  const faces: number[][] = [];
  for (let i = 0; i < found.length; i += 3) {
    const [a, b, c] = [shared[found[i]], shared[found[i + 1]], shared[found[i + 2]]];
    const twice = doubleArea(corners[a], corners[b], corners[c]);
    const longest = Math.max(
      distance(corners[a], corners[b]),
      distance(corners[b], corners[c]),
      distance(corners[c], corners[a]),
    );
    // A triangle without height: its long side is split below at the corner that lies on it.
    if (Math.abs(twice) <= ROUNDING * sizeM * longest) continue;
    faces.push(twice > 0 ? [a, b, c] : [a, c, b]);
  }
  return { corners, faces };
};

const sidesOf = ({ corners, faces }: Mesh): Set<number> => {
  const sides = new Set<number>();
  for (const face of faces)
    for (const [i, from] of face.entries()) sides.add(sideKey(from, face[(i + 1) % face.length], corners.length));
  return sides;
};

/** Corners that lie on the side between two others, in order. */
const cornersOn = (corners: readonly Point[], from: number, to: number, toleranceM: number): number[] => {
  const a = corners[from];
  const b = corners[to];
  const length = distance(a, b);
  const found: { corner: number; along: number }[] = [];
  for (const [corner, p] of corners.entries()) {
    if (Math.abs(doubleArea(a, b, p)) > toleranceM * length) continue;
    const along = ((p[0] - a[0]) * (b[0] - a[0]) + (p[1] - a[1]) * (b[1] - a[1])) / length;
    if (along > toleranceM && along < length - toleranceM) found.push({ corner, along });
  }
  return found.sort((one, other) => one.along - other.along).map(({ corner }) => corner);
};

/**
 * Splits sides at the corners that lie on them. The triangulation passes over corners on straight sides, and then one
 * triangle's side is several of its neighbours'.
 */
const withoutPassedCorners = (mesh: Mesh, toleranceM: number): Mesh => {
  const { corners } = mesh;
  const sides = sidesOf(mesh);
  const shared = sharedNumbers(corners);
  const places = corners.map((p, i): Point => (shared[i] === i ? p : [Number.NaN, Number.NaN]));
  const faces = mesh.faces.map((face) =>
    face.flatMap((from, i) => {
      const to = face[(i + 1) % face.length];
      if (sides.has(sideKey(to, from, corners.length))) return [from];
      return [from, ...cornersOn(places, from, to, toleranceM)];
    }),
  );
  return { corners, faces };
};

/** Total length of the sides that no two faces share. */
const wallLength = (mesh: Mesh): number => {
  const { corners, faces } = mesh;
  const sides = sidesOf(mesh);
  let length = 0;
  for (const face of faces)
    for (const [i, from] of face.entries()) {
      const to = face[(i + 1) % face.length];
      if (!sides.has(sideKey(to, from, corners.length))) length += distance(corners[from], corners[to]);
    }
  return length;
};

const ringsLength = (rings: LocalRings['rings']): number =>
  rings.reduce((sum, ring) => ring.reduce((part, p, i) => part + distance(p, ring[(i + 1) % ring.length]), sum), 0);

const meshArea = ({ corners, faces }: Mesh): number =>
  faces.reduce((sum, face) => sum + signedArea(face.map((corner) => corners[corner])), 0);

/** Share by which the triangles may differ from the rings: rounding, and no more. */
const SLACK = 1e-9;

/**
 * Triangles that fill the rings, with all corners that lie on their sides.
 *
 * @throws GROUND_AREA_INVALID for rings that overlap in a way that only shows here
 */
export const triangulate = (rings: LocalRings): Mesh => {
  const mesh = withoutPassedCorners(triangles(rings), 4 * ROUNDING * rings.sizeM);
  const perimeterM = ringsLength(rings.rings);
  const areaIsRight = Math.abs(meshArea(mesh) - rings.areaM2) <= SLACK * rings.sizeM ** 2;
  if (!areaIsRight || wallLength(mesh) > perimeterM * (1 + SLACK))
    throw new StarlingError('GROUND_AREA_INVALID', { problem: 'its rings overlap, or cannot be told apart' });
  return mesh;
};
