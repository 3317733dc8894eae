/**
 * Sends what the hub has not stored yet: of each camera the oldest first, at most so many at a time, and again when
 * no answer comes. An observation that is made while older ones still wait is sent once at once, out of its turn, so
 * that the hub sees the present; its turn comes all the same, unless it is acknowledged before.
 */
import type { Acknowledgement, ObservationMessage } from '../protocol/messages.ts';
import { MOST_IN_FLIGHT } from '../protocol/messages.ts';
import type { Kept } from '../spool/disk.ts';
import type { Spool } from '../spool/spool.ts';

/** What an outbox needs of a spool. */
export type Source = Pick<Spool, 'camera' | 'unacknowledged' | 'acknowledge' | 'status'>;

/** What an outbox is made of. */
export interface OutboxOptions {
  readonly spools: ReadonlyMap<string, Source>;
  readonly send: (message: ObservationMessage) => void;
  /** A clock that does not jump, ms. */
  readonly nowMs?: () => number;
  readonly mostInFlight?: number;
  /** What is not acknowledged in this time is sent again; twice that, and so on, while no answer comes at all. */
  readonly resendMs?: number;
}

const RESEND_MS = 5000;
const LONGEST_RESEND_MS = 30_000;

/** One camera's part. */
class Lane {
  readonly #spool: Source;
  readonly #options: Required<Omit<OutboxOptions, 'spools'>>;
  /** Sent and not answered: the number, and when it was sent. */
  readonly #sentMs = new Map<number, number>();
  /** Everything up to this number was sent, or is gone. */
  #after = 0;
  #patienceMs: number;
  /** The chain of what is being read from the spool; one at a time, so that nothing is sent twice. */
  #work: Promise<void> = Promise.resolve();

  constructor(spool: Source, options: Required<Omit<OutboxOptions, 'spools'>>) {
    this.#spool = spool;
    this.#options = options;
    this.#patienceMs = options.resendMs;
  }

  /** Whether nothing waits. The count alone may be wrong for a moment when something was acknowledged twice. */
  async isEmpty(): Promise<boolean> {
    return this.#spool.status().waiting === 0 && (await this.#spool.unacknowledged(0, 1)).length === 0;
  }

  /** There is something new in the spool. */
  kept(entry: Kept): void {
    // `waiting` counts the new one: with nothing else to send, its turn is now.
    const isNext = this.#room() > 0 && this.#spool.status().waiting <= this.#sentMs.size + 1;
    if (!isNext && entry.sequence > this.#after) this.#send(entry);
    this.pump();
  }

  /** Sends what there is room for. */
  pump(): void {
    this.#work = this.#work.then(() => this.#fill());
  }

  acknowledged(sequences: readonly number[]): void {
    this.#spool.acknowledge(sequences);
    for (const sequence of sequences) this.#sentMs.delete(sequence);
    this.#patienceMs = this.#options.resendMs;
    this.pump();
  }

  /** Sends again what was not answered in time. */
  tick(): void {
    this.#work = this.#work.then(() => this.#resend());
  }

  #room(): number {
    return this.#options.mostInFlight - this.#sentMs.size;
  }

  async #fill(): Promise<void> {
    const room = this.#room();
    if (room <= 0) return;
    const entries = await this.#spool.unacknowledged(this.#after, room + this.#sentMs.size);
    const nowMs = this.#options.nowMs();
    for (const entry of entries.filter(({ sequence }) => !this.#sentMs.has(sequence)).slice(0, room)) {
      this.#after = entry.sequence;
      this.#sentMs.set(entry.sequence, nowMs);
      this.#send(entry);
    }
  }

  async #resend(): Promise<void> {
    const nowMs = this.#options.nowMs();
    const overdue = new Set<number>();
    for (const [sequence, sentMs] of this.#sentMs) if (nowMs - sentMs >= this.#patienceMs) overdue.add(sequence);
    if (overdue.size > 0) await this.#resendOverdue(overdue, nowMs);
    await this.#fill();
    if (this.#room() <= 0 || this.#spool.status().waiting <= this.#sentMs.size) return;
    // What could not be read while the disk failed was passed over.
    this.#after = 0;
    await this.#fill();
  }

  async #resendOverdue(overdue: ReadonlySet<number>, nowMs: number): Promise<void> {
    this.#patienceMs = Math.min(LONGEST_RESEND_MS, 2 * this.#patienceMs);
    const entries = await this.#spool.unacknowledged(Math.min(...overdue) - 1, this.#sentMs.size);
    const found = entries.filter(({ sequence }) => overdue.has(sequence) && this.#sentMs.has(sequence));
    // What the spool has no more, or cannot read now, is not waited for.
    for (const sequence of overdue) this.#sentMs.delete(sequence);
    for (const entry of found) {
      this.#sentMs.set(entry.sequence, nowMs);
      this.#send(entry);
    }
  }

  #send({ sequence, body }: Kept): void {
    this.#options.send({ kind: 'observation', camera: this.#spool.camera, sequence, body });
  }
}

/** Sends the observations of some cameras. */
export class Outbox {
  readonly #lanes: ReadonlyMap<string, Lane>;
  #changed = Promise.withResolvers<void>();

  /** Begins with what the spools hold from before. */
  constructor({ spools, ...options }: OutboxOptions) {
    const { send, nowMs = () => performance.now(), mostInFlight = MOST_IN_FLIGHT, resendMs = RESEND_MS } = options;
    const settings = { send, nowMs, mostInFlight, resendMs };
    this.#lanes = new Map([...spools].map(([camera, spool]) => [camera, new Lane(spool, settings)]));
    for (const lane of this.#lanes.values()) lane.pump();
  }

  /** An observation was put into the camera's spool. */
  kept(camera: string, entry: Kept): void {
    this.#lanes.get(camera)?.kept(entry);
  }

  /** The hub answered. What it refused will not be better next time, and is not kept either. */
  acknowledge({ camera, stored, refused }: Acknowledgement): void {
    this.#lanes.get(camera)?.acknowledged([...stored, ...refused.map(({ sequence }) => sequence)]);
    this.#tellChange();
  }

  /** Call about once a second: what was not answered in time is sent again. */
  tick(): void {
    for (const lane of this.#lanes.values()) lane.tick();
    this.#tellChange();
  }

  /** Fulfilled once nothing waits in any spool, as far as the disks can be read. */
  async drained(): Promise<void> {
    for (;;) {
      const { promise } = this.#changed;
      const areEmpty = await Promise.all([...this.#lanes.values()].map((lane) => lane.isEmpty()));
      if (areEmpty.every(Boolean)) return;
      await promise;
    }
  }

  #tellChange(): void {
    const { resolve } = this.#changed;
    this.#changed = Promise.withResolvers();
    resolve();
  }
}
