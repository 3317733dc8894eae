/** Reads the tables that are compared: our CSV files, and the reference's columns of numbers. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** Rows of numbers; lines that begin with # are comments. */
export const readReference = (path: string): number[][] =>
  readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.trim().split(/\s+/).map(Number));

/** A row of a CSV file. */
export interface CsvRow {
  /** Text of a column; empty where it is unknown. */
  text(column: string): string;
  /** Figure of a column; NaN where it is unknown. */
  figure(column: string): number;
  /** Figure of a column as the reference writes it: where nobody knows, it has a 0. */
  figureOrZero(column: string): number;
}

const rowOf = (fields: Readonly<Record<string, string>>): CsvRow => {
  const text = (column: string): string => fields[column] ?? '';
  const figure = (column: string): number => (text(column) === '' ? Number.NaN : Number(text(column)));
  return { text, figure, figureOrZero: (column) => (fields[column] === '' ? 0 : figure(column)) };
};

/** Rows of a CSV file. */
export const readCsv = (path: string): CsvRow[] =>
  parse<Record<string, string>>(readFileSync(path, 'utf8'), { columns: true }).map(rowOf);
