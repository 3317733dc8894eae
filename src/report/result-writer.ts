import {
  type FlowWindow,
  type FrameMeasurement,
  type GateWindow,
  isTimeZone,
  type Passage,
  StarlingError,
  type ZoneWindow,
} from '../contract/index.ts';
import { type CrossingsWriter, noCrossings, openCrossings } from './crossings.ts';
import { DATA_DICTIONARY } from './data-dictionary.ts';
import { CAMERA_SERIES, CUTOFF_SERIES, openFrames, type SeriesLayout, TRAJECTORY_SERIES } from './frames.ts';
import { HistoryRecorder } from './history.ts';
import { renderReport } from './html/page.ts';
import type { ReportKind, ReportMethods, ReportPlan, ReportResults, ReportSite } from './html/report-data.ts';
import { openMeasurements } from './measurements.ts';
import { openOutput, type OutputFolder } from './output-folder.ts';
import { formatProfiles } from './profiles.ts';
import { formatSummary } from './summary.ts';
import { WindowLog } from './window-log.ts';

/** Where results go and what they are about. */
export interface ResultWriterOptions {
  /** A camera's recording, or a trajectory file: it decides which files and columns there are. */
  readonly kind: ReportKind;
  /** The folder; made where it is missing. An earlier result in it stays until this one is complete. */
  readonly dir: string;
  readonly site: ReportSite;
  readonly plan: ReportPlan;
  readonly methods: ReportMethods;
}

/** Takes measurements as they come and makes files of them. After an error nothing of this result is left. */
export interface ResultWriter {
  /**
   * Appends a frame. It has been read when this returns, so the object may be reused; await the promise before the
   * next frame, so that a slow disk holds back the measuring.
   */
  frame(frame: FrameMeasurement): Promise<void>;
  /** Appends a window of a zone or gate. */
  window(window: ZoneWindow | GateWindow): Promise<void>;
  /**
   * Appends a passage; it gets the next number.
   *
   * @throws CLI_INTERNAL for a camera's recording, which has none
   */
  passage(passage: Passage): Promise<void>;
  /**
   * Appends a window of a gate's flow.
   *
   * @throws CLI_INTERNAL for a camera's recording, which has none
   */
  flowWindow(window: FlowWindow): Promise<void>;
  /** Writes the summary and the report, and puts all files in place. For a stopped run, set `summary.complete` false. */
  finish(results: ReportResults): Promise<void>;
  /** Removes everything that was written. May be called at any time; does nothing after `finish`. */
  abandon(): Promise<void>;
}

/** Stretches of a chart, as fine as a printed page shows, and points of a fundamental diagram. */
const FINENESS = { stretches: 360, states: 720 };

/** Every file that a result may hold: one that this result does not have would be another recording's. */
const FAMILY: readonly string[] = ['report.html', 'summary.json', ...new Set(DATA_DICTIONARY.map(({ file }) => file))];

/** The files that depend on what is measured. */
interface KindFiles {
  readonly layout: SeriesLayout;
  readonly openCrossings: (folder: OutputFolder) => Promise<CrossingsWriter>;
}

const FILES_OF: Readonly<Record<ReportKind, (methods: ReportMethods) => KindFiles>> = {
  camera: () => ({ layout: CAMERA_SERIES, openCrossings: noCrossings }),
  trajectories: ({ analysis }) => ({
    layout: analysis.cutoff === undefined ? TRAJECTORY_SERIES : CUTOFF_SERIES,
    openCrossings,
  }),
};

const writeFile = async (folder: OutputFolder, name: string, contents: string): Promise<void> => {
  const file = await folder.file(name);
  await file.write(contents);
};

/** Begins the tables and what the page remembers of them. */
const begin = async (folder: OutputFolder, options: ResultWriterOptions) => {
  const { kind, site, plan, methods } = options;
  const files = FILES_OF[kind](methods);
  const appendFrame = await openFrames(folder, files.layout);
  const measurements = await openMeasurements(folder, site.timezone);
  const crossings = await files.openCrossings(folder);
  const history = new HistoryRecorder();
  const log = new WindowLog();
  return {
    crossings,
    frame(frame: FrameMeasurement): Promise<void> {
      history.add(frame);
      return appendFrame(frame);
    },
    window(window: ZoneWindow | GateWindow): Promise<void> {
      log.add(window);
      return measurements.add(window);
    },
    async finish(results: ReportResults): Promise<void> {
      await measurements.finish();
      const summary = formatSummary(results.summary);
      const profiles = formatProfiles(results.grid);
      const zones = history.zones(FINENESS);
      const gates = history.gates(FINENESS);
      const page = renderReport({ ...results, kind, site, plan, methods, zones, gates, windows: log.digest() });
      if (profiles !== null) await writeFile(folder, 'profiles.csv', profiles);
      await writeFile(folder, 'report.html', page);
      await writeFile(folder, 'summary.json', summary);
      await folder.commit(FAMILY);
    },
  };
};

/**
 * Begins a result: `series.csv`, `gates.csv`, `measurements.csv`, `measurements.parquet`, `report.html` and
 * `summary.json`, with a map `profiles.csv`, and for trajectories `passing.csv` and `flow.csv`. They appear together when it is finished.
 *
 * @throws OUTPUT_NOT_WRITABLE, OUTPUT_DISK_FULL; also from every method
 * @throws SITE_INVALID when the time zone does not exist
 * @example
 * const writer = await createResultWriter({ kind: 'camera', dir: 'starling-out', site, plan, methods });
 * for await (const frame of frames) await writer.frame(frame);
 * await writer.finish({ summary, grid, speeds });
 */
export const createResultWriter = async (options: ResultWriterOptions): Promise<ResultWriter> => {
  const { timezone } = options.site;
  if (!isTimeZone(timezone)) {
    throw new StarlingError('SITE_INVALID', { place: 'site.timezone', problem: `there is no time zone "${timezone}"` });
  }
  const folder = await openOutput(options.dir);
  const cleaned = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      await folder.abandon();
      throw error;
    }
  };
  const result = await cleaned(() => begin(folder, options));
  return {
    frame: (frame) => cleaned(() => result.frame(frame)),
    window: (window) => cleaned(() => result.window(window)),
    passage: (passage) => cleaned(() => result.crossings.passage(passage)),
    flowWindow: (window) => cleaned(() => result.crossings.flowWindow(window)),
    finish: (results) => cleaned(() => result.finish(results)),
    abandon: () => folder.abandon(),
  };
};
