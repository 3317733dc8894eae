/**
 * Writes the network as ONNX, in float32 or in int8.
 *
 * Both take the frame's bytes as they come (`frame`: uint8, [batch, height, width, 3], BGR) and
 * give one row per cell (`cells`: float32, [batch, cells, classes + 4 × bins]), stride 8 first,
 * then 16, then 32: logits of the classes, then four groups of distance logits. The sigmoid and
 * the softmax are left to the decoder, which needs them for a few cells of thousands.
 *
 * int8 is written as `QuantizeLinear` / `DequantizeLinear` pairs around what computes
 * (convolutions, additions, activations); what only moves numbers (pooling, resizing, joining)
 * works on the bytes, since its inputs and its output share one scale.
 */
import type { Attribute } from './onnx.ts';
import { ElementType, OnnxGraph } from './onnx.ts';
import type { Convolution, Layer, Network } from './network.ts';
import { INPUT } from './network.ts';
import type { Affine, Ranges } from './quantize.ts';
import { PIXELS_PER_CELL, widenCells } from './simplify.ts';
import { affineOf, quantizeBias, quantizeWeights } from './quantize.ts';

/** What NanoDet subtracts from blue, green, red and divides them by. */
const MEAN = [103.53, 116.28, 123.675] as const;
const DEVIATION = [57.375, 57.12, 58.395] as const;

/** The byte that stands for zero in the int8 network: padding then is a mid grey, as in training. */
const INPUT_AFFINE: Affine = { scale: 1, zeroPoint: 114 };

const OPSET = 17;

/** Divides the first convolution's weights by the deviation; the mean is left to the caller. */
function foldDeviation(conv: Convolution): Convolution {
  const taps = conv.shape[2] * conv.shape[3];
  const weights = conv.weights.map((weight, at) => weight / DEVIATION[Math.floor(at / taps) % 3]);
  return { ...conv, weights };
}

/** Moves the offset between {@link INPUT_AFFINE}'s zero and the mean into the bias. */
function foldMean(conv: Convolution): Convolution {
  const taps = conv.shape[2] * conv.shape[3];
  const bias = conv.bias.map((value, output) => {
    const length = conv.shape[1] * taps;
    const row = conv.weights.subarray(output * length, (output + 1) * length);
    return row.reduce(
      (sum, weight, at) => sum + weight * (INPUT_AFFINE.zeroPoint - MEAN[Math.floor(at / taps) % 3]),
      value,
    );
  });
  return { ...conv, bias };
}

class Emitter {
  readonly graph = new OnnxGraph();
  readonly #network: Network;
  readonly #ranges: Ranges | null;
  /** Name of each tensor as floats, as far as anyone asked. */
  readonly #floats = new Map<string, string>();

  constructor(network: Network, ranges: Ranges | null) {
    this.#network = network;
    this.#ranges = ranges;
  }

  emit(): void {
    const [first, ...rest] = this.#network.layers;
    if (first?.kind !== 'conv') throw new Error('the first layer should be a convolution');
    this.graph.input({ name: 'frame', type: ElementType.uint8, shape: ['batch', 'height', 'width', 3] });
    this.#first(this.#enter(first));
    for (const layer of rest) this.#layer(layer);
    const levels = this.#network.heads.map((head) => this.#head(head));
    this.graph.node('Concat', levels, 'cells', { axis: { int: 1 } });
    const rowLength = this.#network.heads[0].shape[0];
    this.graph.output({ name: 'cells', type: ElementType.float, shape: ['batch', 'cells', rowLength] });
  }

