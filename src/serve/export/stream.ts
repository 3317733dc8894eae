/** A file that leaves the hub, from the ledger to its bytes. */
import { Readable } from 'node:stream';
import { StarlingError } from '../../contract/index.ts';
import type { Span } from '../../store/index.ts';
import { type Piece, type Walked, walkHistory, type WalkQuery } from '../routes/history/walk.ts';
import { iso } from '../routes/query.ts';
import type { Column } from './columns.ts';
import { csvLine, type Field } from './csv.ts';
import { parquetBytes } from './parquet.ts';
import { siteTime } from './time.ts';

/** Rows that are read at once. */
const PIECE_ROWS = 4000;
/** Exports at once: each holds pieces in memory, and asks the ledger as often as it can. */
const MOST_EXPORTS = 4;

/** How many exports are on their way. */
export class Slots {
  #taken = 0;

  /** @throws SERVE_BUSY */
  take(): () => void {
    if (this.#taken >= MOST_EXPORTS) throw new StarlingError('SERVE_BUSY', { what: 'exports', most: MOST_EXPORTS });
    this.#taken++;
    let isOver = false;
    return () => {
      if (!isOver) this.#taken--;
      isOver = true;
    };
  }
}

/** What is exported. */
export interface Asked<Row extends Span> {
  readonly walked: Walked<Row>;
  readonly query: WalkQuery;
  readonly perStep: number;
  readonly columns: readonly Column<Row>[];
}

/** The first piece is asked for before anything is answered: what the ledger refuses is then said properly. */
async function* withFirst<Row>(
  first: IteratorResult<Piece<Row>, void>,
  rest: AsyncGenerator<Piece<Row>, void, undefined>,
): AsyncGenerator<Piece<Row>, void, undefined> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}

async function* fieldsOf<Row extends Span>(
  pieces: AsyncIterable<Piece<Row>>,
  { columns, query }: Asked<Row>,
): AsyncGenerator<readonly (readonly Field[])[], void, undefined> {
  const inSiteTime = siteTime(query.timezone);
  for await (const { rows } of pieces) yield rows.map((row) => columns.map(({ of }) => of(row, inSiteTime)));
}

const written = (field: Field, type: Column<Span>['type']): Field =>
  type === 'timestamp' && typeof field === 'number' ? iso(field) : field;

async function* csvText(
  columns: readonly Pick<Column<Span>, 'name' | 'type'>[],
  pieces: AsyncIterable<readonly (readonly Field[])[]>,
): AsyncGenerator<string, void, undefined> {
  yield csvLine(columns.map(({ name }) => name));
  for await (const rows of pieces)
    yield rows.map((row) => csvLine(row.map((field, i) => written(field, columns[i].type)))).join('');
}

/** The file, as it is taken. @throws STORE_BAD_QUERY and whatever else the ledger does, before anything is sent */
export const streamOf = async <Row extends Span>(asked: Asked<Row>, format: 'csv' | 'parquet'): Promise<Readable> => {
  const { walked, query, perStep, columns } = asked;
  const pieces = walkHistory(walked, query, { rows: PIECE_ROWS, perStep });
  const rows = fieldsOf(withFirst(await pieces.next(), pieces), asked);
  const bytes = format === 'csv' ? csvText(columns, rows) : parquetBytes(columns, rows);
  return Readable.from(bytes, { objectMode: false, highWaterMark: 65_536 });
};
