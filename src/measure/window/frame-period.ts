/** How much time one frame stands for, learned from the last frames. */

const KEPT = 15;
/** Frames further apart than this many ordinary periods have a hole between them. */
const HOLE = 3;

/** Follows the time between frames. */
export class FramePeriod {
  readonly #recent = new Float64Array(KEPT);
  readonly #sorted = new Float64Array(KEPT);
  #count = 1;
  #next = 1;
  #ms: number;

  /** @param nominalMs time between frames as announced: believed until the frames show their own */
  constructor(nominalMs: number) {
    this.#recent[0] = nominalMs;
    this.#ms = nominalMs;
  }

  /** Ordinary time between frames, ms: the median of the last 15, the lower of the middle two. */
  get ms(): number {
    return this.#ms;
  }

  /**
   * Takes the time from one frame to the next.
   *
   * @returns how much of it the first of the two stands for, ms: all of it, and after it an ordinary period only when
   *   a hole follows
   */
  credit(gapMs: number): number {
    const credited = gapMs > HOLE * this.#ms ? this.#ms : gapMs;
    this.#recent[this.#next] = gapMs;
    this.#next = (this.#next + 1) % KEPT;
    this.#count = Math.min(KEPT, this.#count + 1);
    this.#ms = this.#median();
    return credited;
  }

  /** By insertion: nothing is allocated for a frame. */
  #median(): number {
    for (let i = 0; i < this.#count; i++) {
      let at = i;
      for (; at > 0 && this.#sorted[at - 1] > this.#recent[i]; at--) this.#sorted[at] = this.#sorted[at - 1];
      this.#sorted[at] = this.#recent[i];
    }
    return this.#sorted[(this.#count - 1) >> 1];
  }
}
