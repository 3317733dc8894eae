/**
 * A place that a crowd walks in, prepared once: its walls, its squares and its ends. Inside, coordinates are from the
 * place's own origin, so that those of a national grid lose no digits.
 */
import type { Point } from '../../contract/index.ts';
import { convexHull, createWalkableArea } from '../../ground/index.ts';
import { FreeCells } from './free-cells.ts';
import { Walls } from './walls.ts';

/** A strip of squares at one end of a place. */
export interface End {
  /** Who comes here leaves. */
  readonly exit: readonly number[];
  /** Just before it: who enters appears here. */
  readonly entrance: readonly number[];
}

/** Which end: along the place's longest axis, or across it. */
export type Side = 'left' | 'right' | 'bottom' | 'top';

/** A place to walk in. */
export interface Place {
  readonly rings: readonly (readonly Point[])[];
  readonly originX: number;
  readonly originY: number;
  readonly walls: Walls;
  readonly cells: FreeCells;
  /** Of the walkable ground in all, m². */
  readonly areaM2: number;
  /** Direction of the longest axis: the longer side of the least rectangle round the place. */
  readonly axisX: number;
  readonly axisY: number;
  /** How far along the axis a point is, as a share from the left end to the right end of what is free. */
  along(x: number, y: number): number;
  /** Squares at one end. */
  end(side: Side): End;
}

/** Depth of the strip in which people leave, and of the one in which they enter, m. */
const EXIT_M = 0.6;
const ENTRANCE_M = 1.5;
/** Strips of a pointed end are deeper, until they have this much ground, m². */
const EXIT_M2 = 1;
const ENTRANCE_M2 = 2;
const DEEPER_M = 0.25;

/** The longer side of the smallest rectangle round points, as a direction with x ≥ 0; of equals the first. */
const longestAxis = (points: readonly Point[]): Point => {
  const hull = convexHull(points);
  let best: Point = [1, 0];
  let least = Number.POSITIVE_INFINITY;
  for (const [i, [ax, ay]] of hull.entries()) {
    const [bx, by] = hull[(i + 1) % hull.length];
    const dx = bx - ax;
    const dy = by - ay;
    const length = Math.sqrt(dx * dx + dy * dy);
    const x = dx / length;
    const y = dy / length;
    const alongs = hull.map(([px, py]) => px * x + py * y);
    const acrosses = hull.map(([px, py]) => py * x - px * y);
    const alongM = Math.max(...alongs) - Math.min(...alongs);
    const acrossM = Math.max(...acrosses) - Math.min(...acrosses);
    // A hair less is not less: which of two equal rectangles is taken must not hang on rounding.
    if (alongM * acrossM >= least * (1 - 1e-9)) continue;
    least = alongM * acrossM;
    best = alongM >= acrossM * (1 - 1e-9) ? [x, y] : [-y, x];
  }
  return best[0] < -1e-9 || (best[0] < 1e-9 && best[1] < 0) ? [-best[0], -best[1]] : best;
};

/** Squares of the outermost strip in a direction, at least so deep and so large, that are not in another strip. */
const strip = (
  cells: FreeCells,
  [towardsX, towardsY]: Point,
  depthM: number,
  areaM2: number,
  without: readonly number[],
): number[] => {
  const isTaken = new Uint8Array(cells.free.length);
  for (const cell of without) isTaken[cell] = 1;
  const candidates = cells.list.filter((cell) => isTaken[cell] === 0);
  const outward = Float64Array.from(candidates, (cell) => cells.xOf(cell) * towardsX + cells.yOf(cell) * towardsY);
  const outermost = outward.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const within = (depth: number): number => outward.reduce((sum, at) => sum + (at > outermost - depth ? 1 : 0), 0);
  let depth = depthM;
  for (let count = within(depth); count < candidates.length && cells.areaM2(count) < areaM2; count = within(depth))
    depth += DEEPER_M;
  return [...candidates].filter((_, i) => outward[i] > outermost - depth);
};

/**
 * Prepares a place.
 *
 * @param rings outer ring, then holes, m
 * @throws GROUND_AREA_INVALID, GROUND_AREA_EMPTY
 */
export const createPlace = (rings: readonly (readonly Point[])[], radiusM: number): Place => {
  const { areaM2 } = createWalkableArea(rings);
  const xs = rings.flat().map(([x]) => x);
  const ys = rings.flat().map(([, y]) => y);
  const originX = Math.min(...xs);
  const originY = Math.min(...ys);
  const width = Math.max(...xs) - originX;
  const height = Math.max(...ys) - originY;
  const local = rings.map((ring) => ring.map(([x, y]): Point => [x - originX, y - originY]));
  const walls = new Walls(local, width, height);
  const cells = new FreeCells(local, walls, width, height, radiusM);
  const [axisX, axisY] = longestAxis(local[0]);
  const alongOf = (x: number, y: number): number => x * axisX + y * axisY;
  const reached = [...cells.list].map((cell) => alongOf(cells.xOf(cell), cells.yOf(cell)));
  const first = reached.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const last = reached.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const outwards: Record<Side, Point> = {
    left: [-axisX, -axisY],
    right: [axisX, axisY],
    bottom: [axisY, -axisX],
    top: [-axisY, axisX],
  };
  return {
    rings,
    originX,
    originY,
    walls,
    cells,
    areaM2,
    axisX,
    axisY,
    along: (x, y) => (alongOf(x, y) - first) / (last - first),
    end: (side) => {
      const exit = strip(cells, outwards[side], EXIT_M, EXIT_M2, []);
      return { exit, entrance: strip(cells, outwards[side], ENTRANCE_M, ENTRANCE_M2, exit) };
    },
  };
};
