import { Frame as Picture } from 'node-av/lib';
import type { CameraReason } from '../../contract/index.ts';
import type { Arrival, Feed } from '../schemes/scheme.ts';
import { schemeOf } from '../schemes/table.ts';
import { createBackoff } from './backoff.ts';
import { type Attempt, type Ending, pause, runConnection } from './connection.ts';
import type { LiveCamera, LiveCameraOptions, PictureCounts } from './live-camera.ts';
import { createMachineClock, type MachineClock } from './machine-clock.ts';
import { createPacer, type Pacer } from './pacer.ts';
import { PictureIntake } from './picture-intake.ts';
import { ConnectionStatus, isRefusal } from './status.ts';

/** A connection that lasted so long was a good one. */
const PROVED_MS = 3000;

/** Closing never takes longer, whatever hangs; what hangs is let go of when it ends. */
const CLOSE_MS = 2000;

const steady = (): number => performance.now();

/** Connects, reads, and connects again, until it is closed. */
class CameraLoop implements LiveCamera {
  readonly #machine: MachineClock;
  readonly #intake: PictureIntake;
  readonly #attempt: Attempt;
  readonly #loop: boolean;
  readonly #status = new ConnectionStatus();
  readonly #backoff = createBackoff();
  readonly #closing = new AbortController();
  readonly #picture = new Picture();
  readonly #running: Promise<void>;
  #pacer: Pacer | null = null;

  constructor(options: LiveCameraOptions) {
    const { source, transport = 'tcp', loop = false, frameRate } = options;
    const scheme = schemeOf(options.camera, source);
    const how = { transport, ...(frameRate !== undefined && { frameRate }) };
    this.#loop = loop;
    this.#machine = createMachineClock(options.now ?? Date.now, steady);
    this.#intake = new PictureIntake(options, this.#machine);
    this.#picture.alloc();
    this.#attempt = {
      open: (signal) => scheme.open(source, { ...how, signal }),
      closing: this.#closing.signal,
      picture: this.#picture,
      onConnect: (feed) => this.#onConnect(feed),
      onPicture: (picture, arrival) => this.#onPicture(picture, arrival),
    };
    this.#running = this.#run();
  }

  get size(): LiveCamera['size'] {
    return this.#intake.size;
  }

  get connection(): number {
    return this.#intake.connection;
  }

  next(): ReturnType<LiveCamera['next']> {
    return this.#intake.next();
  }

  setRate(framesPerS: number): void {
    this.#intake.setRate(framesPerS);
  }

  take(): PictureCounts {
    return this.#intake.counts();
  }

  reasons(): CameraReason[] {
    return [...this.#status.reasons(steady()), ...this.#machine.reasons(), ...this.#intake.reasons()];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new Error('it was closed'));
    this.#intake.close();
    const patience = new AbortController();
    await Promise.race([this.#running, pause(CLOSE_MS, patience.signal)]);
    patience.abort();
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const begunMs = steady();
      const waitMs = this.#judge(await runConnection(this.#attempt), steady() - begunMs);
      if (waitMs === null) await this.#untilClosed();
      else await pause(waitMs, signal);
    }
    this.#intake.free();
    this.#picture.free();
  }

  /** How long to wait before the next attempt, ms; null when there is to be none. */
  #judge(ending: Ending, lastedMs: number): number | null {
    if (lastedMs > PROVED_MS) this.#backoff.reset();
    if (ending.kind === 'ended' && !this.#loop) {
      this.#status.ended();
      return null;
    }
    if (ending.kind === 'ended') return ending.pictures > 0 ? 0 : this.#backoff.waitMs(false);
    if (ending.kind === 'unreachable') this.#status.unreachable(ending.error);
    else this.#status.broken(ending.error);
    return this.#backoff.waitMs(isRefusal(ending.error));
  }

  #untilClosed(): Promise<void> {
    const { signal } = this.#closing;
    return new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  #onConnect(feed: Feed): (arrival: Arrival) => number {
    this.#intake.begin(feed.pace);
    this.#status.connected(feed.periodMs, steady());
    if (feed.pace === 'live') return () => 0;
    // Kept when a recording begins again: its first picture follows the last by a period, like any other.
    const pacer = (this.#pacer ??= createPacer(feed.periodMs));
    return ({ stampS }) => pacer.waitMs(stampS, steady());
  }

  async #onPicture(picture: Picture, arrival: Arrival): Promise<void> {
    this.#status.picture(steady());
    await this.#intake.take(picture, arrival);
  }
}

/**
 * Watches a camera from now on: connects in the background, and again whenever the connection is lost. Wherever its
 * pictures come from, each is looked at by the watch, timed honestly and, when one is due, scaled, masked and held
 * ready until the next.
 *
 * @example
 * await using camera = openLiveCamera({ camera: 'gate', source: 'rtsp://camera.local/1', framesPerS: 5 });
 * for (let frame = await camera.next(); frame; frame = await camera.next()) await detect(frame);
 *
 * @throws CAPTURE_BAD_SOURCE; nothing afterwards: what goes wrong is in `reasons()`
 */
export const openLiveCamera = (options: LiveCameraOptions): LiveCamera => new CameraLoop(options);
