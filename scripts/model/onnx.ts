/**
 * A writer for ONNX files: just the protobuf messages a graph needs.
 *
 * Protobuf's wire format is a list of (field number, wire type, value). Field numbers are from
 * onnx.proto3 of the ONNX project (Apache-2.0).
 */

/** Element types of a tensor, by their numbers in ONNX's `TensorProto.DataType`. */
export const ElementType = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7 } as const;

/** One of the numbers in {@link ElementType}. */
export type ElementTypeNumber = (typeof ElementType)[keyof typeof ElementType];

/** An attribute of a node: an integer list, a string, an integer or a float. */
export type Attribute = readonly number[] | string | { readonly int: number } | { readonly float: number };

/** A graph input or output: its shape mixes sizes and names of sizes that are free. */
export interface Port {
  readonly name: string;
  readonly type: ElementTypeNumber;
  readonly shape: readonly (number | string)[];
}

type Constant = Float32Array | Uint8Array | Int8Array | Int32Array | BigInt64Array;

const VARINT = 0;
const BYTES = 2;
const FIXED32 = 5;

function varint(value: number | bigint): Buffer {
  const groups: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    groups.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return Buffer.from(groups);
}

function integer(field: number, value: number): Buffer {
  return Buffer.concat([varint((field << 3) | VARINT), varint(value)]);
}

function bytes(field: number, value: string | Uint8Array): Buffer {
  const body = typeof value === 'string' ? Buffer.from(value) : value;
  return Buffer.concat([varint((field << 3) | BYTES), varint(body.length), body]);
}

function float(field: number, value: number): Buffer {
  const body = Buffer.alloc(4);
  body.writeFloatLE(value);
  return Buffer.concat([varint((field << 3) | FIXED32), body]);
}

function attribute(name: string, value: Attribute): Buffer {
  const fields = [bytes(1, name)];
  if (typeof value === 'string') {
    fields.push(bytes(4, value), integer(20, 3));
  } else if ('int' in value) {
    fields.push(integer(3, value.int), integer(20, 2));
  } else if ('float' in value) {
    fields.push(float(2, value.float), integer(20, 1));
  } else {
    fields.push(...value.map((item) => integer(8, item)), integer(20, 7));
  }
  return Buffer.concat(fields);
}

function elementTypeOf(data: Constant): ElementTypeNumber {
  if (data instanceof Float32Array) return ElementType.float;
  if (data instanceof Uint8Array) return ElementType.uint8;
  if (data instanceof Int8Array) return ElementType.int8;
  if (data instanceof Int32Array) return ElementType.int32;
  return ElementType.int64;
}

function port({ name, type, shape }: Port): Buffer {
  const dims = shape.map((size) => bytes(1, typeof size === 'string' ? bytes(2, size) : integer(1, size)));
  const tensor = Buffer.concat([integer(1, type), bytes(2, Buffer.concat(dims))]);
  return Buffer.concat([bytes(1, name), bytes(2, bytes(1, tensor))]);
}

/** Collects nodes, constants, inputs and outputs, and encodes them as one ONNX model. */
export class OnnxGraph {
  readonly #nodes: Buffer[] = [];
  readonly #constants = new Map<string, Buffer>();
  readonly #inputs: Buffer[] = [];
  readonly #outputs: Buffer[] = [];

  /** Adds a node that makes `output`; returns that name. */
  node(
    opType: string,
    inputs: readonly string[],
    output: string,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    this.#nodes.push(
      Buffer.concat([
        ...inputs.map((name) => bytes(1, name)),
        bytes(2, output),
        bytes(3, output),
        bytes(4, opType),
        ...Object.entries(attributes).map(([name, value]) => bytes(5, attribute(name, value))),
      ]),
    );
    return output;
  }

  /** Adds a constant (once per name); returns its name. An empty shape is a scalar. */
  constant(name: string, data: Constant, shape: readonly number[]): string {
    if (!this.#constants.has(name)) {
      const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      this.#constants.set(
        name,
        Buffer.concat([
          ...shape.map((size) => integer(1, size)),
          integer(2, elementTypeOf(data)),
          bytes(8, name),
          bytes(9, raw),
        ]),
      );
    }
    return name;
  }

  /** Declares a graph input. */
  input(declared: Port): void {
    this.#inputs.push(port(declared));
  }

  /** Declares a graph output. */
  output(declared: Port): void {
    this.#outputs.push(port(declared));
  }

  /** The whole model as bytes. The same calls give the same bytes. */
  encode(name: string, opset: number, metadata: Readonly<Record<string, string>>): Buffer {
    const graph = Buffer.concat([
      ...this.#nodes.map((node) => bytes(1, node)),
      bytes(2, name),
      ...[...this.#constants.values()].map((constant) => bytes(5, constant)),
      ...this.#inputs.map((input) => bytes(11, input)),
      ...this.#outputs.map((output) => bytes(12, output)),
    ]);
    return Buffer.concat([
      integer(1, 8),
      bytes(2, 'starling model build'),
      bytes(7, graph),
      bytes(8, Buffer.concat([bytes(1, ''), integer(2, opset)])),
      ...Object.entries(metadata).map(([key, value]) => bytes(14, Buffer.concat([bytes(1, key), bytes(2, value)]))),
    ]);
  }
}
