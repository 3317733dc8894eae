/**
 * Groups of points: two belong together when they are no further apart than a link, or joined by others that are
 * (single linkage). A grid of cells as wide as the link, kept as a hash table, leaves only neighbours to look at, so
 * that the time grows with the number of points and not with its square.
 */

const LEAST_BUCKETS = 64;

const bucketOf = (column: number, row: number, mask: number): number =>
  (Math.imul(column, 73_856_093) ^ Math.imul(row, 19_349_663)) & mask;

/** Finds groups; what it needs is kept from frame to frame. */
export class Groups {
  readonly #linkM: number;
  #parent = new Int32Array(LEAST_BUCKETS);
  #next = new Int32Array(LEAST_BUCKETS);
  #column = new Int32Array(LEAST_BUCKETS);
  #row = new Int32Array(LEAST_BUCKETS);
  #heads = new Int32Array(LEAST_BUCKETS);

  /** @param linkM m (> 0) */
  constructor(linkM: number) {
    this.#linkM = linkM;
  }

  /**
   * Groups the first `count` points.
   *
   * @returns for each point one that stands for its group, the same for all of it; overwritten by the next call
   */
  find(x: Float64Array, y: Float64Array, count: number): Int32Array {
    this.#reserve(count);
    const mask = this.#heads.length - 1;
    for (let i = 0; i < count; i++) {
      this.#parent[i] = i;
      this.#column[i] = Math.floor(x[i] / this.#linkM);
      this.#row[i] = Math.floor(y[i] / this.#linkM);
      this.#linkNeighbours(x, y, i);
      const bucket = bucketOf(this.#column[i], this.#row[i], mask);
      this.#next[i] = this.#heads[bucket];
      this.#heads[bucket] = i;
    }
    for (let i = 0; i < count; i++) this.#parent[i] = this.#root(i);
    return this.#parent;
  }

  #reserve(count: number): void {
    if (this.#parent.length < count) {
      const length = 2 ** Math.ceil(Math.log2(2 * count));
      this.#parent = new Int32Array(length);
      this.#next = new Int32Array(length);
      this.#column = new Int32Array(length);
      this.#row = new Int32Array(length);
      this.#heads = new Int32Array(length);
    }
    this.#heads.fill(-1);
  }

  /** Joins a point to those before it that are near. */
  #linkNeighbours(x: Float64Array, y: Float64Array, i: number): void {
    const mask = this.#heads.length - 1;
    const reach = this.#linkM ** 2;
    for (let row = this.#row[i] - 1; row <= this.#row[i] + 1; row++) {
      for (let column = this.#column[i] - 1; column <= this.#column[i] + 1; column++) {
        // Two cells may share a bucket: whoever is met there is near, or is not.
        for (let j = this.#heads[bucketOf(column, row, mask)]; j >= 0; j = this.#next[j]) {
          if ((x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2 <= reach) this.#join(i, j);
        }
      }
    }
  }

  #join(i: number, j: number): void {
    const a = this.#root(i);
    const b = this.#root(j);
    if (a !== b) this.#parent[Math.max(a, b)] = Math.min(a, b);
  }

  #root(i: number): number {
    let root = i;
    while (this.#parent[root] !== root) {
      this.#parent[root] = this.#parent[this.#parent[root]];
      root = this.#parent[root];
    }
    return root;
  }
}
