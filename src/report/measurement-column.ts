/** How a column of `measurements.csv` and `.parquet` comes by its values. */
import type { Estimate, GateWindow, ZoneWindow } from '../contract/index.ts';
import type { ColumnDescription, ColumnType } from './column.ts';
import { type CsvField, roundFigure } from './csv.ts';

/** A window and the way to write its times. */
export interface WindowRow<W extends ZoneWindow | GateWindow = ZoneWindow | GateWindow> {
  readonly window: W;
  /** Writes an instant in the site's time zone. */
  readonly siteTime: (timeMs: number) => string;
}

/** A column with the way to its values. Timestamps are ms since 1970 in UTC. */
export interface MeasurementColumn extends ColumnDescription {
  readonly zone: (row: WindowRow<ZoneWindow>) => CsvField;
  readonly gate: (row: WindowRow<GateWindow>) => CsvField;
}

const unknown = (): null => null;

/** A column of zones and gates alike. */
export const everyRow = (
  name: string,
  type: ColumnType,
  unit: string | null,
  meaning: string,
  of: (row: WindowRow) => CsvField,
): MeasurementColumn => ({ name, type, unit, of: 'every row', meaning, zone: of, gate: of });

/** A figure of zones; gates leave it empty. */
export const zoneFigure = (
  name: string,
  unit: string,
  meaning: string,
  of: (window: ZoneWindow) => number | null,
): MeasurementColumn => {
  const zone = ({ window }: WindowRow<ZoneWindow>): CsvField => roundFigure(of(window));
  return { name, type: 'number', unit, of: 'zones', meaning, zone, gate: unknown };
};

/** A figure of gates; zones leave it empty. */
export const gateFigure = (
  name: string,
  unit: string,
  meaning: string,
  of: (window: GateWindow) => number | null,
): MeasurementColumn => {
  const gate = ({ window }: WindowRow<GateWindow>): CsvField => roundFigure(of(window));
  return { name, type: 'number', unit, of: 'gates', meaning, zone: unknown, gate };
};

/** A figure and, after it, its standard error under the same name with `_se`. */
export const withError = <W>(
  column: (name: string, unit: string, meaning: string, of: (window: W) => number | null) => MeasurementColumn,
  name: string,
  unit: string,
  meaning: string,
  of: (window: W) => Estimate,
): MeasurementColumn[] => [
  column(name, unit, meaning, (window) => of(window).value),
  column(`${name}_se`, unit, `Standard error of ${name}`, (window) => of(window).standardError),
];
