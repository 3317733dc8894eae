/** `passing.csv` and `flow.csv`: what happened at the gates of a trajectory file, one by one and window by window. */
import { type FlowWindow, type Passage, StarlingError } from '../contract/index.ts';
import { type ColumnDescription, column } from './column.ts';
import { formatLine } from './csv.ts';
import { beginTable } from './csv-table.ts';
import type { OutputFolder } from './output-folder.ts';

const GATE = column('gate', 'text', null, 'Name of the gate');

/** Columns of `passing.csv`, in order. */
export const PASSING_COLUMNS: readonly ColumnDescription[] = [
  column('passage', 'number', null, 'Number of the passage: 1, 2, 3… over the whole file; it leads to nobody'),
  GATE,
  column(
    'density_per_m2',
    'number',
    '1/m²',
    'Passing density: mean classic density of the stretch behind the gate during the passage',
  ),
  column('speed_mps', 'number', 'm/s', 'Passing speed: depth of the stretch over the time taken'),
];

/** Columns of `flow.csv`, in order. */
export const FLOW_COLUMNS: readonly ColumnDescription[] = [
  GATE,
  column(
    'first_frame',
    'number',
    null,
    'Frame of the last crossing before the window; of the first crossing of all for the first',
  ),
  column('last_frame', 'number', null, 'Frame of the last crossing in the window'),
  column('people', 'number', 'people', 'People who crossed for the first time after first_frame, up to last_frame'),
  column('flow_per_s', 'number', '1/s', 'People over the time from first_frame to last_frame'),
  column('speed_mps', 'number', 'm/s', "Mean speed at the crossing; empty when nobody's is known"),
];

/** Writes what happened at the gates. */
export interface CrossingsWriter {
  /** Appends a passage, numbered as it comes. */
  passage(passage: Passage): Promise<void>;
  /** Appends a window. */
  flowWindow(window: FlowWindow): Promise<void>;
}

/** Begins `passing.csv` and `flow.csv` in a folder. */
export const openCrossings = async (folder: OutputFolder): Promise<CrossingsWriter> => {
  const passing = await beginTable(folder, 'passing.csv', PASSING_COLUMNS);
  const flow = await beginTable(folder, 'flow.csv', FLOW_COLUMNS);
  let passages = 0;
  return {
    passage: ({ gate, densityPerM2, speedMps }) =>
      passing.write(formatLine([++passages, gate, densityPerM2, speedMps])),
    flowWindow: ({ gate, firstFrame, lastFrame, people, flowPerS, speedMps }) =>
      flow.write(formatLine([gate, firstFrame, lastFrame, people, flowPerS, speedMps])),
  };
};

const refuse = (what: string): Promise<never> =>
  Promise.reject(new StarlingError('CLI_INTERNAL', { problem: `a camera's recording has no ${what} to write` }));

/** For what has none: there are no files, and whoever writes to them is told. */
export const noCrossings = async (): Promise<CrossingsWriter> => ({
  passage: () => refuse('passages'),
  flowWindow: () => refuse('windows of flow'),
});
