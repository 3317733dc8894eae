import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StarlingError } from '../../../contract/index.ts';
import { SqliteLedger } from '../ledger.ts';
import { observationOf } from '../observation.fixture.ts';
import { compactLedger } from './compact.ts';
import { backupStore, inspectStore } from './inspect.ts';
import { putAside } from './put-aside.ts';
import { openForReading } from './read-only.ts';

const [MOUNT, UNMOUNT] = ['mount', 'umount'];
const isRoot = process.getuid?.() === 0;

let folder = '';
let place = '';
let ledger: SqliteLedger;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'starling-ledger-'));
  place = mkdtempSync(join(tmpdir(), 'starling-place-'));
  ledger = new SqliteLedger(join(folder, 'ledger.sqlite'));
  ledger.append(batch(1, 300));
});
afterEach(() => {
  try {
    ledger.close();
  } catch {
    // The test has closed it.
  }
  try {
    execFileSync(UNMOUNT, [place], { stdio: 'ignore' });
  } catch {
    // Nothing was mounted.
  }
  for (const path of [folder, place]) rmSync(path, { recursive: true, force: true });
});

const batch = (first: number, count: number) =>
  Array.from({ length: count }, (_, i) => observationOf({ sequence: first + i }));

const mount = (...options: readonly string[]): boolean => {
  try {
    execFileSync(MOUNT, [...options, place], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const failure = async (action: Promise<unknown>): Promise<StarlingError> => {
  try {
    await action;
  } catch (error) {
    if (error instanceof StarlingError) return error;
    throw error;
  }
  throw new Error('it did not fail');
};

const count = (path: string, sql: string): number => {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return Number(Object.values(database.prepare(sql).get() ?? {})[0]);
  } finally {
    database.close();
  }
};

describe('backupStore', () => {
  it('copies the ledger as it was when the copy began, while it is written to', async () => {
    const to = join(place, 'copy.sqlite');
    ledger.append(batch(301, 1200));
    let next = 1501;
    const shares: number[] = [];
    const copy = await backupStore(folder, to, (share) => {
      shares.push(share);
      // Another connection writes between one part of the copy and the next.
      ledger.append(batch(next++, 1));
    });
    expect(copy).toEqual({ path: to, bytes: expect.any(Number) });
    expect(next).toBeGreaterThan(1501);
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
    expect(count(to, 'SELECT count(*) FROM second')).toBe(1500);
    expect(count(join(folder, 'ledger.sqlite'), 'SELECT count(*) FROM second')).toBe(next - 1);
    // One file, complete by itself.
    expect(readdirSync(place)).toEqual(['copy.sqlite']);
    mkdirSync(join(place, 'data'));
    writeFileSync(join(place, 'data', 'ledger.sqlite'), readFileSync(to));
    expect(inspectStore(join(place, 'data')).problems).toEqual([]);
  });

  it.each([
    // what is in the way, the reason
    ['file', /it is there already/],
    ['folder', /it is a folder/],
    ['file/below', /cannot be written/],
    ['missing/below', /cannot be written/],
  ])('refuses %s, and leaves it as it is', async (name, reason) => {
    writeFileSync(join(place, 'file'), 'keep me');
    mkdirSync(join(place, 'folder'));
    const error = await failure(backupStore(folder, join(place, name)));
    expect([error.code, error.message]).toEqual(['STORE_BACKUP_FAILED', expect.stringMatching(reason)]);
    expect(readdirSync(place).sort()).toEqual(['file', 'folder']);
    expect(readFileSync(join(place, 'file'), 'utf8')).toBe('keep me');
  });

  it('leaves nothing on a disk that is too small', async ({ skip }) => {
    if (!mount('-t', 'tmpfs', '-o', 'size=128k', 'tmpfs')) skip('mounting is not allowed here');
    const error = await failure(backupStore(folder, join(place, 'copy.sqlite')));
    expect([error.code, error.message]).toEqual(['STORE_BACKUP_FAILED', expect.stringMatching(/full/)]);
    expect(readdirSync(place)).toEqual([]);
    expect(ledger.append(batch(301, 1))).toMatchObject({ stored: 1 });
  });

  it('says so when the place is read-only', async ({ skip }) => {
    if (!mount('-t', 'tmpfs', '-o', 'ro,size=64k', 'tmpfs')) skip('mounting is not allowed here');
    expect((await failure(backupStore(folder, join(place, 'copy.sqlite')))).code).toBe('STORE_BACKUP_FAILED');
  });

  it('keeps no copy of a damaged ledger', async () => {
    ledger.close();
    const file = openSync(join(folder, 'ledger.sqlite'), 'r+');
    writeSync(file, Buffer.alloc(40_960, 'noise! '), 0, 40_960, 40 * 4096);
    closeSync(file);
    const error = await failure(backupStore(folder, join(place, 'copy.sqlite')));
    expect([error.code, error.message]).toEqual([
      'STORE_CORRUPT',
      expect.stringContaining(join(folder, 'ledger.sqlite')),
    ]);
    expect(readdirSync(place)).toEqual([]);
  });

  it('needs a ledger', async () => {
    expect((await failure(backupStore(place, join(place, 'copy')))).code).toBe('STORE_NOT_FOUND');
  });
});

describe('openForReading', () => {
  it('reads a ledger on a read-only disk, also one that was closed', ({ skip }) => {
    ledger.close();
    if (!mount('-t', 'tmpfs', '-o', 'size=4m', 'tmpfs')) skip('mounting is not allowed here');
    writeFileSync(join(place, 'ledger.sqlite'), readFileSync(join(folder, 'ledger.sqlite')));
    execFileSync(MOUNT, ['-o', 'remount,ro', place]);
    expect(inspectStore(place)).toMatchObject({ survey: { seconds: { rows: 300 } }, problems: [] });
  });

  it.skipIf(isRoot)('says that it may not be read (skipped: root may read anything)', () => {
    chmodSync(join(folder, 'ledger.sqlite'), 0);
    expect(() => openForReading(join(folder, 'ledger.sqlite'))).toThrow(
      expect.objectContaining({ code: 'STORE_NOT_READABLE' }),
    );
  });
});

describe('compactLedger', () => {
  it('gives back what is free, and keeps the rest', () => {
    ledger.append(batch(301, 500));
    ledger.database.exec('DELETE FROM second WHERE sequence > 20');
    const { bytesBefore, bytesAfter } = compactLedger(ledger.database, ledger.path);
    expect(bytesAfter).toBeLessThan(bytesBefore / 2);
    expect(count(ledger.path, 'SELECT count(*) FROM second')).toBe(20);
    expect(ledger.append(batch(801, 1))).toMatchObject({ stored: 1 });
  });
});

describe('putAside', () => {
  it('moves the ledger with its log, under names that nothing has', () => {
    const time = new Date(Date.UTC(2026, 10, 22, 3, 4, 5, 678));
    const put = (): string => {
      for (const ending of ['', '-wal', '-shm']) writeFileSync(join(place, `ledger.sqlite${ending}`), ending);
      return putAside(join(place, 'ledger.sqlite'), time);
    };
    expect([put(), put()]).toEqual([
      join(place, 'ledger.corrupt-20261122T030405Z.sqlite'),
      join(place, 'ledger.corrupt-20261122T030405Z-2.sqlite'),
    ]);
    expect(readdirSync(place)).toHaveLength(6);
    expect(readFileSync(join(place, 'ledger.corrupt-20261122T030405Z-2.sqlite-wal'), 'utf8')).toBe('-wal');
  });
});
