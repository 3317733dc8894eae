/**
 * What `measure` runs, whatever the people were found in: frames come one by one, and between them the writer hears
 * what else came to light.
 */
import { type FrameMeasurement, type Summary, type UtcMs, utcMs } from '../contract/index.ts';
import {
  createResultWriter,
  type ReportResults,
  type ResultWriter,
  type ResultWriterOptions,
} from '../report/index.ts';
import { listenForInterruption } from './interruption.ts';
import type { RecordingChoice } from './options.ts';
import { showProgress } from './progress.ts';
import type { Stretch } from './summarize.ts';

/** What `measure` may be told. */
export interface MeasureOptions extends RecordingChoice {
  readonly out: string;
  readonly window: number;
  readonly startTime?: number;
  /** Unit of a trajectory file that does not say. */
  readonly unit?: 'm' | 'cm';
}

/** Something told between two frames: a window that closed, a passage that ended. */
export type Told = (writer: ResultWriter) => Promise<void>;

/** A recording or a trajectory file, open and ready to be measured. */
export interface Measurement extends AsyncDisposable {
  readonly writerOptions: Omit<ResultWriterOptions, 'dir'>;
  /** Frames there are to measure; null when nobody knows. */
  readonly plannedFrames: number | null;
  /** Measures frame by frame; ends early, but in good order, once `stop` is aborted. */
  frames(stop: AbortSignal): AsyncIterable<FrameMeasurement> | Iterable<FrameMeasurement>;
  /** What came to light since the last call. */
  take(): Told[];
  /** Ends the measuring: what is still open is told. */
  finish(): void;
  /** The whole of it, once finished. */
  results(stretch: Stretch, complete: boolean): ReportResults;
}

/** UTC of a recording's beginning: as told, else as the camera's entry says, else as the recording does. */
export const startOf = (told: number | undefined, ofCamera: string | undefined, own: UtcMs | null): UtcMs | null => {
  if (told !== undefined) return utcMs(told);
  return ofCamera === undefined ? own : utcMs(Date.parse(ofCamera));
};

const lengthen = (stretch: Stretch | null, { frame, timeMs }: FrameMeasurement): Stretch => ({
  frames: (stretch?.frames ?? 0) + 1,
  firstFrame: stretch?.firstFrame ?? frame,
  lastFrame: frame,
  firstMs: stretch?.firstMs ?? timeMs,
});

const tellAll = async (writer: ResultWriter, told: readonly Told[]): Promise<void> => {
  for (const tell of told) await tell(writer);
};

/** Measures into a writer; null when it was stopped before there was anything to tell. */
const measureInto = async (
  writer: ResultWriter,
  measurement: Measurement,
  stop: AbortSignal,
): Promise<Summary | null> => {
  const progress = showProgress(measurement.plannedFrames);
  let stretch: Stretch | null = null;
  try {
    for await (const frame of measurement.frames(stop)) {
      await writer.frame(frame);
      await tellAll(writer, measurement.take());
      stretch = lengthen(stretch, frame);
      progress.update(stretch.frames);
    }
  } finally {
    progress.stop();
  }
  if (stretch === null) return null;
  measurement.finish();
  await tellAll(writer, measurement.take());
  const results = measurement.results(stretch, !stop.aborted);
  await writer.finish(results);
  return results.summary;
};

/**
 * Measures into a folder: all of it, or nothing.
 *
 * @returns null when it was stopped before there was anything to tell
 */
export const runMeasurement = async (dir: string, open: () => Promise<Measurement>): Promise<Summary | null> => {
  let begun: ResultWriter | null = null;
  using interruption = listenForInterruption(async () => begun?.abandon());
  await using measurement = await open();
  const writer = await createResultWriter({ dir, ...measurement.writerOptions });
  begun = writer;
  try {
    return await measureInto(writer, measurement, interruption.signal);
  } finally {
    // Does nothing after a result was put in place.
    await writer.abandon();
  }
};
