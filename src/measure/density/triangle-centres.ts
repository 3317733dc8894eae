import { isWithin, type Outline } from './outline.ts';

/**
 * A triangle whose double area is less than this share of the squares of two of its sides is too flat: rounding would
 * move its centre by more than 10⁻¹² of its size.
 */
const FLAT = 1e-4;

/** Centres of the circles round the triangles of a triangulation: where the cells of their three corners meet. */
export class TriangleCentres {
  x = new Float64Array(128);
  y = new Float64Array(128);
  /** 1 for a centre that is within the outline, and well known; else 0. */
  isGood = new Uint8Array(128);

  /** Takes triangles as three seeds each, and where the seeds are. */
  update(triangles: Uint32Array, x: Float64Array, y: Float64Array, outline: Outline): void {
    const count = triangles.length / 3;
    if (count > this.x.length) this.#reserve(2 * count);
    for (let triangle = 0; triangle < count; triangle++) {
      const a = triangles[3 * triangle];
      const b = triangles[3 * triangle + 1];
      const c = triangles[3 * triangle + 2];
      // From the first corner, so that little is lost to rounding.
      const bx = x[b] - x[a];
      const by = y[b] - y[a];
      const cx = x[c] - x[a];
      const cy = y[c] - y[a];
      const bb = bx * bx + by * by;
      const cc = cx * cx + cy * cy;
      const doubleArea = bx * cy - by * cx;
      const centreX = x[a] + (cy * bb - by * cc) / (2 * doubleArea);
      const centreY = y[a] + (bx * cc - cx * bb) / (2 * doubleArea);
      this.x[triangle] = centreX;
      this.y[triangle] = centreY;
      const isGood = Math.abs(doubleArea) > FLAT * (bb + cc) && isWithin(outline, centreX, centreY);
      this.isGood[triangle] = isGood ? 1 : 0;
    }
  }

  #reserve(room: number): void {
    this.x = new Float64Array(room);
    this.y = new Float64Array(room);
    this.isGood = new Uint8Array(room);
  }
}
