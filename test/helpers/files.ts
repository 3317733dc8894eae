import { readFile, watch } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';

/** Resolves when something called `name` appears in `folder`. Call it before starting what will make it. */
export const appearanceOf = async (folder: string, name: string): Promise<void> => {
  for await (const { filename } of watch(folder)) if (filename === name) return;
};

const rowSchema = z.array(z.record(z.string(), z.string()));

/** Rows of a CSV file, by column name. */
export const readRows = async (path: string): Promise<Record<string, string>[]> =>
  rowSchema.parse(parse(await readFile(path, 'utf8'), { columns: true }));
