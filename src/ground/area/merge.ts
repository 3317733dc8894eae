/**
 * From triangles to few convex pieces.
 */
import type { Point } from '../../contract/index.ts';
import { type Mesh, sideKey } from './triangulate.ts';

/** A corner that turns right by a sine below this is taken as straight: rounding. */
const STRAIGHT = 1e-10;

/** Sine of the turn at b on the way a → b → c; −1 for a way that turns back on itself. */
const turn = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number => {
  const [ux, uy, vx, vy] = [bx - ax, by - ay, cx - bx, cy - by];
  const lengths = Math.hypot(ux, uy) * Math.hypot(vx, vy);
  const sine = (ux * vy - uy * vx) / lengths;
  return sine < STRAIGHT && ux * vx + uy * vy < 0 ? -1 : sine;
};

/** Corners of a face, beginning after the given side's first corner and ending with it. */
const from = (face: readonly number[], corner: number): readonly number[] => {
  const at = face.indexOf(corner);
  return [...face.slice(at + 1), ...face.slice(0, at + 1)];
};

/** Two faces that share the side a → b (b → a in the other) as one, or null where that would not be convex. */
const joined = (
  corners: readonly Point[],
  left: readonly number[],
  right: readonly number[],
  a: number,
  b: number,
): readonly number[] | null => {
  // Left runs b … a, right runs a … b: one after the other, each without its last corner.
  const leftWay = from(left, a);
  const rightWay = from(right, b);
  const atA = turn(corners[leftWay[leftWay.length - 2]], corners[a], corners[rightWay[1]]);
  const atB = turn(corners[rightWay[rightWay.length - 2]], corners[b], corners[leftWay[1]]);
  if (atA < -STRAIGHT || atB < -STRAIGHT) return null;
  return [...leftWay.slice(0, -1), ...rightWay.slice(0, -1)];
};

/** Sides that two faces share, the longest first, each once. */
const sharedSides = ({ corners, faces }: Mesh): { a: number; b: number }[] => {
  const sides = new Map<number, { a: number; b: number; length: number }>();
  const shared: { a: number; b: number; length: number }[] = [];
  for (const face of faces)
    for (const [i, a] of face.entries()) {
      const b = face[(i + 1) % face.length];
      const length = Math.hypot(corners[b][0] - corners[a][0], corners[b][1] - corners[a][1]);
      sides.set(sideKey(a, b, corners.length), { a, b, length });
      if (sides.has(sideKey(b, a, corners.length))) shared.push({ a, b, length });
    }
  return shared.sort((one, other) => other.length - one.length);
};

/**
 * Takes out shared sides, the longest first, as long as what they join stays convex.
 *
 * @see Hertel & Mehlhorn, Fast triangulation of simple polygons, 1983: at most four times as many pieces as needed
 */
export const mergeConvex = (mesh: Mesh): Mesh => {
  const { corners } = mesh;
  const pieces: (readonly number[] | null)[] = [...mesh.faces];
  const pieceOfSide = new Map<number, number>();
  const note = (piece: number, face: readonly number[]): void => {
    for (const [i, a] of face.entries())
      pieceOfSide.set(sideKey(a, face[(i + 1) % face.length], corners.length), piece);
  };
  for (const [i, face] of mesh.faces.entries()) note(i, face);
  for (const { a, b } of sharedSides(mesh)) {
    const left = pieceOfSide.get(sideKey(a, b, corners.length)) ?? -1;
    const right = pieceOfSide.get(sideKey(b, a, corners.length)) ?? -1;
    const leftFace = pieces[left];
    const rightFace = pieces[right];
    if (left === right || !leftFace || !rightFace) continue;
    const merged = joined(corners, leftFace, rightFace, a, b);
    if (merged === null) continue;
    pieces[left] = merged;
    pieces[right] = null;
    note(left, merged);
  }
  return { corners, faces: pieces.filter((face) => face !== null) };
};
