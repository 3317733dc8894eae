import { readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/helpers/video.ts';
import { StarlingError } from '../contract/index.ts';
import { SiteDesk } from './desk.ts';
import type { SiteFile } from './parse.ts';

const TEXT = `# The market.
site: { id: town, name: Town }
cameras:
  - { id: north, source: 'rtsp://guard:hunter2@north/1' } # the old one
`;
const WRITTEN = {
  site: { id: 'town', name: 'Town' },
  cameras: [{ id: 'north', source: 'rtsp://guard:hunter2@north/1' }],
};
const renamed = (name: string) => ({ ...WRITTEN, site: { id: 'town', name } });

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let path: string;
let inUse: SiteFile[];

beforeEach(async () => {
  folder = await temporaryFolder();
  path = join(folder.path, 'town.site.yaml');
  inUse = [];
  await writeFile(path, TEXT);
});
afterEach(() => folder[Symbol.asyncDispose]());

const openDesk = (check: (file: SiteFile) => void = () => {}): SiteDesk =>
  new SiteDesk({ path, bookPath: join(folder.path, 'site.sqlite'), check, onChange: (file) => void inUse.push(file) });

const text = (): string => readFileSync(path, 'utf8');

test('a change keeps what somebody wrote around it', async () => {
  using desk = openDesk();
  expect(desk.get()).toMatchObject({ version: '1', written: WRITTEN, site: { site: { name: 'Town' } } });
  const changed = await desk.change(renamed('Old Town'), '1', 'ada');
  expect(changed).toMatchObject({ version: '2', written: renamed('Old Town') });
  expect(text()).toBe(TEXT.replace('name: Town', 'name: Old Town'));
  expect(inUse.map(({ site }) => [site.site.name, site.cameras[0]?.source])).toEqual([
    ['Old Town', 'rtsp://guard:hunter2@north/1'],
  ]);
  expect((await desk.history()).map(({ version, by }) => [version, by])).toEqual([
    ['2', 'ada'],
    ['1', null],
  ]);
});

const refuseAll = (): never => {
  throw new StarlingError('SITE_NOTHING_TO_WATCH', { path: 'x' });
};

test.each<[string, unknown, string, (file: SiteFile) => void, string]>([
  ['of an older version', renamed('A'), '0', () => {}, 'SITE_CHANGED_MEANWHILE'],
  ['that the schema refuses', { ...WRITTEN, colour: 'red' }, '1', () => {}, 'SITE_INVALID'],
  ['that is no site at all', [1, 2], '1', () => {}, 'SITE_INVALID'],
  ['that is nothing', null, '1', () => {}, 'SITE_INVALID'],
  ['that the hub refuses', renamed('A'), '1', refuseAll, 'SITE_NOTHING_TO_WATCH'],
])('a change %s changes nothing', async (_, written, version, check, code) => {
  using desk = openDesk(check);
  await expect(desk.change(written, version, 'ada')).rejects.toMatchObject({ code });
  expect(text()).toBe(TEXT);
  expect(desk.get().version).toBe('1');
  expect(inUse).toEqual([]);
});

test('changes are undone one by one, to the letter', async () => {
  using desk = openDesk();
  await desk.change(renamed('A'), '1', 'ada');
  await desk.change(renamed('B'), '2', 'bob');
  await desk.undo('bob');
  expect(text()).toBe(TEXT.replace('name: Town', 'name: A'));
  await desk.undo('bob');
  expect(text()).toBe(TEXT);
  await expect(desk.undo('bob')).rejects.toMatchObject({ code: 'SITE_NOTHING_TO_UNDO' });
  expect(desk.get().version).toBe('5');
  expect(inUse.map(({ site }) => site.site.name)).toEqual(['A', 'B', 'A', 'Town']);
});

test('of two changes of the same version, one is made', async () => {
  using desk = openDesk();
  const both = await Promise.allSettled([desk.change(renamed('A'), '1', 'ada'), desk.change(renamed('B'), '1', 'bob')]);
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(text()).toContain('name: A');
});

test('a file that is edited by hand is not written over, and is a version from the next start on', async () => {
  const desk = openDesk();
  await writeFile(path, TEXT.replace('Town }', 'By Hand }'));
  await expect(desk.change(renamed('A'), '1', 'ada')).rejects.toMatchObject({ code: 'SITE_CHANGED_BY_HAND' });
  await expect(desk.undo('ada')).rejects.toMatchObject({ code: 'SITE_CHANGED_BY_HAND' });
  expect(desk.get()).toMatchObject({ version: '1', site: { site: { name: 'Town' } } });
  desk[Symbol.dispose]();
  using again = openDesk();
  expect(again.get()).toMatchObject({ version: '2', site: { site: { name: 'By Hand' } } });
  await again.undo('ada');
  expect(text()).toBe(TEXT);
});

test('a change that cannot be followed is taken back', async () => {
  const onChange = (): never => {
    throw new StarlingError('SITE_NOTHING_TO_WATCH', { path });
  };
  using desk = new SiteDesk({ path, bookPath: join(folder.path, 'site.sqlite'), check: () => {}, onChange });
  await expect(desk.change(renamed('A'), '1', 'ada')).rejects.toMatchObject({ code: 'SITE_NOTHING_TO_WATCH' });
  expect(text()).toBe(TEXT);
  expect(desk.get()).toMatchObject({ version: '1', site: { site: { name: 'Town' } } });
});

test('a file that cannot be written is as it was, and nothing lies about', async () => {
  using desk = openDesk();
  desk.get();
  await rm(path);
  await expect(desk.change(renamed('A'), '1', 'ada')).rejects.toMatchObject({ code: 'SITE_NOT_FOUND' });
  expect(readdirSync(folder.path).filter((name) => name.endsWith('.new'))).toEqual([]);
});

test('who may read the file stays', async () => {
  await chmod(path, 0o640);
  using desk = openDesk();
  await desk.change(renamed('A'), '1', 'ada');
  expect(statSync(path).mode & 0o777).toBe(0o640);
});
