import { copyFileSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SqliteLedger } from '../ledger.ts';
import { observationOf } from '../observation.fixture.ts';
import { inspectStore } from './inspect.ts';

const HOUR_MS = 3_600_000;
const NOON = Date.UTC(2026, 2, 1, 12);
const RETENTION = { seconds: 48 * HOUR_MS, minutes: 96 * HOUR_MS, quarterHours: Infinity, fields: Infinity };

/** Seconds of one camera, from a time on, with gaps of nine seconds. */
const seconds = (count: number, first: number, startMs: number, camera = 'square-north') =>
  Array.from({ length: count }, (_, i) =>
    observationOf({ sequence: first + i, startMs: startMs + i * 10_000, camera }),
  );

let folder = '';
let sound = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'starling-check-'));
  sound = join(folder, 'sound.sqlite');
  const ledger = new SqliteLedger(sound);
  // Three days ago, of which seconds were dropped; five days ago, of which minutes were dropped too; and now.
  ledger.append(seconds(100, 1, NOON - 120 * HOUR_MS));
  ledger.append(seconds(100, 1001, NOON - 72 * HOUR_MS));
  ledger.append(seconds(200, 2001, NOON));
  ledger.append(seconds(3, 1, NOON, 'kerb'));
  for (let busy = true; busy; ) {
    const { minutes, quarterHours, dropped } = ledger.tend(NOON + HOUR_MS, RETENTION);
    busy = minutes + quarterHours + dropped > 0;
  }
  // What is still to be rolled up is no problem.
  ledger.append(seconds(20, 4001, NOON + HOUR_MS));
  ledger.append(seconds(1, 4, NOON + 30_000, 'kerb'));
  ledger.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of the ledger that something has been done to. */
const spoilt = (spoil: (path: string) => void): ReturnType<typeof inspectStore> => {
  const data = mkdtempSync(join(folder, 'data-'));
  const path = join(data, 'ledger.sqlite');
  copyFileSync(sound, path);
  spoil(path);
  return inspectStore(data);
};

const changed = (sql: string): readonly string[] =>
  spoilt((path) => {
    const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
    database.exec(sql);
    database.close();
  }).problems;

const overwritten = (from: number, length: number): readonly string[] =>
  spoilt((path) => {
    writeSync(openSync(path, 'r+'), Buffer.alloc(length, 'noise! '), 0, length, from);
  }).problems;

const FIRST_SECOND = 'rowid = (SELECT min(rowid) FROM second)';
const NOON_S = NOON / 1000;

describe('a sound ledger', () => {
  it('has no problems, and is counted', () => {
    const { survey, problems } = spoilt(() => {});
    expect(problems).toEqual([]);
    expect(survey).toMatchObject({
      cameras: 2,
      zones: 6,
      gates: 4,
      seconds: { rows: 224, fromMs: NOON, toMs: NOON + HOUR_MS + 191_000 },
      minutes: { rows: 17 + 34 + 1 },
      quarterHours: { fromMs: NOON - 120 * HOUR_MS },
    });
  });

  it('says how far the check is, and ends each part', () => {
    const data = mkdtempSync(join(folder, 'data-'));
    copyFileSync(sound, join(data, 'ledger.sqlite'));
    const told: [part: string, share: number][] = [];
    inspectStore(data, (part, share) => told.push([part, share]));
    const parts = [...new Set(told.map(([part]) => part))];
    expect(parts).toHaveLength(6);
    for (const name of parts) {
      const shares = told.filter(([part]) => part === name).map(([, share]) => share);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
    }
  });
});

