import { StarlingError } from '../contract/index.ts';
import type { Layout } from './columns.ts';
import { parseDecimal, parseNumberText } from './decimal.ts';
import type { RowReader } from './row-reader.ts';

const LONGEST_QUOTE = 40;

/** A word of the file as it can be shown: short, and without what a terminal would act on. */
const shown = (text: string): string => `"${text.slice(0, LONGEST_QUOTE).replaceAll(/[\p{Cc}\p{Cf}\uFFFD]/gu, '?')}"`;

const sayWhatIsWrong = (text: string): string => {
  if (/^[-+]?\d+,\d+$/.test(text)) return `${shown(text)} has a decimal comma; write ${text.replace(',', '.')}`;
  return `${shown(text)} is not a number`;
};

/** What is wrong with a row, and where it stands. */
export const rowFault = (path: string, line: number, problem: string): StarlingError =>
  new StarlingError('TRAJECTORY_BAD_ROW', { place: `${path}:${line}`, problem });

/** A frame number: whole, as a float may be written (`12.0`). */
export const checkFrame = (path: string, line: number, frame: number): number => {
  if (Number.isSafeInteger(frame)) return frame;
  throw rowFault(path, line, `the frame ${frame} is not a whole number`);
};

/** What a row says. */
export interface RowValues {
  readonly id: number | string;
  /** 0 where the file has none. */
  readonly frame: number;
  readonly timeS: number;
  /** NaN where the file says that there is no number. */
  readonly x: number;
  readonly y: number;
}

/** Reads a row in which anything may stand. */
export class RowFields {
  readonly #path: string;
  readonly #bytes: Buffer;
  readonly #row: RowReader;
  readonly #layout: Layout;

  constructor(path: string, bytes: Buffer, row: RowReader, layout: Layout) {
    this.#path = path;
    this.#bytes = bytes;
    this.#row = row;
    this.#layout = layout;
  }

  /**
   * The values of the row that the reader is at.
   *
   * @param least fields that it has to have
   * @param exact whether it may have no more
   * @throws TRAJECTORY_BAD_ROW
   */
  read(least: number, exact: boolean): RowValues {
    this.#checkCount(least, exact);
    const { id, frame, time, ticksPerS, x, y } = this.#layout;
    return {
      id: this.#id(id),
      frame: frame === null ? 0 : checkFrame(this.#path, this.#row.line, this.#number(frame)),
      timeS: time === null ? Number.NaN : this.#time(time) / ticksPerS,
      x: this.#number(x),
      y: this.#number(y),
    };
  }

  #fault(problem: string): StarlingError {
    return rowFault(this.#path, this.#row.line, problem);
  }

  #checkCount(least: number, exact: boolean): void {
    const { count, start, end } = this.#row;
    if (count < least) throw this.#fault(`the row has ${count} fields, and should have ${least}`);
    if (!exact || count === least) return;
    // One separator too many at the end of each row is a habit of some programs.
    if (count === least + 1 && start[least] === end[least]) return;
    const hint = 'a decimal comma splits a number in two';
    throw this.#fault(`the row has ${count} fields, and should have ${least}; ${hint}`);
  }

  #number(field: number): number {
    const { start, end } = this.#row;
    const plain = parseDecimal(this.#bytes, start[field], end[field]);
    if (!Number.isNaN(plain)) return plain;
    const text = this.#row.text(field);
    const value = parseNumberText(text);
    if (value === null) throw this.#fault(sayWhatIsWrong(text));
    return value;
  }

  #time(field: number): number {
    const value = this.#number(field);
    if (Number.isNaN(value)) throw this.#fault('the time is missing');
    return value;
  }

  /** A number, or the text as it stands: 7, 007 and 7.0 are one person, and so are all that are called north-2. */
  #id(field: number): number | string {
    const { start, end } = this.#row;
    const value = parseDecimal(this.#bytes, start[field], end[field]);
    if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
    const text = this.#row.text(field);
    if (Number.isNaN(parseNumberText(text))) throw this.#fault(`there is no id, but ${shown(text)}`);
    return text;
  }
}
