/** What a ledger holds. */
import type { DatabaseSync } from 'node:sqlite';
import { MINUTE_S, QUARTER_HOUR_S } from '../levels.ts';
import { numberOf, prepare, rowOf, scalar } from '../rows.ts';
import { ledgerBytes } from './compact.ts';

/** Rows of one length, and the period that they cover; the period is null when there are none. */
export interface Extent {
  readonly rows: number;
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

/** What a ledger holds. */
export interface Survey {
  readonly path: string;
  /** On the disk, the log included. */
  readonly bytes: number;
  /** Of these, what the ledger will use again before it grows. */
  readonly freeBytes: number;
  readonly cameras: number;
  readonly zones: number;
  readonly gates: number;
  /** Observations as they came, and what they were rolled up to; rows are those of cameras. */
  readonly seconds: Extent;
  readonly minutes: Extent;
  readonly quarterHours: Extent;
  readonly fields: Extent;
}

/** @param sql gives how many there are, and when the first begins and the last ends, ms */
const extentOf = (database: DatabaseSync, sql: string): Extent => {
  const [rows, fromMs, toMs] = rowOf(prepare(database, sql)) ?? [];
  return {
    rows: numberOf(rows),
    fromMs: typeof fromMs === 'number' ? fromMs : null,
    toMs: typeof toMs === 'number' ? toMs : null,
  };
};

const spans = (table: string, lengthS: number, where: string): string =>
  `SELECT count(*), min(start_s) * 1000, (max(start_s) + ${lengthS}) * 1000 FROM ${table} ${where}`;

/** Counts what is there. */
export const surveyLedger = (database: DatabaseSync, path: string): Survey => {
  const count = (sql: string): number => scalar(prepare(database, sql));
  return {
    path,
    bytes: ledgerBytes(path),
    freeBytes: count('PRAGMA freelist_count') * count('PRAGMA page_size'),
    cameras: count('SELECT count(*) FROM camera'),
    zones: count("SELECT count(*) FROM place WHERE kind = 'zone'"),
    gates: count("SELECT count(*) FROM place WHERE kind = 'gate'"),
    seconds: extentOf(database, 'SELECT count(*), min(start_ms), max(start_ms) + 1000 FROM second'),
    minutes: extentOf(database, spans('camera_span', MINUTE_S, `WHERE level_s = ${MINUTE_S}`)),
    quarterHours: extentOf(database, spans('camera_span', QUARTER_HOUR_S, `WHERE level_s = ${QUARTER_HOUR_S}`)),
    fields: extentOf(database, spans('field_span', QUARTER_HOUR_S, '')),
  };
};
