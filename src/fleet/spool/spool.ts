/**
 * Keeps a camera's observations until the hub has stored them: on the disk, and while that fails in memory.
 *
 *   append -> held -> disk -> unacknowledged -> acknowledge
 *               \______failing______/
 *
 * An observation may be sent once it is on the disk, or while the disk fails. What is acknowledged is taken off the
 * disk together with the next write, so that a second costs one transaction; after a crash in between it is sent
 * again, which the hub does not count.
 */
import { type CameraReason, cameraReason, StarlingError } from '../../contract/index.ts';
import { DiskFailure, type DiskState, type Entry, type Kept, type SpoolDisk } from './disk.ts';
import { Numbers } from './numbers.ts';

/** How a spool is. */
export interface SpoolStatus {
  /** Observations that are not acknowledged. */
  readonly waiting: number;
  /** On the disk. */
  readonly bytes: number;
  /** Observations that were dropped since it was opened, for want of room or for their age. */
  readonly dropped: number;
  /** SPOOL_FAILED while the disk fails, and for a minute after something was lost. */
  readonly reason: CameraReason | null;
  /** The same for the log: FLEET_SPOOL_FAILED. */
  readonly error: StarlingError | null;
}

/** What a spool is made of. */
export interface SpoolOptions {
  readonly camera: string;
  readonly disk: SpoolDisk;
  /** Observations kept in memory while the disk fails, or is slow. */
  readonly mostInMemory: number;
  readonly nowMs?: () => number;
  /** Time between tries while the disk fails, ms. */
  readonly retryMs?: number;
}

interface Held extends Entry {
  readonly isSafe: PromiseWithResolvers<void>;
}

const RETRY_MS = 5000;
/** Acknowledged rows wait so long for an observation to be written together with, ms. */
const REMOVE_AFTER_MS = 2000;
/** A loss is told for so long, ms. */
const TOLD_FOR_MS = 60_000;

/** One camera's spool. */
export class Spool {
  readonly camera: string;
  readonly #disk: SpoolDisk;
  readonly #mostInMemory: number;
  readonly #nowMs: () => number;
  readonly #retryMs: number;
  readonly #numbers = new Numbers();
  /** Not on the disk yet, the oldest first. */
  readonly #held = new Map<number, Held>();
  /** Acknowledged, and on the disk still. */
  readonly #gone = new Set<number>();
  #state: Pick<DiskState, 'rows' | 'bytes'> = { rows: 0, bytes: 0 };
  #writing: Promise<void> | null = null;
  #isClosed = false;
  #failure: string | null = null;
  #loss: { readonly reason: string; readonly atMs: number } | null = null;
  #dropped = 0;
  #timer: NodeJS.Timeout | null = null;

  /** Nothing is opened yet. */
  constructor({ camera, disk, mostInMemory, nowMs = Date.now, retryMs = RETRY_MS }: SpoolOptions) {
    this.camera = camera;
    this.#disk = disk;
    this.#mostInMemory = mostInMemory;
    this.#nowMs = nowMs;
    this.#retryMs = retryMs;
  }

  /** Takes over from the disk. When it fails, the spool begins in memory. @throws DiskFailure when it is in use */
  async open(): Promise<void> {
    try {
      const state = await this.#disk.open();
      this.#numbers.opened(state.last, state.isFresh);
      this.#look(state);
    } catch (error) {
      if (error instanceof DiskFailure && error.isInUse) throw error;
      this.#failed(error);
    }
  }

  /** Takes into account the greatest number that the hub knows, 0 for none: no number up to it is given out. */
  continueAfter(sequence: number): void {
    this.#numbers.continueAfter(sequence);
  }

