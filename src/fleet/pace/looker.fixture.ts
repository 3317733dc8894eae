/** One looker and some cameras, in a time of their own: frames come, wait for their turn, and are looked at or missed. */
import { createPacer, type PacedCamera, type Pacer } from './pacer.ts';
import { createTurns } from './turns.ts';

/** What happened in a stretch of time. */
export interface Account {
  /** Looks a second, by camera. */
  readonly ratePerS: ReadonlyMap<string, number>;
  readonly missed: number;
  readonly busyShare: number;
}

/** Between two frames that a camera gives, ms. */
const FRAME_MS = 40;

/** A looker that needs `lookMs` for a look. */
export class Looker {
  readonly pacer: Pacer;
  lookMs: number;
  readonly #turns = createTurns();
  readonly #cameras: readonly string[];
  #nowMs = 0;
  #freeAtMs = 0;
  readonly #nextDueMs = new Map<string, number>();
  readonly #waiting = new Set<string>();
  #looks = new Map<string, number>();
  #missed = 0;
  #busyMs = 0;

  constructor(cameras: readonly PacedCamera[], lookMs: number) {
    this.pacer = createPacer({ cameras });
    this.lookMs = lookMs;
    this.#cameras = cameras.map(({ id }) => id);
    // Cameras are not in step.
    for (const [i, id] of this.#cameras.entries()) this.#nextDueMs.set(id, (i * 17) % 200);
  }

  /** Lets so many seconds go by. */
  run(seconds: number): Account {
    this.#looks = new Map(this.#cameras.map((id) => [id, 0]));
    this.#missed = 0;
    this.#busyMs = 0;
    const endMs = this.#nowMs + seconds * 1000;
    for (; this.#nowMs < endMs; this.#nowMs++) this.#millisecond();
    const ratePerS = new Map([...this.#looks].map(([id, looks]) => [id, looks / seconds]));
    return { ratePerS, missed: this.#missed, busyShare: this.#busyMs / (seconds * 1000) };
  }

  #millisecond(): void {
    for (const camera of this.#cameras) this.#offer(camera);
    if (this.#nowMs >= this.#freeAtMs) this.#look();
    if (this.#nowMs % 1000 === 999) this.pacer.update(this.#nowMs);
  }

  /** A frame that is due replaces one that still waits, which is then missed. */
  #offer(camera: string): void {
    const dueMs = this.#nextDueMs.get(camera) ?? 0;
    if (this.#nowMs < dueMs || this.#nowMs % FRAME_MS !== 0) return;
    const { allowedPerS } = this.pacer.pace(camera);
    this.#nextDueMs.set(camera, Math.max(dueMs + 1000 / allowedPerS, this.#nowMs));
    if (this.#waiting.has(camera)) this.#miss();
    this.#waiting.add(camera);
    this.#turns.offer(camera, this.#nowMs, allowedPerS);
  }

  #miss(): void {
    this.#missed++;
    this.pacer.dropped();
  }

  #look(): void {
    const camera = this.#turns.next(this.#nowMs);
    if (camera === null) return;
    this.#waiting.delete(camera);
    this.#looks.set(camera, (this.#looks.get(camera) ?? 0) + 1);
    this.#freeAtMs = this.#nowMs + this.lookMs;
    this.#busyMs += this.lookMs;
    this.pacer.looked(1, this.lookMs);
  }
}
