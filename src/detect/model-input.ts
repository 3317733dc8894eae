/**
 * From frames to a model's input tensor.
 *
 * The default model takes a frame's bytes as they are, so nothing is copied. Others want floats, another channel
 * order, or one plane per channel; for those a table of 256 floats per channel does the arithmetic.
 */
import { Tensor } from 'onnxruntime-node';
import type { Frame } from '../capture/index.ts';
import type { ModelManifest } from './manifest.ts';

type InputSpec = ModelManifest['input'];

const CHANNELS = 3;

/** Fills one input tensor again and again. */
export class ModelInput {
  readonly #spec: InputSpec;
  /** Where each channel of the model comes from in a BGR pixel. */
  readonly #sources: readonly number[];
  readonly #tables: readonly Float32Array[];
  readonly #batches = new Map<number, Tensor>();
  readonly #wrapped = new WeakMap<Uint8Array, Tensor>();

  /** @param spec the manifest's description of the input */
  constructor(spec: InputSpec) {
    this.#spec = spec;
    this.#sources = spec.channelOrder === 'BGR' ? [0, 1, 2] : [2, 1, 0];
    this.#tables = [0, 1, 2].map((channel) => normalisationTable(spec, channel));
  }

  /**
   * The input for some frames, valid until the next call.
   *
   * @param frames all of the size that the model wants
   */
  tensorOf(frames: readonly Frame[]): Tensor {
    if (frames.length === 1 && this.#takesBytesAsTheyAre()) return this.#wrap(frames[0].data);
    const tensor = this.#batch(frames.length);
    const { data } = tensor;
    const length = this.#spec.width * this.#spec.height * CHANNELS;
    frames.forEach((frame, index) => {
      if (data instanceof Float32Array || data instanceof Uint8Array) this.#fill(frame.data, data, index * length);
    });
    return tensor;
  }

  #takesBytesAsTheyAre(): boolean {
    const { dtype, layout, channelOrder, normalisation } = this.#spec;
    return dtype === 'uint8' && layout === 'NHWC' && channelOrder === 'BGR' && normalisation === null;
  }

  /** Frames come from a small pool, so each buffer is wrapped once. */
  #wrap(data: Uint8Array): Tensor {
    let tensor = this.#wrapped.get(data);
    if (!tensor) {
      tensor = new Tensor('uint8', data, this.#shape(1));
      this.#wrapped.set(data, tensor);
    }
    return tensor;
  }

  #batch(count: number): Tensor {
    let tensor = this.#batches.get(count);
    if (!tensor) {
      const shape = this.#shape(count);
      const length = shape.reduce((product, size) => product * size);
      const floats = this.#spec.dtype === 'float32';
      tensor = floats
        ? new Tensor('float32', new Float32Array(length), shape)
        : new Tensor('uint8', new Uint8Array(length), shape);
      this.#batches.set(count, tensor);
    }
    return tensor;
  }

  #shape(count: number): number[] {
    const { layout, width, height } = this.#spec;
    return layout === 'NHWC' ? [count, height, width, CHANNELS] : [count, CHANNELS, height, width];
  }

  #fill(pixels: Uint8Array, into: Float32Array | Uint8Array, from: number): void {
    const count = this.#spec.width * this.#spec.height;
    const interleaved = this.#spec.layout === 'NHWC';
    for (let channel = 0; channel < CHANNELS; channel++) {
      const table = this.#tables[channel];
      const source = this.#sources[channel];
      const start = from + (interleaved ? channel : channel * count);
      const step = interleaved ? CHANNELS : 1;
      for (let pixel = 0; pixel < count; pixel++) {
        into[start + pixel * step] = table[pixels[pixel * CHANNELS + source]];
      }
    }
  }
}

function normalisationTable({ normalisation }: InputSpec, channel: number): Float32Array {
  const mean = normalisation?.mean[channel] ?? 0;
  const deviation = normalisation?.deviation[channel] ?? 1;
  return Float32Array.from({ length: 256 }, (_, byte) => (byte - mean) / deviation);
}
