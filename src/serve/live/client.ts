import { Readable } from 'node:stream';

/** A client may be so far behind, bytes, beside what it asked to have again. */
const MOST_BEHIND_BYTES = 262_144;
/** And for so long not take anything, ms. */
const LONGEST_BLOCKED_MS = 10_000;

/**
 * One client of the live stream: bytes on their way to it. They are shared by all clients, so that a slow one costs
 * references, and it is given up before these are many.
 */
export class LiveClient extends Readable {
  /** As the audit log names whoever listens. */
  readonly name: string;
  /** The last line of the shift log that it has been told when it joined. */
  alertsUpTo = 0;
  readonly #endsMs: number;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #mostBytes = MOST_BEHIND_BYTES;
  /** Whether the connection takes bytes at once. */
  #flows = false;
  #isOver = false;
  #tookMs: number;

  /** @param endsMs when it is ended, so that who asks again shows that they still may */
  constructor(name: string, nowMs: number, endsMs: number) {
    // One byte: what the connection does not take at once is held here, where it can be seen.
    super({ highWaterMark: 1 });
    this.name = name;
    this.#tookMs = nowMs;
    this.#endsMs = endsMs;
  }

  /** Hands over what was asked for again, however much that is. */
  replay(events: readonly Buffer[]): void {
    for (const bytes of events) {
      this.#mostBytes += bytes.length;
      this.#offer(bytes);
    }
  }

  /** Hands over an event, unless the client is given up because it does not keep up. */
  send(bytes: Buffer, nowMs: number): void {
    if (this.#isLost(nowMs)) this.destroy();
    else if (nowMs >= this.#endsMs) this.#finish();
    else this.#offer(bytes);
  }

  override _read(): void {
    this.#tookMs = performance.now();
    this.#flows = true;
    let taken = 0;
    while (this.#flows && taken < this.#waiting.length) this.#push(this.#waiting[taken++]);
    for (const { length } of this.#waiting.splice(0, taken)) this.#waitingBytes -= length;
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#waiting = [];
    this.#waitingBytes = 0;
    done(error);
  }

  /** What is still waiting is asked for again, by name. */
  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.push(null);
  }

  #offer(bytes: Buffer): void {
    if (this.#isOver) return;
    if (this.#flows) this.#push(bytes);
    else {
      this.#waiting.push(bytes);
      this.#waitingBytes += bytes.length;
    }
  }

  #push(bytes: Buffer): void {
    // Before, for it may ask for more while it is being handed over.
    this.#flows = false;
    if (this.push(bytes)) this.#flows = true;
  }

  #isLost(nowMs: number): boolean {
    const behind = this.#waitingBytes + this.readableLength;
    return behind > this.#mostBytes || (behind > 0 && nowMs - this.#tookMs > LONGEST_BLOCKED_MS);
  }
}
