/**
 * NanoDet-g as a short list of layers, read off the TensorFlow graph.
 *
 * The published graph came from PyTorch by way of ONNX, and every convolution in it sits between
 * a `Pad`, two `Transpose`s and an `Add`. Here those fold into the convolution; what is left has
 * six kinds of layer, all in channels-first order.
 */
import type { TfConstant, TfGraph, TfNode } from './tfjs.ts';

/** A convolution with its bias; weights in the order output, input, height, width. */
export interface Convolution {
  readonly kind: 'conv';
  readonly name: string;
  readonly input: string;
  readonly shape: readonly [outputs: number, inputs: number, height: number, width: number];
  readonly weights: Float32Array;
  bias: Float32Array;
  /** Down, across. */
  readonly strides: readonly [number, number];
  /** Top, left, bottom, right. */
  readonly pads: readonly [number, number, number, number];
}

/** One step of the network; `name` is also the name of the tensor it makes. */
export type Layer =
  | Convolution
  | { readonly kind: 'leakyRelu'; readonly name: string; readonly input: string; readonly alpha: number }
  | { readonly kind: 'maxPool'; readonly name: string; readonly input: string; readonly pad: number }
  | { readonly kind: 'resize'; readonly name: string; readonly input: string; readonly scale: number }
  | { readonly kind: 'add' | 'concat'; readonly name: string; readonly inputs: readonly string[] };

/** The layers in running order, and the three last convolutions, finest level first. */
export interface Network {
  readonly layers: readonly Layer[];
  readonly heads: readonly Convolution[];
}

/** Name of the network's input tensor inside {@link Network}. */
export const INPUT = 'input';

/** A tensor on the way through the TensorFlow graph, with a `Pad` that is still to be folded. */
interface Wire {
  readonly tensor: string;
  readonly pad: number;
  /** Input pixels per cell, from which the scale of a resize follows. */
  readonly stride: number;
}

const GRAPH_INPUT_PX = 416;

class Reader {
  readonly #graph: TfGraph;
  readonly #wires = new Map<string, Wire>();
  readonly #layers: Layer[] = [];
  readonly #heads: string[] = [];

  constructor(graph: TfGraph) {
    this.#graph = graph;
  }

