/**
 * The detector's own thread: ONNX Runtime's Node binding computes on the thread that asks, so that it would hold up
 * decoding, measuring and Ctrl-C if it ran beside them.
 */
import { parentPort } from 'node:worker_threads';
import type { Frame } from '../capture/index.ts';
import { Engine, type EngineSettings } from './engine.ts';
import type { ModelManifest } from './manifest.ts';
import { type BatchShape, type SharedBatch, viewBatch } from './shared-batch.ts';

/** What the detector asks of its thread. */
export type Request =
  | { kind: 'load'; manifest: ModelManifest; bytes: Uint8Array; settings: EngineSettings; shape: BatchShape }
  /** From now on, this is the memory in which frames come and boxes go. */
  | { kind: 'share'; memory: SharedArrayBuffer }
  | { kind: 'detect'; frames: readonly FrameHead[] };

/** A frame without its pixels, which lie in the shared memory. */
export type FrameHead = Omit<Frame, 'data'>;

/** What the thread answers to `load` and to `detect`: how many boxes each frame has, or why it failed. */
export type Answer = { readonly counts: readonly number[] } | { readonly failure: string };

let engine: Engine | null = null;
let shape: BatchShape | null = null;
let batch: SharedBatch | null = null;

const handle = async (request: Request): Promise<readonly number[]> => {
  if (request.kind === 'load') {
    shape = request.shape;
    engine = await Engine.load(request.manifest, request.bytes, request.settings);
    return [];
  }
  if (request.kind === 'share') {
    batch = shape && viewBatch(request.memory, shape);
    return [];
  }
  if (!engine || !batch) throw new Error('it was not loaded');
  const { pixels, detections } = batch;
  await engine.run(
    request.frames.map((head, i) => ({ ...head, data: pixels[i] })),
    detections,
  );
  return request.frames.map((_, i) => detections[i].count);
};

parentPort?.on('message', (request: Request) => {
  void handle(request).then(
    (counts) => request.kind !== 'share' && parentPort?.postMessage({ counts } satisfies Answer),
    (error: unknown) =>
      parentPort?.postMessage({ failure: error instanceof Error ? error.message : String(error) } satisfies Answer),
  );
});
