/**
 * How much of one area lies in another.
 */
import { ConvexPolygon } from './convex.ts';
import type { ConvexPieces } from './pieces.ts';

/** Area that two areas have in common, m²: the sum over every pair of their convex pieces. */
export const sharedAreaM2 = (one: ConvexPieces, other: ConvexPieces): number => {
  const part = new ConvexPolygon();
  const [dx, dy] = [one.originX - other.originX, one.originY - other.originY];
  let area = 0;
  for (let piece = 0; piece < one.count; piece++) {
    for (let mate = 0; mate < other.count; mate++) {
      part.load(one.cornerX, one.cornerY, one.sideStart[piece], one.sideStart[piece + 1], dx, dy);
      for (let side = other.sideStart[mate]; side < other.sideStart[mate + 1] && part.count > 0; side++)
        part.clip(other.a[side], other.b[side], other.c[side]);
      area += part.area;
    }
  }
  return area;
};
