/**
 * Where people can walk: an outer ring with holes, cut once into convex pieces with openings from one to the next, so
 * that a convex Voronoi cell can be cut to it fast and exactly.
 */
import type { Point } from '../../contract/index.ts';
import { Locator } from './locator.ts';
import { mergeConvex } from './merge.ts';
import { type ConvexPieces, flatPieces, openingsOf, type Portals } from './pieces.ts';
import { checkedRings } from './rings.ts';
import { triangulate } from './triangulate.ts';

/** An area that people walk on. Coordinates inside are from `originX`, `originY`. */
export interface WalkableArea extends ConvexPieces {
  readonly portals: Portals;
  /** The piece that a point is in, from the origin; a point on a wall is inside. −1 outside. */
  pieceAt(x: number, y: number): number;
  /** A distance within which a point has no wall, m, from the origin; may fall short, and be negative. */
  clearanceAt(x: number, y: number): number;
}

/** A millimetre's millionth, and more where the coordinates themselves are rounded more coarsely. */
const toleranceFor = ({ originX, originY, box }: ConvexPieces): number =>
  Math.max(1e-9, 8 * Number.EPSILON * (Math.max(Math.abs(originX), Math.abs(originY)) + box.right + box.top));

/**
 * Prepares an area for point location and for cutting cells to it.
 *
 * @param rings outer ring, then holes, in either direction, m; rings may touch but not cross
 * @throws GROUND_AREA_INVALID, GROUND_AREA_EMPTY
 * @example
 * const plaza = createWalkableArea([[[0, 0], [12, 0], [12, 9], [0, 9]], [[5, 4], [6, 4], [6, 5], [5, 5]]]);
 * plaza.areaM2; // 107
 */
export const createWalkableArea = (rings: readonly (readonly Point[])[]): WalkableArea => {
  const local = checkedRings(rings);
  const mesh = mergeConvex(triangulate(local));
  const pieces = flatPieces(mesh, local.originX, local.originY);
  const { portals, walls } = openingsOf(mesh);
  const locator = new Locator(pieces, walls, toleranceFor(pieces));
  return {
    ...pieces,
    portals,
    pieceAt: (x, y) => locator.pieceAt(x, y),
    clearanceAt: (x, y) => locator.clearanceAt(x, y),
  };
};

/**
 * A zone as convex pieces, to measure how much of a cell lies in it.
 *
 * @param polygon corners in either direction, m
 * @throws GROUND_AREA_INVALID, GROUND_AREA_EMPTY
 */
export const createZonePieces = (polygon: readonly Point[]): ConvexPieces => {
  const local = checkedRings([polygon]);
  return flatPieces(mergeConvex(triangulate(local)), local.originX, local.originY);
};
