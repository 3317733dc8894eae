/**
 * A history of any length in bounded memory: piece by piece, in the order of time.
 *
 * How many rows a piece of time has is not known beforehand. A piece is as long as would give the rows wanted if every
 * place had every row; where there are fewer, the next is longer.
 */
import { StarlingError } from '../../../contract/index.ts';
import type { HistoryQuery, Span } from '../../../store/index.ts';
import { cutAfter, type HistoryStep } from './stretches.ts';

/** Which history is walked through. */
export interface WalkQuery extends HistoryQuery {
  readonly step: HistoryStep;
}

/** How a kind of history is asked for. */
export interface Walked<Row extends Span> {
  readonly ask: (query: HistoryQuery) => Promise<Row[]>;
  /** Name of a row's zone or gate; empty for a camera. */
  readonly placeOf: (row: Row) => string;
}

/** A piece of it. */
export interface Piece<Row> {
  /** In the order of time, camera and place. */
  readonly rows: readonly Row[];
  /** Everything before it has been told. */
  readonly untilMs: number;
}

/** How large pieces are to be. */
export interface PieceSize {
  /** Rows that a piece should have, about. */
  readonly rows: number;
  /** Places times cameras: rows that one step of time can have. */
  readonly perStep: number;
}

const GROWTH = 4;
const MOST_STEPS = 1_000_000;

/** The order of rows: by time, then camera, then place. */
const compareRows =
  <Row extends Span>(placeOf: (row: Row) => string) =>
  (a: Row, b: Row): number => {
    if (a.startMs !== b.startMs) return a.startMs - b.startMs;
    if (a.camera !== b.camera) return a.camera < b.camera ? -1 : 1;
    const [placeA, placeB] = [placeOf(a), placeOf(b)];
    return placeA === placeB ? 0 : placeA < placeB ? -1 : 1;
  };

const isBadQuery = (error: unknown): boolean => error instanceof StarlingError && error.code === 'STORE_BAD_QUERY';

/** Walks through a history. @throws STORE_BAD_QUERY and whatever else the ledger does */
export async function* walkHistory<Row extends Span>(
  { ask, placeOf }: Walked<Row>,
  query: WalkQuery,
  size: PieceSize,
): AsyncGenerator<Piece<Row>, void, undefined> {
  const cut = cutAfter(query.step, query.timezone);
  const least = Math.max(1, Math.floor(size.rows / size.perStep));
  let steps = least;
  for (let fromMs = query.fromMs; fromMs < query.toMs; ) {
    const toMs = Math.min(query.toMs, cut(fromMs, steps));
    let rows: Row[];
    try {
      rows = await ask({ ...query, fromMs, toMs });
    } catch (error) {
      // A piece that was made longer can be too long; one of the least length is refused for another reason.
      if (steps === least || !isBadQuery(error)) throw error;
      steps = least;
      continue;
    }
    yield { rows: rows.sort(compareRows(placeOf)), untilMs: toMs };
    fromMs = toMs;
    steps = rows.length * GROWTH < size.rows ? Math.min(MOST_STEPS, steps * GROWTH) : least;
  }
}
