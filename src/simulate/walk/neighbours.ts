/** Who is near whom: people sorted into squares, anew at every step. */

const MOST_CELLS = 65_536;

/** People by the square that they are in: `order[start[cell] … start[cell + 1] − 1]` are the rows of those in it. */
export class Neighbours {
  readonly columns: number;
  readonly rows: number;
  readonly cellM: number;
  /** So many squares around one's own hold everybody within reach. */
  readonly around: number;
  readonly start: Uint32Array;
  order = new Uint32Array(64);
  #cell = new Uint32Array(64);

  constructor(widthM: number, heightM: number, reachM: number) {
    this.cellM = Math.max(reachM / 2, Math.sqrt((widthM * heightM) / MOST_CELLS));
    this.around = Math.ceil(reachM / this.cellM);
    this.columns = Math.ceil(widthM / this.cellM) + 1;
    this.rows = Math.ceil(heightM / this.cellM) + 1;
    this.start = new Uint32Array(this.columns * this.rows + 1);
  }

  /** Column of squares that an x is in. */
  columnAt(x: number): number {
    return Math.min(this.columns - 1, Math.max(0, Math.floor(x / this.cellM)));
  }

  /** Row of squares that a y is in. */
  rowAt(y: number): number {
    return Math.min(this.rows - 1, Math.max(0, Math.floor(y / this.cellM)));
  }

  /** Sorts people anew. */
  update(x: Float64Array, y: Float64Array, count: number): void {
    if (this.order.length < count) {
      this.order = new Uint32Array(2 * count);
      this.#cell = new Uint32Array(2 * count);
    }
    const { start, order } = this;
    const cells = this.#cell;
    start.fill(0);
    for (let i = 0; i < count; i++) {
      cells[i] = this.rowAt(y[i]) * this.columns + this.columnAt(x[i]);
      start[cells[i] + 1]++;
    }
    for (let cell = 1; cell < start.length; cell++) start[cell] += start[cell - 1];
    // Each square is filled from its end, which leaves its start where it belongs.
    for (let i = count - 1; i >= 0; i--) order[--start[cells[i] + 1]] = i;
    // Every start was shifted by one square on the way.
    start.copyWithin(0, 1);
    start[start.length - 1] = count;
  }

  /** Whether somebody is nearer to a place than a distance, no more than the reach. */
  isAnyoneWithin(x: number, y: number, distanceM: number, px: Float64Array, py: Float64Array): boolean {
    const { around, columns, rows, start, order } = this;
    const column = this.columnAt(x);
    const row = this.rowAt(y);
    for (let r = Math.max(0, row - around); r <= Math.min(rows - 1, row + around); r++) {
      const from = start[r * columns + Math.max(0, column - around)];
      const to = start[r * columns + Math.min(columns - 1, column + around) + 1];
      for (let i = from; i < to; i++) {
        const dx = px[order[i]] - x;
        const dy = py[order[i]] - y;
        if (dx * dx + dy * dy < distanceM * distanceM) return true;
      }
    }
    return false;
  }
}
