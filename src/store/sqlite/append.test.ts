import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, count, FOREVER, HOUR_MS, range, T0, tendAll, useLedgers } from './ledgers.fixture.ts';
import type { SqliteLedger } from './ledger.ts';
import { modelRows, storedRows } from './ledger-model.fixture.ts';

const openLedger = useLedgers();

const received = (ledger: SqliteLedger): unknown[] =>
  ledger.database
    .prepare('SELECT first_sequence, last_sequence FROM received ORDER BY 1')
    .all()
    .map((row) => Object.values(row));

describe('append', () => {
  it('takes each observation once', () => {
    const ledger = openLedger();
    expect(ledger.append(range(0, 3))).toEqual({ stored: 3, repeated: 0, refused: 0 });
    expect(ledger.append(range(1, 5))).toEqual({ stored: 2, repeated: 2, refused: 0 });
    expect(ledger.append([])).toEqual({ stored: 0, repeated: 0, refused: 0 });
    expect(count(ledger, 'second')).toBe(5);
    expect(ledger.latest()).toEqual(new Map([['square-north', 5]]));
  });

  it('takes one once that comes twice in a batch', () => {
    expect(openLedger().append([at(0), at(0)])).toEqual({ stored: 1, repeated: 1, refused: 0 });
  });

  it.each([
    { what: 'other figures', other: at(0, { seed: 99 }) },
    { what: 'another time', other: at(5, { sequence: 1 }) },
    { what: 'a zone less', other: { ...at(0), zones: at(0).zones.slice(1) } },
  ])('refuses one whose number was taken by another with $what', ({ other }) => {
    const ledger = openLedger();
    ledger.append([at(0)]);
    expect(ledger.append([other, at(1)])).toEqual({ stored: 1, repeated: 0, refused: 1 });
    tendAll(ledger, T0 + HOUR_MS);
    expect(storedRows(ledger.database, 60)).toEqual(modelRows([at(0), at(1)], 60));
  });

  it('knows one again whose keys come in another order, as from another version', () => {
    const ledger = openLedger();
    ledger.append([at(0)]);
    const reversed = { ...at(0), frames: { dropped: at(0).frames.dropped, measured: 5, offered: 25 } };
    expect(ledger.append([reversed])).toEqual({ stored: 0, repeated: 1, refused: 0 });
  });

  it('knows one again whose second was dropped long ago', () => {
    const ledger = openLedger();
    ledger.append(range(0, 10));
    tendAll(ledger, T0 + 10 * HOUR_MS, { ...FOREVER, seconds: HOUR_MS });
    expect(count(ledger, 'second')).toBe(0);
    expect(ledger.append(range(0, 11))).toEqual({ stored: 1, repeated: 10, refused: 0 });
    expect(openLedger().append(range(3, 4))).toEqual({ stored: 0, repeated: 1, refused: 0 });
  });

  it('numbers are by camera', () => {
    const ledger = openLedger();
    expect(ledger.append([at(0), at(0, { camera: 'square-south' })])).toMatchObject({ stored: 2 });
    expect(ledger.latest()).toEqual(
      new Map([
        ['square-north', 1],
        ['square-south', 1],
      ]),
    );
  });

  it('ranges of numbers are joined: holes are only where numbers never came', () => {
    const all = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 1 });
    fc.assert(
      fc.property(all, (seconds) => {
        const ledger = openLedger(`${fc.hash(String(seconds))}.db`);
        for (const one of seconds) expect(ledger.append([at(one)])).toMatchObject({ stored: 1 });
        const sequences = seconds.map((one) => one + 1).toSorted((a, b) => a - b);
        const firsts = sequences.filter((one) => !sequences.includes(one - 1));
        const lasts = sequences.filter((one) => !sequences.includes(one + 1));
        expect(received(ledger)).toEqual(firsts.map((first, i) => [first, lasts[i]]));
        ledger.close();
      }),
      { seed: 4, numRuns: 20 },
    );
  });

  it('takes all or none', () => {
    const ledger = openLedger();
    // The database itself refuses a number that is none; it stands for a disk that fails half-way.
    const broken = at(1, { startMs: 0.5 });
    expect(() => ledger.append([at(0, { camera: 'new' }), broken])).toThrow(
      'cannot store REAL value in INTEGER column',
    );
    expect([count(ledger, 'second'), count(ledger, 'camera'), count(ledger, 'due')]).toEqual([0, 0, 0]);
    expect(ledger.append(range(0, 2))).toMatchObject({ stored: 2 });
    tendAll(ledger, T0 + HOUR_MS);
    expect(storedRows(ledger.database, 60)).toEqual(modelRows(range(0, 2), 60));
  });
});
