/** A Parquet file, row group by row group, so that only one of them is ever in memory. */
import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { ColumnDescription } from './columns.ts';
import type { Field } from './csv.ts';

const ELEMENTS: Readonly<Record<ColumnDescription['type'], Omit<SchemaElement, 'name'>>> = {
  timestamp: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
    repetition_type: 'OPTIONAL',
  },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' }, repetition_type: 'OPTIONAL' },
  number: { type: 'DOUBLE', repetition_type: 'OPTIONAL' },
};

/** A row group; every one of them costs memory until the end of the file is written. */
const ROWS_PER_GROUP = 16_384;

/** Writes into memory, from where it is taken. */
const takenWriter = () => {
  const writer = new ByteWriter();
  const taken: Buffer[] = [];
  const flush = (): void => {
    // A copy, for the writer uses its memory again.
    taken.push(Buffer.from(writer.getBytes()));
    writer.index = 0;
  };
  return { writer: Object.assign(writer, { flush, finish: flush }), take: () => taken.splice(0) };
};

/**
 * The bytes of a Parquet file of rows that come piece by piece: nullable columns, Snappy. Timestamps are INT64 ms
 * adjusted to UTC, figures doubles, texts UTF-8; the columns' meanings are in the file's metadata under `columns`.
 */
export async function* parquetBytes(
  columns: readonly ColumnDescription[],
  pieces: AsyncIterable<readonly (readonly Field[])[]>,
): AsyncGenerator<Buffer, void, undefined> {
  const { writer, take } = takenWriter();
  const meanings = columns.map(({ name, type, unit, meaning }) => ({ name, type, unit, meaning }));
  const parquet = new ParquetWriter({
    writer,
    schema: [
      { name: 'history', num_children: columns.length },
      ...columns.map(({ name, type }) => ({ name, ...ELEMENTS[type] })),
    ],
    createdBy: 'starling',
    kvMetadata: [{ key: 'columns', value: JSON.stringify(meanings) }],
  });
  const write = async (rows: readonly (readonly Field[])[]): Promise<void> => {
    const columnData = columns.map(({ name }, i) => ({ name, data: rows.map((row) => row[i]), offsetIndex: false }));
    await parquet.write({ columnData, rowGroupSize: rows.length });
  };
  let group: (readonly Field[])[] = [];
  for await (const rows of pieces) {
    group = group.concat(rows);
    if (group.length < ROWS_PER_GROUP) continue;
    await write(group);
    group = [];
    yield* take();
  }
  if (group.length > 0) await write(group);
  await parquet.finish();
  yield* take();
}
