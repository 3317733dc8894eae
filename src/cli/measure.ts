/**
 * `starling measure`: a recording in, counts, densities, speeds and gate counts out.
 */
import { basename, join } from 'node:path';
import { Command } from 'commander';
import {
  type FrameMeasurement,
  type GateWindow,
  type Summary,
  type UtcMs,
  utcMs,
  type ZoneWindow,
} from '../contract/index.ts';
import { visibleGround } from '../ground/index.ts';
import { createMeter } from '../measure/index.ts';
import { createResultWriter, formatSummary, type ReportPlan, type ResultWriter } from '../report/index.ts';
import { INTERRUPTED_EXIT_CODE } from './failure.ts';
import { describeFindings } from './findings.ts';
import { listenForInterruption } from './interruption.ts';
import { addRecordingOptions, checkChoice, OPTIONS, type RecordingChoice } from './options.ts';
import { showProgress } from './progress.ts';
import { meterOptionsFor, openSubject, plannedFrames, type Subject } from './subject.ts';
import { type Stretch, summarize } from './summarize.ts';

/** What `measure` may be told. */
export interface MeasureOptions extends RecordingChoice {
  readonly out: string;
  readonly window: number;
  readonly startTime?: number;
}

const startOf = ({ camera, sensor }: Subject, startTime: number | undefined): UtcMs | null => {
  if (startTime !== undefined) return utcMs(startTime);
  return camera?.startTime === undefined ? sensor.recording.startUtc : utcMs(Date.parse(camera.startTime));
};

const planOf = ({ site, camera, sensor }: Subject): ReportPlan => {
  const { width, height } = sensor.recording;
  const isHere = (item: object): boolean => !('camera' in item) || item.camera === camera?.id;
  return {
    zones: site?.zones.filter(isHere) ?? [],
    gates: site?.gates.filter(isHere) ?? [],
    visibleArea: sensor.calibration && visibleGround(sensor.calibration),
    pictureAspect: width / height,
  };
};

/** Gathers the windows that close between two frames, so that writing them holds back the measuring. */
const createMeterFor = (subject: Subject, options: MeasureOptions, startUtc: UtcMs | null) => {
  const { site } = subject;
  const closed: (ZoneWindow | GateWindow)[] = [];
  const meter = createMeter({
    ...meterOptionsFor(subject),
    zones: site?.zones ?? [],
    ...(site && { minimumCount: site.privacy.minimumCount }),
    windowS: options.window,
    startUtc,
    onZoneWindow: (window) => closed.push(window),
    onGateWindow: (window) => closed.push(window),
  });
  return { meter, takeClosed: () => closed.splice(0) };
};

const lengthen = (stretch: Stretch | null, { frame, timeMs }: FrameMeasurement): Stretch => ({
  frames: (stretch?.frames ?? 0) + 1,
  firstFrame: stretch?.firstFrame ?? frame,
  lastFrame: frame,
  firstMs: stretch?.firstMs ?? timeMs,
});

/**
 * Measures a recording into a writer, until it ends or `stop` is aborted.
 *
 * @returns null when it was stopped before there was anything to tell
 */
const measureInto = async (
  writer: ResultWriter,
  input: string,
  subject: Subject,
  options: MeasureOptions,
  stop: AbortSignal,
): Promise<Summary | null> => {
  const { sensor } = subject;
  const startUtc = startOf(subject, options.startTime);
  const { meter, takeClosed } = createMeterFor(subject, options, startUtc);
  const progress = showProgress(plannedFrames(sensor, options));
  let stretch: Stretch | null = null;
  try {
    for await (const { footPoints, positions } of sensor.watch(stop)) {
      const measured = meter.measure(footPoints, positions);
      await writer.frame(measured);
      for (const window of takeClosed()) await writer.window(window);
      stretch = lengthen(stretch, measured);
      progress.update(stretch.frames);
    }
  } finally {
    progress.stop();
  }
  if (stretch === null) return null;
  meter.finish();
  for (const window of takeClosed()) await writer.window(window);
  const measured = meter.summary();
  const complete = !stop.aborted;
  const summary = summarize({ source: basename(input), ...subject, stretch, complete, startUtc, measured });
  await writer.finish({ summary, grid: measured.map, speeds: measured.speeds });
  return summary;
};

/**
 * Measures a recording and writes the result into a folder: all of it, or nothing.
 *
 * @returns null when it was stopped before there was anything to tell
 * @throws every code of the catalogue but those of `validate`
 */
export const measureRecording = async (input: string, options: MeasureOptions): Promise<Summary | null> => {
  checkChoice('measure', options);
  let begun: ResultWriter | null = null;
  using interruption = listenForInterruption(async () => begun?.abandon());
  const subject = await openSubject(input, options);
  try {
    const { site } = subject;
    const writer = await createResultWriter({
      dir: options.out,
      site: { name: site?.site.name ?? null, timezone: site?.site.timezone ?? 'UTC' },
      plan: planOf(subject),
    });
    begun = writer;
    try {
      return await measureInto(writer, input, subject, options, interruption.signal);
    } finally {
      // Does nothing after a result was put in place.
      await writer.abandon();
    }
  } finally {
    await subject.sensor.close();
  }
};

const run = async (input: string, options: MeasureOptions): Promise<void> => {
  const summary = await measureRecording(input, options);
  if (!summary?.complete) process.exitCode = INTERRUPTED_EXIT_CODE;
  if (!summary) return;
  const text = options.json
    ? formatSummary(summary)
    : `${describeFindings(summary)}\n\nReport: ${join(options.out, 'report.html')}\n`;
  process.stdout.write(text);
};

/** `starling measure INPUT`. */
export const measureCommand = (): Command =>
  addRecordingOptions(new Command('measure'))
    .description('measure a recording: people, densities, speeds and gate counts, with a report')
    .argument('<input>', 'video file, or folder of numbered pictures')
    .addOption(OPTIONS.out())
    .addOption(OPTIONS.windowS())
    .addOption(OPTIONS.startTime())
    .addHelpText(
      'after',
      `
Writes summary.json, series.csv, gates.csv, measurements.csv, measurements.parquet and report.html.
Ctrl-C keeps what was measured so far, marked incomplete.

Example
  starling measure square.mp4 --site square.site.yaml --out results`,
    )
    .action(run);
