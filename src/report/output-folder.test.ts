import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StarlingError } from '../contract/index.ts';
import { toOutputError } from './io-errors.ts';
import { createOutputFile } from './output-file.ts';
import { openOutput } from './output-folder.ts';

let place = '';
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'starling-output-'));
});
afterEach(() => rm(place, { recursive: true, force: true }));

const failure = async (action: Promise<unknown>): Promise<StarlingError> => {
  try {
    await action;
  } catch (error) {
    if (error instanceof StarlingError) return error;
    throw error;
  }
  throw new Error('it did not fail');
};

const [MOUNT, UNMOUNT] = ['mount', 'umount'];
const isRoot = process.getuid?.() === 0;

/** Mounts a file system over a folder; false where that is not allowed. */
const mount = (folder: string, ...options: readonly string[]): boolean => {
  try {
    execFileSync(MOUNT, [...options, folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

describe('openOutput', () => {
  it('puts files in place on commit, and not before', async () => {
    const folder = await openOutput(join(place, 'a/b/c'));
    const file = await folder.file('one.txt');
    await file.write('hello ');
    await file.write(new TextEncoder().encode('there'));
    await file.write('!');
    expect(await readdir(folder.path)).not.toContain('one.txt');
    await folder.commit();
    expect(await readdir(folder.path)).toEqual(['one.txt']);
    expect(await readFile(join(folder.path, 'one.txt'), 'utf8')).toBe('hello there!');
  });

  it('leaves an earlier result as it was until commit', async () => {
    await writeFile(join(place, 'one.txt'), 'earlier');
    const folder = await openOutput(place);
    await (await folder.file('one.txt')).write('later');
    expect(await readFile(join(place, 'one.txt'), 'utf8')).toBe('earlier');
    await folder.abandon();
    expect(await readFile(join(place, 'one.txt'), 'utf8')).toBe('earlier');
    expect(await readdir(place)).toEqual(['one.txt']);
  });

  it('abandons without a trace, the folders it made included', async () => {
    const folder = await openOutput(join(place, 'x/y'));
    await (await folder.file('one.txt')).write('text');
    await folder.abandon();
    await folder.abandon();
    expect(await readdir(place)).toEqual([]);
  });

  it('removes what an earlier result had and this one has not, once this one is in place', async () => {
    for (const name of ['one.txt', 'two.txt', 'mine.txt']) await writeFile(join(place, name), 'earlier');
    await mkdir(join(place, 'three.txt'));
    const folder = await openOutput(place);
    await (await folder.file('one.txt')).write('later');
    expect(await readFile(join(place, 'two.txt'), 'utf8')).toBe('earlier');
    await folder.commit(['one.txt', 'two.txt', 'three.txt', 'four.txt']);
    expect((await readdir(place)).sort()).toEqual(['mine.txt', 'one.txt', 'three.txt']);
    expect(await readFile(join(place, 'one.txt'), 'utf8')).toBe('later');
  });

  it('removes nothing of an earlier result when it is abandoned', async () => {
    await writeFile(join(place, 'two.txt'), 'earlier');
    const folder = await openOutput(place);
    await (await folder.file('one.txt')).write('later');
    await folder.abandon();
    expect(await readdir(place)).toEqual(['two.txt']);
  });

  it('goes on nowhere after it was abandoned, whoever is still writing', async () => {
    await writeFile(join(place, 'two.txt'), 'earlier');
    const folder = await openOutput(place);
    const begun = folder.file('one.txt');
    await folder.abandon();
    await (await begun).write('later');
    await (await folder.file('three.txt')).write('later still');
    await folder.commit(['one.txt', 'two.txt', 'three.txt']);
    expect(await readdir(place)).toEqual(['two.txt']);
  });

  it('keeps a folder in which somebody else has put something', async () => {
    const folder = await openOutput(join(place, 'x'));
    await writeFile(join(place, 'x', 'mine.txt'), '');
    await folder.abandon();
    expect(await readdir(join(place, 'x'))).toEqual(['mine.txt']);
  });

  it('does not mix two runs into one folder', async () => {
    const run = async (text: string): Promise<void> => {
      const folder = await openOutput(place);
      const files = await Promise.all(['1', '2', '3', '4', '5', '6'].map((name) => folder.file(name)));
      for (const file of files) await file.write(text);
      await folder.commit();
    };
    await Promise.all([run('a'), run('b'), run('c')]);
    const texts = await Promise.all(['1', '2', '3', '4', '5', '6'].map((name) => readFile(join(place, name), 'utf8')));
    expect(new Set(texts).size).toBe(1);
    expect((await readdir(place)).length).toBe(6);
  });

  it.each([
    // what is in the way, where, the reason given
    ['a file of that name', 'file', /file of that name is in the way/],
    ['a file further up', 'file/below/it', /part of the path is a file/],
    ['a link in a circle', 'loop/below', /circle/],
    ['a name too long for the disk', 'n'.repeat(300), /too long/],
  ])('refuses %s', async (_what, path, reason) => {
    await writeFile(join(place, 'file'), 'keep me');
    await symlink(join(place, 'loop'), join(place, 'loop'));
    const error = await failure(openOutput(join(place, path)));
    expect(error.code).toBe('OUTPUT_NOT_WRITABLE');
    expect(error.message).toMatch(reason);
    expect(await readFile(join(place, 'file'), 'utf8')).toBe('keep me');
  });

  it('refuses to replace a folder by a file', async () => {
    await mkdir(join(place, 'report.html'));
    const folder = await openOutput(place);
    const error = await failure(folder.file('report.html'));
    expect([error.code, error.message]).toEqual(['OUTPUT_NOT_WRITABLE', expect.stringMatching(/folder of that name/)]);
    await folder.abandon();
  });

  it('says so when the folder is removed meanwhile, and leaves nothing', async () => {
    const folder = await openOutput(join(place, 'gone'));
    await (await folder.file('one.txt')).write('text');
    await rm(join(place, 'gone'), { recursive: true });
    expect((await failure(folder.commit())).code).toBe('OUTPUT_NOT_WRITABLE');
  });

  it.skipIf(isRoot)('refuses a folder without permission (skipped: root may write anywhere)', async () => {
    await chmod(place, 0o500);
    expect((await failure(openOutput(join(place, 'x')))).message).toMatch(/no permission/);
    await chmod(place, 0o700);
  });

  it('refuses a read-only disk', async ({ skip }) => {
    if (!mount(place, '-t', 'tmpfs', '-o', 'ro,size=64k', 'tmpfs')) skip('mounting is not allowed here');
    try {
      const error = await failure(openOutput(join(place, 'x')));
      expect([error.code, error.message]).toEqual(['OUTPUT_NOT_WRITABLE', expect.stringMatching(/read-only/)]);
      expect((await failure(openOutput(place))).code).toBe('OUTPUT_NOT_WRITABLE');
    } finally {
      execFileSync(UNMOUNT, [place]);
    }
  });

  it('tells a full disk, and leaves nothing on it', async ({ skip }) => {
    if (!mount(place, '-t', 'tmpfs', '-o', 'size=256k', 'tmpfs')) skip('mounting is not allowed here');
    try {
      const folder = await openOutput(join(place, 'out'));
      const file = await folder.file('series.csv');
      const fill = async (): Promise<void> => {
        for (let i = 0; i < 100; i++) await file.write('x'.repeat(10_000));
        await folder.commit();
      };
      expect((await failure(fill())).code).toBe('OUTPUT_DISK_FULL');
      await folder.abandon();
      expect(await readdir(place)).toEqual([]);
    } finally {
      execFileSync(UNMOUNT, [place]);
    }
  });
});

describe('createOutputFile', () => {
  it('fails on a full device with its code, once the buffer is handed over', async ({ skip }) => {
    const device = await open('/dev/full', 'w').catch(() => skip('there is no /dev/full here'));
    const file = createOutputFile(device);
    await file.write('held back');
    const error = await file.finish().catch((cause: unknown) => toOutputError(cause, 'series.csv'));
    await file.discard();
    expect(error).toMatchObject({ code: 'OUTPUT_DISK_FULL' });
  });

  it('writes in order, also when nobody waits', async () => {
    const path = join(place, 'ordered');
    const file = createOutputFile(await open(path, 'wx'));
    const parts = Array.from({ length: 200 }, (_, i) => `${i} `.repeat(500));
    await Promise.all(parts.map((part, i) => file.write(i % 3 === 0 ? new TextEncoder().encode(part) : part)));
    await file.finish();
    expect(await readFile(path, 'utf8')).toBe(parts.join(''));
  });
});

it('passes on errors that do not come from the system', () => {
  const error = new TypeError('a fault');
  expect(toOutputError(error, 'x')).toBe(error);
  expect(toOutputError(Object.assign(new Error(), { code: 'EDQUOT' }), 'x')).toMatchObject({
    code: 'OUTPUT_DISK_FULL',
  });
  expect(toOutputError(Object.assign(new Error(), { code: 'EWEIRD' }), 'x')).toMatchObject({
    message: expect.stringContaining('EWEIRD'),
  });
});
