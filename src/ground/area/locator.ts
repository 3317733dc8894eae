/**
 * Which piece of an area a point is in, and how far walls are at least: looked up on a grid, for thousands of people a
 * frame.
 */
import type { ConvexPieces, Walls } from './pieces.ts';

/** The grid is no finer than this, m, … */
const FINEST_M = 0.25;
/** … and has no more cells than this. */
const MOST_CELLS = 16_384;

const distanceToWalls = (walls: Walls, x: number, y: number): number => {
  const { fromX, fromY, toX, toY } = walls;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < fromX.length; i++) {
    const dx = toX[i] - fromX[i];
    const dy = toY[i] - fromY[i];
    const along = ((x - fromX[i]) * dx + (y - fromY[i]) * dy) / (dx * dx + dy * dy);
    const share = Math.min(1, Math.max(0, along));
    const awayX = x - fromX[i] - share * dx;
    const awayY = y - fromY[i] - share * dy;
    least = Math.min(least, awayX * awayX + awayY * awayY);
  }
  return Math.sqrt(least);
};

/** Finds pieces and walls near a point. Coordinates are from the area's origin. */
export class Locator {
  readonly #pieces: ConvexPieces;
  readonly #toleranceM: number;
  readonly #cellM: number;
  readonly #columns: number;
  readonly #rows: number;
  /** Distance of each cell's centre from the nearest wall. */
  readonly #clearance: Float64Array;
  /** Pieces that reach into each cell, one cell after the other. */
  readonly #candidateStart: Uint32Array;
  readonly #candidates: Uint32Array;

  /** @param toleranceM who is no further than this from the area is in it: rounding */
  constructor(pieces: ConvexPieces, walls: Walls, toleranceM: number) {
    this.#pieces = pieces;
    this.#toleranceM = toleranceM;
    const width = pieces.box.right - pieces.box.left;
    const height = pieces.box.top - pieces.box.bottom;
    this.#cellM = Math.max(FINEST_M, Math.sqrt((width * height) / MOST_CELLS), Math.max(width, height) / MOST_CELLS);
    this.#columns = Math.max(1, Math.ceil(width / this.#cellM));
    this.#rows = Math.max(1, Math.ceil(height / this.#cellM));
    this.#clearance = Float64Array.from({ length: this.#columns * this.#rows }, (_, cell) =>
      distanceToWalls(walls, this.#centreX(cell), this.#centreY(cell)),
    );
    const lists = this.#listCandidates();
    this.#candidateStart = new Uint32Array(lists.length + 1);
    for (const [i, list] of lists.entries()) this.#candidateStart[i + 1] = this.#candidateStart[i] + list.length;
    this.#candidates = Uint32Array.from(lists.flat());
  }

  #centreX(cell: number): number {
    return this.#pieces.box.left + ((cell % this.#columns) + 0.5) * this.#cellM;
  }

  #centreY(cell: number): number {
    return this.#pieces.box.bottom + (Math.floor(cell / this.#columns) + 0.5) * this.#cellM;
  }

  #column(x: number): number {
    return Math.min(this.#columns - 1, Math.max(0, Math.floor((x - this.#pieces.box.left) / this.#cellM)));
  }

  #row(y: number): number {
    return Math.min(this.#rows - 1, Math.max(0, Math.floor((y - this.#pieces.box.bottom) / this.#cellM)));
  }

  /** By the boxes round the pieces, which is enough to leave few. */
  #listCandidates(): number[][] {
    const lists = Array.from({ length: this.#columns * this.#rows }, (): number[] => []);
    const { count, sideStart, cornerX, cornerY } = this.#pieces;
    for (let piece = 0; piece < count; piece++) {
      const xs = cornerX.subarray(sideStart[piece], sideStart[piece + 1]);
      const ys = cornerY.subarray(sideStart[piece], sideStart[piece + 1]);
      const right = this.#column(Math.max(...xs) + this.#toleranceM);
      const top = this.#row(Math.max(...ys) + this.#toleranceM);
      for (let row = this.#row(Math.min(...ys) - this.#toleranceM); row <= top; row++)
        for (let column = this.#column(Math.min(...xs) - this.#toleranceM); column <= right; column++)
          lists[row * this.#columns + column].push(piece);
    }
    return lists;
  }

  /** The piece that a point is in, on its border counts; −1 outside the area. */
  pieceAt(x: number, y: number): number {
    const { sideStart, a, b, c, box } = this.#pieces;
    const tolerance = this.#toleranceM;
    if (!(x >= box.left - tolerance && x <= box.right + tolerance)) return -1;
    if (!(y >= box.bottom - tolerance && y <= box.top + tolerance)) return -1;
    const cell = this.#row(y) * this.#columns + this.#column(x);
    let best = -1;
    let bestDepth = -tolerance;
    for (let i = this.#candidateStart[cell]; i < this.#candidateStart[cell + 1]; i++) {
      const piece = this.#candidates[i];
      let depth = Number.POSITIVE_INFINITY;
      for (let side = sideStart[piece]; side < sideStart[piece + 1]; side++)
        depth = Math.min(depth, a[side] * x + b[side] * y + c[side]);
      if (depth > 0) return piece;
      if (depth < bestDepth) continue;
      best = piece;
      bestDepth = depth;
    }
    return best;
  }

  /** No wall is nearer to a point than this, m; may be negative, which says nothing. */
  clearanceAt(x: number, y: number): number {
    const cell = this.#row(y) * this.#columns + this.#column(x);
    const dx = x - this.#centreX(cell);
    const dy = y - this.#centreY(cell);
    return this.#clearance[cell] - Math.sqrt(dx * dx + dy * dy);
  }
}
