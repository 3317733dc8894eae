/**
 * Finds the range of every tensor by running the float network over calibration pictures.
 *
 * The range holds the extremes of 95 of 100 pictures. Measured against the greatest extremes, the mean of extremes,
 * percentiles of all values and the least squared error, on the scene of the calibration and on another one: these
 * differ by less than 0.01 in average precision, except that cutting by squared error loses 0.02 on the other scene.
 */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { emitOnnx } from './emit.ts';
import type { Network } from './network.ts';
import { type Range, shareRanges } from './quantize.ts';
import type { Picture } from './variations.ts';

/** Share of the pictures whose extremes the range holds. */
const SHARE = 0.95;

/** Least and greatest value of a tensor; zero is always between, since padding needs it. */
function extremes(values: Float32Array): Range {
  let low = 0;
  let high = 0;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** A range that holds most of the ranges, to four digits: the last bits differ from processor to processor. */
function mostOf(ranges: readonly Range[]): Range {
  const rank = Math.min(ranges.length - 1, Math.floor(SHARE * ranges.length));
  const lows = ranges.map(([low]) => low).toSorted((a, b) => b - a);
  const highs = ranges.map(([, high]) => high).toSorted((a, b) => a - b);
  return [Number(lows[rank].toPrecision(4)), Number(highs[rank].toPrecision(4))];
}

/**
 * Ranges of all tensors of the network.
 *
 * @param network  the network
 * @param pictures calibration pictures, all of one size
 */
export async function calibrate(network: Network, pictures: AsyncIterable<Picture>): Promise<Map<string, Range>> {
  const seen = new Map<string, Range[]>(network.layers.map((layer) => [layer.name, []]));
  const names = [...seen.keys()];
  const bytes = emitOnnx(network, { reveal: names });
  const session = await InferenceSession.create(bytes, { graphOptimizationLevel: 'basic', logSeverityLevel: 3 });
  for await (const { data, width, height } of pictures) {
    const outputs = await session.run({ frame: new Tensor('uint8', data, [1, height, width, 3]) }, names);
    for (const [name, ranges] of seen) {
      const values = outputs[name].data;
      if (values instanceof Float32Array) ranges.push(extremes(values));
    }
  }
  await session.release();
  return shareRanges(network, new Map([...seen].map(([name, ranges]) => [name, mostOf(ranges)])));
}
