/**
 * Density and velocity on the ground by quarter-hour, as sums over the time in which the field was known, and how they
 * are kept: a header, then the columns one after the other, packed.
 */
import type { FieldObservation } from '../../contract/index.ts';
import { pack, unpack } from './packed.ts';

/** Where the cells of a field are. */
export type Grid = Pick<FieldObservation, 'originXM' | 'originYM' | 'cellM' | 'columns' | 'rows'>;

/** Sums over the time in which the field was known; a row a cell in which somebody was. */
export interface FieldSums {
  readonly grid: Grid;
  /** When the last second in it began, UTC, ms. */
  readonly lastMs: number;
  /** Cells, in order: row · columns + column. */
  readonly cell: Uint32Array;
  /** Σ density · dt, people·s/m². Four bytes a number: seven digits are more than a density has. */
  readonly densityS: Float32Array;
  /** The same over the time in which the velocity was known too. */
  readonly movingS: Float32Array;
  /** Σ density · velocity · dt, people/m: over `movingS` it is the mean velocity. */
  readonly momentumX: Float32Array;
  readonly momentumY: Float32Array;
}

const PACKING = { format: 1 };
const HEADER_NUMBERS = 7;
const HEADER_BYTES = HEADER_NUMBERS * Float64Array.BYTES_PER_ELEMENT;
const COLUMNS = 5;
const BYTES = Float32Array.BYTES_PER_ELEMENT;

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** A field as it is stored. */
export const encodeField = (sums: FieldSums): Uint8Array => {
  const { originXM, originYM, cellM, columns, rows } = sums.grid;
  const header = Float64Array.of(originXM, originYM, cellM, columns, rows, sums.lastMs, sums.cell.length);
  const parts = [header, sums.cell, sums.densityS, sums.movingS, sums.momentumX, sums.momentumY];
  return pack(Buffer.concat(parts.map(bytesOf)), PACKING);
};

const decode = (packed: Uint8Array): FieldSums | undefined => {
  const content = unpack(packed, PACKING);
  if (content === undefined || content.length < HEADER_BYTES) return undefined;
  // A copy: numbers begin at multiples of their size there.
  const { buffer } = Uint8Array.from(content);
  const [originXM, originYM, cellM, columns, rows, lastMs, count] = new Float64Array(buffer, 0, HEADER_NUMBERS);
  if (content.length !== HEADER_BYTES + COLUMNS * BYTES * count) return undefined;
  const at = (column: number): number => HEADER_BYTES + column * BYTES * count;
  const column = (index: number): Float32Array => new Float32Array(buffer, at(index), count);
  return {
    grid: { originXM, originYM, cellM, columns, rows },
    lastMs,
    cell: new Uint32Array(buffer, at(0), count),
    densityS: column(1),
    movingS: column(2),
    momentumX: column(3),
    momentumY: column(4),
  };
};

/** A field from what is stored; undefined when that is damaged. */
export const decodeField = (body: Uint8Array): FieldSums | undefined => {
  try {
    return decode(body);
  } catch {
    return undefined;
  }
};
