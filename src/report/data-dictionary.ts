import type { ColumnDescription } from './column.ts';
import { FLOW_COLUMNS, PASSING_COLUMNS } from './crossings.ts';
import { CAMERA_SERIES, CUTOFF_SERIES, GATE_COLUMNS } from './frames.ts';
import { MEASUREMENT_COLUMNS } from './measurement-columns.ts';
import { PROFILE_COLUMNS } from './profiles.ts';

/** What a table that Starling writes holds. */
export interface TableDescription {
  readonly file: string;
  /** What it is made of, where not every input gives it, or gives it so; else null. */
  readonly from: string | null;
  /** What a row stands for. */
  readonly rows: string;
  readonly columns: readonly ColumnDescription[];
}

const describe = (columns: readonly ColumnDescription[]): ColumnDescription[] =>
  columns.map(({ name, type, unit, of, meaning }) => ({ name, type, unit, of, meaning }));

const describeTable = (
  file: string,
  from: string | null,
  rows: string,
  columns: readonly ColumnDescription[],
): TableDescription => ({ file, from, rows, columns: describe(columns) });

const CAMERA = "a camera's recording";
const TRAJECTORIES = 'a trajectory file';
const WINDOWS = 'per window and zone or gate';

/** Every table with its columns in order, for documentation and for checks. Empty fields mean unknown. */
export const DATA_DICTIONARY: readonly TableDescription[] = [
  describeTable('series.csv', CAMERA, 'per measured frame and zone', CAMERA_SERIES.columns),
  describeTable('series.csv', TRAJECTORIES, 'per frame and zone', CUTOFF_SERIES.columns),
  describeTable('gates.csv', null, 'per measured frame and gate', GATE_COLUMNS),
  describeTable('passing.csv', TRAJECTORIES, 'per passage of a gate', PASSING_COLUMNS),
  describeTable('flow.csv', TRAJECTORIES, 'per gate and window of analysis.flowFrames frames', FLOW_COLUMNS),
  describeTable('profiles.csv', null, 'per cell of the ground of which something is known', PROFILE_COLUMNS),
  describeTable('measurements.csv', null, WINDOWS, MEASUREMENT_COLUMNS),
  describeTable('measurements.parquet', null, WINDOWS, MEASUREMENT_COLUMNS),
];
