/**
 * Voronoi cells of people, with walls.
 *
 * A person's cell is the ground nearer to them than to anybody else, as far as they can reach it without leaving it:
 * the connected part, with the person in it, of (cell ∩ walkable area), or with a cut-off of (cell ∩ circle ∩ walkable
 * area). Cells with a cut-off tell of the room that people take up, and not of the empty ground behind the last one.
 *
 * How: a cell in the middle of the crowd has the centres of the triangles round its person as corners; at the edge,
 * bisectors with the neighbours cut a convex outline. Only a cell that reaches as far as a wall is then cut to the
 * convex pieces of the area, piece by piece, through the openings that it really crosses. No polygon with holes is ever
 * clipped by another; `npm run bench -- voronoi` shows what that would cost.
 *
 * @see Steffen & Seyfried, Physica A 389 (2010) 1902
 */
import { type ConvexPieces, ConvexPolygon, type WalkableArea } from '../../ground/index.ts';
import { CellColumns } from './cell-columns.ts';
import type { Tessellation } from './voronoi.ts';

/** The circle that cells are cut to, as a regular polygon of 4·segments corners on it, one of them at angle 0. */
export interface Cutoff {
  readonly radiusM: number;
  /** Sides of the polygon a quarter. */
  readonly segments: number;
}

/** What cells are made from, and how far they reach. */
export interface VoronoiCellsOptions {
  readonly tessellation: Tessellation;
  readonly cutoff?: Cutoff | undefined;
}

/** An opening that a cell crosses on less than this is touched, and not crossed, m. */
const NO_LENGTH_M = 1e-9;

/** Half-planes of a regular polygon round the origin: a·x + b·y + apothem ≥ 0. */
interface Circle {
  readonly radiusM: number;
  readonly apothemM: number;
  readonly a: Float64Array;
  readonly b: Float64Array;
}

const circleOf = ({ radiusM, segments }: Cutoff): Circle => {
  const sides = 4 * segments;
  const step = (2 * Math.PI) / sides;
  return {
    radiusM,
    apothemM: radiusM * Math.cos(step / 2),
    a: Float64Array.from({ length: sides }, (_, i) => -Math.cos((i + 0.5) * step)),
    b: Float64Array.from({ length: sides }, (_, i) => -Math.sin((i + 0.5) * step)),
  };
};

/** Makes cells, in the same columns for every frame. */
export class VoronoiCells extends CellColumns {
  readonly walkable: WalkableArea;
  readonly #tessellation: Tessellation;
  readonly #circle: Circle | null;
  readonly #cell = new ConvexPolygon();
  readonly #part = new ConvexPolygon();
  /** Pieces still to be visited, and on which visit each was seen last. */
  readonly #queue: Uint32Array;
  readonly #seenOn: Float64Array;
  #visit = 0;

  constructor({ tessellation, cutoff }: VoronoiCellsOptions) {
    super();
    this.#tessellation = tessellation;
    this.walkable = tessellation.walkable;
    this.#circle = cutoff ? circleOf(cutoff) : null;
    this.#queue = new Uint32Array(this.walkable.count);
    this.#seenOn = new Float64Array(this.walkable.count);
  }

