/**
 * A detector: one model on a thread of its own.
 *
 * ```
 * detect(frame) -> pixels into shared memory -> [thread: model, decoder, suppression] -> boxes in shared memory
 * ```
 */
import { Worker } from 'node:worker_threads';
import type { Frame } from '../capture/index.ts';
import { type Detections, StarlingError } from '../contract/index.ts';
import type { EngineSettings } from './engine.ts';
import { findModel, type ModelFile, readModel } from './models.ts';
import { type BatchShape, createBatch, type SharedBatch } from './shared-batch.ts';
import type { Answer, Request } from './thread.ts';

/** How to run a model. Everything has a default. */
export interface DetectorOptions {
  /** Path of an ONNX file with its manifest beside it; the bundled default model otherwise. */
  readonly model?: string;
  /** Threads for one inference. Several cameras gain more from one thread each. Default 1. */
  readonly threads?: number;
  /**
   * Least confidence of a box that is handed on, 0 to 1. Low on purpose: the tracker uses unsure boxes to keep hold of
   * people it knows already, and decides itself what counts. Default 0.1.
   */
  readonly scoreFloor?: number;
  /** Intersection over union up to which two boxes of the same kind both stay, 0 to 1. Default 0.6. */
  readonly maxIou?: number;
  /** Most boxes in one frame. Default 1000. */
  readonly maxDetections?: number;
}

/** What a model wants to be given. */
export interface InputSize {
  readonly width: number;
  readonly height: number;
  /** Whether the picture is stretched to this size or padded to its shape. */
  readonly fit: 'stretch' | 'letterbox';
  /** Grey level of the padding, 0 to 255. */
  readonly padValue: number;
}

/** Finds people and vehicles in frames. */
export interface Detector {
  /** The model in use. */
  readonly model: ModelFile;
  /** What frames should be scaled to before they come here. */
  readonly input: InputSize;
  /**
   * Looks at one frame. Its pixels are copied before this returns, so that the next frame may be asked for.
   *
   * @returns boxes as fractions of the source's picture, surest first; valid until the next but one is looked at, so
   *   that they can be used while the next is
   * @throws DETECT_MODEL_FAILED
   */
  detect(frame: Frame): Promise<Detections>;
  /**
   * Looks at several frames in one run, for models whose batch size is free.
   *
   * @returns one entry per frame, valid as long as those of `detect`
   * @throws DETECT_MODEL_FAILED
   */
  detectBatch(frames: readonly Frame[]): Promise<readonly Detections[]>;
  /** Lets go of the model, once it has finished what it is at work on. */
  close(): Promise<void>;
}

const DEFAULTS = { threads: 1, scoreFloor: 0.1, maxIou: 0.6, maxDetections: 1000 } as const;

const BYTES_PER_PIXEL = 3;

/** The built package holds JavaScript, a checkout TypeScript. */
const THREAD = new URL(import.meta.url.endsWith('.ts') ? './thread.ts' : './thread.js', import.meta.url);

function failed({ path }: ModelFile, cause: unknown): StarlingError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StarlingError('DETECT_MODEL_FAILED', { path, reason }, { cause });
}

function checkSize({ width, height }: Frame, model: ModelFile): void {
  const wanted = model.manifest.input;
  if (width === wanted.width && height === wanted.height) return;
  const sizes = `it takes frames of ${wanted.width} × ${wanted.height} and was given ${width} × ${height}`;
  throw failed(model, new RangeError(sizes));
}

// ONNX Runtime writes down what it runs, under the user's home, for its makers to collect. Not from here: it reads this
// when its library is loaded, which only the thread does.
process.env['ORT_DISABLE_TELEMETRY'] = '1';

class ThreadedDetector implements Detector {
  readonly model: ModelFile;
  readonly input: InputSize;
  readonly #shape: BatchShape;
  readonly #thread = new Worker(THREAD);
  /** Two, in turns: one is read by the caller while the thread writes into the other. */
  #batches: readonly SharedBatch[] = [];
  #turn = 0;
  #pending: PromiseWithResolvers<Answer> | null = null;
  readonly #ended: Promise<void>;
  #isOver = false;

