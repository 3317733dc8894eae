import type { Frame as Picture } from 'node-av/lib';
import { type CameraReason, cameraReason, mediaTimeMs } from '../../contract/index.ts';
import type { Frame } from '../frame.ts';
import { createFrameMaker, type FrameMaker } from '../frame-maker.ts';
import { createRhythm, type Rhythm } from '../rhythm.ts';
import type { Arrival, Feed } from '../schemes/scheme.ts';
import type { LiveCameraOptions, PictureCounts } from './live-camera.ts';
import { createLumaView } from './luma-view.ts';
import type { MachineClock } from './machine-clock.ts';
import { NewestFrame } from './newest-frame.ts';
import { createPictureClock, type PictureClock } from './picture-clock.ts';

/** One buffer is being filled, one holds the newest frame, and one is with the caller. */
const PREFETCH = 2;

/** Weight of the last step in the estimate of how far pictures are apart. */
const STEP_WEIGHT = 0.1;

/** A longer step is a hole, and tells nothing of the pace. */
const LONGEST_STEP_MS = 2000;

/**
 * What becomes of each decoded picture:
 *
 * ```
 * watch (may it be measured?) -> clock (when was it taken?) -> rhythm (is one due?) -> scale -> mask -> newest frame
 * ```
 */
export class PictureIntake {
  readonly #options: LiveCameraOptions;
  readonly #machine: MachineClock;
  readonly #rhythm: Rhythm;
  readonly #luma = createLumaView();
  readonly #newest = new NewestFrame();
  #maker: FrameMaker | null = null;
  #clock: PictureClock = createPictureClock('live');
  #pace: Feed['pace'] = 'live';
  #connection = 0;
  #number = 0;
  #stepMs = 0;
  #lastTimeMs = Number.NaN;
  #size: { readonly widthPx: number; readonly heightPx: number } | null = null;
  #made = 0;
  #told = { offered: 0, made: 0, dropped: 0 };

  constructor(options: LiveCameraOptions, machine: MachineClock) {
    this.#options = options;
    this.#machine = machine;
    this.#rhythm = createRhythm(options.framesPerS ?? Number.POSITIVE_INFINITY);
  }

  get connection(): number {
    return this.#connection;
  }

  get size(): { readonly widthPx: number; readonly heightPx: number } | null {
    return this.#size;
  }

  /** Pictures from now on belong to another connection, or to a recording seen again. */
  begin(pace: Feed['pace']): void {
    this.#pace = pace;
    this.#connection++;
    this.#clock = createPictureClock(pace);
    this.#lastTimeMs = Number.NaN;
    // It belongs to the connection before.
    this.#newest.discard();
  }

  /** Takes a decoded picture. @throws whatever scaling, the watch and the mask throw */
  async take(picture: Picture, arrival: Arrival): Promise<void> {
    this.#number++;
    this.#learnSize(picture);
    // Times before and after a jump of the clock have nothing to do with each other.
    if (this.#machine.jumped()) this.begin(this.#pace);
    const nowMs = this.#machine.now();
    const usable = await this.#look(picture, arrival.damaged, nowMs);
    const timeMs = this.#clock.timeOf(arrival.stampS, nowMs);
    if (timeMs === null) return;
    this.#followPace(timeMs);
    if (usable && this.#rhythm.takes(timeMs, this.#stepMs)) await this.#make(picture, timeMs);
  }

  next(): Promise<Frame | null> {
    return this.#newest.take();
  }

  setRate(framesPerS: number): void {
    this.#rhythm.setRate(framesPerS);
  }

  counts(): PictureCounts {
    const now = { offered: this.#number, made: this.#made, dropped: this.#newest.dropped };
    const since = {
      offered: now.offered - this.#told.offered,
      made: now.made - this.#told.made,
      dropped: now.dropped - this.#told.dropped,
    };
    this.#told = now;
    return since;
  }

  reasons(): CameraReason[] {
    const nowMs = this.#machine.now();
    const disordered = this.#clock.disordered(nowMs) ? [cameraReason('REPLAYED', {})] : [];
    return [...disordered, ...(this.#options.watch?.reasons(nowMs) ?? [])];
  }

  /** Tells whoever waits for a frame that none will come. */
  close(): void {
    this.#newest.close();
  }

  /** Lets go of everything, once no picture is being dealt with. */
  free(): void {
    this.#maker?.close();
    this.#luma.close();
  }

  #learnSize({ width, height }: Picture): void {
    if (this.#size?.widthPx === width && this.#size.heightPx === height) return;
    this.#size = { widthPx: width, heightPx: height };
  }

  async #look(picture: Picture, damaged: boolean, nowMs: number): Promise<boolean> {
    const { watch } = this.#options;
    return watch === undefined || watch.look(await this.#luma.show(picture, damaged), nowMs);
  }

  #followPace(timeMs: number): void {
    const stepMs = timeMs - this.#lastTimeMs;
    this.#lastTimeMs = timeMs;
    if (stepMs > 0 && stepMs < LONGEST_STEP_MS)
      this.#stepMs = this.#stepMs === 0 ? stepMs : this.#stepMs + STEP_WEIGHT * (stepMs - this.#stepMs);
  }

  async #make(picture: Picture, timeMs: number): Promise<void> {
    const maker = (this.#maker ??= this.#openMaker(picture));
    const slot = this.#newest.spare();
    if (!slot) return;
    try {
      const frame = await maker.make(slot, picture, this.#number, mediaTimeMs(timeMs));
      this.#options.mask?.(frame);
      slot.frame = frame;
    } catch (error) {
      this.#newest.giveBack(slot);
      throw error;
    }
    this.#made++;
    this.#newest.offer(slot);
  }

  #openMaker(first: Picture): FrameMaker {
    const maker = createFrameMaker(first, { ...this.#options, prefetch: PREFETCH });
    this.#newest.supply(maker.slots);
    return maker;
  }
}
