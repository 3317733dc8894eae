/**
 * A detector: one model, one ONNX Runtime session, and the memory for its results.
 */
import { InferenceSession, type Tensor } from 'onnxruntime-node';
import type { Frame } from '../capture/index.ts';
import { createDetections, type Detections, StarlingError } from '../contract/index.ts';
import { Candidates } from './candidates.ts';
import { createDecoder } from './decoders/index.ts';
import type { Decoder, Outputs } from './decoders/decoder.ts';
import type { ModelManifest } from './manifest.ts';
import { ModelInput } from './model-input.ts';
import { findModel, type ModelFile, readModel } from './models.ts';
import { Suppressor } from './suppression.ts';

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
   * Looks at one frame.
   *
   * @returns boxes as fractions of the source's picture, surest first; used again at the next call
   * @throws DETECT_MODEL_FAILED
   */
  detect(frame: Frame): Promise<Detections>;
  /**
   * Looks at several frames in one run, for models whose batch size is free.
   *
   * @returns one entry per frame, used again at the next call
   * @throws DETECT_MODEL_FAILED
   */
  detectBatch(frames: readonly Frame[]): Promise<readonly Detections[]>;
  /** Lets go of the session. */
  close(): Promise<void>;
}

const DEFAULTS = { threads: 1, scoreFloor: 0.1, maxIou: 0.6, maxDetections: 1000 } as const;

function failed({ path }: ModelFile, cause: unknown): StarlingError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StarlingError('DETECT_MODEL_FAILED', { path, reason }, { cause });
}

class OnnxDetector implements Detector {
  readonly model: ModelFile;
  readonly input: InputSize;
  readonly #session: InferenceSession;
  readonly #modelInput: ModelInput;
  readonly #decoder: Decoder;
  readonly #suppressor: Suppressor;
  readonly #candidates = new Candidates(512);
  readonly #maxDetections: number;
  readonly #results: Detections[] = [];
  /** Output tensors of earlier runs by batch size, to be written into again; for models whose outputs keep their size. */
  readonly #outputs = new Map<number, Outputs>();

  constructor(model: ModelFile, session: InferenceSession, options: Required<Omit<DetectorOptions, 'model'>>) {
    const { manifest } = model;
    this.model = model;
    this.input = manifest.input;
    this.#session = session;
    this.#modelInput = new ModelInput(manifest.input);
    this.#decoder = createDecoder(manifest, options.scoreFloor);
    this.#suppressor = new Suppressor(options.maxIou, options.maxDetections);
    this.#maxDetections = options.maxDetections;
  }

  async detect(frame: Frame): Promise<Detections> {
    const [detections] = await this.detectBatch([frame]);
    return detections;
  }

  async detectBatch(frames: readonly Frame[]): Promise<readonly Detections[]> {
    while (this.#results.length < frames.length) this.#results.push(createDetections(this.#maxDetections));
    try {
      const outputs = await this.#run(this.#modelInput.tensorOf(frames), frames.length);
      frames.forEach((frame, index) => this.#collect(outputs, index, frame));
    } catch (cause) {
      throw failed(this.model, cause);
    }
    return this.#results.length === frames.length ? this.#results : this.#results.slice(0, frames.length);
  }

  async close(): Promise<void> {
    this.#outputs.clear();
    await this.#session.release();
  }

  async #run(input: Tensor, count: number): Promise<Outputs> {
    const feeds = { [this.model.manifest.input.name]: input };
    const known = this.#outputs.get(count);
    if (known) {
      await this.#session.run(feeds, known);
      return known;
    }
    const outputs = await this.#session.run(feeds, this.#decoder.outputNames);
    if (keepsOutputSize(this.model.manifest)) this.#outputs.set(count, outputs);
    return outputs;
  }

  /** Decodes one picture, drops doubles, and turns fractions of the frame into fractions of the picture. */
  #collect(outputs: Outputs, index: number, frame: Frame): void {
    const boxes = this.#candidates;
    boxes.clear();
    this.#decoder.decode(outputs, index, boxes);
    const into = this.#results[index];
    into.frame = frame.number;
    into.timeMs = frame.timeMs;
    into.count = 0;
    for (const at of this.#suppressor.select(boxes)) place(boxes, at, frame, into);
  }
}

/** Models that leave suppression to the caller give the same number of rows every time. */
function keepsOutputSize({ decoder }: ModelManifest): boolean {
  return decoder !== 'rtmdet';
}

/** Adds a candidate to the detections, cut at the edge of the picture; one wholly outside is left out. */
function place(boxes: Candidates, at: number, { picture }: Frame, into: Detections): void {
  const width = picture.right - picture.left;
  const height = picture.bottom - picture.top;
  const left = clampToUnit((boxes.left[at] - picture.left) / width);
  const right = clampToUnit((boxes.right[at] - picture.left) / width);
  const top = clampToUnit((boxes.top[at] - picture.top) / height);
  const bottom = clampToUnit((boxes.bottom[at] - picture.top) / height);
  // Written so that a box with a NaN, as a broken model may give, is left out too.
  if (!(right > left && bottom > top)) return;
  const to = into.count++;
  into.left[to] = left;
  into.top[to] = top;
  into.right[to] = right;
  into.bottom[to] = bottom;
  into.score[to] = boxes.score[at];
  into.classIndex[to] = boxes.classIndex[at];
}

function clampToUnit(value: number): number {
  return Math.min(1, Math.max(0, value));
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
  try {
    const session = await InferenceSession.create(bytes, {
      intraOpNumThreads: settings.threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      // Warnings of the runtime are about its own optimiser, and would break a progress bar.
      logSeverityLevel: 3,
    });
    return new OnnxDetector(model, session, settings);
  } catch (cause) {
    throw failed(model, cause);
  }
}
