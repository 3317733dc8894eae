import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DiskFailure, type Entry } from './disk.ts';
import { FileDisk } from './file-disk.ts';

const DAY_MS = 86_400_000;
const NOW_MS = 1_790_000_000_000;
const ROOMY = { mostBytes: 1e9, mostAgeMs: 7 * DAY_MS };

const entry = (sequence: number, body = `body ${sequence}`, atMs = NOW_MS): Entry => ({ sequence, body, atMs });
const append = (...entries: Entry[]) => ({ append: entries, remove: [] });

// Joined with what runs them only here, so that nothing asks for them to be installed.
const [MOUNT, UNMOUNT] = ['mount', 'umount'];

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'starling-spool-'));
  path = join(folder, 'spool', 'gate.spool.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (limits = ROOMY, nowMs = () => NOW_MS): FileDisk => new FileDisk(path, limits, nowMs);

describe('a camera’s spool file', () => {
  it('gives back what was put there, the smallest number first, over restarts', () => {
    const disk = open();
    expect(disk.open()).toMatchObject({ last: 0, rows: 0, bytes: 0, isFresh: true, putAside: null });
    disk.write(append(entry(1), entry(3), entry(2, 'žluťoučký')));
    disk.close();
    const again = open();
    expect(again.open()).toMatchObject({ last: 3, rows: 3, isFresh: false });
    expect(again.read(0, 10)).toEqual([
      { sequence: 1, body: 'body 1' },
      { sequence: 2, body: 'žluťoučký' },
      { sequence: 3, body: 'body 3' },
    ]);
    expect(again.read(1, 1)).toEqual([{ sequence: 2, body: 'žluťoučký' }]);
    expect(again.read(3, 10)).toEqual([]);
    again.close();
  });

  it('remembers the greatest number after everything was removed', () => {
    const disk = open();
    disk.write(append(entry(1), entry(2)));
    expect(disk.write({ append: [], remove: [1, 2, 99] })).toMatchObject({ last: 2, rows: 0, bytes: 0 });
    disk.close();
    const again = open();
    expect(again.open()).toMatchObject({ last: 2, rows: 0 });
    again.close();
  });

  it('takes a number once: the first stays', () => {
    const disk = open();
    disk.write(append(entry(1, 'first')));
    expect(disk.write(append(entry(1, 'second')))).toMatchObject({ rows: 1, bytes: 5 });
    expect(disk.read(0, 10)).toEqual([{ sequence: 1, body: 'first' }]);
    disk.close();
  });

  it('drops the oldest when there are too many bytes', () => {
    const disk = open({ ...ROOMY, mostBytes: 25 });
    disk.write(append(...[1, 2, 3].map((n) => entry(n, 'ten bytes!'))));
    expect(disk.read(0, 10).map(({ sequence }) => sequence)).toEqual([2, 3]);
    expect(disk.write(append(entry(4, 'ten bytes!')))).toMatchObject({ dropped: 1, rows: 2, bytes: 20, last: 4 });
    disk.close();
  });

  it('drops what is too old, but no more than 100 at a time: a clock may jump ahead for a moment', () => {
    let nowMs = NOW_MS;
    const disk = open(ROOMY, () => nowMs);
    disk.write(append(...Array.from({ length: 250 }, (_, i) => entry(i + 1))));
    nowMs = NOW_MS + 7 * DAY_MS + 1;
    expect(disk.write(append(entry(251, 'new', nowMs)))).toMatchObject({ dropped: 100, rows: 151 });
    nowMs = NOW_MS;
    expect(disk.write(append())).toMatchObject({ dropped: 0, rows: 151 });
    disk.close();
  });

  it('is for one process alone, for as long as that lives', () => {
    const disk = open();
    disk.open();
    const other = new FileDisk(path, ROOMY);
    expect(() => other.open()).toThrow(expect.objectContaining({ isInUse: true }));
    disk.close();
    expect(other.open()).toMatchObject({ isFresh: false });
    other.close();
  });

  it('lets go of the file when its process is killed, and keeps what was written', () => {
    const script = `
      import { FileDisk } from ${JSON.stringify(new URL('./file-disk.ts', import.meta.url).href)};
      const disk = new FileDisk(${JSON.stringify(path)}, { mostBytes: 1e9, mostAgeMs: 1e15 });
      disk.write({ append: [{ sequence: 1, body: 'kept', atMs: 1 }], remove: [] });
      process.kill(process.pid, 'SIGKILL');`;
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', script]);
    expect(signal).toBe('SIGKILL');
    const disk = open({ ...ROOMY, mostAgeMs: Number.POSITIVE_INFINITY });
    expect(disk.open()).toMatchObject({ last: 1, rows: 1, putAside: null });
    expect(disk.read(0, 10)).toEqual([{ sequence: 1, body: 'kept' }]);
    disk.close();
  });
});

const asideIn = (place: string): string[] => readdirSync(place).filter((name) => name.includes('.damaged-'));

/** A disk whose file was damaged after 200 observations were put there. */
const damaged = (): FileDisk => {
  const disk = open();
  disk.write(append(...Array.from({ length: 200 }, (_, i) => entry(i + 1, 'x'.repeat(500)))));
  disk.close();
  const bytes = readFileSync(path);
  bytes.fill(0xaa, 4096); // All pages but the first, which says what is where.
  writeFileSync(path, bytes);
  return disk;
};

describe('a spool file that is not as it should be', () => {
  it('is put aside, not deleted, when it is no database', () => {
    mkdirSync(join(folder, 'spool'));
    writeFileSync(path, 'this is no database, but it is long enough to be looked at as one '.repeat(20));
    const disk = open();
    const state = disk.open();
    expect(state).toMatchObject({ last: 0, rows: 0, isFresh: true });
    const [aside] = asideIn(join(folder, 'spool'));
    expect(state.putAside).toContain(aside);
    expect(readFileSync(join(folder, 'spool', aside), 'utf8')).toContain('this is no database');
    expect(disk.write(append(entry(1)))).toMatchObject({ rows: 1, putAside: null });
    disk.close();
  });

  it('is put aside when another program made it', () => {
    const disk = open();
    disk.open();
    disk.close();
    const bytes = readFileSync(path);
    bytes.writeUInt32BE(7, 60); // user_version
    writeFileSync(path, bytes);
    expect(disk.open().putAside).toMatch(/written by another program or version/);
    disk.close();
  });

  it('is put aside when damage shows in what is written', () => {
    const disk = damaged();
    expect(disk.write(append(entry(201)))).toMatchObject({ rows: 1, putAside: expect.stringMatching(/damaged/) });
    expect(asideIn(join(folder, 'spool'))).not.toEqual([]);
    disk.close();
  });

  it('is put aside when damage shows in what is read, and the next write tells of it', () => {
    const disk = damaged();
    expect(() => disk.read(0, 10)).toThrow(DiskFailure);
    expect(disk.write(append(entry(201)))).toMatchObject({ rows: 1, putAside: expect.stringMatching(/damaged/) });
    expect(disk.write(append(entry(202)))).toMatchObject({ rows: 2, putAside: null });
    disk.close();
  });

  it('is noticed to be gone, and made anew at the next try', () => {
    const disk = open();
    disk.write(append(entry(1)));
    rmSync(join(folder, 'spool'), { recursive: true });
    expect(() => disk.write(append(entry(2)))).toThrow(/taken away/);
    expect(disk.write(append(entry(1), entry(2)))).toMatchObject({ rows: 2, isFresh: true });
    expect(existsSync(path)).toBe(true);
    disk.close();
  });

  it('says so when the place is no folder', () => {
    writeFileSync(join(folder, 'spool'), '');
    expect(() => open().open()).toThrow(DiskFailure);
  });

  it('says so when the disk is full, loses nothing, and goes on when there is room', ({ skip }) => {
    const place = join(folder, 'spool');
    mkdirSync(place);
    const { status } = spawnSync(MOUNT, ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', place]);
    if (status !== 0) skip('mounting is not allowed here');
    try {
      const disk = open();
      disk.open();
      writeFileSync(join(place, 'ballast'), Buffer.alloc(100_000));
      let last = 0;
      const fill = (): void => {
        for (;;) last = disk.write(append(entry(last + 1, 'x'.repeat(10_000)))).last;
      };
      expect(fill).toThrow(/disk/);
      expect(last).toBeGreaterThan(3);
      rmSync(join(place, 'ballast'));
      expect(disk.write(append(entry(last + 1)))).toMatchObject({ last: last + 1, rows: last + 1 });
      disk.close();
    } finally {
      spawnSync(UNMOUNT, [place]);
    }
  });

  it('says so when the disk is read-only', ({ skip }) => {
    const place = join(folder, 'spool');
    mkdirSync(place);
    const { status } = spawnSync(MOUNT, ['-t', 'tmpfs', '-o', 'ro,size=64k', 'tmpfs', place]);
    if (status !== 0) skip('mounting is not allowed here');
    try {
      expect(() => open().open()).toThrow(DiskFailure);
    } finally {
      spawnSync(UNMOUNT, [place]);
    }
  });
});
