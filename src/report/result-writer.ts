import {
  type FrameMeasurement,
  type GateWindow,
  isTimeZone,
  StarlingError,
  type ZoneWindow,
} from '../contract/index.ts';
import { openFrames } from './frames.ts';
import { HistoryRecorder } from './history.ts';
import { renderReport } from './html/page.ts';
import type { ReportPlan, ReportResults, ReportSite } from './html/report-data.ts';
import { openMeasurements } from './measurements.ts';
import { openOutput, type OutputFolder } from './output-folder.ts';
import { formatSummary } from './summary.ts';
import { WindowLog } from './window-log.ts';

/** Where results go and what they are about. */
export interface ResultWriterOptions {
  /** The folder; made where it is missing. An earlier result in it stays until this one is complete. */
  readonly dir: string;
  readonly site: ReportSite;
  readonly plan: ReportPlan;
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
  /** Writes the summary and the report, and puts all files in place. For a stopped run, set `summary.complete` false. */
  finish(results: ReportResults): Promise<void>;
  /** Removes everything that was written. May be called at any time; does nothing after `finish`. */
  abandon(): Promise<void>;
}

/** Stretches of a chart: as fine as a printed page shows. */
const CHART_STRETCHES = 360;

const begin = async (folder: OutputFolder, { site, plan }: ResultWriterOptions) => {
  const appendFrame = await openFrames(folder);
  const measurements = await openMeasurements(folder, site.timezone);
  const history = new HistoryRecorder();
  const log = new WindowLog();
  const writeFile = async (name: string, contents: string): Promise<void> => {
    const file = await folder.file(name);
    await file.write(contents);
  };
  return {
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
      const histories = history.histories(CHART_STRETCHES);
      await writeFile('report.html', renderReport({ ...results, site, plan, histories, windows: log.digest() }));
      await writeFile('summary.json', summary);
      await folder.commit();
    },
  };
};

/**
 * Begins a result: `series.csv`, `gates.csv`, `measurements.csv`, `measurements.parquet`, `report.html` and
 * `summary.json`, which appear together when it is finished.
 *
 * @throws OUTPUT_NOT_WRITABLE, OUTPUT_DISK_FULL; also from every method
 * @throws SITE_INVALID when the time zone does not exist
 * @example
 * const writer = await createResultWriter({ dir: 'starling-out', site, plan });
 * for await (const frame of frames) await writer.frame(frame);
 * await writer.finish({ summary, grid, speeds });
 */
export const createResultWriter = async (options: ResultWriterOptions): Promise<ResultWriter> => {
  const { timezone } = options.site;
  if (!isTimeZone(timezone)) {
    throw new StarlingError('SITE_INVALID', { place: 'site.timezone', problem: `there is no time zone "${timezone}"` });
  }
  const folder = await openOutput(options.dir);
  const cleaned = async (action: () => Promise<void>): Promise<void> => {
    try {
      await action();
    } catch (error) {
      await folder.abandon();
      throw error;
    }
  };
  try {
    const result = await begin(folder, options);
    return {
      frame: (frame) => cleaned(() => result.frame(frame)),
      window: (window) => cleaned(() => result.window(window)),
      finish: (results) => cleaned(() => result.finish(results)),
      abandon: () => folder.abandon(),
    };
  } catch (error) {
    await folder.abandon();
    throw error;
  }
};