  read(): Network {
    for (const node of this.#graph.nodes) this.#step(node);
    const isHead = (layer: Layer): layer is Convolution => this.#heads.includes(layer.name);
    const heads = this.#layers.filter(isHead);
    heads.sort((a, b) => this.#heads.indexOf(a.name) - this.#heads.indexOf(b.name));
    return { layers: this.#layers.filter((layer) => !isHead(layer)), heads };
  }

  #step(node: TfNode): void {
    switch (node.op) {
      case 'Placeholder':
        this.#wires.set(node.name, { tensor: INPUT, pad: 0, stride: 1 });
        return;
      case 'Transpose':
        return this.#pass(node);
      case 'Pad':
      case 'PadV2':
        return this.#pass(node, Math.max(...this.#constant(node, 1).data));
      case 'Conv2D':
        return this.#convolution(node);
      case 'Add':
        return this.#add(node);
      case 'LeakyRelu':
        return this.#emit(node, 1, {
          kind: 'leakyRelu',
          input: this.#wire(node, 0).tensor,
          alpha: node.attr['alpha']?.f ?? 0.2,
        });
      case 'MaxPool':
        return this.#emit(node, 2, {
          kind: 'maxPool',
          input: this.#wire(node, 0).tensor,
          pad: this.#wire(node, 0).pad,
        });
      case 'ConcatV2':
        return this.#emit(node, 1, {
          kind: 'concat',
          inputs: [this.#wire(node, 0).tensor, this.#wire(node, 1).tensor],
        });
      case 'ResizeBilinear':
        return this.#resize(node);
      case 'SplitV':
        // What follows a split only reshapes scores and distances; the heads end here.
        this.#heads.push(this.#wire(node, 0).tensor);
        return;
      default:
        return;
    }
  }

  #wire(node: TfNode, index: number): Wire {
    const wire = this.#wires.get(node.input[index] ?? '');
    if (!wire) throw new Error(`${node.op} ${node.name}: input ${index} is not a known tensor`);
    return wire;
  }

  #constant(node: TfNode, index: number): TfConstant {
    const constant = this.#graph.constants.get(node.input[index] ?? '');
    if (!constant) throw new Error(`${node.op} ${node.name}: input ${index} is not a constant`);
    return constant;
  }

  /** Nodes after the heads have inputs that are on no wire; they are passed over. */
  #pass(node: TfNode, pad = 0): void {
    const wire = this.#wires.get(node.input[0] ?? '');
    if (wire) this.#wires.set(node.name, { ...wire, pad: wire.pad + pad });
  }

  #emit(node: TfNode, stride: number, layer: Unnamed<Layer>): void {
    const name = `${layer.kind}${this.#layers.length}`;
    this.#layers.push({ ...layer, name });
    this.#wires.set(node.name, { tensor: name, pad: 0, stride: this.#wire(node, 0).stride * stride });
  }

  #convolution(node: TfNode): void {
    const { tensor, pad } = this.#wire(node, 0);
    const { shape, data } = this.#constant(node, 1);
    const [height = 0, width = 0, inputs = 0, outputs = 0] = shape;
    const weights = new Float32Array(data.length);
    for (let at = 0; at < data.length; at++) {
      const output = at % outputs;
      const input = Math.floor(at / outputs) % inputs;
      const tap = Math.floor(at / (outputs * inputs));
      weights[(output * inputs + input) * height * width + tap] = data[at];
    }
    const stride = node.attr['strides']?.list?.i?.[1] ?? 1;
    const bias = new Float32Array(outputs);
    this.#emit(node, stride, {
      kind: 'conv',
      input: tensor,
      shape: [outputs, inputs, height, width],
      weights,
      bias,
      strides: [stride, stride],
      pads: [pad, pad, pad, pad],
    });
  }

  /** An `Add` of a constant is the bias of the convolution before it. */
  #add(node: TfNode): void {
    const bias = this.#graph.constants.get(node.input[1] ?? '');
    const wire = this.#wire(node, 0);
    if (!bias) {
      return this.#emit(node, 1, { kind: 'add', inputs: [wire.tensor, this.#wire(node, 1).tensor] });
    }
    const before = this.#layers.find((layer) => layer.name === wire.tensor);
    if (before?.kind !== 'conv') throw new Error(`${node.name} adds a constant to something else than a convolution`);
    before.bias = Float32Array.from(bias.data);
    this.#wires.set(node.name, wire);
  }

  #resize(node: TfNode): void {
    const { tensor, stride } = this.#wire(node, 0);
    const [height = 0] = this.#constant(node, 1).data;
    const after = GRAPH_INPUT_PX / height;
    this.#emit(node, after / stride, { kind: 'resize', input: tensor, scale: stride / after });
  }
}

type Unnamed<T> = T extends unknown ? Omit<T, 'name'> : never;

/** Reads the layers off the graph. */
export function readNetwork(graph: TfGraph): Network {
  return new Reader(graph).read();
}

/**
 * Keeps some outputs of a 1×1 convolution and drops the others, weights and all.
 *
 * @param head the convolution
 * @param keep indices of the outputs to keep, in their new order
 */
export function keepOutputs(head: Convolution, keep: readonly number[]): Convolution {
  const inputs = head.shape[1];
  const weights = new Float32Array(keep.length * inputs);
  keep.forEach((output, row) =>
    weights.set(head.weights.subarray(output * inputs, (output + 1) * inputs), row * inputs),
  );
  const bias = Float32Array.from(keep, (output) => head.bias[output]);
  return { ...head, shape: [keep.length, inputs, 1, 1], weights, bias };
}
