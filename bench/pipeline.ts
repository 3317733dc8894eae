/**
 * How fast `measure` is on one thread of inference, and how much of that time is the model's own.
 *
 * The whole, inference alone and decoding alone run over the same frames in turns, several times, so that a machine
 * that slows down slows all of them; the median of each is reported.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Frame, openRecording } from '../src/capture/index.ts';
import { measure } from '../src/cli/measure.ts';
import { createDetector, type Detector } from '../src/detect/index.ts';
import { median, memoryMiB, print } from './figures.ts';

const ROUNDS = 5;
const WINDOW_S = 60;
const PASSES = 10;
/** Frames of a pass, and passes before memory is read: the allocator's pools fill first. */
const MEMORY_FRAMES = 70;
const WARM_UP_PASSES = 15;

/** Frames per second of `work`, which says how many frames it did. */
const rateOf = async (work: () => Promise<number>): Promise<number> => {
  const started = performance.now();
  const frames = await work();
  return frames / ((performance.now() - started) / 1000);
};

const readFrames = async (input: string, { input: size }: Detector, toFrame: number): Promise<Frame[]> => {
  const frames: Frame[] = [];
  for await (const frame of await openRecording(input, { ...size, toFrame }))
    frames.push({ ...frame, data: frame.data.slice() });
  return frames;
};

const decode = async (input: string, { input: size }: Detector, toFrame: number): Promise<number> => {
  let frames = 0;
  for await (const frame of await openRecording(input, { ...size, toFrame })) frames += frame.data.length > 0 ? 1 : 0;
  return frames;
};

const infer = async (frames: readonly Frame[], detector: Detector): Promise<number> => {
  for (const frame of frames) await detector.detect(frame);
  return frames.length;
};

const framesOf = async (input: string, site: string, out: string, toFrame: number): Promise<number> =>
  (await measure(input, { site, out, toFrame, window: WINDOW_S }))?.frames ?? 0;

interface Rates {
  readonly whole: number[];
  readonly inference: number[];
  readonly decoding: number[];
}

const report = (input: string, frames: number, rates: Rates): void => {
  const ratios = rates.whole.map((rate, i) => rate / rates.inference[i]);
  print({
    bench: 'pipeline',
    input,
    frames,
    rounds: rates.whole.length,
    inferenceThreads: 1,
    wholeFramesPerS: median(rates.whole),
    inferenceFramesPerS: median(rates.inference),
    decodingFramesPerS: median(rates.decoding),
    ratio: median(ratios),
    ratioMin: Math.min(...ratios),
    ratioMax: Math.max(...ratios),
  });
};

/** `npm run bench -- pipeline [VIDEO --site FILE] [--frames N]`. */
export const runPipelineBench = async (args: readonly string[]): Promise<void> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { site: { type: 'string' }, frames: { type: 'string', default: '420' } },
  });
  const [input = 'samples/plaza.mp4'] = positionals;
  const { site = 'samples/plaza.site.yaml' } = values;
  const toFrame = Number(values.frames);
  const out = await mkdtemp(join(tmpdir(), 'starling-bench-'));
  const detector = await createDetector();
  try {
    const frames = await readFrames(input, detector, toFrame);
    const rates: Rates = { whole: [], inference: [], decoding: [] };
    await infer(frames.slice(0, 20), detector);
    for (let round = 0; round < ROUNDS; round++) {
      rates.inference.push(await rateOf(() => infer(frames, detector)));
      rates.whole.push(await rateOf(() => framesOf(input, site, out, toFrame)));
      rates.decoding.push(await rateOf(() => decode(input, detector, toFrame)));
    }
    report(input, frames.length, rates);
    await reportMemory(() => framesOf(input, site, out, MEMORY_FRAMES));
  } finally {
    await detector.close();
    await rm(out, { recursive: true });
  }
};

const reportMemory = async (pass: () => Promise<number>): Promise<void> => {
  for (let i = 0; i < WARM_UP_PASSES; i++) await pass();
  const start = memoryMiB();
  for (let i = 0; i < PASSES; i++) await pass();
  print({ bench: 'pipeline-memory', warmUpPasses: WARM_UP_PASSES, passes: PASSES, start, end: memoryMiB() });
};
