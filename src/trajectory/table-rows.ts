/** The rows of a table into columns: most of them in blocks, the others one by one. */
import { StarlingError } from '../contract/index.ts';
import type { Layout } from './columns.ts';
import type { Head } from './head.ts';
import { PlainBlock, type PlainShape } from './plain-rows.ts';
import { checkFrame, RowFields, rowFault } from './row-fields.ts';
import { RowReader } from './row-reader.ts';
import { PersonCounter, Rows } from './rows.ts';

/** What is read of each row. */
export interface Reading {
  readonly layout: Layout;
  /** Fields that a row has to have. */
  readonly fields: number;
  /** Whether it may have no more. */
  readonly isExact: boolean;
}

/** Shorter rows are rare; where they are not, the columns grow. */
const LEAST_ROW_BYTES = 20;
const BLOCK_ROWS = 4096;

/** Values of a row in a block. */
const WIDTH = 5;
const [ID, FRAME, X, Y, TIME] = [0, 1, 2, 3, 4];

const shapeOf = ({ layout, fields, isExact }: Reading, { separator }: Head): PlainShape => {
  const { id, frame, x, y, time } = layout;
  const slots = new Int8Array(1 + Math.max(id, frame ?? 0, x, y, time ?? 0)).fill(-1);
  slots[id] = ID;
  slots[x] = X;
  slots[y] = Y;
  if (frame !== null) slots[frame] = FRAME;
  if (time !== null) slots[time] = TIME;
  return { separator, slots, width: WIDTH, fields: isExact ? fields : null };
};

/** Reads the rows of one table. */
export class TableRows {
  readonly rows: Rows;
  /** Whether the file breaks off within its last row, which is then left out. */
  isCutOff = false;
  readonly #path: string;
  readonly #bytes: Buffer;
  readonly #head: Head;
  readonly #reading: Reading;
  readonly #row: RowReader;
  readonly #fields: RowFields;
  readonly #block: PlainBlock;
  readonly #people = new PersonCounter();

  constructor(path: string, bytes: Buffer, head: Head, reading: Reading) {
    this.rows = new Rows(Math.ceil(bytes.length / LEAST_ROW_BYTES), reading.layout.time !== null);
    this.#path = path;
    this.#bytes = bytes;
    this.#head = head;
    this.#reading = reading;
    this.#row = new RowReader(bytes, head.separator, head.rows);
    this.#fields = new RowFields(path, bytes, this.#row, reading.layout);
    this.#block = new PlainBlock(bytes, shapeOf(reading, head), BLOCK_ROWS);
  }

  /** @throws TRAJECTORY_BAD_ROW */
  read(): void {
    do {
      while (this.#readBlock() > 0);
    } while (this.#readRow());
    this.rows.trim();
  }

  #readBlock(): number {
    const { at, line } = this.#row.next;
    const rows = this.rows;
    const people = this.#people;
    this.#block.read(at);
    const { values, count, end } = this.#block;
    const { ticksPerS, frame: frameField } = this.#reading.layout;
    for (let i = 0, first = 0; i < count; i += 1, first += WIDTH) {
      const frame = frameField === null ? 0 : checkFrame(this.#path, line + i, values[first + FRAME]);
      rows.add(people.of(values[first + ID]), frame, values[first + X], values[first + Y], line + i);
      rows.setTime(values[first + TIME] / ticksPerS);
    }
    this.#row.next = { at: end, line: line + count };
    return count;
  }

  /** Reads the next row, whatever stands in it; false at the end of the file. */
  #readRow(): boolean {
    if (!this.#row.advance()) return false;
    if (this.#row.hasBadQuote) throw rowFault(this.#path, this.#row.line, 'a quote is not closed, or closed too soon');
    if (!this.#row.isLast || this.rows.count === 0) this.#add();
    else this.isCutOff = this.#row.count < this.#usualFields() || !this.#addIfWhole();
    return true;
  }

  /** Fields of the first row: where the last one has fewer, its last number may be a part of one. */
  #usualFields(): number {
    const first = new RowReader(this.#bytes, this.#head.separator, this.#head.rows);
    first.advance();
    return first.count;
  }

  #add(): void {
    const { fields, isExact } = this.#reading;
    const { id, frame, timeS, x, y } = this.#fields.read(fields, isExact);
    this.rows.add(this.#people.of(id), frame, x, y, this.#row.line);
    this.rows.setTime(timeS);
  }

  #addIfWhole(): boolean {
    try {
      this.#add();
      return true;
    } catch (error) {
      if (error instanceof StarlingError) return false;
      throw error;
    }
  }
}
