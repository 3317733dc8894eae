import { spawnSync } from 'node:child_process';
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