  /**
   * Keeps what `make` gives for the next sequence number.
   *
   * @returns the number, once the observation is on the disk, or in memory while the disk fails
   */
  async append(make: (sequence: number) => string): Promise<number> {
    if (this.#isClosed) throw new StarlingError('CLI_INTERNAL', { problem: 'an observation came after the end' });
    const atMs = this.#nowMs();
    const sequence = this.#numbers.next(atMs);
    const body = make(sequence);
    this.#numbers.take();
    const isSafe = Promise.withResolvers<void>();
    this.#held.set(sequence, { sequence, body, atMs, isSafe });
    if (this.#failure === null) void this.#write();
    else isSafe.resolve();
    this.#boundMemory();
    await isSafe.promise;
    return sequence;
  }

  /** What is not acknowledged and has a number above `after`, the smallest first. */
  async unacknowledged(after: number, limit: number): Promise<readonly Kept[]> {
    const rows = await this.#read(after, limit);
    const known = new Set(rows.map(({ sequence }) => sequence));
    const held = this.#failure === null ? [] : [...this.#held.values()];
    const more = held.filter(({ sequence }) => sequence > after && !known.has(sequence));
    return [...rows, ...more].sort((a, b) => a.sequence - b.sequence).slice(0, limit);
  }

  /** The hub has these, or does not want them: they need not be kept any longer. */
  acknowledge(sequences: readonly number[]): void {
    for (const sequence of sequences) {
      const held = this.#held.get(sequence);
      this.#held.delete(sequence);
      // One that is held may be on its way to the disk just now.
      if (!held || this.#writing) this.#gone.add(sequence);
    }
    if (this.#gone.size > 0) this.#writeIn(REMOVE_AFTER_MS);
  }

  /** How it is. */
  status(): SpoolStatus {
    const reason = this.#failure ?? this.#recentLoss();
    return {
      waiting: Math.max(0, this.#state.rows - this.#gone.size) + this.#held.size,
      bytes: this.#state.bytes,
      dropped: this.#dropped,
      reason: reason === null ? null : cameraReason('SPOOL_FAILED', { reason }),
      error: reason === null ? null : new StarlingError('FLEET_SPOOL_FAILED', { camera: this.camera, reason }),
    };
  }

  /** Fulfilled when what is being written now is on the disk, or the disk failed. */
  async written(): Promise<void> {
    await this.#writing;
  }

  /** Writes what there is to write, and lets go of the file. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopTimer();
    await this.#writing;
    if (this.#held.size + this.#gone.size > 0) await this.#writeOnce();
    this.#stopTimer();
    try {
      await this.#disk.close();
    } catch {
      // It was failing, and that was said.
    }
  }

  async #read(after: number, limit: number): Promise<Kept[]> {
    try {
      const rows = await this.#disk.read(after, limit + this.#gone.size);
      return rows.filter(({ sequence }) => !this.#gone.has(sequence)).slice(0, limit);
    } catch (error) {
      this.#failed(error);
      return [];
    }
  }

  /** Writes until there is nothing left to write. */
  async #write(): Promise<void> {
    if (this.#writing || this.#isClosed) return;
    const finished = Promise.withResolvers<void>();
    this.#writing = finished.promise;
    this.#stopTimer();
    while (await this.#writeOnce()) if (this.#held.size === 0) break;
    this.#writing = null;
    finished.resolve();
    if (this.#failure !== null) this.#writeIn(this.#retryMs);
    else if (this.#gone.size > 0) this.#writeIn(REMOVE_AFTER_MS);
  }

  async #writeOnce(): Promise<boolean> {
    const entries = [...this.#held.values()];
    const remove = [...this.#gone];
    try {
      const append = entries.map(({ sequence, atMs, body }) => ({ sequence, atMs, body }));
      const state = await this.#disk.write({ remove, append });
      for (const sequence of remove) this.#gone.delete(sequence);
      for (const { sequence } of entries) this.#held.delete(sequence);
      this.#look(state);
      for (const { isSafe } of entries) isSafe.resolve();
      return true;
    } catch (error) {
      this.#failed(error);
      return false;
    }
  }

  #look(state: DiskState): void {
    this.#failure = null;
    this.#state = state;
    this.#numbers.skipTo(state.last);
    if (state.dropped > 0) this.#lost(state.dropped, 'the spool has no room for more, or they were too old');
    if (state.putAside === null) return;
    this.#numbers.distrust();
    this.#loss = { reason: state.putAside, atMs: this.#nowMs() };
  }

  #failed(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (this.#failure === null) this.#numbers.distrust();
    this.#failure = reason;
    for (const { isSafe } of this.#held.values()) isSafe.resolve();
    this.#boundMemory();
    if (!this.#writing) this.#writeIn(this.#retryMs);
  }

  #boundMemory(): void {
    const excess = this.#held.size - this.#mostInMemory;
    if (excess <= 0) return;
    for (const [sequence, { isSafe }] of [...this.#held].slice(0, excess)) {
      this.#held.delete(sequence);
      isSafe.resolve();
    }
    this.#lost(excess, 'the disk fails, and memory has no room for more');
  }

  #lost(count: number, why: string): void {
    this.#dropped += count;
    const reason = `${this.#dropped} observations were dropped, the oldest first: ${why}`;
    this.#loss = { reason, atMs: this.#nowMs() };
  }

  #recentLoss(): string | null {
    return this.#loss && this.#nowMs() - this.#loss.atMs < TOLD_FOR_MS ? this.#loss.reason : null;
  }

  #writeIn(ms: number): void {
    if (this.#timer || this.#isClosed) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#write();
    }, ms);
    this.#timer.unref();
  }

  #stopTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
