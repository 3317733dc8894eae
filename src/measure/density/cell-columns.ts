import type { ConvexPolygon } from '../../ground/index.ts';
import { grown } from '../track-slots.ts';

/** A fragment smaller than this is rounding, m². */
const NO_AREA_M2 = 1e-15;

/**
 * Cells of one frame, row by row of its positions. Row r has the fragments from `fragmentBegin[r]` to before
 * `fragmentEnd[r]`; fragment f has the corners from `cornerBegin[f]` to before `cornerBegin[f + 1]`, counter-clockwise,
 * in metres from its person. Fragments are convex and do not overlap. Columns are used again from frame to frame.
 *
 * People at the same place share one cell: each has all of its fragments, and an equal `portion` of its area.
 */
export class CellColumns {
  rows = 0;
  /** Area of each row's own portion, m²; NaN for a row without a cell, or whose cell was not asked for. */
  areaM2 = new Float64Array(64);
  /** 1 ÷ number of people who share the cell. */
  portion = new Float64Array(64);
  /** Place of each person, m, from the walkable area's origin. */
  x = new Float64Array(64);
  y = new Float64Array(64);
  /** Square of a distance that no corner is further than from the person, m². */
  reachSquaredM2 = new Float64Array(64);
  fragmentBegin = new Uint32Array(64);
  fragmentEnd = new Uint32Array(64);
  cornerBegin = new Uint32Array(256);
  cornerX = new Float64Array(1024);
  cornerY = new Float64Array(1024);
  #fragments = 0;

  /** Makes room for as many rows, none of which has a cell. */
  reset(rows: number): void {
    if (rows > this.areaM2.length) this.#reserve(2 * rows);
    this.rows = rows;
    this.#fragments = 0;
    this.areaM2.fill(Number.NaN, 0, rows);
    this.fragmentBegin.fill(0, 0, rows);
    this.fragmentEnd.fill(0, 0, rows);
  }

  #reserve(room: number): void {
    this.areaM2 = new Float64Array(room);
    this.portion = new Float64Array(room);
    this.x = new Float64Array(room);
    this.y = new Float64Array(room);
    this.reachSquaredM2 = new Float64Array(room);
    this.fragmentBegin = new Uint32Array(room);
    this.fragmentEnd = new Uint32Array(room);
  }

  /** Begins the cell of a row. */
  open(row: number, x: number, y: number, portion: number, reachSquaredM2: number): void {
    this.x[row] = x;
    this.y[row] = y;
    this.portion[row] = portion;
    this.reachSquaredM2[row] = reachSquaredM2;
    this.areaM2[row] = 0;
    this.fragmentBegin[row] = this.#fragments;
    this.fragmentEnd[row] = this.#fragments;
  }

  /** Adds a convex polygon to the cell of the row begun last. */
  add(row: number, polygon: ConvexPolygon): void {
    const { area, count, x, y } = polygon;
    if (area < NO_AREA_M2) return;
    const begin = this.cornerBegin[this.#fragments];
    if (begin + count > this.cornerX.length) this.#growCorners(begin + count);
    for (let i = 0; i < count; i++) {
      this.cornerX[begin + i] = x[i];
      this.cornerY[begin + i] = y[i];
    }
    if (++this.#fragments === this.cornerBegin.length) this.#growFragments();
    this.cornerBegin[this.#fragments] = begin + count;
    this.fragmentEnd[row] = this.#fragments;
    this.areaM2[row] += area * this.portion[row];
  }

  /** Gives a row the cell of another that stands at the same place. */
  share(row: number, owner: number): void {
    this.x[row] = this.x[owner];
    this.y[row] = this.y[owner];
    this.portion[row] = this.portion[owner];
    this.reachSquaredM2[row] = this.reachSquaredM2[owner];
    this.areaM2[row] = this.areaM2[owner];
    this.fragmentBegin[row] = this.fragmentBegin[owner];
    this.fragmentEnd[row] = this.fragmentEnd[owner];
  }

  #growCorners(corners: number): void {
    this.cornerX = grown(this.cornerX, 2 * corners);
    this.cornerY = grown(this.cornerY, 2 * corners);
  }

  #growFragments(): void {
    const longer = new Uint32Array(2 * this.cornerBegin.length);
    longer.set(this.cornerBegin);
    this.cornerBegin = longer;
  }
}
