import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOMS } from '../scripts/check/rooms.ts';
import { ERROR_CATALOGUE } from '../src/contract/index.ts';

const PAGES = globSync(['*.md', 'docs/*.md', 'src/*/README.md', 'models/*.md']);

test.each(PAGES)('%s links to what is there', (page) => {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => path);
  expect(links.filter((link) => !existsSync(join(dirname(page), link)))).toEqual([]);
});

test('pages that errors send people to are there', () => {
  const pages = Object.values(ERROR_CATALOGUE).flatMap(({ mend }) => mend.match(/docs\/[\w-]+\.md/g) ?? []);
  expect(pages.length).toBeGreaterThan(0);
  expect(pages.filter((page) => !existsSync(page))).toEqual([]);
});

test('the room table people read is the one that lint enforces', () => {
  const rows = readFileSync('docs/architecture.md', 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, room = '']) => /^`\w+\/`$/.test(room));
  const imports = Object.fromEntries(rows.map(([, room = '', , , words = '']) => [room.slice(1, -2), words]));
  expect(Object.keys(imports).toSorted()).toEqual(Object.keys(ROOMS).toSorted());
  for (const [room, { imports: rooms, types = [] }] of Object.entries(ROOMS)) {
    if (room === 'contract' || room === 'cli') continue;
    expect(imports[room]).toBe([...rooms, ...types.map((name) => `${name}'s types`)].join(', '));
  }
});

test.each(Object.keys(ROOMS).filter((room) => existsSync(join('src', room))))('the room %s has a README', (room) => {
  expect(existsSync(join('src', room, 'README.md'))).toBe(true);
});
