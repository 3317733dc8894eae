import { describe, expect, it } from 'vitest';
import type { SqliteLedger } from '../ledger.ts';
import { type Fields, modelRows, type Rows, storedFields, storedRows } from '../ledger-model.fixture.ts';
import { at, count, FOREVER, HOUR_MS, range, T0, tendAll, useLedgers } from '../ledgers.fixture.ts';

const openLedger = useLedgers();

const period = { fromMs: 0, toMs: T0 + 240 * HOUR_MS };
const all = (ledger: SqliteLedger): [Rows, Rows, Fields] => [
  storedRows(ledger.database, 60),
  storedRows(ledger.database, 900),
  storedFields(ledger.database),
];

describe('rebuild', () => {
  it('gives the same rows to the last bit, with fractions too', () => {
    const ledger = openLedger();
    const sevenths = Array.from({ length: 1000 }, (_, i) => at(i, { measuredS: (1 + (i % 7)) / 7 }));
    ledger.append(sevenths);
    tendAll(ledger, T0 + HOUR_MS);
    const before = all(ledger);
    expect(ledger.rebuild(period)).toEqual({ minutes: 17, quarterHours: 2, dropped: 0 });
    expect(all(ledger)).toEqual(before);
    expect(count(ledger, 'due')).toBe(0);
  });

  it('mends rows that are wrong or gone, and leaves no others', () => {
    const ledger = openLedger();
    ledger.append(range(0, 300));
    tendAll(ledger, T0 + HOUR_MS);
    const before = all(ledger);
    ledger.database.exec(`
      UPDATE zone_span SET occupancy_sum = 0 WHERE level_s = 60;
      UPDATE crossing_span SET in_count = in_count + 1, class = 'bus' WHERE class = 'person';
      DELETE FROM camera_span WHERE level_s = 900;
      UPDATE field_span SET known_s = 1;
    `);
    ledger.rebuild(period);
    expect(all(ledger)).toEqual(before);
  });

  it('does not touch rows whose parts were dropped, nor what is outside the period', () => {
    const ledger = openLedger();
    ledger.append([...range(0, 100), ...range(7200, 7300)]);
    tendAll(ledger, T0 + 3 * HOUR_MS, { ...FOREVER, seconds: 1.5 * HOUR_MS });
    const before = all(ledger);
    expect(ledger.rebuild(period)).toMatchObject({ minutes: 2, quarterHours: 2 });
    expect(all(ledger)).toEqual(before);
    expect(ledger.rebuild({ fromMs: T0, toMs: T0 + HOUR_MS })).toMatchObject({ minutes: 0, quarterHours: 1 });
  });

  it('keeps the row of a minute of which a second cannot be read any more', () => {
    const ledger = openLedger();
    ledger.append(range(0, 60));
    tendAll(ledger, T0 + HOUR_MS);
    const before = all(ledger);
    ledger.database.exec("UPDATE second SET body = x'0102' WHERE sequence = 7");
    expect(ledger.rebuild(period)).toMatchObject({ minutes: 0 });
    expect(all(ledger).slice(0, 2)).toEqual(before.slice(0, 2));
  });

  it('leaves a minute that is not over to be rolled up when it is', () => {
    const ledger = openLedger();
    ledger.append(range(0, 30));
    ledger.rebuild(period);
    ledger.append(range(30, 60));
    tendAll(ledger, T0 + HOUR_MS);
    expect(storedRows(ledger.database, 900)).toEqual(modelRows(range(0, 60), 900));
  });
});
