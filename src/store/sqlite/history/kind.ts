/** What a kind of history is made of: what is kept in which table, how it adds up, and how it is told. */
import type { Observation } from '../../../contract/index.ts';
import type { Span } from '../../store.ts';

/** A row: the beginning of its span in s, then the columns of its table. Null is unknown. */
export type Row = Readonly<Record<number, unknown>>;

/** One table of the ledger. */
interface Table<Sums> {
  readonly name: string;
  /** Its columns after `start_s`. */
  readonly columns: readonly string[];
  /** Adds a row to what there is. */
  readonly add: (sums: Sums, row: Row) => void;
}

/** What one second says of one place. */
interface Part<Sums> {
  /** Name of the place; empty where the camera itself is meant. */
  readonly place: string;
  readonly add: (sums: Sums) => void;
}

/** A kind of history: of zones, of gates, of cameras. */
export interface Kind<Sums, Found extends Span> {
  /** Lists `id` and `name` of a camera's places; takes the camera's id. */
  readonly places: string;
  /** Column of the tables that holds such an id. */
  readonly key: 'place' | 'camera';
  readonly tables: readonly Table<Sums>[];
  /** Nothing yet. */
  readonly create: () => Sums;
  readonly parts: (observation: Observation) => Part<Sums>[];
  /** What is told of a span. */
  readonly tell: (span: Omit<Span, 'measuredS'>, place: string, sums: Sums) => Found;
}

/** A number of a row; NaN where it is null. */
export const numberAt = (row: Row, at: number): number => {
  const value = row[at];
  return typeof value === 'number' ? value : Number.NaN;
};
