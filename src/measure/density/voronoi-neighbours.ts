/**
 * Whose cell can border on whose: the neighbours of each seed in the Delaunay triangulation, by the library delaunator,
 * with an answer also where there is no triangulation.
 */
import Delaunator from 'delaunator';
import type { Outline } from './outline.ts';
import { TriangleCentres } from './triangle-centres.ts';

/** Neighbours of seeds in flat columns: those of seed s are in `list` from `begin[s]` to before `end[s]`. */
export class NeighbourLists {
  /** The seed whose cell a seed has: itself, unless another stands at the same place. */
  cellOf = new Uint32Array(64);
  /** How many seeds have a seed's cell. */
  sharers = new Uint32Array(64);
  begin = new Uint32Array(64);
  end = new Uint32Array(64);
  /** May name the seed itself, where it was not worth while to leave it out. */
  list = new Uint32Array(6 * 64);
  /**
   * 1 for a seed with triangles all round it whose centres are good: they are the corners of its cell, which is then
   * within the outline and needs no cutting.
   */
  isClosed = new Uint8Array(64);
  /** Triangles round a closed seed, counter-clockwise, at the same places as its neighbours in `list`. */
  triangle = new Uint32Array(6 * 64);
  readonly centres = new TriangleCentres();
  #delaunay: Delaunator<Float64Array> | null = null;
  /** A triangle side that ends at each seed, −1 for a seed outside the triangulation. */
  #incoming = new Int32Array(64);

  /** Finds the neighbours of the first `count` points. They are finite, and within the outline. */
  update(x: Float64Array, y: Float64Array, count: number, outline: Outline): void {
    if (count === 0) return;
    this.#reserve(count);
    const delaunay = this.#triangulate(x, y, count);
    const leftOut = this.#noteIncoming(delaunay, count);
    for (let seed = 0; seed < count; seed++) {
      this.cellOf[seed] = seed;
      this.sharers[seed] = 1;
    }
    const isWhole = leftOut === 0 || this.#shareCells(x, y, count);
    if (delaunay.triangles.length === 0 || !isWhole) {
      this.#listEverybody(count);
      return;
    }
    this.centres.update(delaunay.triangles, x, y, outline);
    this.#listAdjacent(delaunay, count);
  }

  #reserve(count: number): void {
    if (count <= this.begin.length) return;
    const room = 2 * count;
    this.cellOf = new Uint32Array(room);
    this.sharers = new Uint32Array(room);
    this.begin = new Uint32Array(room);
    this.end = new Uint32Array(room);
    this.isClosed = new Uint8Array(room);
    this.#incoming = new Int32Array(room);
    // A triangulation of n points has fewer than 3n sides, and each makes two neighbours.
    this.list = new Uint32Array(6 * room);
    this.triangle = new Uint32Array(6 * room);
  }

  /** The library's columns are as long as there are points: used again while their number stays. */
  #triangulate(x: Float64Array, y: Float64Array, count: number): Delaunator<Float64Array> {
    const same = this.#delaunay?.coords.length === 2 * count ? this.#delaunay : null;
    const coordinates = same?.coords ?? new Float64Array(2 * count);
    for (let seed = 0; seed < count; seed++) {
      coordinates[2 * seed] = x[seed];
      coordinates[2 * seed + 1] = y[seed];
    }
    if (same) same.update();
    this.#delaunay = same ?? new Delaunator(coordinates);
    return this.#delaunay;
  }

  /** Notes for each seed a side that ends there, at the hull the one along it; returns how many seeds have none. */
  #noteIncoming({ triangles, halfedges, hull }: Delaunator<Float64Array>, count: number): number {
    const incoming = this.#incoming;
    incoming.fill(-1, 0, count);
    let found = 0;
    for (let side = 0; side < halfedges.length; side++) {
      const seed = triangles[next(side)];
      if (incoming[seed] === -1) found++;
      else if (halfedges[side] !== -1) continue;
      incoming[seed] = side;
    }
    if (triangles.length > 0) return count - found;
    // All in line: the library names them in order, those at the same place once. Any number but −1 will do.
    for (const seed of hull) incoming[seed] = 0;
    return count - hull.length;
  }

  /**
   * Gives seeds that the triangulation left out the cell of the one at the same place.
   *
   * @returns false when there is none for one of them: then the triangulation is not to be trusted
   */
  #shareCells(x: Float64Array, y: Float64Array, count: number): boolean {
    let isWhole = true;
    for (let seed = 0; seed < count; seed++) {
      if (this.#incoming[seed] !== -1) continue;
      let same = 0;
      while (same < count && (this.#incoming[same] === -1 || x[same] !== x[seed] || y[same] !== y[seed])) same++;
      if (same === count) isWhole = false;
      else {
        this.cellOf[seed] = same;
        this.sharers[same]++;
      }
    }
    return isWhole;
  }

  /** Everybody is everybody's neighbour: right always, but slow, so only for one or two, or when all are in line. */
  #listEverybody(count: number): void {
    let length = 0;
    for (let seed = 0; seed < count; seed++) if (this.cellOf[seed] === seed) this.list[length++] = seed;
    this.begin.fill(0, 0, count);
    this.end.fill(length, 0, count);
    this.isClosed.fill(0, 0, count);
  }

  #listAdjacent({ triangles, halfedges }: Delaunator<Float64Array>, count: number): void {
    const { list, begin, end, triangle, isClosed } = this;
    const { isGood } = this.centres;
    let length = 0;
    for (let seed = 0; seed < count; seed++) {
      begin[seed] = length;
      const first = this.#incoming[seed];
      let side = first;
      let closed = side === -1 ? 0 : 1;
      while (side !== -1) {
        list[length] = triangles[side];
        triangle[length] = Math.trunc(side / 3);
        closed &= isGood[triangle[length++]];
        const outgoing = next(side);
        side = halfedges[outgoing];
        if (side === first) break;
        if (side !== -1) continue;
        // The last triangle at the hull: its far corner is a neighbour from which no side comes in.
        list[length++] = triangles[next(outgoing)];
        closed = 0;
      }
      isClosed[seed] = closed;
      end[seed] = length;
    }
  }
}

/** The next side of the same triangle. */
const next = (side: number): number => (side % 3 === 2 ? side - 2 : side + 1);
