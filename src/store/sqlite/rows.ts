/** Rows of the database as lists of values, in the order of the columns that were asked for. */
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

/** A value of a row. */
export type Value = SQLOutputValue;

/** A statement whose rows are read as lists. */
export const prepare = (database: DatabaseSync, sql: string): StatementSync => {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
};

/** All rows that a statement gives. */
export const rowsOf = (statement: StatementSync, ...values: SQLInputValue[]): Value[][] =>
  statement.all(...values).map((row) => Object.values(row));

/** The first row that a statement gives. */
export const rowOf = (statement: StatementSync, ...values: SQLInputValue[]): Value[] | undefined => {
  const row = statement.get(...values);
  return row === undefined ? undefined : Object.values(row);
};

/** A number; NaN for NULL. */
export const numberOf = (value: Value | undefined): number => (typeof value === 'number' ? value : Number.NaN);

/** The first number of the first row; NaN when there is none. */
export const scalar = (statement: StatementSync, ...values: SQLInputValue[]): number =>
  numberOf(rowOf(statement, ...values)?.[0]);

/** NULL for NaN: what is not known. */
export const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
