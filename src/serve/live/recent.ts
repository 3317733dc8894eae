import type { EventName } from './event.ts';

/** An event that was told to everybody. */
export interface RecentEvent {
  readonly name: EventName;
  /** Line of the shift log that it tells of; null for a moment. */
  readonly line: number | null;
  /** What it tells, without its name. */
  readonly told: Buffer;
  /** When it was told, by a clock that cannot be set. */
  readonly atMs: number;
}

/** The events of the last while, in bounded memory: the oldest go first. */
export class RecentEvents {
  readonly #longestMs: number;
  readonly #mostBytes: number;
  #events: RecentEvent[] = [];
  #bytes = 0;

  constructor(longestMs: number, mostBytes: number) {
    this.#longestMs = longestMs;
    this.#mostBytes = mostBytes;
  }

  add(event: RecentEvent): void {
    this.#events.push(event);
    this.#bytes += event.told.length;
    let dropped = 0;
    // The newest always stays: it is what a new client is told first.
    while (dropped < this.#events.length - 1 && this.#isOver(this.#events[dropped], event.atMs)) {
      this.#bytes -= this.#events[dropped].told.length;
      dropped++;
    }
    if (dropped > 0) this.#events = this.#events.slice(dropped);
  }

  /** The event of a number. */
  at(number: number): RecentEvent | undefined {
    return this.#events.find(({ name }) => name.number === number);
  }

  /** Events after a number, in order. */
  after(number: number): readonly RecentEvent[] {
    return this.#events.filter(({ name }) => name.number > number);
  }

  /** The last moment. */
  lastMoment(): RecentEvent | undefined {
    return this.#events.findLast(({ line }) => line === null);
  }

  #isOver({ atMs }: RecentEvent, nowMs: number): boolean {
    return this.#bytes > this.#mostBytes || nowMs - atMs > this.#longestMs;
  }
}
