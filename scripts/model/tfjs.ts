/**
 * Reads a TensorFlow.js graph model: a JSON of nodes and a file of weights, float16 on disk.
 */
import { z } from 'zod';

const weightSchema = z.object({
  name: z.string(),
  shape: z.array(z.number().int()),
  dtype: z.enum(['float32', 'int32']),
  quantization: z.object({ dtype: z.literal('float16') }).optional(),
});

const attributeSchema = z.object({
  f: z.number().optional(),
  s: z.string().optional(),
  list: z.object({ i: z.array(z.coerce.number()).optional() }).optional(),
});

const nodeSchema = z.object({
  op: z.string(),
  name: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), attributeSchema).default({}),
});

const modelSchema = z.object({
  modelTopology: z.object({ node: z.array(nodeSchema) }),
  weightsManifest: z.array(z.object({ weights: z.array(weightSchema) })).length(1),
});

/** A node of the TensorFlow graph, in an order where every input comes first. */
export type TfNode = z.infer<typeof nodeSchema>;

/** A constant of the TensorFlow graph. */
export interface TfConstant {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** The graph and its constants by name. */
export interface TfGraph {
  readonly nodes: readonly TfNode[];
  readonly constants: ReadonlyMap<string, TfConstant>;
}

function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function readConstants(weights: readonly z.infer<typeof weightSchema>[], file: Buffer): Map<string, TfConstant> {
  const constants = new Map<string, TfConstant>();
  let offset = 0;
  for (const { name, shape, dtype, quantization } of weights) {
    const length = shape.reduce((product, size) => product * size, 1);
    const width = quantization ? 2 : 4;
    const data = dtype === 'int32' ? new Int32Array(length) : new Float32Array(length);
    for (let i = 0; i < length; i++) {
      const at = offset + i * width;
      if (quantization) data[i] = float16(file.readUInt16LE(at));
      else data[i] = dtype === 'int32' ? file.readInt32LE(at) : file.readFloatLE(at);
    }
    constants.set(name, { shape, data });
    offset += length * width;
  }
  if (offset !== file.length) throw new Error(`the weights end at byte ${offset} of ${file.length}`);
  return constants;
}

/**
 * Parses a graph model.
 *
 * @param json text of `model.json`
 * @param weights bytes of the one weight file it names
 */
export function readTfjs(json: string, weights: Buffer): TfGraph {
  const { modelTopology, weightsManifest } = modelSchema.parse(JSON.parse(json));
  const constants = readConstants(
    weightsManifest.flatMap((group) => group.weights),
    weights,
  );
  return { nodes: modelTopology.node, constants };
}
