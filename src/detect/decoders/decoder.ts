/**
 * What the four decoders have in common.
 */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { OBJECT_CLASSES } from '../../contract/index.ts';
import type { Candidates } from '../candidates.ts';
import type { ModelManifest } from '../manifest.ts';

/** A model's raw outputs, by name. */
export type Outputs = InferenceSession.ReturnType;

/** Turns a model's raw outputs into boxes. */
export interface Decoder {
  /** Names of the outputs it reads; no other is computed into memory that anyone sees. */
  readonly outputNames: readonly string[];
  /**
   * Adds what one picture of the batch shows.
   *
   * @param outputs raw outputs
   * @param picture index into the batch
   * @param into    gets the boxes, as fractions of the delivered frame
   */
  decode(outputs: Outputs, picture: number, into: Candidates): void;
}

/** Which of a model's class columns are read, and as what. */
export interface ClassColumns {
  /** Columns in the model's output. */
  readonly columns: Uint16Array;
  /** For each of them, the index into `OBJECT_CLASSES`. */
  readonly classIndices: Uint8Array;
}

/** The columns that a manifest lists. */
export function classColumns({ classes }: Pick<ModelManifest, 'classes'>): ClassColumns {
  return {
    columns: Uint16Array.from(classes, (entry) => entry.index),
    classIndices: Uint8Array.from(classes, (entry) => OBJECT_CLASSES.indexOf(entry.class)),
  };
}

/** An output's numbers and its shape. */
export interface Floats {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** An output that must be float32 with `rank` dimensions, the last of at least `columns`. */
export function floats(outputs: Outputs, name: string, rank: number, columns: number): Floats {
  const output: Tensor | undefined = outputs[name];
  const data = output?.data;
  if (!output || !(data instanceof Float32Array)) throw new TypeError(`its output "${name}" is not float32`);
  if (output.dims.length !== rank || output.dims[rank - 1] < columns) {
    throw new TypeError(`its output "${name}" has the shape ${output.dims.join(' × ')}`);
  }
  return { data, dims: output.dims };
}

/** Cells of a square grid over the input, one level per stride, row by row. */
export function cellCount(input: { width: number; height: number }, strides: readonly number[]): number {
  return strides.reduce((sum, stride) => sum + Math.ceil(input.width / stride) * Math.ceil(input.height / stride), 0);
}
