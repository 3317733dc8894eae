import { Frame as Picture } from 'node-av/lib';
import { type FrameNumber, StarlingError } from '../contract/index.ts';
import { createRateClock, createStampClock, type MediaClock } from './clock.ts';
import { Conveyor } from './conveyor.ts';
import type { Frame } from './frame.ts';
import { createFrameMaker, type FrameMaker, type Slot } from './frame-maker.ts';
import { readingHealth } from './losses.ts';
import { type FileState, fileState } from './path.ts';
import type { ReadingAccount, Recording, RecordingInfo, RecordingOptions } from './recording.ts';
import { createRhythm, type Rhythm } from './rhythm.ts';
import type { PictureSource } from './source.ts';

/** Names the file in what FFmpeg complains about. */
const asFailure =
  (path: string) =>
  (error: unknown): never => {
    if (error instanceof StarlingError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StarlingError('CAPTURE_FAILED', { path, reason }, { cause: error });
  };

const clockFor = (info: RecordingInfo): MediaClock =>
  info.frameRateSource === 'given' ? createRateClock(info.frameRate) : createStampClock(info.frameRate);

/**
 * Reads a source: `#produce` decodes, scales and masks a few frames ahead, while `#deliver` hands them out in order.
 * Nothing is decoded before the first frame is asked for.
 */
export class RecordingReader implements Recording {
  readonly info: RecordingInfo;
  readonly #path: string;
  readonly #source: PictureSource;
  readonly #options: RecordingOptions;
  readonly #maker: FrameMaker;
  readonly #clock: MediaClock;
  readonly #rhythm: Rhythm;
  readonly #belt: Conveyor<Slot>;
  readonly #before: FileState | null;
  #after: FileState | null;
  #delivered = 0;
  #lastFrame: FrameNumber | null = null;
  #producing: Promise<void> | null = null;
  #closing: Promise<void> | null = null;

  /** @param before state of the file when it was opened; null for a folder */
  constructor(path: string, source: PictureSource, before: FileState | null, options: RecordingOptions) {
    this.#path = path;
    this.#source = source;
    this.#before = before;
    this.#after = before;
    this.#options = options;
    this.info = source.info;
    this.#maker = createFrameMaker(source.info, options);
    this.#clock = clockFor(source.info);
    this.#rhythm = createRhythm(options.fps ?? Number.POSITIVE_INFINITY);
    this.#belt = new Conveyor(this.#maker.slots);
  }

  [Symbol.asyncIterator](): AsyncIterator<Frame> {
    if (this.#producing || this.#closing)
      throw new StarlingError('CAPTURE_FAILED', { path: this.#path, reason: 'it was read already' });
    this.#options.signal?.addEventListener('abort', this.#onAbort, { once: true });
    this.#producing = this.#produce();
    return this.#deliver();
  }

  account(): ReadingAccount {
    const losses = this.#source.losses();
    const { disordered, gaps, gapMs } = this.#clock;
    const facts = { ...losses, disordered, gaps, gapMs, resized: this.#maker.resized, sizeChange: this.#sizeChange() };
    return {
      framesDecoded: losses.decoded,
      framesDelivered: this.#delivered,
      damaged: losses.failed + losses.failedAtEnd + losses.damaged,
      lastFrame: this.#lastFrame,
      health: readingHealth(facts),
    };
  }

  close(): Promise<void> {
    this.#closing ??= this.#release();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  readonly #onAbort = (): void => this.#belt.stop(this.#options.signal?.reason);

  async *#deliver(): AsyncGenerator<Frame> {
    try {
      for (;;) {
        const slot = await this.#belt.take();
        if (!slot?.frame) return;
        this.#delivered++;
        this.#lastFrame = slot.frame.number;
        yield slot.frame;
        this.#belt.giveBack(slot);
      }
    } finally {
      await this.close();
    }
  }

  async #produce(): Promise<void> {
    using picture = new Picture();
    picture.alloc();
    try {
      this.#options.signal?.throwIfAborted();
      const last = await this.#readFrames(picture);
      if (this.#before) this.#after = await fileState(this.#path);
      this.#checkReach(last);
      this.#belt.end();
    } catch (error) {
      this.#belt.fail(error);
    }
  }

  /** @returns number of the last frame decoded, 0 without any */
  async #readFrames(picture: Picture): Promise<number> {
    const { fromFrame = 1, toFrame = Number.POSITIVE_INFINITY } = this.#options;
    const periodMs = 1000 / this.info.frameRate;
    let last = 0;
    while (last < toFrame && !this.#belt.stopped) {
      const decoded = await this.#source.next(picture).catch(asFailure(this.#path));
      if (!decoded || decoded.number > toFrame) return last;
      last = decoded.number;
      const timeMs = this.#clock.timeOf(last, decoded.stampS);
      if (last < fromFrame || !this.#rhythm.takes(timeMs, periodMs)) continue;
      const slot = await this.#belt.empty();
      if (!slot) return last;
      const frame = await this.#maker.make(slot, picture, last, timeMs).catch(asFailure(this.#path));
      this.#options.mask?.(frame);
      slot.frame = frame;
      this.#belt.put(slot);
    }
    return last;
  }

  #checkReach(last: number): void {
    const from = this.#options.fromFrame ?? 1;
    if (last === 0) throw new StarlingError('CAPTURE_NO_FRAMES', { path: this.#path });
    if (last < from) throw new StarlingError('CAPTURE_RANGE_EMPTY', { path: this.#path, last, from });
  }

  #sizeChange(): { before: number; after: number } | null {
    const before = this.#before;
    const after = this.#after;
    if (!before || (after?.size === before.size && after.modifiedMs === before.modifiedMs)) return null;
    return { before: before.size, after: after?.size ?? 0 };
  }

  async #release(): Promise<void> {
    this.#belt.stop();
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    await this.#producing;
    this.#maker.close();
    await this.#source.close();
  }
}
