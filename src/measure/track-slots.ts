/** Where columns of state keep what belongs to one track, while it lives. Ids go in and never come out. */

/** Numbers rows of flat columns by track id; rows of the dead are used again. */
export class TrackSlots {
  readonly #slots = new Map<number, number>();
  readonly #free: number[] = [];
  readonly #lifeMs: number;
  #lastSeenMs = new Float64Array(16);
  #next = 0;
  #sweptMs = Number.NEGATIVE_INFINITY;

  /** @param lifeMs a track unseen for this long is forgotten */
  constructor(lifeMs: number) {
    this.#lifeMs = lifeMs;
  }

  /** Rows that columns need. */
  get capacity(): number {
    return this.#lastSeenMs.length;
  }

  /** Tracks remembered. */
  get size(): number {
    return this.#slots.size;
  }

  /** Row of a track that is seen now; −1 when it was not known. */
  find(id: number, timeMs: number): number {
    const slot = this.#slots.get(id);
    if (slot === undefined) return -1;
    this.#lastSeenMs[slot] = timeMs;
    return slot;
  }

  /** A row for a track seen for the first time. Columns may have to grow to {@link capacity} before it is used. */
  create(id: number, timeMs: number): number {
    const slot = this.#free.pop() ?? this.#next++;
    if (slot === this.#lastSeenMs.length) this.#lastSeenMs = grown(this.#lastSeenMs, 2 * slot);
    this.#slots.set(id, slot);
    this.#lastSeenMs[slot] = timeMs;
    return slot;
  }

  /** Forgets tracks that were unseen for a life, telling of each row first. Looks every half life. */
  sweep(nowMs: number, forgotten?: (slot: number) => void): void {
    const sinceMs = nowMs - this.#sweptMs;
    // A clock that is set back would otherwise keep everybody until it has caught up.
    if (sinceMs >= 0 && sinceMs < this.#lifeMs / 2) return;
    this.#sweptMs = nowMs;
    for (const [id, slot] of this.#slots) {
      if (Math.abs(nowMs - this.#lastSeenMs[slot]) <= this.#lifeMs) continue;
      forgotten?.(slot);
      this.#slots.delete(id);
      this.#free.push(slot);
    }
  }

  /** Forgets all tracks, telling of each row first. */
  clear(forgotten?: (slot: number) => void): void {
    for (const slot of this.#slots.values()) forgotten?.(slot);
    this.#slots.clear();
    this.#free.length = 0;
    this.#next = 0;
  }
}

/** The same numbers in a column of `length`, or the column itself when it is long enough. */
export const grown = (column: Float64Array, length: number): Float64Array<ArrayBuffer> => {
  const longer = new Float64Array(Math.max(length, column.length));
  longer.set(column);
  return longer;
};
