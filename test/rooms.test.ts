import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';

const lintReport = z.object({
  diagnostics: z.array(z.object({ filename: z.string(), code: z.string(), message: z.string() })),
});

/** Lints the files that break the room table on purpose, with the room rule alone. */
const lintFixtures = () => {
  const folder = 'test/fixtures/rooms';
  const { stdout } = spawnSync('oxlint', ['-c', `${folder}/oxlint.config.ts`, '-f', 'json', `${folder}/src`], {
    encoding: 'utf8',
  });
  return lintReport.parse(JSON.parse(stdout)).diagnostics;
};

test('the room rule bites on every way of breaking it, and on nothing else', () => {
  const refused = lintFixtures().map(({ filename }) => filename.replace(/.*rooms\/src\//, ''));
  expect(refused.toSorted()).toEqual([
    'contract/wants-yaml.ts', // a library in the room that imports zod only
    'detect/takes-code-from-capture.ts', // a value where only types are lent
    'measure/reads-a-file.ts', // a pure room that touches the disk
    'track/deeper/touches-pixels.ts', // pixels beyond detect, from a folder within the room
    'track/past-the-index.ts', // round another room's face
    'track/reaches-into-detect.ts', // one stage importing another
  ]);
});

/** Which folders of a room each of its folders imports, tests aside. */
const folderImports = (room: string): Map<string, Set<string>> => {
  const imports = new Map<string, Set<string>>();
  for (const file of globSync(`${room}/*/**/*.ts`)) {
    if (/\.(test|fixture)\.ts$/.test(file)) continue;
    const folderOf = (path: string): string => path.slice(room.length + 1).split('/')[0] ?? '';
    const from = imports.get(folderOf(file)) ?? new Set();
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/ from '(\.[^']*)'/g)) {
      const target = join(dirname(file), path);
      if (target.startsWith(`${room}/`) && target.slice(room.length + 1).includes('/')) from.add(folderOf(target));
    }
    from.delete(folderOf(file));
    imports.set(folderOf(file), from);
  }
  return imports;
};

/** Folders left once those that import nothing left over are taken away, again and again: those in a circle. */
const inCircles = (imports: Map<string, Set<string>>): string[] => {
  const left = new Map(imports);
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const [folder, others] of left) if (![...others].some((other) => left.has(other))) left.delete(folder);
  }
  return [...left.keys()];
};

test('folders of the room measure/ import each other downwards only', () => {
  const imports = folderImports('src/measure');
  expect(imports.get('camera')).toContain('crowd');
  expect(inCircles(imports)).toEqual([]);
  // The check bites: with one import upwards there is a circle.
  expect(inCircles(new Map(imports).set('statistics', new Set(['crowd'])))).toContain('crowd');
});
