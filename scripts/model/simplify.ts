/**
 * Rewrites of the network that leave its results alone and cost less time.
 */
import type { Convolution, Network } from './network.ts';

/** Outputs of the first convolution that are computed side by side, as if they were more channels of one. */
const OUTPUTS_PER_CELL = 2;

/** Pixels that lie side by side in memory and are read as one cell. */
export const PIXELS_PER_CELL = 2 * OUTPUTS_PER_CELL;

/**
 * The first convolution over cells of several pixels.
 *
 * It steps two pixels at a time over three channels, and gathering nine snippets of three bytes for each of its
 * outputs takes longer than the arithmetic. Seen as cells of four pixels, a window of two cells holds all that two
 * neighbouring outputs need, so those become 2 × 32 channels of one output, and the other weights are zero:
 *
 * ```
 *   cells           j−1        |         j
 *   pixels  4j−4 … 4j−2  4j−1  | 4j  4j+1  4j+2  4j+3
 *   output 2j              w0  | w1    w2
 *   output 2j+1                |       w0    w1    w2
 * ```
 */
export function widenCells(conv: Convolution): Convolution {
  const [outputs, channels, rows, columns] = conv.shape;
  const cellChannels = channels * PIXELS_PER_CELL;
  const shape = [outputs * OUTPUTS_PER_CELL, cellChannels, rows, 2] as const;
  const weights = new Float32Array(shape[0] * shape[1] * shape[2] * shape[3]);
  for (let from = 0; from < conv.weights.length; from++) {
    const column = from % columns;
    const row = Math.floor(from / columns) % rows;
    const channel = Math.floor(from / (columns * rows)) % channels;
    const output = Math.floor(from / (columns * rows * channels));
    for (let place = 0; place < OUTPUTS_PER_CELL; place++) {
      const pixel = PIXELS_PER_CELL - 1 + 2 * place + column;
      const cellChannel = (pixel % PIXELS_PER_CELL) * channels + channel;
      const cellRow = ((place * outputs + output) * cellChannels + cellChannel) * rows + row;
      weights[cellRow * 2 + Math.floor(pixel / PIXELS_PER_CELL)] = conv.weights[from];
    }
  }
  const bias = Float32Array.from({ length: shape[0] }, (_, output) => conv.bias[output % outputs]);
  return { ...conv, shape, weights, bias, strides: [2, 1], pads: [1, 1, 1, 0] };
}

/** Max-pooling before a rising activation gives the same as after it, on a quarter of the numbers. */
export function poolFirst({ layers, heads }: Network): Network {
  const swapped = [...layers];
  swapped.forEach((layer, at) => {
    const before = swapped[at - 1];
    if (layer.kind !== 'maxPool' || before?.kind !== 'leakyRelu' || before.name !== layer.input) return;
    swapped[at - 1] = { ...layer, name: before.name, input: before.input };
    swapped[at] = { ...before, name: layer.name, input: before.name };
  });
  return { layers: swapped, heads };
}
