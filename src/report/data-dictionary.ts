import { GATE_COLUMNS, SERIES_COLUMNS } from './frames.ts';
import { type ColumnDescription, MEASUREMENT_COLUMNS } from './measurement-columns.ts';

/** What a table that Starling writes holds. */
export interface TableDescription {
  readonly file: string;
  /** What a row stands for. */
  readonly rows: string;
  readonly columns: readonly ColumnDescription[];
}

const describe = (columns: readonly ColumnDescription[]): ColumnDescription[] =>
  columns.map(({ name, type, unit, of, meaning }) => ({ name, type, unit, of, meaning }));

/** Every table with its columns in order, for documentation and for checks. Empty fields mean unknown. */
export const DATA_DICTIONARY: readonly TableDescription[] = [
  { file: 'series.csv', rows: 'per measured frame and zone', columns: describe(SERIES_COLUMNS) },
  { file: 'gates.csv', rows: 'per measured frame and gate', columns: describe(GATE_COLUMNS) },
  { file: 'measurements.csv', rows: 'per window and zone or gate', columns: describe(MEASUREMENT_COLUMNS) },
  { file: 'measurements.parquet', rows: 'per window and zone or gate', columns: describe(MEASUREMENT_COLUMNS) },
];
