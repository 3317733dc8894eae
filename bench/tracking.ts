/**
 * How fast and how right the tracker is, beside node-moving-things-tracker from npm on the same detections: on a made-up
 * crowd of 10, 100 and 1,000 people, and on a recording with its truth when one is given.
 *
 *   npm run bench -- tracking [VIDEO --truth MOT.txt] [--frame-rate N] [--from-frame N] [--to-frame N] [--model PATH]
 *                    [--dump FILE]
 *
 * `--dump` writes the settled boxes in MOTChallenge format, pixels, frames from 1, for scoring with other tools.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openRecording } from '../src/capture/index.ts';
import { createDetections, type Detections } from '../src/contract/index.ts';
import { createDetector } from '../src/detect/index.ts';
import {
  computeClearMot,
  computeCountErrors,
  computeIdentityScores,
  createMotBoxes,
  filterMotBoxes,
  formatMot,
  type MotBox,
  type MotBoxes,
  parseMot,
  withoutIgnored,
} from '../src/track/index.ts';
import { median, memoryMiB, print } from './figures.ts';
import { makeCrowd, PICTURE } from './synthetic-crowd.ts';
import { type Contestant, createLagged, createOnline, createRival, type Picture } from './tracker-contestants.ts';

const CONTESTANTS: Readonly<Record<string, (picture: Picture) => Contestant>> = {
  'starling, live': createOnline,
  'starling, settled': createLagged,
  'node-moving-things-tracker': createRival,
};

const CROWDS = [
  { people: 10, frames: 300 },
  { people: 100, frames: 150 },
  { people: 1000, frames: 40 },
] as const;
const FRAME_RATE = 7;
const SEED = 20261;
/** A contestant that needs longer than this for a crowd is stopped, and reported on the frames it did, ms. */
const BUDGET_MS = 30_000;
const PASSES = 10;

interface Run {
  readonly boxes: readonly MotBox[];
  readonly microseconds: readonly number[];
}

const run = (contestant: Contestant, frames: readonly Detections[]): Run => {
  const boxes: MotBox[] = [];
  const microseconds: number[] = [];
  const begun = performance.now();
  for (const detections of frames) {
    const started = performance.now();
    contestant.update(detections);
    microseconds.push((performance.now() - started) * 1000);
    boxes.push(...contestant.take());
    if (performance.now() - begun > BUDGET_MS) break;
  }
  contestant.finish();
  boxes.push(...contestant.take());
  return { boxes, microseconds };
};

const score = (truth: MotBoxes, boxes: readonly MotBox[], from: number, to: number): object => {
  const inRange = filterMotBoxes(truth, (row) => truth.frame[row] >= from && truth.frame[row] <= to);
  const found = createMotBoxes(boxes.filter(({ frame }) => frame >= from && frame <= to));
  const kept = withoutIgnored(inRange, found);
  const counts = computeCountErrors(
    kept.truth,
    kept.found,
    Array.from({ length: to - from + 1 }, (_, i) => from + i),
  );
  return {
    ...computeClearMot(kept.truth, kept.found),
    ...computeIdentityScores(kept.truth, kept.found),
    countError: counts.meanAbsolute,
    countBias: counts.bias,
  };
};

/** One pass to warm up, then one that counts. */
const measure = (create: (picture: Picture) => Contestant, picture: Picture, frames: readonly Detections[]): Run => {
  run(create(picture), frames.slice(0, Math.ceil(frames.length / 4)));
  return run(create(picture), frames);
};

const benchCrowds = (): void => {
  for (const { people, frames } of CROWDS) {
    const crowd = makeCrowd({ people, frames, frameRate: FRAME_RATE, seed: SEED });
    const truth = createMotBoxes(crowd.truth);
    for (const [tracker, create] of Object.entries(CONTESTANTS)) {
      const { boxes, microseconds } = measure(create, PICTURE, crowd.detections);
      print({
        bench: 'tracking',
        scene: 'synthetic',
        people,
        tracker,
        frames: microseconds.length,
        usPerFrame: median(microseconds),
        ...score(truth, boxes, 1, microseconds.length),
      });
    }
  }
};

const benchMemory = (): void => {
  const { detections } = makeCrowd({ people: 100, frames: 150, frameRate: FRAME_RATE, seed: SEED });
  run(createLagged(PICTURE), detections);
  const before = memoryMiB();
  for (let pass = 0; pass < PASSES; pass++) run(createLagged(PICTURE), detections);
  const after = memoryMiB();
  print({ bench: 'tracking', memoryMiB: { passes: PASSES, before, after } });
};

const copyDetections = (from: Detections): Detections => {
  const copy = createDetections(from.count);
  copy.frame = from.frame;
  copy.timeMs = from.timeMs;
  copy.count = from.count;
  for (const column of ['left', 'top', 'right', 'bottom', 'score', 'classIndex'] as const)
    copy[column].set(from[column].subarray(0, from.count));
  return copy;
};

interface RecordingArguments {
  readonly frameRate?: number;
  readonly fromFrame?: number;
  readonly toFrame?: number;
}

const detectAll = async (
  video: string,
  model: string | undefined,
  range: RecordingArguments,
): Promise<{ frames: Detections[]; picture: Picture }> => {
  const detector = await createDetector(model === undefined ? {} : { model });
  const { width, height, fit, padValue } = detector.input;
  const recording = await openRecording(video, { width, height, fit, padValue, ...range });
  const frames: Detections[] = [];
  for await (const frame of recording) frames.push(copyDetections(await detector.detect(frame)));
  await detector.close();
  return { frames, picture: recording.info };
};

const benchVideo = async (
  video: string,
  truthPath: string | undefined,
  options: { model: string | undefined; dump: string | undefined; range: RecordingArguments },
): Promise<void> => {
  const truth = truthPath === undefined ? null : parseMot(await readFile(truthPath, 'utf8'), truthPath);
  const { frames, picture } = await detectAll(video, options.model, options.range);
  const from = Math.max(frames[0].frame, truth ? truth.frame[0] : 1);
  const to = truth
    ? Math.min(frames[frames.length - 1].frame, truth.frame[truth.count - 1])
    : frames[frames.length - 1].frame;
  for (const [tracker, create] of Object.entries(CONTESTANTS)) {
    const { boxes, microseconds } = measure(create, picture, frames);
    const scores = truth ? score(truth, boxes, from, to) : {};
    print({
      bench: 'tracking',
      scene: 'recording',
      tracker,
      frames: microseconds.length,
      usPerFrame: median(microseconds),
      ...scores,
    });
    if (create === createLagged && options.dump !== undefined) {
      await writeFile(options.dump, formatMot(createMotBoxes(boxes)));
    }
  }
};

const numberOf = (name: 'frameRate' | 'fromFrame' | 'toFrame', text: string | undefined): RecordingArguments =>
  text === undefined ? {} : { [name]: Number(text) };

/** Runs the benchmark with the arguments after its name. */
export const runTrackingBench = async (args: readonly string[]): Promise<void> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      truth: { type: 'string' },
      dump: { type: 'string' },
      model: { type: 'string' },
      'frame-rate': { type: 'string' },
      'from-frame': { type: 'string' },
      'to-frame': { type: 'string' },
    },
  });
  benchCrowds();
  benchMemory();
  const [video] = positionals;
  if (video === undefined) return;
  const range = {
    ...numberOf('frameRate', values['frame-rate']),
    ...numberOf('fromFrame', values['from-frame']),
    ...numberOf('toFrame', values['to-frame']),
  };
  await benchVideo(video, values.truth, { model: values.model, dump: values.dump, range });
};
