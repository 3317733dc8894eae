/** Reads history from a ledger in SQLite; it writes nothing. */
import type { DatabaseSync } from 'node:sqlite';
import type { CameraSpan, FieldSpan, Gap, GateSpan, HistoryQuery, ZoneSpan } from '../../store.ts';
import { CAMERAS } from './cameras.ts';
import { Fields } from './fields.ts';
import { Gaps } from './gaps.ts';
import { GATES } from './gates.ts';
import type { CameraPeriod } from './query.ts';
import { Source } from './source.ts';
import { Spans } from './spans.ts';
import { ZONES } from './zones.ts';

/** What a ledger can be asked. Each answer is of one moment, also while the ledger is written. */
export interface History {
  /** @throws STORE_BAD_QUERY */
  zones(query: HistoryQuery): ZoneSpan[];
  /** @throws STORE_BAD_QUERY */
  gates(query: HistoryQuery): GateSpan[];
  /** @throws STORE_BAD_QUERY */
  cameras(query: HistoryQuery): CameraSpan[];
  /** @throws STORE_BAD_QUERY */
  fields(query: CameraPeriod): FieldSpan[];
  /** @throws STORE_BAD_QUERY */
  gaps(query: CameraPeriod): Gap[];
}

/** Prepares the statements of all histories; a connection that only reads will do. */
export const createHistory = (database: DatabaseSync): History => {
  const source = new Source(database);
  const zones = new Spans(database, source, ZONES);
  const gates = new Spans(database, source, GATES);
  const cameras = new Spans(database, source, CAMERAS);
  const fields = new Fields(database, source);
  const gaps = new Gaps(database, source);
  return {
    zones: (query) => zones.query(query),
    gates: (query) => gates.query(query),
    cameras: (query) => cameras.query(query),
    fields: (query) => fields.query(query),
    gaps: (query) => gaps.query(query),
  };
};
