import type { Frame } from '../frame.ts';
import type { Slot } from '../frame-maker.ts';

/**
 * Hands the newest frame from whoever makes frames to whoever takes them. Nothing is queued: of three buffers one is
 * being filled, one holds the newest frame, and one is with the taker.
 *
 * ```
 *   maker: spare() -> fill it -> offer()        taker: take() -> use the frame -> take()
 * ```
 */
export class NewestFrame {
  readonly #spare: Slot[] = [];
  #newest: Slot | null = null;
  #taken: Slot | null = null;
  #waiting: PromiseWithResolvers<Frame | null> | null = null;
  #closed = false;
  #dropped = 0;

  /** Frames that were replaced before anybody took them. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Brings the three buffers, once their size is known. */
  supply(slots: readonly Slot[]): void {
    this.#spare.push(...slots);
  }

  /** A buffer to fill; none while the maker fills one already. */
  spare(): Slot | null {
    return this.#spare.pop() ?? null;
  }

  /** Takes back a buffer that was not filled. */
  giveBack(slot: Slot): void {
    this.#spare.push(slot);
  }

  /** Puts a frame up for taking, in place of one that nobody took. */
  offer(slot: Slot): void {
    this.discard();
    this.#newest = slot;
    const waiting = this.#waiting;
    if (!waiting) return;
    this.#waiting = null;
    waiting.resolve(this.#hand());
  }

  /** Drops the frame that nobody took. */
  discard(): void {
    if (!this.#newest) return;
    this.#dropped++;
    this.#spare.push(this.#newest);
    this.#newest = null;
  }

  /** The newest frame, valid until the next call; waits for one. Null once closed. */
  take(): Promise<Frame | null> {
    if (this.#taken) this.#spare.push(this.#taken);
    this.#taken = null;
    if (this.#closed) return Promise.resolve(null);
    if (this.#newest) return Promise.resolve(this.#hand());
    this.#waiting ??= Promise.withResolvers<Frame | null>();
    return this.#waiting.promise;
  }

  /** Tells whoever waits that nothing more will come. */
  close(): void {
    this.#closed = true;
    this.#waiting?.resolve(null);
    this.#waiting = null;
  }

  #hand(): Frame | null {
    this.#taken = this.#newest;
    this.#newest = null;
    return this.#taken?.frame ?? null;
  }
}
