/**
 * Numbers of events: each greater than the one before, and none ever used twice, also when the disk fails and the process
 * is then killed. Numbers are reserved on the disk ahead of their use. Those that could not be reserved jump to the clock,
 * in ms since 1970: that is more than was ever reserved, and the next such jump is farther.
 */
export class Numbers {
  /** How many are reserved at a time. */
  static readonly block = 10_000;
  #last = 0;
  #reserved = 0;

  /** The greatest that was used. */
  get last(): number {
    return this.#last;
  }

  /** The next one. */
  take(nowMs: number): number {
    const next = this.#last + 1;
    this.#last = next <= this.#reserved ? next : Math.max(next, Math.floor(nowMs));
    return this.#last;
  }

  /** Up to which number it should be reserved now; what was reserved, unless that is used up by half. */
  wanted(): number {
    return this.#reserved - this.#last >= Numbers.block / 2 ? this.#reserved : this.#last + Numbers.block;
  }

  /** Numbers up to this one are reserved on the disk. */
  reserved(upTo: number): void {
    this.#reserved = upTo;
  }

  /** A book says that numbers up to this one may have been used. */
  continueAfter(used: number): void {
    this.#last = Math.max(this.#last, used);
  }
}
