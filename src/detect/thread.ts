/**
 * The detector's own thread: ONNX Runtime's Node binding computes on the thread that asks, so that it would hold up
 * decoding, measuring and Ctrl-C if it ran beside them.
 */
import { type MessagePort, parentPort } from 'node:worker_threads';
import type { Frame } from '../capture/index.ts';
import { Engine, type EngineSettings } from './engine.ts';
import type { ModelManifest } from './manifest.ts';
import { type BatchShape, type SharedBatch, viewBatch } from './shared-batch.ts';

/** What the detector asks of its thread. */
export type Request =
  | { kind: 'load'; manifest: ModelManifest; bytes: Uint8Array; settings: EngineSettings }
  /** From now on, these are the memories, in turns, in which frames come and boxes go. */
  | { kind: 'share'; memories: readonly SharedArrayBuffer[]; shape: BatchShape }
  /** Let go of the model, and end: a thread that is killed in the middle of a run takes the process with it. */
  | { kind: 'close' }
  | { kind: 'detect'; turn: number; frames: readonly FrameHead[] };

/** A frame without its pixels, which lie in the shared memory. */
export type FrameHead = Omit<Frame, 'data'>;

/** What the thread answers to `load` and to `detect`: how many boxes each frame has, or why it failed. */
export type Answer = { readonly counts: readonly number[] } | { readonly failure: string };

let engine: Engine | null = null;
let batches: readonly SharedBatch[] = [];

const handle = async (request: Exclude<Request, { kind: 'close' }>): Promise<readonly number[]> => {
  if (request.kind === 'load') {
    engine = await Engine.load(request.manifest, request.bytes, request.settings);
    return [];
  }
  if (request.kind === 'share') {
    batches = request.memories.map((memory) => viewBatch(memory, request.shape));
    return [];
  }
  if (!engine) throw new Error('it was not loaded');
  const { pixels, detections } = batches[request.turn];
  await engine.run(
    request.frames.map((head, i) => ({ ...head, data: pixels[i] })),
    detections,
  );
  return request.frames.map((_, i) => detections[i].count);
};

const answer = async (port: MessagePort, request: Request): Promise<void> => {
  if (request.kind === 'close') {
    await engine?.release();
    port.close();
    return;
  }
  try {
    const counts = await handle(request);
    if (request.kind !== 'share') port.postMessage({ counts } satisfies Answer);
  } catch (error) {
    port.postMessage({ failure: error instanceof Error ? error.message : String(error) } satisfies Answer);
  }
};

/** One request after the other: the model must not be let go of while it runs. */
const listen = (port: MessagePort): void => {
  let last = Promise.resolve();
  port.on('message', (request: Request) => {
    last = last.then(() => answer(port, request));
  });
};

if (parentPort) listen(parentPort);
