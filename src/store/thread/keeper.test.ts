import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StarlingError } from '../../contract/index.ts';
import { observationOf } from '../sqlite/observation.fixture.ts';
import { Keeper } from './keeper.ts';
import type { KeeperSettings } from './protocol.ts';

const HOUR_MS = 3_600_000;
const RETENTION = { seconds: 48 * HOUR_MS, minutes: 400 * 24 * HOUR_MS, quarterHours: Infinity, fields: Infinity };
const [MOUNT, UNMOUNT] = ['mount', 'umount'];

let folder = '';
let nowMs = 0;
let troubles: StarlingError[] = [];
let keepers: Keeper[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'starling-keeper-'));
  nowMs = 0;
  troubles = [];
  keepers = [];
});
afterEach(() => {
  for (const keeper of keepers) keeper.close();
  try {
    execFileSync(UNMOUNT, [folder], { stdio: 'ignore' });
  } catch {
    // It was not mounted over.
  }
  rmSync(folder, { recursive: true, force: true });
});

const keep = (settings: Partial<KeeperSettings> = {}): Keeper => {
  const keeper = new Keeper(
    { folder, retention: RETENTION, create: true, ...settings },
    { tell: (trouble) => troubles.push(trouble), clock: () => nowMs },
  );
  keepers.push(keeper);
  return keeper;
};

const code = (work: () => unknown): string => {
  try {
    work();
    return 'ok';
  } catch (error) {
    return error instanceof StarlingError ? error.code : String(error);
  }
};

const batch = (first: number, count: number) =>
  Array.from({ length: count }, (_, i) => observationOf({ sequence: first + i }));

const append = (keeper: Keeper, first: number, count = 1) => keeper.handlers().append(batch(first, count));
const latest = (keeper: Keeper): unknown => keeper.handlers().latest(null);
const newest = (sequence: number): Map<string, number> => new Map([['square-north', sequence]]);

/** Overwrites a part of a file, as a failing disk would. */
const spoil = (name: string, from: number, length: number): void => {
  const file = openSync(join(folder, name), 'r+');
  writeSync(file, Buffer.alloc(length, 'noise! '), 0, length, from);
  closeSync(file);
};

const names = (): string[] => readdirSync(folder).sort();
const aside = (): string[] => names().filter((name) => name.includes('.corrupt-'));

