/**
 * An area as convex pieces in flat columns: sides as half-planes, and the doors (portals) from piece to piece.
 */
import { type Point, signedArea } from '../../contract/index.ts';
import { ROUNDING } from './rings.ts';
import { type Mesh, sideKey } from './triangulate.ts';

/** The box round an area, m, from its origin. */
export interface LocalBox {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

/**
 * Convex pieces that fill an area. All coordinates are from its origin, so that they are small.
 *
 * Piece p has the half-planes and corners from `sideStart[p]` to before `sideStart[p + 1]`: inside is where
 * a·x + b·y + c ≥ 0 (m, for (a, b) has length 1) for each of them.
 */
export interface ConvexPieces {
  readonly originX: number;
  readonly originY: number;
  readonly areaM2: number;
  readonly box: LocalBox;
  readonly count: number;
  readonly sideStart: Uint32Array;
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly c: Float64Array;
  /** Corners, counter-clockwise. */
  readonly cornerX: Float64Array;
  readonly cornerY: Float64Array;
}

/** Straight openings between pieces; those of piece p from `portalStart[p]` to before `portalStart[p + 1]`. */
export interface Portals {
  readonly portalStart: Uint32Array;
  readonly fromX: Float64Array;
  readonly fromY: Float64Array;
  readonly toX: Float64Array;
  readonly toY: Float64Array;
  /** The piece on the other side. */
  readonly leadsTo: Uint32Array;
}

/** Sides that lead nowhere, end to end. */
export interface Walls {
  readonly fromX: Float64Array;
  readonly fromY: Float64Array;
  readonly toX: Float64Array;
  readonly toY: Float64Array;
}

interface Side {
  readonly piece: number;
  readonly from: Point;
  readonly to: Point;
  /** Piece on the other side, −1 for a wall. */
  readonly other: number;
}

/** Every side of every piece. */
const allSides = ({ corners, faces }: Mesh): Side[] => {
  const pieceOfSide = new Map<number, number>();
  const sides = faces.flatMap((face, piece) =>
    face.map((a, i) => {
      const b = face[(i + 1) % face.length];
      pieceOfSide.set(sideKey(a, b, corners.length), piece);
      return { piece, a, b };
    }),
  );
  return sides.map(({ piece, a, b }) => ({
    piece,
    from: corners[a],
    to: corners[b],
    other: pieceOfSide.get(sideKey(b, a, corners.length)) ?? -1,
  }));
};

const columns = (sides: readonly Side[]): Walls => ({
  fromX: Float64Array.from(sides, ({ from }) => from[0]),
  fromY: Float64Array.from(sides, ({ from }) => from[1]),
  toX: Float64Array.from(sides, ({ to }) => to[0]),
  toY: Float64Array.from(sides, ({ to }) => to[1]),
});

/** Where each of `count` pieces begins in a list sorted by piece. */
const starts = (pieces: readonly number[], count: number): Uint32Array => {
  const start = new Uint32Array(count + 1);
  for (const piece of pieces) start[piece + 1]++;
  for (let i = 0; i < count; i++) start[i + 1] += start[i];
  return start;
};

/** Without corners on straight sides: each costs a cut. */
const bends = (corners: readonly Point[]): Point[] =>
  corners.filter(([x, y], i) => {
    const [ax, ay] = corners[(i + corners.length - 1) % corners.length];
    const [bx, by] = corners[(i + 1) % corners.length];
    const twice = (x - ax) * (by - y) - (y - ay) * (bx - x);
    return Math.abs(twice) > ROUNDING * Math.hypot(x - ax, y - ay) * Math.hypot(bx - x, by - y);
  });

/** Convex faces as columns. */
export const flatPieces = (mesh: Mesh, originX: number, originY: number): ConvexPieces => {
  const faces = mesh.faces.map((face) => bends(face.map((corner) => mesh.corners[corner])));
  const sides = faces.flatMap((face, piece) =>
    face.map((from, i): Side => ({ piece, from, to: face[(i + 1) % face.length], other: -1 })),
  );
  const { fromX, fromY, toX, toY } = columns(sides);
  const length = sides.map((_, i) => Math.hypot(toX[i] - fromX[i], toY[i] - fromY[i]));
  const a = Float64Array.from(sides, (_, i) => (fromY[i] - toY[i]) / length[i]);
  const b = Float64Array.from(sides, (_, i) => (toX[i] - fromX[i]) / length[i]);
  return {
    originX,
    originY,
    areaM2: faces.reduce((sum, face) => sum + signedArea(face), 0),
    box: {
      left: fromX.reduce((least, x) => Math.min(least, x)),
      bottom: fromY.reduce((least, y) => Math.min(least, y)),
      right: fromX.reduce((most, x) => Math.max(most, x)),
      top: fromY.reduce((most, y) => Math.max(most, y)),
    },
    count: faces.length,
    sideStart: starts(
      sides.map(({ piece }) => piece),
      faces.length,
    ),
    a,
    b,
    c: Float64Array.from(sides, (_, i) => -(a[i] * fromX[i] + b[i] * fromY[i])),
    cornerX: fromX,
    cornerY: fromY,
  };
};

/** The openings between the pieces, and the walls round them. */
export const openingsOf = (mesh: Mesh): { portals: Portals; walls: Walls } => {
  const sides = allSides(mesh);
  const doors = sides.filter(({ other }) => other >= 0);
  return {
    portals: {
      ...columns(doors),
      portalStart: starts(
        doors.map(({ piece }) => piece),
        mesh.faces.length,
      ),
      leadsTo: Uint32Array.from(doors, ({ other }) => other),
    },
    walls: columns(sides.filter(({ other }) => other < 0)),
  };
};
