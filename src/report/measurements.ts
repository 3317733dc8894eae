import type { GateWindow, ZoneWindow } from '../contract/index.ts';
import { type CsvField, formatLine } from './csv.ts';
import { MEASUREMENT_COLUMNS, measurementValues } from './measurement-columns.ts';
import type { OutputFile } from './output-file.ts';
import type { OutputFolder } from './output-folder.ts';
import { createParquetTable } from './parquet.ts';
import { formatUtc, siteTimeFormatter } from './site-time.ts';

/** Writes a row per window and zone or gate into both files. */
export interface MeasurementsWriter {
  /** Appends a window. */
  add(window: ZoneWindow | GateWindow): Promise<void>;
  /** Writes what is still held back, and the end of the Parquet file. */
  finish(): Promise<void>;
}

const asText = (values: readonly CsvField[]): CsvField[] =>
  values.map((value, i) =>
    MEASUREMENT_COLUMNS[i]?.type === 'timestamp' && typeof value === 'number' ? formatUtc(value) : value,
  );

const createWriter = (csv: OutputFile, parquet: OutputFile, timezone: string): MeasurementsWriter => {
  const siteTime = siteTimeFormatter(timezone);
  const table = createParquetTable(parquet, MEASUREMENT_COLUMNS, { timezone });
  return {
    async add(window) {
      const values = measurementValues({ window, siteTime });
      await Promise.all([csv.write(formatLine(asText(values))), table.add(values)]);
    },
    finish: () => table.finish(),
  };
};

/**
 * Begins `measurements.csv` and `measurements.parquet` in a folder: the same rows and columns in both.
 *
 * @param timezone IANA name of the site's time zone
 */
export const openMeasurements = async (folder: OutputFolder, timezone: string): Promise<MeasurementsWriter> => {
  const csv = await folder.file('measurements.csv');
  const parquet = await folder.file('measurements.parquet');
  await csv.write(formatLine(MEASUREMENT_COLUMNS.map(({ name }) => name)));
  return createWriter(csv, parquet, timezone);
};