  #enter(first: Convolution): Convolution {
    const scaled = foldDeviation(first);
    if (this.#ranges) {
      this.graph.node('Transpose', [this.#cells('frame')], INPUT, { perm: [0, 3, 1, 2] });
      return foldMean(scaled);
    }
    const mean = this.graph.constant('mean', Float32Array.from(MEAN), [3]);
    const cast = this.graph.node('Cast', ['frame'], 'frame.float', { to: { int: ElementType.float } });
    const centred = this.graph.node('Sub', [cast, mean], 'frame.centred');
    this.graph.node('Transpose', [this.#cells(centred)], INPUT, { perm: [0, 3, 1, 2] });
    return scaled;
  }

  /** Sees neighbouring pixels as one cell; the bytes stay where they are. */
  #cells(pixels: string): string {
    const shape = this.graph.constant('cells.shape', BigInt64Array.of(0n, 0n, -1n, BigInt(3 * PIXELS_PER_CELL)), [4]);
    return this.graph.node('Reshape', [pixels, shape], 'frame.cells');
  }

  /** The first convolution, over wide cells; its outputs lie as if it had not been. */
  #first(conv: Convolution): void {
    const [outputs] = conv.shape;
    const wide = `${conv.name}.wide`;
    this.#convolution(widenCells(conv), conv.name, wide);
    const shape = this.graph.constant('outputs.shape', BigInt64Array.of(0n, 0n, -1n, BigInt(outputs)), [4]);
    const rows = this.graph.node('Transpose', [wide], `${wide}.rows`, { perm: [0, 2, 3, 1] });
    const apart = this.graph.node('Reshape', [rows, shape], `${wide}.apart`);
    this.graph.node('Transpose', [apart], conv.name, { perm: [0, 3, 1, 2] });
  }

  #affine(tensor: string): Affine | null {
    if (!this.#ranges) return null;
    if (tensor === INPUT) return INPUT_AFFINE;
    const range = this.#ranges.get(tensor);
    if (!range) throw new Error(`no calibrated range for ${tensor}`);
    return affineOf(range);
  }

  #affineConstants(tensor: string, { scale, zeroPoint }: Affine): [string, string] {
    return [
      this.graph.constant(`${tensor}.scale`, Float32Array.of(scale), []),
      this.graph.constant(`${tensor}.zero`, Uint8Array.of(zeroPoint), []),
    ];
  }

  /** The tensor as floats: itself, or dequantized. */
  #float(tensor: string): string {
    const affine = this.#affine(tensor);
    if (!affine) return tensor;
    const known = this.#floats.get(tensor);
    if (known !== undefined) return known;
    const name = this.graph.node(
      'DequantizeLinear',
      [tensor, ...this.#affineConstants(tensor, affine)],
      `${tensor}.float`,
    );
    this.#floats.set(tensor, name);
    return name;
  }

