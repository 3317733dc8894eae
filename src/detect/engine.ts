/**
 * The engine: one model, one ONNX Runtime session, and the memory for its results. It blocks the thread that it runs
 * on, so the detector gives it one of its own.
 */
import { InferenceSession, type Tensor } from 'onnxruntime-node';
import type { Frame } from '../capture/index.ts';
import type { Detections } from '../contract/index.ts';
import { Candidates } from './candidates.ts';
import type { Decoder, Outputs } from './decoders/decoder.ts';
import { createDecoder } from './decoders/index.ts';
import type { ModelManifest } from './manifest.ts';
import { ModelInput } from './model-input.ts';
import { Suppressor } from './suppression.ts';

/** How to run a model. */
export interface EngineSettings {
  readonly threads: number;
  readonly scoreFloor: number;
  readonly maxIou: number;
  readonly maxDetections: number;
}

/** Runs a model on frames. */
export class Engine {
  readonly #manifest: ModelManifest;
  readonly #session: InferenceSession;
  readonly #modelInput: ModelInput;
  readonly #decoder: Decoder;
  readonly #suppressor: Suppressor;
  readonly #candidates = new Candidates(512);
  /** Output tensors of earlier runs by batch size, to be written into again; for models whose outputs keep their size. */
  readonly #outputs = new Map<number, Outputs>();

  private constructor(manifest: ModelManifest, session: InferenceSession, settings: EngineSettings) {
    this.#manifest = manifest;
    this.#session = session;
    this.#modelInput = new ModelInput(manifest.input);
    this.#decoder = createDecoder(manifest, settings.scoreFloor);
    this.#suppressor = new Suppressor(settings.maxIou, settings.maxDetections);
  }

  /** Loads a model from its bytes. */
  static async load(manifest: ModelManifest, bytes: Uint8Array, settings: EngineSettings): Promise<Engine> {
    const session = await InferenceSession.create(bytes, {
      intraOpNumThreads: settings.threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      // Warnings of the runtime are about its own optimiser, and would break a progress bar.
      logSeverityLevel: 3,
    });
    return new Engine(manifest, session, settings);
  }

  /** Looks at `frames`, and writes what each shows into its entry of `into`. */
  async run(frames: readonly Frame[], into: readonly Detections[]): Promise<void> {
    const outputs = await this.#infer(this.#modelInput.tensorOf(frames), frames.length);
    for (const [index, frame] of frames.entries()) this.#collect(outputs, index, frame, into[index]);
  }

  /** Lets go of the session. */
  async release(): Promise<void> {
    this.#outputs.clear();
    await this.#session.release();
  }

  async #infer(input: Tensor, count: number): Promise<Outputs> {
    const feeds = { [this.#manifest.input.name]: input };
    const known = this.#outputs.get(count);
    if (known) {
      await this.#session.run(feeds, known);
      return known;
    }
    const outputs = await this.#session.run(feeds, this.#decoder.outputNames);
    if (keepsOutputSize(this.#manifest)) this.#outputs.set(count, outputs);
    return outputs;
  }

  /** Decodes one picture, drops doubles, and turns fractions of the frame into fractions of the picture. */
  #collect(outputs: Outputs, index: number, frame: Frame, into: Detections): void {
    const boxes = this.#candidates;
    boxes.clear();
    this.#decoder.decode(outputs, index, boxes);
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