  /**
   * Makes the cells of the people whom the tessellation located last.
   *
   * @param zones when given, only cells that may reach into one of them are made; the rest are NaN
   */
  update(zones?: readonly ConvexPieces[]): void {
    const { seeds, row, neighbours, rows } = this.#tessellation;
    this.reset(rows);
    for (let seed = 0; seed < seeds; seed++)
      if (neighbours.cellOf[seed] === seed && (!zones || this.#mayReach(seed, zones))) this.#make(seed);
    for (let seed = 0; seed < seeds; seed++)
      if (neighbours.cellOf[seed] !== seed) this.share(row[seed], row[neighbours.cellOf[seed]]);
  }

  /** Whether a seed's cell may reach into the box round a zone. */
  #mayReach(seed: number, zones: readonly ConvexPieces[]): boolean {
    const { x, y } = this.#tessellation;
    for (const { originX, originY, box } of zones) {
      const dx = originX - this.walkable.originX - x[seed];
      const dy = originY - this.walkable.originY - y[seed];
      if (this.#reachesBox(seed, box.left + dx, box.bottom + dy, box.right + dx, box.top + dy)) return true;
    }
    return false;
  }

  /** Whether no neighbour is nearer than the seed to all of a box (from the seed). */
  #reachesBox(seed: number, left: number, bottom: number, right: number, top: number): boolean {
    const away = Math.max(left, -right, bottom, -top);
    if (away < 0) return true;
    if (this.#circle && away >= this.#circle.radiusM) return false;
    const { x, y, neighbours } = this.#tessellation;
    const end = neighbours.end[seed];
    for (let i = neighbours.begin[seed]; i < end; i++) {
      const other = neighbours.list[i];
      const dx = x[other] - x[seed];
      const dy = y[other] - y[seed];
      // The corner of the box that is least on the other's side of the bisector.
      const least = dx * (dx > 0 ? left : right) + dy * (dy > 0 ? bottom : top);
      if (least >= (dx * dx + dy * dy) / 2 && other !== seed) return false;
    }
    return true;
  }

  #make(seed: number): void {
    const { x, y, row, neighbours } = this.#tessellation;
    const cell = this.#cell;
    this.#cutToNeighbours(seed);
    if (this.#circle) cutToCircle(cell, this.#circle);
    const reachSquared = cell.reachSquared;
    this.open(row[seed], x[seed], y[seed], 1 / neighbours.sharers[seed], reachSquared);
    const clearance = this.walkable.clearanceAt(x[seed], y[seed]);
    if (clearance > 0 && clearance * clearance >= reachSquared) this.add(row[seed], cell);
    else this.#cutToWalls(seed, row[seed]);
  }

  /** The cell without walls or circle, from its corners where they are known. */
  #cutToNeighbours(seed: number): void {
    const { x, y, neighbours } = this.#tessellation;
    const { begin, end, centres, triangle, isClosed } = neighbours;
    if (isClosed[seed] === 0) this.#cutOutline(seed);
    else this.#cell.gather(centres.x, centres.y, triangle, begin[seed], end[seed], -x[seed], -y[seed]);
  }

  /** The same for any cell: the outline, cut by the bisectors with the neighbours. */
  #cutOutline(seed: number): void {
    const { x, y, neighbours, outline } = this.#tessellation;
    const { list } = neighbours;
    const cell = this.#cell;
    const px = x[seed];
    const py = y[seed];
    cell.load(outline.x, outline.y, 0, outline.x.length, -px, -py);
    const farthestSquared = this.#circle ? 4 * this.#circle.radiusM ** 2 : Number.POSITIVE_INFINITY;
    const end = neighbours.end[seed];
    for (let i = neighbours.begin[seed]; i < end; i++) {
      const dx = x[list[i]] - px;
      const dy = y[list[i]] - py;
      const square = dx * dx + dy * dy;
      if (square < farthestSquared && list[i] !== seed) cell.clip(-dx, -dy, square / 2);
    }
  }

  /** Keeps the parts of the cell in the pieces that it reaches from the person's own. */
  #cutToWalls(seed: number, owner: number): void {
    const { x, y, piece } = this.#tessellation;
    const queue = this.#queue;
    let length = 1;
    queue[0] = piece[seed];
    this.#seenOn[piece[seed]] = ++this.#visit;
    for (let i = 0; i < length; i++) {
      const isCut = this.#cutToPiece(queue[i], x[seed], y[seed]);
      this.add(owner, this.#part);
      // Nothing was cut off, so the cell is within this piece.
      if (!isCut) break;
      length = this.#enqueue(queue[i], x[seed], y[seed], length);
    }
  }

  /** Makes `#part` the part of the cell in a piece; returns whether it is less than the cell. */
  #cutToPiece(piece: number, px: number, py: number): boolean {
    const { sideStart, a, b, c } = this.walkable;
    const part = this.#part;
    part.copy(this.#cell);
    let isCut = false;
    for (let side = sideStart[piece]; side < sideStart[piece + 1] && part.count > 0; side++)
      if (part.clip(a[side], b[side], c[side] + a[side] * px + b[side] * py)) isCut = true;
    return isCut;
  }

  /** Queues the pieces behind the openings that the cell crosses; returns the queue's new length. */
  #enqueue(piece: number, px: number, py: number, queued: number): number {
    const { portalStart, fromX, fromY, toX, toY, leadsTo } = this.walkable.portals;
    let length = queued;
    for (let i = portalStart[piece]; i < portalStart[piece + 1]; i++) {
      const other = leadsTo[i];
      if (this.#seenOn[other] === this.#visit) continue;
      const crossed = this.#cell.lengthInside(fromX[i] - px, fromY[i] - py, toX[i] - px, toY[i] - py);
      if (crossed <= NO_LENGTH_M) continue;
      this.#seenOn[other] = this.#visit;
      this.#queue[length++] = other;
    }
    return length;
  }
}

const cutToCircle = (cell: ConvexPolygon, { apothemM, a, b }: Circle): void => {
  if (cell.reachSquared <= apothemM * apothemM) return;
  for (let side = 0; side < a.length; side++) cell.clip(a[side], b[side], apothemM);
};

/** Prepares to make the cells of a tessellation's people, frame by frame. */
export const createVoronoiCells = (options: VoronoiCellsOptions): VoronoiCells => new VoronoiCells(options);