/** Mounts a small file system over the folder; false where that is not allowed. */
const mount = (...options: readonly string[]): boolean => {
  try {
    execFileSync(MOUNT, [...options, folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Takes all the room there is, and gives it back. */
const fillUp = (): (() => void) => {
  const path = join(folder, 'filler');
  const file = openSync(path, 'w');
  for (const size of [65_536, 4096, 1])
    try {
      for (;;) writeSync(file, Buffer.alloc(size));
    } catch {
      // Full, for pieces of this size.
    }
  closeSync(file);
  return () => rmSync(path);
};

describe('a disk that cannot be written', () => {
  it('takes nothing while the disk is full, and goes on when there is room', ({ skip }) => {
    if (!mount('-t', 'tmpfs', '-o', 'size=2m', 'tmpfs')) skip('mounting is not allowed here');
    const keeper = keep();
    append(keeper, 1, 10);
    const makeRoom = fillUp();
    // The log may have room for a little more.
    const taken = [10];
    let failed = 'ok';
    for (let i = 0; failed === 'ok' && i < 100; i++) {
      failed = code(() => append(keeper, 11 + i * 20, 20));
      if (failed === 'ok') taken.push(10 + (i + 1) * 20);
    }
    expect(failed).toBe('STORE_NOT_WRITABLE');
    const last = taken.at(-1) ?? 0;
    expect(code(() => append(keeper, last + 1, 20))).toBe('STORE_NOT_WRITABLE');
    makeRoom();
    nowMs += 1000;
    expect(append(keeper, last + 1, 20)).toEqual({ stored: 20, repeated: 0, refused: 0 });
    expect(latest(keeper)).toEqual(newest(last + 20));
    expect(troubles).toEqual([]);
  });

  it('begins on a full disk as soon as there is room', ({ skip }) => {
    if (!mount('-t', 'tmpfs', '-o', 'size=1m', 'tmpfs')) skip('mounting is not allowed here');
    const makeRoom = fillUp();
    const keeper = keep();
    expect(code(() => keeper.handlers().open(null))).toBe('STORE_NOT_WRITABLE');
    makeRoom();
    nowMs += 1000;
    expect(append(keeper, 1)).toMatchObject({ stored: 1 });
    expect(aside()).toEqual([]);
  });

  it('takes nothing while the disk is read-only, and goes on when it is not', ({ skip }) => {
    if (!mount('-t', 'tmpfs', '-o', 'size=4m', 'tmpfs')) skip('mounting is not allowed here');
    append(keep(), 1, 3);
    for (const keeper of keepers) keeper.close();
    execFileSync(MOUNT, ['-o', 'remount,ro', folder]);
    const keeper = keep();
    expect(code(() => append(keeper, 4))).toBe('STORE_NOT_WRITABLE');
    execFileSync(MOUNT, ['-o', 'remount,rw', folder]);
    nowMs += 1000;
    expect(append(keeper, 4)).toMatchObject({ stored: 1 });
    expect(latest(keeper)).toEqual(newest(4));
    expect(troubles).toEqual([]);
  });

  it.each([
    // what is in the way, where the folder would be, the reason given
    ['a file', 'file', /a file is where its folder should be/],
    ['a file further up', 'file/below/it', /part of its path is a file/],
    ['a link in a circle', 'loop/below', /circle/],
    ['a name too long for the disk', 'n'.repeat(300), /too long/],
  ])('says why when the folder cannot be made: %s', async (_what, path, reason) => {
    await writeFile(join(folder, 'file'), '');
    await symlink(join(folder, 'loop'), join(folder, 'loop'));
    expect(() => append(keep({ folder: join(folder, path) }), 1)).toThrow(reason);
  });

  it('says why when the folder would be on a read-only disk', ({ skip }) => {
    if (!mount('-t', 'tmpfs', '-o', 'ro,size=64k', 'tmpfs')) skip('mounting is not allowed here');
    expect(() => append(keep({ folder: join(folder, 'a/b') }), 1)).toThrow(/disk is read-only/);
  });

  it('tries again once a second at most', async () => {
    await writeFile(join(folder, 'in-the-way'), '');
    const keeper = keep({ folder: join(folder, 'in-the-way') });
    expect(code(() => append(keeper, 1))).toBe('STORE_NOT_WRITABLE');
    await rm(join(folder, 'in-the-way'));
    nowMs += 999;
    expect(code(() => append(keeper, 1))).toBe('STORE_NOT_WRITABLE');
    nowMs += 1;
    expect(append(keeper, 1)).toMatchObject({ stored: 1 });
  });

  it('begins a new ledger when its own is taken away, and says so', async () => {
    const keeper = keep();
    append(keeper, 1, 5);
    await mkdir(join(folder, 'elsewhere'));
    for (const name of names().filter((one) => one.startsWith('ledger.sqlite')))
      await rename(join(folder, name), join(folder, 'elsewhere', name));
    expect(append(keeper, 6)).toMatchObject({ stored: 1 });
    expect(troubles.map((trouble) => [trouble.code, trouble.message])).toEqual([
      ['STORE_NOT_WRITABLE', expect.stringMatching(/moved or removed/)],
    ]);
    expect(latest(keeper)).toEqual(newest(6));
    expect(statSync(join(folder, 'ledger.sqlite')).size).toBeGreaterThan(0);
  });
});

/** A ledger of many pages, closed, so that nothing of it is in memory. */
const prepare = (): void => {
  const keeper = keep();
  append(keeper, 1, 300);
  keeper.close();
  keepers = [];
};

describe('a damaged ledger', () => {
  it.each([
    // where it is damaged, bytes from, bytes long
    ['in its first page', 0, 4096],
    ['in its header', 0, 100],
    ['in the middle', 4096, 1_000_000],
  ])('is put aside whole when it is spoilt %s', (_where, from, length) => {
    prepare();
    const { size } = statSync(join(folder, 'ledger.sqlite'));
    spoil('ledger.sqlite', from, Math.min(length, size - from));
    const keeper = keep();
    expect(append(keeper, 301, 2)).toEqual({ stored: 2, repeated: 0, refused: 0 });
    expect(troubles.map((trouble) => trouble.code)).toEqual(['STORE_CORRUPT']);
    expect(aside()).toEqual([expect.stringMatching(/^ledger\.corrupt-\d{8}T\d{6}Z\.sqlite$/)]);
    expect(statSync(join(folder, aside()[0])).size).toBe(size);
    expect(latest(keeper)).toEqual(newest(302));
  });

  it('is put aside when it is no database at all, or another program’s', async () => {
    await writeFile(join(folder, 'ledger.sqlite'), 'a shopping list, long enough to be looked at'.repeat(100));
    append(keep(), 1);
    expect(aside()).toHaveLength(1);
  });

  it('is left alone, and named, when another comes within ten minutes: a bad disk is not filled with them', () => {
    prepare();
    spoil('ledger.sqlite', 0, 100);
    const keeper = keep();
    append(keeper, 1);
    keeper.close();
    spoil('ledger.sqlite', 0, 100);
    expect(code(() => append(keeper, 2))).toBe('STORE_CORRUPT');
    nowMs += 599_000;
    expect(code(() => append(keeper, 2))).toBe('STORE_CORRUPT');
    nowMs += 1000;
    expect(append(keeper, 2)).toMatchObject({ stored: 1 });
    expect([aside().length, troubles.length]).toEqual([2, 2]);
  });

  it('is left alone by whoever only looks after it', () => {
    prepare();
    spoil('ledger.sqlite', 0, 100);
    expect(code(() => keep({ create: false }).handlers().compact(null))).toBe('STORE_CORRUPT');
    expect(code(() => keep({ create: false }).handlers().rebuild({ fromMs: 0, toMs: 1 }))).toBe('STORE_CORRUPT');
    expect(aside()).toEqual([]);
  });

  it('does not stop what is measured: a page of old figures may be spoilt, and new ones are taken', () => {
    prepare();
    const { size } = statSync(join(folder, 'ledger.sqlite'));
    // The last page but one: bodies of seconds.
    spoil('ledger.sqlite', Math.floor(size / 4096 / 2) * 4096 + 2000, 500);
    expect(append(keep(), 301)).toMatchObject({ stored: 1 });
    expect(aside()).toEqual([]);
  });
});

describe('who may have it', () => {
  it('is one at a time', () => {
    append(keep(), 1);
    const second = keep();
    expect(code(() => append(second, 2))).toBe('STORE_IN_USE');
    expect(troubles).toEqual([]);
    keepers[0].close();
    nowMs += 1000;
    expect(append(second, 2)).toMatchObject({ stored: 1 });
  });

  it('is nobody where there is none and none is to be begun', () => {
    expect(code(() => keep({ create: false }).handlers().compact(null))).toBe('STORE_NOT_FOUND');
    expect(names()).toEqual([]);
  });

  it('is not the one whose Starling is too old', () => {
    const keeper = keep();
    append(keeper, 1);
    keeper.close();
    const file = openSync(join(folder, 'ledger.sqlite'), 'r+');
    // The user version, at byte 60 of the header.
    writeSync(file, Buffer.from([0, 0, 0x27, 0x0f]), 0, 4, 60);
    closeSync(file);
    nowMs += 1000;
    expect(code(() => append(keeper, 2))).toBe('STORE_TOO_NEW');
    expect(aside()).toEqual([]);
  });

  it('is told of a lock that is no lock', () => {
    writeFileSync(join(folder, 'ledger.lock'), 'somebody wrote this here, and it is long enough'.repeat(50));
    expect(code(() => append(keep(), 1))).toBe('STORE_NOT_WRITABLE');
    expect(aside()).toEqual([]);
  });
});
