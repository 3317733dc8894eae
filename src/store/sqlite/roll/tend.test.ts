import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../contract/index.ts';
import { modelFields, modelRows, storedFields, storedRows } from '../ledger-model.fixture.ts';
import {
  at,
  count,
  expectFields,
  FOREVER,
  HOUR_MS,
  MINUTE_MS,
  range,
  T0,
  tendAll,
  useLedgers,
} from '../ledgers.fixture.ts';

const openLedger = useLedgers();

/** A second each quarter-hour, for three days: more than is rolled up in one call. */
const seconds = (offset: number): Observation[] =>
  Array.from({ length: 300 }, (_, i) =>
    at(i * 900 + offset, { sequence: offset * 1000 + i + 1, zones: [], gates: [] }),
  );

describe('tend', () => {
  it('waits until a minute is over, and a little longer', () => {
    const ledger = openLedger();
    ledger.append(range(0, 70));
    expect(ledger.tend(T0 + MINUTE_MS + 4999, FOREVER)).toEqual({ minutes: 0, quarterHours: 0, dropped: 0 });
    expect(ledger.tend(T0 + MINUTE_MS + 5000, FOREVER)).toEqual({ minutes: 1, quarterHours: 0, dropped: 0 });
    expect(ledger.tend(T0 + MINUTE_MS + 5000, FOREVER)).toEqual({ minutes: 0, quarterHours: 0, dropped: 0 });
    expect(storedRows(ledger.database, 60)).toEqual(modelRows(range(0, 60), 60));
  });

  it('rolls a minute up again when a second comes late, and the quarter-hour after it', () => {
    const ledger = openLedger();
    const [late, ...others] = range(0, 200);
    ledger.append(others);
    tendAll(ledger, T0 + HOUR_MS);
    ledger.append([late]);
    expect(ledger.tend(T0 + HOUR_MS, FOREVER)).toEqual({ minutes: 1, quarterHours: 1, dropped: 0 });
    expect(storedRows(ledger.database, 60)).toEqual(modelRows(range(0, 200), 60));
    expect(storedRows(ledger.database, 900)).toEqual(modelRows(range(0, 200), 900));
  });

  it('adds late seconds to a minute whose own seconds were dropped', () => {
    const ledger = openLedger();
    const retention = { ...FOREVER, seconds: HOUR_MS };
    const all = range(0, 120);
    ledger.append(all.filter(({ sequence }) => sequence % 2 === 0));
    tendAll(ledger, T0 + 72 * HOUR_MS, retention);
    expect(count(ledger, 'second')).toBe(0);
    ledger.append(all.filter(({ sequence }) => sequence % 2 === 1));
    tendAll(ledger, T0 + 72 * HOUR_MS, retention);
    expect(count(ledger, 'second')).toBe(0);
    expect(storedRows(ledger.database, 60)).toEqual(modelRows(all, 60));
    expect(storedRows(ledger.database, 900)).toEqual(modelRows(all, 900));
    expectFields(storedFields(ledger.database), modelFields(all));
  });

  it('drops what comes when even its quarter-hour is past its time', () => {
    const ledger = openLedger();
    const retention = { seconds: HOUR_MS, minutes: HOUR_MS, quarterHours: 2 * HOUR_MS, fields: HOUR_MS };
    ledger.append(range(0, 10));
    tendAll(ledger, T0 + 5 * HOUR_MS, retention);
    ledger.append(range(10, 20));
    expect(ledger.tend(T0 + 5 * HOUR_MS, retention)).toEqual({ minutes: 1, quarterHours: 0, dropped: 10 });
    expect(
      ['second', 'camera_span', 'zone_span', 'gate_span', 'crossing_span', 'field_span', 'due'].map((table) =>
        count(ledger, table),
      ),
    ).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it('keeps minutes as long as their seconds, and quarter-hours as long as their minutes', () => {
    const ledger = openLedger();
    ledger.append(range(0, 10));
    tendAll(ledger, T0 + 5 * HOUR_MS, { ...FOREVER, minutes: HOUR_MS, quarterHours: HOUR_MS, fields: HOUR_MS });
    expect([count(ledger, 'second'), count(ledger, 'camera_span'), count(ledger, 'field_span')]).toEqual([10, 2, 0]);
  });

  it('does a bounded amount of work a call, and the rest in the next', () => {
    const ledger = openLedger();
    // A second a minute, for three days.
    const all = Array.from({ length: 4320 }, (_, i) =>
      at(i * 60, { sequence: i + 1, field: null, zones: [], gates: [] }),
    );
    ledger.append(all);
    const nowMs = T0 + 96 * HOUR_MS;
    expect(ledger.tend(nowMs, FOREVER)).toMatchObject({ minutes: 200 });
    tendAll(ledger, nowMs);
    expect(storedRows(ledger.database, 60)).toEqual(modelRows(all, 60));
    expect(storedRows(ledger.database, 900)).toEqual(modelRows(all, 900));
  });

  it('does not drop what still waits to be rolled up', () => {
    const ledger = openLedger();
    const keepsMinutes = { ...FOREVER, seconds: MINUTE_MS };
    const nowMs = T0 + 96 * HOUR_MS;
    ledger.append(seconds(0));
    expect(ledger.tend(nowMs, keepsMinutes)).toMatchObject({ minutes: 200, quarterHours: 50 });
    tendAll(ledger, nowMs, keepsMinutes);
    expect(count(ledger, 'second')).toBe(0);
    // Late ones, for minutes that are to be dropped as soon as they are rolled up.
    ledger.append(seconds(1));
    tendAll(ledger, nowMs, { ...keepsMinutes, minutes: MINUTE_MS });
    expect([count(ledger, 'second'), count(ledger, 'camera_span', 'level_s = 60')]).toEqual([0, 0]);
    const all = [...seconds(0), ...seconds(1)];
    expect(storedRows(ledger.database, 900)).toEqual(modelRows(all, 900));
    expectFields(storedFields(ledger.database), modelFields(all));
  });

  it('does not drop what waits in a quarter-hour of which nothing was rolled up', () => {
    const ledger = openLedger();
    const all = Array.from({ length: 300 }, (_, i) => at(i * 60, { sequence: i + 1, zones: [], gates: [] }));
    ledger.append(all);
    tendAll(ledger, T0 + 96 * HOUR_MS, { ...FOREVER, seconds: MINUTE_MS });
    expect(storedRows(ledger.database, 60)).toEqual(modelRows(all, 60));
    expectFields(storedFields(ledger.database), modelFields(all));
  });

  it('reads a bounded number of seconds a call', () => {
    const all = range(0, 3600, { zones: [], gates: [] });
    const first = openLedger();
    first.append(all);
    first.close();
    const ledger = openLedger();
    expect(ledger.tend(T0 + 2 * HOUR_MS, FOREVER)).toEqual({ minutes: 50, quarterHours: 0, dropped: 0 });
    // The fields of the first two are read; those of the last two are still known.
    expect(ledger.tend(T0 + 2 * HOUR_MS, FOREVER)).toEqual({ minutes: 10, quarterHours: 4, dropped: 0 });
    expect(storedRows(ledger.database, 900)).toEqual(modelRows(all, 900));
    expectFields(storedFields(ledger.database), modelFields(all));
  });

  it('does not count what is unknown as nothing', () => {
    const ledger = openLedger();
    const [gate] = at(0).gates;
    const gateAt = (counts: typeof gate.counts): Observation['gates'] => [{ ...gate, counts }];
    const empty = { zones: [{ zone: 'view', seenShare: 0, areaM2: null, figures: {} }], field: null, measuredS: 1 };
    ledger.append([
      ...range(0, 60, { ...empty, gates: gateAt(null) }),
      ...range(60, 90, { ...empty, gates: gateAt({ person: { in: 0, out: 0 } }) }),
      ...range(90, 120, { ...empty, gates: gateAt(null) }),
    ]);
    tendAll(ledger, T0 + HOUR_MS);
    const gates = ledger.database.prepare('SELECT known_s FROM gate_span ORDER BY level_s, start_s').all();
    expect(gates.map((row) => row['known_s'])).toEqual([null, 30, 30]);
    expect(count(ledger, 'crossing_span')).toBe(0);
    expect(count(ledger, 'zone_span', 'area_m2 IS NULL AND occupancy_sum IS NULL AND dwell_error IS NULL')).toBe(3);
    expect(count(ledger, 'field_span')).toBe(0);
  });

  it('tells the time in each state, and leaves a gap where nothing came', () => {
    const ledger = openLedger();
    const health = { state: 'unknown' as const, reasons: [] };
    ledger.append([...range(0, 10), ...range(20, 30, { health })]);
    tendAll(ledger, T0 + HOUR_MS);
    const [row] = ledger.database.prepare('SELECT * FROM camera_span WHERE level_s = 60').all();
    expect(row).toMatchObject({ ok_s: 10, degraded_s: 0, connecting_s: 0, unknown_s: 10 });
  });

  it('leaves out a second that is damaged on the disk', () => {
    const ledger = openLedger();
    ledger.append(range(0, 60));
    const body = ledger.database.prepare('SELECT body FROM second WHERE sequence = 7').get()?.['body'];
    const damaged = body instanceof Uint8Array ? body.map((byte, i) => (i === 40 ? byte ^ 4 : byte)) : null;
    ledger.database.prepare('UPDATE second SET body = ? WHERE sequence = 7').run(damaged);
    ledger.close();
    const again = openLedger();
    tendAll(again, T0 + HOUR_MS);
    const rest = range(0, 60).filter(({ sequence }) => sequence !== 7);
    expect(storedRows(again.database, 60)).toEqual(modelRows(rest, 60));
  });

  it('keeps the later grid of a quarter-hour, and says for how long it was known', () => {
    const ledger = openLedger();
    const { field } = at(1);
    const moved = range(90, 150, { field: field && { ...field, originXM: 7 } });
    ledger.append([...range(0, 90), ...moved]);
    tendAll(ledger, T0 + HOUR_MS);
    expectFields(storedFields(ledger.database), modelFields(moved));
  });
});