  constructor(model: ModelFile, { maxDetections }: EngineSettings) {
    const { input } = model.manifest;
    this.model = model;
    this.input = input;
    this.#shape = { frameBytes: input.width * input.height * BYTES_PER_PIXEL, maxDetections };
    this.#thread.on('message', (answer: Answer) => this.#pending?.resolve(answer));
    this.#thread.on('error', (error) => {
      this.#isOver = true;
      this.#pending?.reject(error);
    });
    this.#ended = new Promise((resolve) => {
      this.#thread.on('exit', () => {
        this.#isOver = true;
        this.#pending?.reject(new Error('its thread ended'));
        resolve();
      });
    });
  }

  /** Loads the model into the thread, which takes the bytes over. */
  async load(bytes: Uint8Array, settings: EngineSettings): Promise<void> {
    const { manifest } = this.model;
    await this.#ask({ kind: 'load', manifest, bytes, settings });
  }

  async detect(frame: Frame): Promise<Detections> {
    const [detections] = await this.detectBatch([frame]);
    return detections;
  }

  async detectBatch(frames: readonly Frame[]): Promise<readonly Detections[]> {
    this.#makeRoom(frames.length);
    const turn = (this.#turn = 1 - this.#turn);
    const { pixels, detections } = this.#batches[turn];
    for (const [i, frame] of frames.entries()) {
      checkSize(frame, this.model);
      pixels[i].set(frame.data);
    }
    const counts = await this.#ask({ kind: 'detect', turn, frames: frames.map(({ data: _pixels, ...head }) => head) });
    for (const [i, { number, timeMs }] of frames.entries())
      Object.assign(detections[i], { frame: number, timeMs, count: counts[i] });
    return detections.length === frames.length ? detections : detections.slice(0, frames.length);
  }

  async close(): Promise<void> {
    if (!this.#isOver) this.#send({ kind: 'close' });
    this.#isOver = true;
    await this.#ended;
  }

  /** Shares memory for at least `count` frames. */
  #makeRoom(count: number): void {
    const [first] = this.#batches;
    if (first && first.pixels.length >= count) return;
    this.#batches = [createBatch(count, this.#shape), createBatch(count, this.#shape)];
    this.#send({ kind: 'share', memories: this.#batches.map(({ memory }) => memory), shape: this.#shape });
  }

  #send(request: Request): void {
    this.#thread.postMessage(request);
  }

  async #ask(request: Request): Promise<readonly number[]> {
    if (this.#isOver) throw failed(this.model, new Error('it was closed, or its thread has ended'));
    if (this.#pending) throw failed(this.model, new Error('it was asked for more while it was at work'));
    this.#pending = Promise.withResolvers<Answer>();
    try {
      this.#send(request);
      const answer = await this.#pending.promise;
      if ('failure' in answer) throw new Error(answer.failure);
      return answer.counts;
    } catch (cause) {
      throw failed(this.model, cause);
    } finally {
      this.#pending = null;
    }
  }
}

/**
 * Loads a model.
 *
 * @example
 * const detector = await createDetector();
 * const recording = await openRecording(path, detector.input);
 * for await (const frame of recording) console.log((await detector.detect(frame)).count);
 *
 * @throws DETECT_MODEL_NOT_FOUND, DETECT_MANIFEST_MISSING, DETECT_MANIFEST_INVALID, DETECT_CLASS_NOT_ALLOWED,
 * DETECT_MODEL_HASH_MISMATCH, DETECT_MODEL_FAILED
 */
export async function createDetector(options: DetectorOptions = {}): Promise<Detector> {
  const model = await findModel(options.model);
  const bytes = await readModel(model);
  const settings = { ...DEFAULTS, ...options };
  const detector = new ThreadedDetector(model, settings);
  try {
    await detector.load(bytes, settings);
    return detector;
  } catch (error) {
    await detector.close();
    throw error;
  }
}
