/** Ledgers in a folder of their own, and what goes into them: for tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import type { Observation, Retention } from '../../contract/index.ts';
import { SqliteLedger } from './ledger.ts';
import type { Fields } from './ledger-model.fixture.ts';
import { type ObservationOptions, observationOf } from './observation.fixture.ts';

/** A minute, ms. */
export const MINUTE_MS = 60_000;
/** An hour, ms. */
export const HOUR_MS = 3_600_000;

/** A quarter-hour begins. */
export const T0 = Date.UTC(2026, 2, 1, 12);

const forever = Number.POSITIVE_INFINITY;
/** Nothing is dropped. */
export const FOREVER: Retention = { seconds: forever, minutes: forever, quarterHours: forever, fields: forever };

/** The second that begins so many seconds after {@link T0}; its number is one more. */
export const at = (seconds: number, options: ObservationOptions = {}): Observation =>
  observationOf({ sequence: seconds + 1, startMs: T0 + seconds * 1000, ...options });

/** Seconds one after the other. */
export const range = (from: number, to: number, options: ObservationOptions = {}): Observation[] =>
  Array.from({ length: to - from }, (_, i) => at(from + i, options));

/** Opens ledgers in a folder that is there for one test. Call it at the top of a file. */
export const useLedgers = (): ((name?: string) => SqliteLedger) => {
  let folder = '';
  let open: SqliteLedger[] = [];
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'starling-ledger-'));
  });
  afterEach(() => {
    for (const ledger of open.filter(({ database }) => database.isOpen)) ledger.close();
    open = [];
    rmSync(folder, { recursive: true });
  });
  return (name = 'ledger.db') => {
    const ledger = new SqliteLedger(path.join(folder, name));
    // Nothing here is about power cuts, and waiting for a disk takes time.
    ledger.database.exec('PRAGMA synchronous = OFF');
    open.push(ledger);
    return ledger;
  };
};

/** Until there is nothing left to do. */
export const tendAll = (ledger: SqliteLedger, nowMs: number, retention = FOREVER): void => {
  const { minutes, quarterHours, dropped } = ledger.tend(nowMs, retention);
  if (minutes + quarterHours + dropped > 0) tendAll(ledger, nowMs, retention);
};

/** How many rows there are. */
export const count = (ledger: SqliteLedger, table: string, where = '1'): number =>
  Number(ledger.database.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${where}`).get()?.['n']);

/** Fields are kept with seven digits; each adding of late ones rounds once more. */
export const expectFields = (stored: Fields, model: Fields): void => {
  expect(Object.keys(stored).toSorted()).toEqual(Object.keys(model).toSorted());
  for (const [key, { knownS, cells }] of Object.entries(model)) {
    expect(stored[key].knownS).toBe(knownS);
    expect(Object.keys(stored[key].cells)).toEqual(Object.keys(cells));
    const far = Object.entries(cells).filter(([cell, sums]) =>
      sums.some((sum, i) => Math.abs(stored[key].cells[Number(cell)][i] - sum) > 1e-6 * Math.max(1, Math.abs(sum))),
    );
    expect(far).toEqual([]);
  }
};