  /** A node that computes: floats in, and quantized again if the network is int8. */
  #compute(
    opType: string,
    inputs: readonly string[],
    output: string,
    attributes: Record<string, Attribute>,
    scaledAs = output,
  ): void {
    const affine = this.#affine(scaledAs);
    if (!affine) {
      this.graph.node(opType, inputs, output, attributes);
      return;
    }
    const exact = this.graph.node(opType, inputs, `${output}.exact`, attributes);
    this.graph.node('QuantizeLinear', [exact, ...this.#affineConstants(scaledAs, affine)], output);
  }

  #layer(layer: Layer): void {
    const { name } = layer;
    switch (layer.kind) {
      case 'conv':
        return this.#convolution(layer);
      case 'leakyRelu':
        return this.#compute('LeakyRelu', [this.#float(layer.input)], name, { alpha: { float: layer.alpha } });
      case 'add':
        return this.#compute(
          'Add',
          layer.inputs.map((input) => this.#float(input)),
          name,
          {},
        );
      case 'concat':
        this.graph.node('Concat', layer.inputs, name, { axis: { int: 1 } });
        return;
      case 'maxPool':
        this.graph.node('MaxPool', [layer.input], name, {
          kernel_shape: [3, 3],
          strides: [2, 2],
          pads: [layer.pad, layer.pad, layer.pad, layer.pad],
        });
        return;
      case 'resize':
        this.#resize(name, layer.input, layer.scale);
    }
  }

  #resize(name: string, input: string, scale: number): void {
    const scales = this.graph.constant(`scales.${scale}`, Float32Array.of(1, 1, scale, scale), [4]);
    this.graph.node('Resize', [input, '', scales], name, {
      mode: 'linear',
      coordinate_transformation_mode: 'half_pixel',
    });
  }

  #convolution(conv: Convolution, scaledAs = conv.name, output = conv.name): void {
    const { shape, strides, pads } = conv;
    const affine = this.#affine(conv.input);
    const parameters = affine ? this.#quantized(conv, affine, 0) : this.#plain(conv);
    const attributes = { kernel_shape: [shape[2], shape[3]], strides, pads };
    this.#compute('Conv', [this.#float(conv.input), ...parameters], output, attributes, scaledAs);
  }

  #plain({ name, shape, weights, bias }: Convolution): string[] {
    return [
      this.graph.constant(`${name}.weights`, weights, shape),
      this.graph.constant(`${name}.bias`, bias, [shape[0]]),
    ];
  }

  #quantized({ name, shape, weights, bias }: Convolution, input: Affine, axis: number): [string, string] {
    const outputs = shape[0];
    const rows = quantizeWeights(weights, outputs, shape[2] * shape[3]);
    const biases = quantizeBias(bias, rows.scales, input);
    const weightScales = this.graph.constant(`${name}.weights.scale`, rows.scales, [outputs]);
    const biasScales = this.graph.constant(`${name}.bias.scale`, biases.scales, [outputs]);
    const weightBytes = this.graph.constant(`${name}.weights`, rows.values, shape);
    const biasInts = this.graph.constant(`${name}.bias`, biases.values, [outputs]);
    return [
      this.graph.node('DequantizeLinear', [weightBytes, weightScales], `${name}.weights.float`, {
        axis: { int: axis },
      }),
      this.graph.node('DequantizeLinear', [biasInts, biasScales], `${name}.bias.float`, { axis: { int: 0 } }),
    ];
  }

  /** A head as a matrix product over rows of cells, so that a cell's numbers lie side by side. */
  #head({ name, input, shape, weights, bias }: Convolution): string {
    const [outputs, inputs] = shape;
    const rowsLast = this.graph.node('Transpose', [input], `${name}.rows`, { perm: [0, 2, 3, 1] });
    const rowShape = this.graph.constant('rows.shape', BigInt64Array.of(0n, -1n, BigInt(inputs)), [3]);
    const rows = this.graph.node('Reshape', [rowsLast, rowShape], `${name}.cells`);
    const product = this.graph.node(
      'MatMul',
      this.#headFactors(rows, { name, input, weights, outputs, inputs }),
      `${name}.product`,
    );
    return this.graph.node('Add', [product, this.graph.constant(`${name}.bias`, bias, [outputs])], name);
  }

  #headFactors(
    rows: string,
    head: { name: string; input: string; weights: Float32Array; outputs: number; inputs: number },
  ): string[] {
    const { name, input, weights, outputs, inputs } = head;
    const shape = [inputs, outputs];
    const affine = this.#affine(input);
    if (!affine)
      return [
        rows,
        this.graph.constant(`${name}.weights`, transpose(weights, new Float32Array(weights.length), outputs), shape),
      ];
    const { values, scales } = quantizeWeights(weights, outputs, 1);
    const bytes = this.graph.constant(
      `${name}.weights`,
      transpose(values, new Int8Array(values.length), outputs),
      shape,
    );
    const scale = this.graph.constant(`${name}.weights.scale`, scales, [outputs]);
    return [
      this.graph.node('DequantizeLinear', [rows, ...this.#affineConstants(input, affine)], `${name}.cells.float`),
      this.graph.node('DequantizeLinear', [bytes, scale], `${name}.weights.float`, { axis: { int: 1 } }),
    ];
  }
}

/** Turns rows into columns, from one array to another of the same kind. */
function transpose<T extends Float32Array | Int8Array>(from: T, to: T, rows: number): T {
  const columns = from.length / rows;
  for (let at = 0; at < from.length; at++) to[(at % columns) * rows + Math.floor(at / columns)] = from[at];
  return to;
}

/** What to write besides the network itself. */
export interface EmitOptions {
  /** Calibrated ranges make the network int8; without them it is float32. */
  readonly ranges?: Ranges;
  /** Also give these inner tensors as outputs, for calibration. */
  readonly reveal?: readonly string[];
  /** Notes that travel inside the file. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Encodes the network.
 *
 * @param network layers and heads, the heads cut to the outputs that are read
 * @param options precision, extra outputs and notes
 * @returns the bytes of an ONNX file; the same arguments give the same bytes
 */
export function emitOnnx(network: Network, options: EmitOptions = {}): Buffer {
  const emitter = new Emitter(network, options.ranges ?? null);
  emitter.emit();
  for (const name of options.reveal ?? []) {
    emitter.graph.output({ name, type: ElementType.float, shape: ['batch', `${name}.c`, `${name}.h`, `${name}.w`] });
  }
  return emitter.graph.encode('nanodet-g', OPSET, options.metadata ?? {});
}
