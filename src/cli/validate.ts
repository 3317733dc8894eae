/**
 * `starling validate`: how wrong is it here? A recording is measured and held against what a person says is true.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command } from 'commander';
import { gateId, StarlingError } from '../contract/index.ts';
import { compareCrossings, createMeter, type GateEvent } from '../measure/index.ts';
import { type MotBoxes, parseMot } from '../track/index.ts';
import { INTERRUPTED_EXIT_CODE } from './failure.ts';
import { readHandCounts } from './hand-counts.ts';
import { listenForInterruption } from './interruption.ts';
import { addRecordingOptions, checkChoice, type RecordingChoice } from './options.ts';
import { showProgress } from './progress.ts';
import { meterOptionsFor, openSubject, plannedFrames, type Subject } from './subject.ts';
import { crossingsOf, evaluateBoxes, type FrameTime, lastFrameOf, TrackLog } from './truth.ts';
import { describeValidation, type Validation, verdictOn } from './verdict.ts';

/** What `validate` may be told. */
interface ValidateOptions extends RecordingChoice {
  readonly truth?: string;
  readonly counts?: string;
}

/** A crossing seen by hand may be noted this much too early or too late, s. */
const TOLERANCE_S = 2.5;

interface Observed {
  readonly boxes: MotBoxes;
  readonly frames: readonly FrameTime[];
  readonly crossings: readonly GateEvent[];
}

/** What Starling sees in the recording: boxes, for the time of this comparison only, and crossings. */
const observe = async (subject: Subject, options: ValidateOptions, stop: AbortSignal): Promise<Observed> => {
  const { sensor } = subject;
  const crossings: GateEvent[] = [];
  const log = new TrackLog(sensor.recording);
  const meter = createMeter({
    ...meterOptionsFor(subject),
    zones: [],
    onCrossing: (gate, { direction, timeMs }) => crossings.push({ gate, direction, timeMs }),
  });
  const progress = showProgress(plannedFrames(sensor, options));
  try {
    for await (const { tracks, footPoints, positions } of sensor.watch(stop)) {
      log.add(tracks);
      meter.measure(footPoints, positions);
      progress.update(log.frames.length);
    }
  } finally {
    progress.stop();
  }
  meter.finish();
  return { boxes: log.boxes(), frames: log.frames, crossings };
};

const readTruth = async (path: string): Promise<MotBoxes> => {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new StarlingError('VALIDATE_BAD_TRUTH', { place: path, problem: 'the file cannot be read' }, { cause });
  });
  return parseMot(text, path);
};

/** Crossings of the stretch that was measured; what happened before or after it was neither found nor missed. */
const withinMeasured = (crossings: readonly GateEvent[], frames: readonly FrameTime[]): GateEvent[] => {
  const from = frames[0]?.timeMs ?? Number.POSITIVE_INFINITY;
  const to = frames.at(-1)?.timeMs ?? Number.NEGATIVE_INFINITY;
  return crossings.filter(({ timeMs }) => timeMs >= from && timeMs <= to);
};

const validate = async (input: string, options: ValidateOptions, stop: AbortSignal): Promise<Validation> => {
  const truth = options.truth === undefined ? null : await readTruth(options.truth);
  // Beyond the last box of the truth nobody knows who was there.
  const toFrame = options.toFrame ?? (truth ? lastFrameOf(truth) : undefined);
  const range = { ...options, ...(toFrame !== undefined && { toFrame }) };
  const subject = await openSubject(input, range);
  try {
    const { site, camera, sensor } = subject;
    const gates = (site?.gates ?? []).filter((gate) => !('camera' in gate) || gate.camera === camera?.id);
    const names = gates.map(({ id }) => gateId(id));
    const hand = options.counts === undefined ? null : await readHandCounts(options.counts, names);
    const { boxes, frames, crossings } = await observe(subject, range, stop);
    const trueCrossings = gates.length === 0 ? null : (hand ?? (truth && crossingsOf(truth, frames, subject)));
    const compared = trueCrossings && withinMeasured(trueCrossings, frames);
    const result = {
      source: basename(input),
      frames: frames.length,
      model: sensor.model.manifest.name,
      complete: !stop.aborted,
      camera: camera?.id ?? null,
      ...(truth && evaluateBoxes(truth, boxes, frames, sensor.framesPerS)),
      crossingsNotMeasured: trueCrossings && compared ? trueCrossings.length - compared.length : 0,
      gates: compared && compareCrossings(compared, crossings, TOLERANCE_S),
    };
    return { ...result, verdict: verdictOn(result) };
  } finally {
    await subject.sensor.close();
  }
};

const run = async (input: string, options: ValidateOptions): Promise<void> => {
  checkChoice('validate', options);
  if (options.truth === undefined && options.counts === undefined)
    throw new StarlingError('VALIDATE_NOTHING_TO_COMPARE', {});
  if (options.counts !== undefined && options.site === undefined)
    throw new StarlingError('CLI_USAGE', {
      problem: '--counts needs --site, which names the gates.',
      command: 'starling validate',
    });
  using interruption = listenForInterruption(() => Promise.resolve());
  const validation = await validate(input, options, interruption.signal);
  if (!validation.complete) process.exitCode = INTERRUPTED_EXIT_CODE;
  process.stdout.write(
    options.json ? `${JSON.stringify(validation, null, 2)}\n` : `${describeValidation(validation)}\n`,
  );
};

/** `starling validate VIDEO`. */
export const validateCommand = (): Command =>
  addRecordingOptions(new Command('validate'))
    .description('how wrong is it here? compare a measured recording with what a person says is true')
    .argument('<video>', 'video file, or folder of numbered pictures')
    .option('--truth <file>', 'boxes drawn by hand, as MOT text: frame,id,left,top,width,height,flag')
    .option('--counts <file>', 'crossings counted by hand, as CSV: time,gate,direction')
    .addHelpText('after', '\nWhat the figures mean: docs/validate.md.')
    .action(run);
