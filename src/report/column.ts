/** What a column of a table is, for people and for programs. */

/** What a column holds: an instant, text, or a figure. */
export type ColumnType = 'timestamp' | 'text' | 'number';

/** One column of a file, for people. */
export interface ColumnDescription {
  readonly name: string;
  readonly type: ColumnType;
  /** Unit of a figure; null where it has none. */
  readonly unit: string | null;
  /** The rows that have it; others leave it empty. */
  readonly of: 'every row' | 'zones' | 'gates';
  readonly meaning: string;
}

/** A column that every row has. */
export const column = (
  name: string,
  type: 'number' | 'text',
  unit: string | null,
  meaning: string,
): ColumnDescription => ({ name, type, unit, of: 'every row', meaning });

/** The header line's names. */
export const namesOf = (columns: readonly ColumnDescription[]): string[] => columns.map(({ name }) => name);
