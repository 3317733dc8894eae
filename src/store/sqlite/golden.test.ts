/**
 * A ledger as version 1 wrote it, `test/golden/store-v1.sql`: it opens, and what was packed then is read now. It is
 * written anew (REGEN=1) only as long as version 1 is not published.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { observationSchema } from '../../contract/index.ts';
import { decodeBody } from './body.ts';
import { SqliteLedger } from './ledger.ts';
import { modelFields, modelRows, storedFields, storedRows } from './ledger-model.fixture.ts';
import { observationOf } from './observation.fixture.ts';

const GOLDEN = new URL('../../../test/golden/store-v1.sql', import.meta.url);
const T0 = Date.UTC(2026, 2, 1, 12);
const forever = Number.POSITIVE_INFINITY;
const RETENTION = { seconds: forever, minutes: forever, quarterHours: forever, fields: forever };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'starling-golden-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const literal = (value: SQLOutputValue): string => {
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`;
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
};

/** Three minutes of two quarter-hours; the last is not rolled up yet. */
const regenerate = (): void => {
  const ledger = new SqliteLedger(path.join(folder, 'new.db'));
  const seconds = [0, 1, 2, 70, 71, 900, 1000];
  ledger.append(seconds.map((second, i) => observationOf({ sequence: i + 1, startMs: T0 + second * 1000 })));
  ledger.tend(T0 + 965_000, RETENTION);
  const { database } = ledger;
  const tables = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY rowid").all();
  const rows = tables.flatMap(({ name }) =>
    database
      .prepare(`SELECT * FROM ${String(name)}`)
      .all()
      .map((row) => `INSERT INTO ${String(name)} VALUES (${Object.values(row).map(literal).join(', ')});`),
  );
  const header = ['PRAGMA application_id = 1398030674;', 'PRAGMA user_version = 1;'];
  writeFileSync(GOLDEN, [...header, ...tables.map(({ sql }) => `${String(sql)};`), ...rows, ''].join('\n'));
  ledger.close();
};

const openGolden = (): SqliteLedger => {
  const file = path.join(folder, 'golden.db');
  const database = new DatabaseSync(file);
  database.exec(readFileSync(GOLDEN, 'utf8'));
  database.close();
  return new SqliteLedger(file);
};

const tables = (ledger: SqliteLedger): unknown =>
  ledger.database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all();

describe('a ledger of version 1', () => {
  if (process.env['REGEN'] === '1') beforeEach(regenerate);

  it('opens, and its seconds are read as observations', () => {
    const ledger = openGolden();
    const bodies = ledger.database.prepare('SELECT body FROM second ORDER BY start_ms').all();
    const observations = bodies.map(({ body }) =>
      observationSchema.parse(body instanceof Uint8Array ? decodeBody(body) : undefined),
    );
    expect(observations).toHaveLength(7);
    expect(ledger.append(observations)).toEqual({ stored: 0, repeated: 7, refused: 0 });
    expect(ledger.tend(T0 + 7_200_000, RETENTION)).toEqual({ minutes: 1, quarterHours: 1, dropped: 0 });
    const rows = [60, 900].map((level) => storedRows(ledger.database, level));
    expect(rows).toEqual([60, 900].map((level) => modelRows(observations, level)));
    expect(Object.keys(storedFields(ledger.database))).toEqual(Object.keys(modelFields(observations)));
    ledger.rebuild({ fromMs: 0, toMs: T0 + 7_200_000 });
    expect([60, 900].map((level) => storedRows(ledger.database, level))).toEqual(rows);
    ledger.close();
  });

  it('has the tables of a new one after it was brought to the present version', () => {
    const [golden, fresh] = [openGolden(), new SqliteLedger(path.join(folder, 'fresh.db'))];
    expect(tables(golden)).toEqual(tables(fresh));
    golden.close();
    fresh.close();
  });
});
