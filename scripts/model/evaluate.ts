/**
 * Measures models on the evaluation data: average precision, count error and time.
 *
 *   node scripts/model/evaluate.ts                     the bundled default model
 *   node scripts/model/evaluate.ts FILE.onnx …         others, each with its manifest beside it
 *
 * The data is not part of the project; without it, this says so and ends.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openRecording } from '../../src/capture/index.ts';
import { PERSON_CLASS_INDEX } from '../../src/contract/index.ts';
import { createDetector, type Detector } from '../../src/detect/index.ts';
import { type Accuracy, AccuracyMeter, readTruth } from './accuracy.ts';

const DATA = path.resolve(import.meta.dirname, '../../../shared/data/pets2009-s2l1');
const VIDEO = path.join(DATA, 'vtest.avi');
const TRUTH = path.join(DATA, 'gt-frames-1-400.txt');
const LAST_FRAME = 400;

interface Evaluation extends Accuracy {
  /** Median and least time of a frame, from bytes to boxes, ms. */
  readonly medianMs: number;
  readonly leastMs: number;
}

async function evaluate(detector: Detector): Promise<Evaluation> {
  const recording = await openRecording(VIDEO, { ...detector.input, toFrame: LAST_FRAME });
  const truth = readTruth(TRUTH, recording.info);
  const meter = new AccuracyMeter(PERSON_CLASS_INDEX);
  const times: number[] = [];
  for await (const frame of recording) {
    const start = performance.now();
    const found = await detector.detect(frame);
    times.push(performance.now() - start);
    meter.add(found, truth.get(frame.number) ?? []);
  }
  times.sort((a, b) => a - b);
  return { ...meter.result(), medianMs: times[Math.floor(times.length / 2)], leastMs: times[0] };
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { floor: { type: 'string', default: '0.05' } },
  });
  if (!existsSync(VIDEO)) {
    process.stdout.write('skipped: the evaluation data (../shared/data/pets2009-s2l1) is not here\n');
    return;
  }
  const models = positionals.length > 0 ? positionals.map((model) => ({ model })) : [{}];
  for (const model of models) {
    const detector = await createDetector({ ...model, scoreFloor: Number(values.floor) });
    const figures = await evaluate(detector);
    process.stdout.write(`${JSON.stringify({ model: detector.model.manifest.name, ...figures })}\n`);
    await detector.close();
  }
}

await main();
