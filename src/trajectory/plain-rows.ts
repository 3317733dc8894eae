/**
 * The fast lane: rows of nothing but plain decimals, which is nearly all of nearly every file. Whatever else there is
 * (quotes, words, exponents, comments, a last line without an end) stops it, and goes to `row-reader.ts`.
 *
 * One loop over the bytes that reads digits as it meets them. Finding the ends of a number first, and reading it then,
 * takes more than twice the time.
 */
import { decimalOf } from './decimal.ts';
import type { Separator } from './row-reader.ts';

const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;
const BLANK = 32;
const QUOTE = 34;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const NINE = 57;

const isSpace = (byte: number): boolean => byte === BLANK || byte === TAB || byte === LINE_FEED || byte === RETURN;

/** What the rows look like. */
export interface PlainShape {
  readonly separator: Separator;
  /** Which of a row's values each field is; −1 for none. Fields beyond are not looked at. */
  readonly slots: Int8Array;
  /** Values of a row. */
  readonly width: number;
  /** Fields of a row, when it must have so many. */
  readonly fields: number | null;
}

/** Rows that were read at once. */
export class PlainBlock {
  /** Rows that were read. */
  count = 0;
  /** Where the row after them begins. */
  end = 0;
  /** Values, row by row. */
  readonly values: Float64Array;
  readonly #bytes: Buffer;
  readonly #shape: PlainShape;
  readonly #most: number;
  readonly #separator: number;
  /** As a separator, a tab is no blank. */
  readonly #alsoBlank: number;

  constructor(bytes: Buffer, shape: PlainShape, most: number) {
    this.values = new Float64Array(shape.width * most);
    this.#bytes = bytes;
    this.#shape = shape;
    this.#most = most;
    this.#separator = shape.separator === 'blanks' ? BLANK : shape.separator.charCodeAt(0);
    this.#alsoBlank = shape.separator === '\t' ? BLANK : TAB;
  }

  /** Reads rows from `start` on, until the block is full or a row is out of the ordinary. */
  read(start: number): void {
    let end = start;
    let count = 0;
    // Reading beyond the end once would make every byte a number or nothing from then on, and the loop half as fast.
    for (; count < this.#most && end < this.#bytes.length; count += 1) {
      const next = this.#readRow(end, count);
      if (next < 0) break;
      end = next;
    }
    this.count = count;
    this.end = end;
  }

  /** Reads the row at `at`; returns where the next one begins, or −1 when this one is out of the ordinary. */
  #readRow(at: number, row: number): number {
    const bytes = this.#bytes;
    const separator = this.#separator;
    const alsoBlank = this.#alsoBlank;
    const { slots, width } = this.#shape;
    let byte = bytes[at];
    for (let field = 0; field < slots.length; field += 1) {
      if (field > 0 && separator !== BLANK) {
        if (byte !== separator) return -1;
        byte = bytes[++at];
      }
      while (byte === BLANK || byte === alsoBlank) byte = bytes[++at];
      const start = at;
      if (byte === MINUS) byte = bytes[++at];
      const first = at;
      let digits = 0;
      for (; byte >= ZERO && byte <= NINE; byte = bytes[++at]) digits = digits * 10 + (byte - ZERO);
      let count = at - first;
      let decimals = 0;
      if (byte === DOT) {
        const dot = at;
        byte = bytes[++at];
        for (; byte >= ZERO && byte <= NINE; byte = bytes[++at]) digits = digits * 10 + (byte - ZERO);
        decimals = at - dot - 1;
        count += decimals;
      }
      if (byte !== separator && !isSpace(byte)) return -1;
      const value = decimalOf(bytes, start, at, digits, decimals, count);
      // Beyond, two ids may be one double.
      if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) return -1;
      if (slots[field] >= 0) this.values[row * width + slots[field]] = value;
      while (byte === BLANK || byte === alsoBlank) byte = bytes[++at];
    }
    return this.#pastRest(at);
  }

  /** Where the next row begins, whatever fields there are that are not read; −1 when they are out of the ordinary. */
  #pastRest(at: number): number {
    const bytes = this.#bytes;
    const separator = this.#separator;
    const { slots, fields } = this.#shape;
    let found = slots.length;
    let byte = bytes[at];
    for (; byte !== LINE_FEED && byte !== RETURN; byte = bytes[++at]) {
      if (byte === undefined || byte === QUOTE) return -1;
      if (byte === separator) found += 1;
    }
    if (fields !== null && found !== fields) return -1;
    return byte === RETURN && bytes[at + 1] === LINE_FEED ? at + 2 : at + 1;
  }
}
