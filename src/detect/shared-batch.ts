/**
 * Memory that the detector and its thread share: the pixels of some frames on the way in, their boxes on the way out.
 * Nothing is copied twice, and nothing is allocated per frame.
 */
import { createDetections, type Detections } from '../contract/index.ts';

/** What one entry of a batch needs room for. */
export interface BatchShape {
  /** Bytes of one frame. */
  readonly frameBytes: number;
  /** Boxes of one frame, at most. */
  readonly maxDetections: number;
}

const COLUMNS = ['left', 'top', 'right', 'bottom', 'score'] as const;
const FLOAT_BYTES = 4;

const boxBytes = ({ maxDetections }: BatchShape): number => (COLUMNS.length * FLOAT_BYTES + 1) * maxDetections;

/** Bytes of one entry, a multiple of four so that the next one's floats lie where floats must. */
const entryBytes = (shape: BatchShape): number =>
  Math.ceil((shape.frameBytes + boxBytes(shape)) / FLOAT_BYTES) * FLOAT_BYTES;

/** Detections whose columns lie in shared memory from byte `at` on. */
const detectionsAt = (memory: SharedArrayBuffer, at: number, capacity: number): Detections => {
  const detections = createDetections(0);
  for (const [i, column] of COLUMNS.entries())
    detections[column] = new Float32Array(memory, at + i * FLOAT_BYTES * capacity, capacity);
  detections.classIndex = new Uint8Array(memory, at + COLUMNS.length * FLOAT_BYTES * capacity, capacity);
  return detections;
};

/** Views of one batch's memory; either side makes its own over the same bytes. */
export interface SharedBatch {
  readonly memory: SharedArrayBuffer;
  /** Pixels of each frame. */
  readonly pixels: readonly Uint8Array[];
  /** Boxes of each frame. The columns are shared; the counts beside them are not. */
  readonly detections: readonly Detections[];
}

/** Looks at shared memory as a batch. */
export const viewBatch = (memory: SharedArrayBuffer, shape: BatchShape): SharedBatch => {
  const entries = Array.from({ length: memory.byteLength / entryBytes(shape) }, (_, i) => i * entryBytes(shape));
  return {
    memory,
    detections: entries.map((at) => detectionsAt(memory, at, shape.maxDetections)),
    pixels: entries.map((at) => new Uint8Array(memory, at + boxBytes(shape), shape.frameBytes)),
  };
};

/** New shared memory for `count` frames. */
export const createBatch = (count: number, shape: BatchShape): SharedBatch =>
  viewBatch(new SharedArrayBuffer(count * entryBytes(shape)), shape);
