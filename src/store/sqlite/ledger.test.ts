import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation, Retention } from '../../contract/index.ts';
import type { SqliteLedger } from './ledger.ts';
import { modelFields, modelRows, storedFields, storedRows } from './ledger-model.fixture.ts';
import { at, count, expectFields, HOUR_MS, MINUTE_MS, T0, tendAll, useLedgers } from './ledgers.fixture.ts';

const openLedger = useLedgers();

const horizon = (ledger: SqliteLedger): Record<string, number> =>
  Object.fromEntries(
    Object.entries(ledger.database.prepare('SELECT * FROM camera').get() ?? {}).map(([key, value]) => [
      key,
      Number(value),
    ]),
  );

const after = <Value>(rows: Readonly<Record<string, Value>>, fromS: number): Record<string, Value> =>
  Object.fromEntries(Object.entries(rows).filter(([key]) => Number(key.split('/').at(-1)) >= fromS));

describe('whatever happens to a ledger', () => {
  const SPAN_S = 3 * 3600;
  const action = fc.oneof(
    { weight: 6, arbitrary: fc.record({ append: fc.array(fc.nat(), { minLength: 1, maxLength: 12 }) }) },
    { weight: 4, arbitrary: fc.record({ tendAfterMs: fc.integer({ min: 0, max: HOUR_MS }) }) },
    { weight: 1, arbitrary: fc.constant({ reopen: true }) },
    { weight: 1, arbitrary: fc.constant({ rebuild: true }) },
  );
  const durations = fc.constantFrom(MINUTE_MS, 20 * MINUTE_MS, HOUR_MS, 2 * HOUR_MS, Number.POSITIVE_INFINITY);
  const retentions = fc.record({ seconds: durations, minutes: durations, quarterHours: durations, fields: durations });
  // Few minutes of few quarter-hours: so that many seconds fall into the same ones.
  const second = fc
    .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 19 }))
    .map(([halfHour, minute, rest]) => halfHour * 1800 + minute * 60 + rest);
  const seconds = fc.uniqueArray(second, { minLength: 1, maxLength: 50 });

  let runs = 0;
  const live = (
    all: readonly Observation[],
    actions: readonly (typeof action extends fc.Arbitrary<infer Action> ? Action : never)[],
    retention: Retention,
  ): void => {
    const name = `${runs++}.db`;
    let ledger = openLedger(name);
    const taken = new Set<number>();
    let nowMs = T0;
    for (const step of actions) {
      if ('append' in step) {
        const batch = step.append.map((index) => all[index % all.length]);
        const fresh = new Set(batch.map(({ sequence }) => sequence).filter((sequence) => !taken.has(sequence)));
        const expected = { stored: fresh.size, repeated: batch.length - fresh.size, refused: 0 };
        expect(ledger.append(batch)).toEqual(expected);
        for (const sequence of fresh) taken.add(sequence);
      } else if ('tendAfterMs' in step) {
        nowMs += step.tendAfterMs;
        ledger.tend(nowMs, retention);
      } else if ('rebuild' in step) {
        ledger.rebuild({ fromMs: 0, toMs: T0 + SPAN_S * 1000 });
      } else {
        ledger.close();
        ledger = openLedger(name);
      }
    }
    ledger.append(all);
    tendAll(ledger, T0 + 2 * SPAN_S * 1000, retention);
    const kept = horizon(ledger);
    expect(storedRows(ledger.database, 60)).toEqual(after(modelRows(all, 60), kept['minutes_from_s']));
    expect(storedRows(ledger.database, 900)).toEqual(after(modelRows(all, 900), kept['quarter_hours_from_s']));
    expectFields(storedFields(ledger.database), after(modelFields(all), kept['fields_from_s']));
    const starts = ledger.database.prepare('SELECT start_ms / 1000 AS s FROM second ORDER BY 1').all();
    const expected = all.map(({ startMs }) => startMs / 1000).filter((startS) => startS >= kept['seconds_from_s']);
    expect(starts.map((row) => row['s'])).toEqual(expected.toSorted((a, b) => a - b));
    expect(count(ledger, 'due')).toBe(0);
    ledger.close();
  };

  it('its rows are the sums of all observations, each once', () => {
    fc.assert(
      fc.property(
        seconds,
        fc.array(action, { maxLength: 25 }),
        retentions,
        fc.constantFrom('in order', 'mixed'),
        (times, actions, retention, numbering) => {
          const ordered = numbering === 'in order' ? times.toSorted((a, b) => a - b) : times;
          live(
            ordered.map((time, i) => at(time, { sequence: i + 1, seed: time })),
            actions,
            retention,
          );
        },
      ),
      { seed: 11, numRuns: 100 },
    );
  });
});
