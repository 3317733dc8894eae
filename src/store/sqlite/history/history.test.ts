import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { observationOf } from '../observation.fixture.ts';
import { SqliteLedger } from '../ledger.ts';
import { createHistory } from './history.ts';

const START_MS = Date.UTC(2026, 2, 1, 12);
const HOUR_MS = 3_600_000;
const KEPT = { seconds: HOUR_MS, minutes: 24 * HOUR_MS, quarterHours: Infinity, fields: Infinity };
const HOUR = { fromMs: START_MS, toMs: START_MS + HOUR_MS, step: 'hour', timezone: 'UTC' } as const;

let ledger: SqliteLedger;

beforeEach(() => {
  ledger = new SqliteLedger(':memory:');
});
afterEach(() => {
  ledger.close();
});

/** How SQLite goes about each statement that is prepared. */
const plansOf = (work: (database: DatabaseSync) => void): string[] => {
  const { database } = ledger;
  const prepare = vi.spyOn(database, 'prepare');
  work(database);
  const asked = prepare.mock.calls.map(([sql]) => sql);
  prepare.mockRestore();
  return asked.flatMap((sql) =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => `${String(detail)}: ${sql}`),
  );
};

describe('history', () => {
  it('is found by keys: no table that grows is read from end to end, or sorted', () => {
    const plans = plansOf((database) => createHistory(database));
    const spans = plans.filter((plan) => /_span|second|due/.test(plan));
    expect(spans.length).toBeGreaterThan(8);
    expect(spans.filter((plan) => !/^SEARCH .* USING .*(?:PRIMARY KEY|COVERING INDEX|INDEX)/.test(plan))).toEqual([]);
    expect(plans.filter((plan) => plan.startsWith('SCAN') && !plan.startsWith('SCAN camera'))).toEqual([]);
  });

  it('leaves no transaction behind, also after an error and within one', () => {
    const { database } = ledger;
    const history = createHistory(database);
    ledger.append([observationOf()]);
    expect(() => history.zones({ ...HOUR, timezone: '+05:07' })).toThrow('quarter-hours');
    expect(database.isTransaction).toBe(false);
    database.exec('BEGIN');
    expect(history.zones(HOUR)).toHaveLength(3);
    expect(database.isTransaction).toBe(true);
    database.exec('ROLLBACK');
  });

  it('leaves out an observation that is damaged', () => {
    const history = createHistory(ledger.database);
    ledger.append([1, 2, 3].map((sequence) => observationOf({ sequence })));
    ledger.database.exec("UPDATE second SET body = x'00' WHERE sequence = 2");
    expect(history.cameras({ ...HOUR, step: 'second' })).toHaveLength(2);
    expect(history.gaps({ fromMs: START_MS, toMs: START_MS + 3000 })).toEqual([
      { camera: 'square-north', startMs: START_MS + 1000, endMs: START_MS + 2000 },
    ]);
  });

  it('says nothing of seconds that came after their time and wait to be added', () => {
    const history = createHistory(ledger.database);
    const late = observationOf({ sequence: 2, startMs: START_MS + 1000 });
    ledger.append([observationOf({ sequence: 1, startMs: START_MS })]);
    for (let i = 0; i < 4; i++) ledger.tend(START_MS + 5 * HOUR_MS, KEPT);
    ledger.append([late]);
    expect(history.cameras({ ...HOUR, step: 'second' })).toEqual([]);
    expect(history.cameras({ ...HOUR, step: 'minute' })).toMatchObject([{ statesS: { ok: 2 } }]);
    expect(history.cameras(HOUR)).toMatchObject([{ statesS: { ok: 2 } }]);
    expect(history.gaps({ fromMs: START_MS, toMs: START_MS + 120_000 })).toHaveLength(1);
  });
});
