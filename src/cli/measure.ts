/**
 * `starling measure`: a recording or a trajectory file in, counts, densities, speeds and gate counts out.
 */
import { join } from 'node:path';
import { Command } from 'commander';
import type { Summary } from '../contract/index.ts';
import { formatSummary } from '../report/index.ts';
import { isTrajectoryFile } from '../trajectory/index.ts';
import { openCameraMeasurement } from './camera-measurement.ts';
import { INTERRUPTED_EXIT_CODE } from './failure.ts';
import { describeFindings } from './findings.ts';
import { type MeasureOptions, runMeasurement } from './measurement.ts';
import { addRecordingOptions, checkChoice, OPTIONS } from './options.ts';
import { openTrajectoryMeasurement } from './trajectory-measurement.ts';

/**
 * Measures a recording or a trajectory file and writes the result into a folder: all of it, or nothing.
 *
 * @returns null when it was stopped before there was anything to tell
 * @throws every code of the catalogue but those of `validate`
 */
export const measure = async (input: string, options: MeasureOptions): Promise<Summary | null> => {
  checkChoice('measure', options);
  const open = (await isTrajectoryFile(input)) ? openTrajectoryMeasurement : openCameraMeasurement;
  return runMeasurement(options.out, () => open(input, options));
};

const run = async (input: string, options: MeasureOptions): Promise<void> => {
  const summary = await measure(input, options);
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
    .description('measure a recording or trajectories: people, densities, speeds and gate counts, with a report')
    .argument('<input>', 'video file, folder of numbered pictures, or trajectory file (.txt, .csv, .sqlite)')
    .addOption(OPTIONS.out())
    .addOption(OPTIONS.windowS())
    .addOption(OPTIONS.startTime())
    .addOption(OPTIONS.unit())
    .addHelpText(
      'after',
      `
Writes summary.json, series.csv, gates.csv, profiles.csv, measurements.csv, measurements.parquet and report.html;
for trajectories passing.csv and flow.csv too.
Ctrl-C keeps what was measured so far, marked incomplete.

Examples
  starling measure square.mp4 --site square.site.yaml --out results
  starling measure trajectories.txt --site laboratory.site.yaml`,
    )
    .action(run);
