import { array, assert, float, property } from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { emitOnnx } from './emit.ts';
import { type Convolution, keepOutputs, type Network } from './network.ts';
import { ElementType, OnnxGraph } from './onnx.ts';
import { affineOf, quantizeWeights, type Range, shareRanges } from './quantize.ts';
import { poolFirst } from './simplify.ts';
import { createRandom } from '../../test/helpers/random.ts';

describe('OnnxGraph', () => {
  it('writes what ONNX Runtime reads', async () => {
    const graph = new OnnxGraph();
    graph.input({ name: 'x', type: ElementType.float, shape: ['n', 2] });
    const weights = graph.constant('w', Float32Array.of(1, 2, 3, -4), [2, 2]);
    graph.node('LeakyRelu', [graph.node('MatMul', ['x', weights], 'product')], 'y', { alpha: { float: 0.5 } });
    graph.output({ name: 'y', type: ElementType.float, shape: ['n', 2] });
    const session = await InferenceSession.create(graph.encode('tiny', 17, { licence: 'none' }));
    const { y } = await session.run({ x: new Tensor('float32', Float32Array.of(1, 1, 0, 1), [2, 2]) });
    expect([...(await y.getData())]).toEqual([4, -1, 3, -2]);
  });
});

describe('quantizeWeights', () => {
  const weights = array(float({ noNaN: true, min: -10, max: 10 }), { minLength: 36, maxLength: 36 });

  it('is within half a step, and no pair of inputs can overflow sixteen bits', () => {
    assert(
      property(weights, (values) => {
        const [outputs, taps] = [2, 9];
        const { values: bytes, scales } = quantizeWeights(Float32Array.from(values), outputs, taps);
        values.forEach((value, at) => {
          const scale = scales[Math.floor(at / 18)];
          expect(Math.abs(bytes[at] * scale - value)).toBeLessThanOrEqual(scale * 0.5001);
        });
        for (let output = 0; output < outputs; output++) {
          for (let tap = 0; tap < taps; tap++) {
            const [a, b] = [bytes[output * 18 + tap], bytes[output * 18 + taps + tap]];
            expect(255 * Math.max(a, b, a + b)).toBeLessThanOrEqual(32767);
            expect(255 * Math.min(a, b, a + b)).toBeGreaterThanOrEqual(-32768);
          }
        }
      }),
    );
  });
});

describe('affineOf', () => {
  it('gives zero a byte of its own', () => {
    expect(affineOf([-1, 4])).toEqual({ scale: Math.fround(5 / 255), zeroPoint: 51 });
    expect(affineOf([0, 255])).toEqual({ scale: 1, zeroPoint: 0 });
  });
});

/** A network with each kind of layer, with chance weights. */
function tinyNetwork(): Network {
  const random = createRandom(3);
  const conv = (
    name: string,
    input: string,
    outputs: number,
    inputs: number,
    size: number,
    stride: number,
  ): Convolution => ({
    kind: 'conv',
    name,
    input,
    shape: [outputs, inputs, size, size],
    weights: Float32Array.from({ length: outputs * inputs * size * size }, () => random() - 0.5),
    bias: Float32Array.from({ length: outputs }, () => random() - 0.5),
    strides: [stride, stride],
    pads: size === 3 ? [1, 1, 1, 1] : [0, 0, 0, 0],
  });
  return {
    layers: [
      conv('first', 'input', 8, 3, 3, 2),
      { kind: 'leakyRelu', name: 'active', input: 'first', alpha: 0.1 },
      { kind: 'maxPool', name: 'pooled', input: 'active', pad: 1 },
      conv('second', 'pooled', 8, 8, 3, 1),
      { kind: 'concat', name: 'joined', inputs: ['second', 'pooled'] },
      { kind: 'resize', name: 'small', input: 'joined', scale: 0.5 },
      { kind: 'resize', name: 'large', input: 'small', scale: 2 },
      { kind: 'add', name: 'sum', inputs: ['joined', 'large'] },
    ],
    heads: [keepOutputs(conv('head', 'sum', 6, 16, 1, 1), [0, 2, 5])],
  };
}

async function run(model: Buffer, outputs: readonly string[]): Promise<Float32Array[]> {
  const random = createRandom(5);
  const pixels = Uint8Array.from({ length: 16 * 32 * 3 }, () => 256 * random());
  const session = await InferenceSession.create(model, { logSeverityLevel: 3 });
  const results = await session.run({ frame: new Tensor('uint8', pixels, [1, 16, 32, 3]) }, outputs);
  return outputs.map((name) => {
    const { data } = results[name];
    if (!(data instanceof Float32Array)) throw new TypeError(name);
    return data;
  });
}

/** The first convolution, pixel by pixel, as its definition has it. */
function firstConvolution({ layers }: Network): number[] {
  const conv = layers[0];
  if (conv.kind !== 'conv') throw new TypeError('not a convolution');
  const random = createRandom(5);
  const pixels = Uint8Array.from({ length: 16 * 32 * 3 }, () => 256 * random());
  const mean = [103.53, 116.28, 123.675];
  const deviation = [57.375, 57.12, 58.395];
  const pixel = (y: number, x: number, c: number): number =>
    y < 0 || x < 0 || y >= 16 || x >= 32 ? 0 : (pixels[(y * 32 + x) * 3 + c] - mean[c]) / deviation[c];
  const values: number[] = [];
  for (let output = 0; output < 8; output++) {
    for (let at = 0; at < 8 * 16; at++) {
      let sum = conv.bias[output];
      for (let tap = 0; tap < 27; tap++) {
        const [c, dy, dx] = [Math.floor(tap / 9), Math.floor((tap % 9) / 3) - 1, (tap % 3) - 1];
        sum += conv.weights[output * 27 + tap] * pixel(2 * Math.floor(at / 16) + dy, 2 * (at % 16) + dx, c);
      }
      values.push(sum);
    }
  }
  return values;
}

describe('emitOnnx', () => {
  const network = tinyNetwork();
  const names = network.layers.map(({ name }) => name);

  it('computes the first convolution over wide cells as its definition has it', async () => {
    const [first] = await run(emitOnnx(network, { reveal: ['first'] }), ['first']);
    firstConvolution(network).forEach((value, at) => expect(first[at]).toBeCloseTo(value, 4));
  });

  it('gives the same when pooling comes before the activation', async () => {
    const [plain] = await run(emitOnnx(network), ['cells']);
    const [swapped] = await run(emitOnnx(poolFirst(network)), ['cells']);
    expect(swapped).toEqual(plain);
  });

  it('stays close in int8', async () => {
    const [exact] = await run(emitOnnx(network), ['cells']);
    const tensors = await run(emitOnnx(network, { reveal: names }), names);
    const ranges = new Map<string, Range>(
      tensors.map((values, i) => [names[i], [Math.min(0, ...values), Math.max(0, ...values)]]),
    );
    const [rough] = await run(emitOnnx(network, { ranges: shareRanges(network, ranges) }), ['cells']);
    const spread = Math.max(...exact) - Math.min(...exact);
    // Inside only: at the border int8 pads with one grey for all three channels.
    exact.forEach((value, at) => expect(Math.abs(rough[at] - value)).toBeLessThan(spread * 0.05));
  });

  it('is the same every time', () => {
    expect(emitOnnx(network).equals(emitOnnx(tinyNetwork()))).toBe(true);
  });
});
