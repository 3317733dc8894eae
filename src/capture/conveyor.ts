/**
 * A bounded belt between a producer and a consumer that run beside each other. A fixed number of slots goes round:
 *
 * ```
 *   producer: empty() -> fill the slot -> put()      consumer: take() -> use the slot -> giveBack()
 * ```
 *
 * The producer waits when every slot is full or in use, so memory stays what it was at the start.
 */
export class Conveyor<Slot> {
  readonly #empty: Slot[];
  readonly #full: Slot[] = [];
  #change = Promise.withResolvers<void>();
  #ended = false;
  #stopped = false;
  #failure: { readonly error: unknown } | null = null;

  constructor(slots: readonly Slot[]) {
    this.#empty = [...slots];
  }

  /** Whether one side asked both to stop. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** The producer's next slot; null once stopped. */
  async empty(): Promise<Slot | null> {
    for (;;) {
      if (this.#stopped) return null;
      const slot = this.#empty.pop();
      if (slot !== undefined) return slot;
      await this.#change.promise;
    }
  }

  /** Hands a filled slot to the consumer. */
  put(slot: Slot): void {
    this.#full.push(slot);
    this.#notify();
  }

  /** The consumer's next slot, in order; null after the last. Throws what the producer failed with, in its turn. */
  async take(): Promise<Slot | null> {
    for (;;) {
      const slot = this.#full.shift();
      if (slot !== undefined) return slot;
      if (this.#failure) throw this.#failure.error;
      if (this.#ended || this.#stopped) return null;
      await this.#change.promise;
    }
  }

  /** Returns a slot that the consumer has finished with. */
  giveBack(slot: Slot): void {
    this.#empty.push(slot);
    this.#notify();
  }

  /** The producer has no more. */
  end(): void {
    this.#ended = true;
    this.#notify();
  }

  /** The producer failed: the consumer still gets what was put before, then the error. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.end();
  }

  /** Stops both sides at once; with a reason, the consumer is thrown it instead of what lies on the belt. */
  stop(reason?: unknown): void {
    this.#stopped = true;
    this.#full.length = 0;
    if (reason !== undefined) this.#failure = { error: reason };
    this.#notify();
  }

  #notify(): void {
    this.#change.resolve();
    this.#change = Promise.withResolvers<void>();
  }
}
