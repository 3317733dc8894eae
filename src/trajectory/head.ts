/** What the first lines of a text or CSV file say about the rest: comments, names of columns, the separator. */
import { findLayout, type Layout } from './columns.ts';
import { parseNumberText } from './decimal.ts';
import { MOST_FIELDS, RowReader, type RowStart, type Separator } from './row-reader.ts';
import type { Unit } from './rows.ts';

/** What stands before the rows. */
export interface Head {
  readonly separator: Separator;
  /** Null when nothing names the columns. */
  readonly layout: Layout | null;
  /** Why a header line names no columns that can be read, and where it stands. */
  readonly problem: { readonly line: number; readonly text: string } | null;
  /** Fields of the header line, when the rows must have as many. */
  readonly fields: number | null;
  readonly frameRate: Stated<number>;
  readonly unit: Stated<Unit>;
  readonly rows: RowStart;
}

/** What comments say of one thing: nothing, one value, or several that differ. */
export type Stated<T> = readonly T[];

const BYTE_ORDER_MARK = 0xef;
/** Longer lines are not a head. */
const LONGEST_LINE = 65_536;

interface Lines {
  readonly comments: readonly string[];
  /** The first line that is neither empty nor a comment. */
  readonly first: string;
  readonly at: RowStart;
}

const lineEnd = (bytes: Buffer, at: number): number => {
  let end = at;
  while (end < bytes.length && bytes[end] !== 10 && bytes[end] !== 13) end += 1;
  return end;
};

const afterLine = (bytes: Buffer, end: number): number =>
  bytes[end] === 13 && bytes[end + 1] === 10 ? end + 2 : end + 1;

const readLines = (bytes: Buffer): Lines => {
  const comments: string[] = [];
  let at = bytes[0] === BYTE_ORDER_MARK ? 3 : 0;
  for (let line = 1; at < bytes.length; line += 1) {
    const end = lineEnd(bytes, at);
    const text = bytes.toString('utf8', at, Math.min(end, at + LONGEST_LINE)).trim();
    if (text.startsWith('#')) comments.push(text.replace(/^[#\s]+/, ''));
    else if (text !== '') return { comments, first: text, at: { at, line } };
    at = afterLine(bytes, end);
  }
  return { comments, first: '', at: { at: bytes.length, line: 1 } };
};

/** A row has at least a frame, an x and a y; of names, at most one is a number (`Unnamed: 0`). */
const isHeader = (line: string): boolean =>
  line.split(/[\s,;"]+/).filter((word) => word !== '' && parseNumberText(word) !== null).length < 2;

/** `1 0 1,5 2,5` has blanks between its fields and commas within; `1, 0, 1.5, 2.5` has commas between them. */
const isSplitByCommas = (line: string): boolean => {
  const words = line.split(/\s+/);
  return line.includes(',') && (words.length < 4 || words.some((word) => word.startsWith(',') || word.endsWith(',')));
};

const separatorOf = (line: string): Separator => {
  if (line.includes(';')) return ';';
  if (isHeader(line)) {
    if (line.includes('\t')) return '\t';
    return line.includes(',') ? ',' : 'blanks';
  }
  return isSplitByCommas(line) ? ',' : 'blanks';
};

const RATE = /(?:frame[\s_-]*rate|\bfps\b)[^\d+-]*([-+]?\d[\d.,]*(?:e[-+]?\d+)?)/i;
const METRES = /\bin m(?![\w/²^])|\bin met(?:re|er)s?\b|[[(]m[\])]|\b[xy]\s*\/\s*m(?![\w/])/i;
const CENTIMETRES = /\bin cm(?![\w/²^])|\bin centimet(?:re|er)s?\b|[[(]cm[\])]|\b[xy]\s*\/\s*cm(?![\w/])/i;

const different = <T>(values: readonly T[]): Stated<T> => [...new Set(values)];

const ratesIn = (comments: readonly string[]): Stated<number> =>
  different(comments.flatMap((text) => RATE.exec(text)?.[1]?.replace(/[.,]$/, '') ?? []).map(Number));

const unitsIn = (comments: readonly string[]): Stated<Unit> => {
  const isSaid = (unit: RegExp): boolean => comments.some((text) => unit.test(text));
  return [...(isSaid(METRES) ? (['m'] as const) : []), ...(isSaid(CENTIMETRES) ? (['cm'] as const) : [])];
};

/** The names in a comment such as `ID FR X Y Z` or `id,frame,x,y`; null when it is any other sentence. */
const layoutInComments = (comments: readonly string[]): Layout | null => {
  for (const text of comments.toReversed()) {
    const found = findLayout(text.replace(/^\w+:\s/, '').split(/[\s,;]+/));
    if ('layout' in found) return found.layout;
  }
  return null;
};

const readHeaderLine = (bytes: Buffer, separator: Separator, at: RowStart) => {
  const reader = new RowReader(bytes, separator, at);
  reader.advance();
  const names = Array.from({ length: Math.min(reader.count, MOST_FIELDS) }, (_, field) => reader.text(field));
  const found = findLayout(names);
  return {
    layout: 'layout' in found ? found.layout : null,
    problem: 'problem' in found ? { line: at.line, text: found.problem } : null,
    fields: separator === 'blanks' ? null : reader.count,
    rows: reader.next,
  };
};

/** Reads the comments and the header line, if there is one. */
export const readHead = (bytes: Buffer): Head => {
  const { comments, first, at } = readLines(bytes);
  const separator = separatorOf(first);
  const header =
    first !== '' && isHeader(first)
      ? readHeaderLine(bytes, separator, at)
      : { layout: layoutInComments(comments), problem: null, fields: null, rows: at };
  // The column's own name is surer than a sentence about it.
  const unit = header.layout?.unit;
  return { ...header, separator, frameRate: ratesIn(comments), unit: unit ? [unit] : unitsIn(comments) };
};
