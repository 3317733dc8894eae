import { type ColumnDescription, namesOf } from './column.ts';
import { formatLine } from './csv.ts';
import type { OutputFile } from './output-file.ts';
import type { OutputFolder } from './output-folder.ts';

/** Begins a CSV file with its header line. */
export const beginTable = async (
  folder: OutputFolder,
  name: string,
  columns: readonly ColumnDescription[],
): Promise<OutputFile> => {
  const file = await folder.file(name);
  await file.write(formatLine(namesOf(columns)));
  return file;
};
