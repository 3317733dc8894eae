/** Text and CSV: rows of fields, in an order that is known or named. */
import { type HealthReason, StarlingError } from '../contract/index.ts';
import { numberByTime, rateByTime, statedRate } from './clock.ts';
import { ARCHIVE_LAYOUT, type Layout } from './columns.ts';
import { type Head, readHead } from './head.ts';
import type { RawTrajectories, Rows, Unit } from './rows.ts';
import { type Reading, TableRows } from './table-rows.ts';

const CUT_OFF: HealthReason = {
  code: 'CUT_OFF',
  message: 'The file breaks off within its last row, which was left out; more may be missing after it.',
};

/** Times are read where frames or their rate have to be told by them. */
const readingOf = (layout: Layout, head: Head, rate: number | null): Reading => {
  const time = layout.frame === null || rate === null ? layout.time : null;
  const { id, frame, x, y } = layout;
  const least = 1 + Math.max(id, frame ?? 0, x, y, time ?? 0);
  return { layout: { ...layout, time }, fields: head.fields ?? least, isExact: head.fields !== null };
};

const layoutOf = (path: string, { separator, layout, problem }: Head): Layout => {
  if (problem)
    throw new StarlingError('TRAJECTORY_BAD_COLUMNS', { place: `${path}:${problem.line}`, problem: problem.text });
  if (layout) return layout;
  if (separator === 'blanks') return ARCHIVE_LAYOUT;
  throw new StarlingError('TRAJECTORY_BAD_COLUMNS', { place: path, problem: 'no line names the columns' });
};

/** What a table may be told from outside. */
export interface TableOptions {
  readonly frameRate: number | undefined;
  readonly unit: Unit | undefined;
}

const unitOf = (path: string, { unit }: Head, told: Unit | undefined): Unit | null => {
  if (told !== undefined || unit.length === 0) return null;
  if (unit.length === 1) return unit[0];
  throw new StarlingError('TRAJECTORY_UNIT_UNCLEAR', { path, reason: 'it speaks of metres and of centimetres' });
};

const settleFrames = (path: string, rows: Rows, { frame, time }: Layout, stated: number | null): number => {
  if (time !== null) return frame === null ? numberByTime(path, rows, stated) : rateByTime(path, rows);
  if (stated !== null) return stated;
  throw new StarlingError('TRAJECTORY_BAD_RATE', { path, reason: 'the file does not say' });
};

/**
 * Reads a text or CSV file.
 *
 * @throws TRAJECTORY_BAD_ROW, TRAJECTORY_BAD_COLUMNS, TRAJECTORY_BAD_RATE, TRAJECTORY_UNIT_UNCLEAR
 */
export const readTable = (path: string, bytes: Buffer, { frameRate, unit }: TableOptions): RawTrajectories => {
  const head = readHead(bytes);
  const rate = statedRate(path, frameRate, head.frameRate);
  const reading = readingOf(layoutOf(path, head), head, rate);
  const table = new TableRows(path, bytes, head, reading);
  table.read();
  const { rows, isCutOff } = table;
  if (rows.count === 0) throw new StarlingError('TRAJECTORY_EMPTY', { path });
  return {
    format: head.separator === 'blanks' ? 'text' : 'CSV',
    rows,
    frameRate: settleFrames(path, rows, reading.layout, rate),
    unit: unitOf(path, head, unit),
    geometry: null,
    recorded: null,
    doubts: isCutOff ? [CUT_OFF] : [],
    placeOf: (line) => `${path}:${line}`,
  };
};
