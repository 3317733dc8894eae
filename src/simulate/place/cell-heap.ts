/** Squares in the order of a number, least first: a binary heap in flat columns. A square may be in it more than once. */
export class CellHeap {
  #keys = new Float64Array(256);
  #cells = new Uint32Array(256);
  #size = 0;

  /** How many are in it. */
  get size(): number {
    return this.#size;
  }

  /** Puts a square in. */
  push(key: number, cell: number): void {
    if (this.#size === this.#keys.length) this.#grow();
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#keys[parent] <= key) break;
      this.#keys[at] = this.#keys[parent];
      this.#cells[at] = this.#cells[parent];
      at = parent;
    }
    this.#keys[at] = key;
    this.#cells[at] = cell;
  }

  /** Takes the square with the least number out; only when there is one. */
  pop(): number {
    const first = this.#cells[0];
    const key = this.#keys[--this.#size];
    const cell = this.#cells[this.#size];
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#keys[child + 1] < this.#keys[child]) child++;
      if (this.#keys[child] >= key) break;
      this.#keys[at] = this.#keys[child];
      this.#cells[at] = this.#cells[child];
      at = child;
    }
    this.#keys[at] = key;
    this.#cells[at] = cell;
    return first;
  }

  #grow(): void {
    const keys = new Float64Array(2 * this.#size);
    const cells = new Uint32Array(2 * this.#size);
    keys.set(this.#keys);
    cells.set(this.#cells);
    this.#keys = keys;
    this.#cells = cells;
  }
}
