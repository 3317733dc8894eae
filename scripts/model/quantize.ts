/**
 * The arithmetic of int8: ranges of tensors to scales, weights to bytes.
 *
 *   real = scale · (byte − zeroPoint)
 */
import type { Network } from './network.ts';

/** Smallest and largest value worth keeping of a tensor; always holds zero. */
export type Range = readonly [low: number, high: number];

/** Ranges by tensor name. */
export type Ranges = ReadonlyMap<string, Range>;

/** How a tensor's bytes map to numbers. */
export interface Affine {
  readonly scale: number;
  readonly zeroPoint: number;
}

/** Largest magnitude of a weight byte, and of two neighbouring ones together. */
const WEIGHT_LIMIT = 127;

/** The scale and zero point that spread a range over a byte. */
export function affineOf([low, high]: Range): Affine {
  const scale = Math.fround((high - low) / 255);
  return { scale, zeroPoint: Math.round((0 - low) / scale) };
}

/**
 * Quantizes weights output by output, each with its own scale, symmetric about zero.
 *
 * Processors without VNNI multiply bytes by weights in pairs of input channels and add each pair in sixteen bits, where
 * 255 · 127 + 255 · 127 would be cut off. So the scale also keeps the sum of a pair within a byte, which costs far less
 * than the usual way out, seven bits for every weight; the results are then the same on every processor.
 *
 * @param weights in the order output, input, tap
 * @param outputs number of outputs
 * @param taps    weights for each pair of output and input: 9 for a 3×3 convolution
 */
export function quantizeWeights(
  weights: Float32Array,
  outputs: number,
  taps: number,
): { values: Int8Array; scales: Float32Array } {
  const length = weights.length / outputs;
  const scales = new Float32Array(outputs);
  for (let output = 0; output < outputs; output++) {
    scales[output] = largestPair(weights.subarray(output * length, (output + 1) * length), taps) / WEIGHT_LIMIT;
  }
  const values = Int8Array.from(weights, (weight, at) => Math.round(weight / scales[Math.floor(at / length)]));
  return { values, scales };
}

/** Largest magnitude that the weights of two neighbouring inputs reach together, for any inputs of one sign. */
function largestPair(weights: Float32Array, taps: number): number {
  let largest = 1e-8;
  for (let at = 0; at < weights.length; at++) {
    const isFirst = Math.floor(at / taps) % 2 === 0;
    const [a, b] = [weights[at], isFirst && at + taps < weights.length ? weights[at + taps] : 0];
    largest = Math.max(largest, Math.abs(a), Math.abs(b), Math.abs(a + b));
  }
  return largest;
}

/** Quantizes a bias to the scale of the products it is added to: input scale × weight scale. */
export function quantizeBias(
  bias: Float32Array,
  weightScales: Float32Array,
  input: Affine,
): { values: Int32Array; scales: Float32Array } {
  const scales = weightScales.map((scale) => scale * input.scale);
  const values = Int32Array.from(bias, (value, output) => Math.round(value / scales[output]));
  return { values, scales };
}

/**
 * Gives one range to all tensors that must share a scale: what goes into a concatenation, a
 * pooling or a resize, and what comes out of it.
 */
export function shareRanges(network: Network, ranges: Ranges): Map<string, Range> {
  const shared = new Map(ranges);
  let changed = true;
  while (changed) {
    changed = false;
    for (const layer of network.layers) {
      if (layer.kind !== 'concat' && layer.kind !== 'maxPool' && layer.kind !== 'resize') continue;
      const group = [layer.name, ...('inputs' in layer ? layer.inputs : [layer.input])];
      const known = group.flatMap((name) => shared.get(name) ?? []);
      const union: Range = [Math.min(...known), Math.max(...known)];
      for (const name of group) {
        const [low, high] = shared.get(name) ?? [];
        if (low === union[0] && high === union[1]) continue;
        shared.set(name, union);
        changed = true;
      }
    }
  }
  return shared;
}
