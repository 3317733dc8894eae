import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { SqliteLedger } from './ledger.ts';
import { observationOf } from './observation.fixture.ts';

let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'starling-database-'));
  file = path.join(folder, 'ledger.db');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const first = { version: 1, sql: readFileSync(new URL('migrations/0001.sql', import.meta.url), 'utf8') };
const second = { version: 2, sql: "ALTER TABLE meta ADD COLUMN note TEXT; INSERT INTO meta VALUES ('a', 'b', 'c');" };

const pragma = (database: DatabaseSync, name: string): unknown =>
  Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];

const makeLedger = (): void => {
  const ledger = new SqliteLedger(file);
  for (let sequence = 1; sequence <= 30; sequence++) ledger.append([observationOf({ sequence })]);
  ledger.close();
};

describe('a new ledger', () => {
  it('is set up so that what is written is on the disk', () => {
    const database = openDatabase(file);
    const settings = ['journal_mode', 'synchronous', 'foreign_keys', 'user_version', 'integrity_check'];
    expect(settings.map((name) => pragma(database, name))).toEqual(['wal', 2, 1, 1, 'ok']);
    database.close();
  });

  it('is begun in an empty file', () => {
    writeFileSync(file, '');
    const database = openDatabase(file);
    expect(pragma(database, 'user_version')).toBe(1);
    database.close();
  });

  it('opens again and again as it is', () => {
    makeLedger();
    const before = readFileSync(file);
    openDatabase(file).close();
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe('migration', () => {
  it('goes forward from the version that is found', () => {
    openDatabase(file, [first]).close();
    const database = openDatabase(file, [first, second]);
    expect(pragma(database, 'user_version')).toBe(2);
    expect(database.prepare('SELECT * FROM meta').all()).toEqual([{ key: 'a', value: 'b', note: 'c' }]);
    database.close();
    const again = openDatabase(file, [first, second]);
    expect(again.prepare('SELECT * FROM meta').all()).toHaveLength(1);
    again.close();
  });

  it('a step that fails leaves the step before it', () => {
    const broken = { version: 3, sql: 'CREATE TABLE half (a TEXT) STRICT; this is no SQL' };
    expect(() => openDatabase(file, [first, second, broken])).toThrow(/syntax error/);
    const database = openDatabase(file, [first, second]);
    expect(pragma(database, 'user_version')).toBe(2);
    expect(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").all()).toEqual([]);
    database.close();
  });

  it('refuses a file of a newer version, and leaves it as it is', () => {
    openDatabase(file, [first, second]).close();
    const before = readFileSync(file);
    expect(() => openDatabase(file, [first])).toThrow(
      expect.objectContaining({
        code: 'STORE_TOO_NEW',
        message: expect.stringContaining('version 2; this one knows 1'),
      }),
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

const refuses = (code: string): void => {
  expect(() => openDatabase(file)).toThrow(expect.objectContaining({ code }));
};

describe('files that are no ledger', () => {
  it('a text', () => {
    writeFileSync(file, 'Dear diary, '.repeat(1000));
    refuses('STORE_CORRUPT');
    expect(readFileSync(file, 'utf8')).toContain('Dear diary');
  });

  it('a database of something else', () => {
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE cats (name TEXT)');
    other.close();
    refuses('STORE_CORRUPT');
  });

  it('a ledger that was cut off', () => {
    makeLedger();
    truncateSync(file, statSync(file).size / 2);
    refuses('STORE_CORRUPT');
  });

  it.each([
    ['its magic', 3],
    ['its page size', 17],
  ])('a ledger whose header is damaged in %s', (_, at) => {
    makeLedger();
    writeFileSync(
      file,
      readFileSync(file).map((byte, i) => (i === at ? byte ^ 0xff : byte)),
    );
    refuses('STORE_CORRUPT');
  });

  it('a folder', () => {
    mkdirSync(file);
    refuses('STORE_NOT_WRITABLE');
  });

  it('a folder that is not there', () => {
    file = path.join(folder, 'nowhere', 'ledger.db');
    refuses('STORE_NOT_WRITABLE');
  });
});

describe('a disk that fails', () => {
  const batch = Array.from({ length: 200 }, (_, i) => observationOf({ sequence: 31 + i }));
  const expectRefusedOnce = (
    spoil: (ledger: SqliteLedger) => void,
    mend: (ledger: SqliteLedger) => void,
    code: string,
  ): void => {
    makeLedger();
    const ledger = new SqliteLedger(file);
    spoil(ledger);
    expect(() => ledger.append(batch)).toThrow(expect.objectContaining({ code }));
    expect(ledger.latest()).toEqual(new Map([['square-north', 30]]));
    mend(ledger);
    expect(ledger.append(batch)).toEqual({ stored: 200, repeated: 0, refused: 0 });
    expect(pragma(ledger.database, 'integrity_check')).toBe('ok');
    ledger.close();
  };

  it('is full: nothing is taken, and it goes on when there is room', () => {
    expectRefusedOnce(
      ({ database }) => database.exec(`PRAGMA max_page_count = ${Number(pragma(database, 'page_count')) + 3}`),
      ({ database }) => database.exec('PRAGMA max_page_count = 1000000'),
      'STORE_NOT_WRITABLE',
    );
  });

  it('may only be read: nothing is taken, and it goes on when it may be written', () => {
    expectRefusedOnce(
      ({ database }) => database.exec('PRAGMA query_only = ON'),
      ({ database }) => database.exec('PRAGMA query_only = OFF'),
      'STORE_NOT_WRITABLE',
    );
  });

  it('is held by another writer', () => {
    let other: DatabaseSync | undefined;
    expectRefusedOnce(
      ({ database }) => {
        database.exec('PRAGMA busy_timeout = 0');
        other = new DatabaseSync(file);
        other.exec('BEGIN IMMEDIATE');
      },
      () => other?.close(),
      'STORE_IN_USE',
    );
  });
});