describe('finds', () => {
  it.each([
    // what, done to the ledger, how many problems, what is said of the first
    [
      'a sum of a minute that is not that of its seconds',
      `UPDATE camera_span SET offered = offered + 1 WHERE level_s = 60 AND start_s = ${NOON_S + 60}`,
      // The quarter-hour is no more the sum of its minutes then.
      2,
      /Camera square-north, minute from 2026-03-01T12:01Z: it is not the sum of its seconds in offered\.$/,
    ],
    [
      'a figure of a zone',
      `UPDATE zone_span SET speed_sum = speed_sum * 1.001 WHERE level_s = 60 AND start_s = ${NOON_S}
       AND place = (SELECT min(id) FROM place WHERE kind = 'zone')`,
      2,
      /Camera square-north, zone view, minute from .*: it is not the sum of its seconds in speed_sum\.$/,
    ],
    [
      'a crossing too many',
      `UPDATE crossing_span SET in_count = in_count + 1 WHERE level_s = 900 AND class = 'person' AND start_s = ${NOON_S}
       AND place = (SELECT min(id) FROM place WHERE kind = 'gate')`,
      1,
      /gate north-gate, person, quarter-hour from 2026-03-01T12:00Z: it is not the sum of its minutes in in_count\.$/,
    ],
    [
      'an unknown error that is said to be known',
      `UPDATE zone_span SET occupancy_error = 1 WHERE level_s = 900 AND occupancy_error IS NULL AND start_s = ${NOON_S}
       AND place = (SELECT min(id) FROM place WHERE kind = 'zone')`,
      1,
      /not the sum of its minutes in occupancy_error\.$/,
    ],
    [
      'a minute without a row',
      `DELETE FROM camera_span WHERE level_s = 60 AND start_s = ${NOON_S + 120}`,
      2,
      /minute from 2026-03-01T12:02Z: it is missing, though its seconds are there\.$/,
    ],
    [
      'a minute without seconds',
      `DELETE FROM second WHERE start_ms >= ${NOON + 60_000} AND start_ms < ${NOON + 120_000}`,
      6,
      /minute from 2026-03-01T12:01Z: its seconds are missing\.$/,
    ],
    [
      'a quarter-hour without a row',
      `DELETE FROM camera_span WHERE level_s = 900 AND start_s = ${NOON_S - 72 * 3600}`,
      1,
      /quarter-hour from 2026-02-26T12:00Z: it is missing, though its minutes are there\.$/,
    ],
    [
      'a quarter-hour without minutes',
      `DELETE FROM camera_span WHERE level_s = 60 AND start_s BETWEEN ${NOON_S - 72 * 3600} AND ${NOON_S - 72 * 3600 + 899}`,
      1,
      /quarter-hour from 2026-02-26T12:00Z: its minutes are missing\.$/,
    ],
    [
      'a second that cannot be read',
      `UPDATE second SET body = x'01020304050607' WHERE ${FIRST_SECOND}`,
      1,
      /minute from .*: 1 of its seconds cannot be read\.$/,
    ],
    ['a field that cannot be read', `UPDATE field_span SET body = x'00'`, 8, /its field cannot be read\.$/],
    [
      'ranges of numbers that overlap',
      `INSERT INTO received SELECT camera, last_sequence, last_sequence + 5 FROM received LIMIT 1`,
      1,
      /the numbers 1 to \d+ are said to be taken twice, from \d+ on\.$/,
    ],
    [
      'an observation that is not said to be taken',
      `UPDATE received SET last_sequence = 4010 WHERE last_sequence = 4020`,
      10,
      /Camera square-north: the observation 4011 is there, and not said to be taken\.$/,
    ],
    [
      'an observation that is there twice',
      `INSERT INTO second (camera, start_ms, sequence, body) SELECT camera, start_ms + 1, sequence, body FROM second
       WHERE sequence = 4005`,
      1,
      /Camera square-north: the observation 4005 is there 2 times\.$/,
    ],
    [
      'rows of a camera that is not there',
      `INSERT INTO due VALUES (60, 99, 0), (60, 99, 60)`,
      1,
      /There are 2 rows of due without a camera\.$/,
    ],
  ])('%s', (_what, sql, count, first) => {
    const problems = changed(sql);
    expect(problems[0]).toMatch(first);
    expect(problems).toHaveLength(count);
  });

  it('damaged pages, and goes on', () => {
    const { size } = statSync(sound);
    const problems = overwritten(Math.floor((size / 4096) * 0.75) * 4096, 40_960);
    expect(problems[0]).toMatch(/^The file is damaged in .* places?; SQLite says of the first: /);
    expect(problems.every((problem) => problem.endsWith('.'))).toBe(true);
  });

  it('a header that is none', () => {
    expect(overwritten(0, 100)).toEqual([expect.stringMatching(/^The file cannot be read at all: .*not a database/)]);
  });

  it('a file that is no ledger', () => {
    const { survey, problems } = spoilt((path) => {
      rmSync(path);
      const database = new DatabaseSync(path);
      database.exec('CREATE TABLE shopping (item TEXT)');
      database.close();
    });
    expect([survey, problems]).toEqual([null, [expect.stringMatching(/no ledger of Starling/)]]);
  });

  it('no more than anybody reads', () => {
    const problems = changed('UPDATE received SET last_sequence = 2010 WHERE last_sequence = 2200');
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toBe('… and 90 more of the like.');
  });
});

const asOfVersion =
  (version: number) =>
  (path: string): void => {
    const database = new DatabaseSync(path);
    database.exec(`PRAGMA user_version = ${version}`);
    database.close();
  };

const becomeFolder = (path: string): void => {
  rmSync(path);
  mkdirSync(path);
};

describe('refuses', () => {
  it('a folder without a ledger', () => {
    expect(() => inspectStore(join(folder, 'nowhere'))).toThrow(expect.objectContaining({ code: 'STORE_NOT_FOUND' }));
  });

  it.each([
    // what, how it comes to be, the code
    ['a ledger of a newer Starling', asOfVersion(9999), 'STORE_TOO_NEW'],
    ['one that was never finished', asOfVersion(0), 'STORE_NOT_READABLE'],
    ['a folder in its place', becomeFolder, 'STORE_NOT_READABLE'],
  ])('%s', (_what, spoil, code) => {
    expect(() => spoilt(spoil)).toThrow(expect.objectContaining({ code }));
  });
});
