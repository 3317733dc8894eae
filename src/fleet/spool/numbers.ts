/**
 * Sequence numbers of one camera: one after the other, and none ever used for two observations that were sent.
 *
 * Mostly the next is one more than the greatest on the disk. Where that cannot be trusted (the disk fails, the file is
 * gone or damaged, or the hub is ahead of it, so that numbers were or are being used of which it does not know), they
 * jump to the clock, in ms since 1970: cameras report far less often than once a millisecond, so
 * that the clock is always ahead of every number that came from it before. There is room for both below 2^53.
 *
 * What remains: a number whose writing failed half-way stays with its observation. Were the process to die then, the
 * row to be lost with it, and the hub not to know yet what is under way, the number would be given out again; the hub
 * refuses the second (`Appended.refused`), counts it, and never counts anything twice.
 */
export class Numbers {
  #next: number;
  /** `new`: there was no file; all is well if the hub knows nothing of the camera either. */
  #trust: 'sure' | 'new' | 'doubtful';

  constructor() {
    this.#next = 1;
    this.#trust = 'doubtful';
  }

  /** The disk was opened, and says which number was the last. */
  opened(last: number, isFresh: boolean): void {
    this.skipTo(last);
    this.#trust = isFresh ? 'new' : 'sure';
  }

  /** Takes into account what the hub knows; 0 when it knows nothing of the camera. */
  continueAfter(sequence: number): void {
    // A hub that is ahead of the disk was sent what the disk never had, and there may be more under way.
    if (sequence >= this.#next) this.#trust = 'doubtful';
    else if (this.#trust === 'new') this.#trust = 'sure';
    this.skipTo(sequence);
  }

  /** The disk came back: no number up to its last is given out. */
  skipTo(last: number): void {
    this.#next = Math.max(this.#next, last + 1);
  }

  /** From now on there may be numbers of which the disk does not know. */
  distrust(): void {
    this.#trust = 'doubtful';
  }

  /** The next number. It is given to one observation only when `take` is called. */
  next(nowMs: number): number {
    if (this.#trust !== 'sure') this.#next = Math.max(this.#next, Math.floor(nowMs));
    this.#trust = 'sure';
    return this.#next;
  }

  /** The next number is used now. */
  take(): void {
    this.#next++;
  }
}
