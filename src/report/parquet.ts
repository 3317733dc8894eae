import { ByteWriter, type ColumnSource, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { CsvField } from './csv.ts';
import type { ColumnDescription, ColumnType } from './column.ts';
import type { OutputFile } from './output-file.ts';

/** Rows held in memory before they are written as one row group. */
const ROWS_PER_GROUP = 4096;

const elementOf = ({ name, type }: ColumnDescription): SchemaElement => {
  const elements: Record<ColumnType, SchemaElement> = {
    timestamp: {
      name,
      type: 'INT64',
      converted_type: 'TIMESTAMP_MILLIS',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
      repetition_type: 'OPTIONAL',
    },
    text: {
      name,
      type: 'BYTE_ARRAY',
      converted_type: 'UTF8',
      logical_type: { type: 'STRING' },
      repetition_type: 'OPTIONAL',
    },
    number: { name, type: 'DOUBLE', repetition_type: 'OPTIONAL' },
  };
  return elements[type];
};

/** Hands the library's bytes on to a file after each row group, so that only one group is ever in memory. */
const createFileWriter = (file: OutputFile) => {
  const writer = new ByteWriter();
  const flush = (): Promise<void> => {
    const bytes = writer.getBytes().slice();
    writer.index = 0;
    return file.write(bytes);
  };
  return Object.assign(writer, { flush, finish: flush });
};

/** A Parquet file that grows by rows. */
export interface ParquetTable {
  /** Appends a row: a value per column, timestamps in ms since 1970. */
  add(row: readonly CsvField[]): Promise<void>;
  /** Writes the rest and the end of the file. */
  finish(): Promise<void>;
}

/**
 * Begins a Parquet file: nullable columns, Snappy, row groups of 4,096 rows. Timestamps are INT64 ms adjusted to UTC,
 * figures doubles, texts UTF-8. The columns' meanings travel in the file's metadata under `columns`.
 *
 * @param metadata further texts for the file's metadata, by key
 */
export const createParquetTable = (
  file: OutputFile,
  columns: readonly ColumnDescription[],
  metadata: Readonly<Record<string, string>>,
): ParquetTable => {
  const meanings = columns.map(({ name, type, unit, of, meaning }) => ({ name, type, unit, of, meaning }));
  const parquet = new ParquetWriter({
    writer: createFileWriter(file),
    schema: [{ name: 'measurements', num_children: columns.length }, ...columns.map(elementOf)],
    createdBy: 'starling',
    kvMetadata: [
      ...Object.entries(metadata).map(([key, value]) => ({ key, value })),
      { key: 'columns', value: JSON.stringify(meanings) },
    ],
  });
  let group: ColumnSource[] = [];
  let rows = 0;
  const startGroup = (): void => {
    group = columns.map(({ name }) => ({ name, data: [] }));
    rows = 0;
  };
  const writeGroup = async (): Promise<void> => {
    if (rows === 0) return;
    const columnData = group;
    const rowGroupSize = rows;
    startGroup();
    await parquet.write({ columnData, rowGroupSize });
  };
  startGroup();

  return {
    async add(row) {
      for (const [i, column] of group.entries()) if (Array.isArray(column.data)) column.data.push(row[i] ?? null);
      if (++rows >= ROWS_PER_GROUP) await writeGroup();
    },
    async finish() {
      await writeGroup();
      await parquet.finish();
    },
  };
};
