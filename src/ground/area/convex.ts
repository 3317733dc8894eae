/** Room for corners at the start; a polygon with more gets more. */
const INITIAL_CORNERS = 64;

/**
 * A convex polygon that is cut again and again: flat columns that are used again, for loops in which nothing may be
 * allocated. Corners run counter-clockwise with y up. A polygon that was cut away has `count` 0.
 */
export class ConvexPolygon {
  count = 0;
  x = new Float64Array(INITIAL_CORNERS);
  y = new Float64Array(INITIAL_CORNERS);
  #spareX = new Float64Array(INITIAL_CORNERS);
  #spareY = new Float64Array(INITIAL_CORNERS);
  /** How far inside each corner is. */
  #inside = new Float64Array(INITIAL_CORNERS);

  #grow(corners: number): void {
    const x = new Float64Array(2 * corners);
    const y = new Float64Array(2 * corners);
    const inside = new Float64Array(2 * corners);
    x.set(this.x);
    y.set(this.y);
    inside.set(this.#inside);
    this.x = x;
    this.y = y;
    this.#inside = inside;
    this.#spareX = new Float64Array(2 * corners);
    this.#spareY = new Float64Array(2 * corners);
  }

  /** Becomes the polygon whose corners are in the columns from `begin` to before `end`, moved by (dx, dy). */
  load(x: Float64Array, y: Float64Array, begin: number, end: number, dx: number, dy: number): void {
    const count = end - begin;
    if (count > this.x.length) this.#grow(count);
    for (let i = 0; i < count; i++) {
      this.x[i] = x[begin + i] + dx;
      this.y[i] = y[begin + i] + dy;
    }
    this.count = count;
  }

  /** The same with corners picked from the columns by the numbers in `picks`, from `begin` to before `end`. */
  gather(
    x: Float64Array,
    y: Float64Array,
    picks: Uint32Array,
    begin: number,
    end: number,
    dx: number,
    dy: number,
  ): void {
    const count = end - begin;
    if (count > this.x.length) this.#grow(count);
    for (let i = 0; i < count; i++) {
      this.x[i] = x[picks[begin + i]] + dx;
      this.y[i] = y[picks[begin + i]] + dy;
    }
    this.count = count;
  }

  /** Becomes a copy of another polygon. */
  copy(other: ConvexPolygon): void {
    this.load(other.x, other.y, 0, other.count, 0, 0);
  }

  /**
   * Cuts off what lies where a·x + b·y + c < 0.
   *
   * @returns whether anything was cut off
   */
  clip(a: number, b: number, c: number): boolean {
    const { count, x, y } = this;
    const inside = this.#inside;
    let outside = 0;
    for (let i = 0; i < count; i++) {
      const at = a * x[i] + b * y[i] + c;
      inside[i] = at;
      if (at < 0) outside++;
    }
    if (outside === 0) return false;
    if (outside === count) this.count = 0;
    else this.#cut();
    return true;
  }

  /** Writes what is inside to the spare columns, and exchanges them for the others. */
  #cut(): void {
    const { count } = this;
    // Rounding may put every other corner outside, and each of those leaves two new ones.
    if (2 * count > this.x.length) this.#grow(2 * count);
    const { x, y } = this;
    const inside = this.#inside;
    const toX = this.#spareX;
    const toY = this.#spareY;
    let kept = 0;
    let last = count - 1;
    for (let i = 0; i < count; i++) {
      const before = inside[last];
      const at = inside[i];
      if (before < 0 !== at < 0) {
        const share = before / (before - at);
        toX[kept] = x[last] + share * (x[i] - x[last]);
        toY[kept++] = y[last] + share * (y[i] - y[last]);
      }
      if (at >= 0) {
        toX[kept] = x[i];
        toY[kept++] = y[i];
      }
      last = i;
    }
    this.#spareX = x;
    this.#spareY = y;
    this.x = toX;
    this.y = toY;
    this.count = kept;
  }

  /** Its area, ≥ 0. */
  get area(): number {
    const { count, x, y } = this;
    if (count < 3) return 0;
    const x0 = x[0];
    const y0 = y[0];
    let twice = 0;
    for (let i = 2; i < count; i++) twice += (x[i - 1] - x0) * (y[i] - y0) - (x[i] - x0) * (y[i - 1] - y0);
    return Math.max(0, twice / 2);
  }

  /** Square of the distance from the origin to the furthest corner. */
  get reachSquared(): number {
    const { count, x, y } = this;
    let most = 0;
    for (let i = 0; i < count; i++) {
      const square = x[i] * x[i] + y[i] * y[i];
      if (square > most) most = square;
    }
    return most;
  }

  /** Length of that part of the segment from (ax, ay) to (bx, by) which lies in the polygon. */
  lengthInside(ax: number, ay: number, bx: number, by: number): number {
    const { count, x, y } = this;
    let enter = 0;
    let leave = 1;
    let last = count - 1;
    for (let i = 0; i < count; i++) {
      const sideX = x[i] - x[last];
      const sideY = y[i] - y[last];
      const atA = sideX * (ay - y[last]) - sideY * (ax - x[last]);
      const atB = sideX * (by - y[last]) - sideY * (bx - x[last]);
      last = i;
      if (atA >= 0 && atB >= 0) continue;
      if (atA <= 0 && atB <= 0) return 0;
      const share = atA / (atA - atB);
      if (atA < 0) enter = Math.max(enter, share);
      else leave = Math.min(leave, share);
    }
    return count < 3 ? 0 : Math.max(0, leave - enter) * Math.hypot(bx - ax, by - ay);
  }
}
