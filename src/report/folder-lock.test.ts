import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withFolderLock } from './folder-lock.ts';

let place = '';
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'starling-lock-'));
});
afterEach(() => rm(place, { recursive: true, force: true }));

it('lets one at a time into a folder, and leaves nothing', async () => {
  const events: string[] = [];
  const visit = (name: string): Promise<void> =>
    withFolderLock(place, async () => {
      events.push(`${name} in`);
      await writeFile(join(place, 'work'), name);
      events.push(`${name} out`);
    });
  await Promise.all([visit('a'), visit('b')]);
  const [first = ''] = events[0]?.split(' ') ?? [];
  const second = first === 'a' ? 'b' : 'a';
  expect(events).toEqual([`${first} in`, `${first} out`, `${second} in`, `${second} out`]);
  expect(await readdir(place)).toEqual(['work']);
});

it('gives the folder free when the action fails', async () => {
  const failing = withFolderLock(place, () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  await withFolderLock(place, async () => {});
});

it('takes over from a process that died', async () => {
  const lock = join(place, '.starling.lock');
  await writeFile(lock, '');
  await utimes(lock, 0, 0);
  let entered = false;
  await withFolderLock(place, async () => {
    entered = true;
  });
  expect(entered).toBe(true);
});
