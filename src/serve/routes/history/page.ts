/** A history page by page. */
import * as z from 'zod';
import type { Span } from '../../../store/index.ts';
import { readCursor, writeCursor } from '../query.ts';
import { type PieceSize, walkHistory, type Walked, type WalkQuery } from './walk.ts';

/** A page: its rows, and where the next one begins. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/** Where a page ends: nothing at or before this time, camera and place is in the next one. */
const endSchema = z.tuple([z.number().min(0), z.string().max(64), z.string().max(64)]);
type End = z.output<typeof endSchema>;

/** A page asks the ledger so often at most; where it finds nothing for so long, it ends, and says where to go on. */
const MOST_QUESTIONS = 32;
const LEAST_PIECE = 200;

const isBeyond = <Row extends Span>(end: End | null, row: Row, placeOf: (row: Row) => string): boolean => {
  if (end === null) return true;
  const [timeMs, camera, place] = end;
  if (row.startMs !== timeMs) return row.startMs > timeMs;
  if (row.camera !== camera) return row.camera > camera;
  return placeOf(row) > place;
};

/**
 * One page of a history, in the order of time.
 *
 * A page can be short, and even empty, though there are more: it is over where `next` is null.
 *
 * @throws STORE_BAD_QUERY; ZodError for a cursor that was not given out
 */
export const historyPage = async <Row extends Span>(
  walked: Walked<Row>,
  query: WalkQuery,
  { limit, cursor, perStep }: { readonly limit: number; readonly cursor: string | undefined; readonly perStep: number },
): Promise<Page<Row>> => {
  const end = readCursor(endSchema, cursor);
  const fromMs = Math.max(query.fromMs, end?.[0] ?? 0);
  const size: PieceSize = { rows: Math.max(limit, LEAST_PIECE), perStep };
  const rows: Row[] = [];
  const { placeOf } = walked;
  let questions = 0;
  for await (const piece of walkHistory(walked, { ...query, fromMs }, size)) {
    rows.push(...piece.rows.filter((row) => isBeyond(end, row, placeOf)));
    const last = rows[limit - 1];
    if (rows.length > limit && last)
      return { rows: rows.slice(0, limit), next: writeCursor([last.startMs, last.camera, placeOf(last)]) };
    if (++questions >= MOST_QUESTIONS && piece.untilMs < query.toMs)
      return { rows, next: writeCursor([piece.untilMs, '', '']) };
  }
  return { rows, next: null };
};
