function longer(column: Float32Array): Float32Array {
  const grown = new Float32Array(Math.max(64, column.length * 2));
  grown.set(column);
  return grown;
}

/**
 * Boxes on their way from a decoder to suppression: flat columns that grow when they must and are used again.
 */
export class Candidates {
  /** How many are in use; the columns are longer. */
  count = 0;
  left: Float32Array;
  top: Float32Array;
  right: Float32Array;
  bottom: Float32Array;
  /** Confidence, 0 to 1. */
  score: Float32Array;
  /** Index into the contract's `OBJECT_CLASSES`. */
  classIndex: Uint8Array;

  /** @param capacity boxes to make room for at first */
  constructor(capacity: number) {
    this.left = new Float32Array(capacity);
    this.top = new Float32Array(capacity);
    this.right = new Float32Array(capacity);
    this.bottom = new Float32Array(capacity);
    this.score = new Float32Array(capacity);
    this.classIndex = new Uint8Array(capacity);
  }

  /** Forgets all boxes and keeps the memory. */
  clear(): void {
    this.count = 0;
  }

  /** Adds a box, its sides as fractions of the delivered frame. */
  add(left: number, top: number, right: number, bottom: number, score: number, classIndex: number): void {
    if (this.count === this.score.length) this.#grow();
    const at = this.count++;
    this.left[at] = left;
    this.top[at] = top;
    this.right[at] = right;
    this.bottom[at] = bottom;
    this.score[at] = score;
    this.classIndex[at] = classIndex;
  }

  #grow(): void {
    this.left = longer(this.left);
    this.top = longer(this.top);
    this.right = longer(this.right);
    this.bottom = longer(this.bottom);
    this.score = longer(this.score);
    const classes = new Uint8Array(this.score.length);
    classes.set(this.classIndex);
    this.classIndex = classes;
  }
}
