import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadSite } from './read.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'starling-site-'));
});
afterAll(() => rm(folder, { recursive: true }));

const HEAD = 'site: { id: town, name: Town }\n';

/** Loads `text` and gives back the error's code, line and words. */
const refusal = async (text: string): Promise<string> => {
  const path = join(folder, 'town.site.yaml');
  await writeFile(path, text);
  const error: unknown = await loadSite(path).catch((thrown: unknown) => thrown);
  return error instanceof Error
    ? `${'code' in error ? String(error.code) : ''} ${error.message.replace(path, 'F')}`
    : '';
};

test.each<[string, string, string]>([
  ['not YAML', `${HEAD}cameras: [`, 'SITE_NOT_YAML F:2: '],
  ['nothing in it', '', 'SITE_INVALID F:1: '],
  ['an unknown key', `${HEAD}zones: []\ncolour: red\n`, 'SITE_INVALID F:3: "colour" is not something'],
  [
    'an unknown key of a camera',
    `${HEAD}cameras:\n  - id: n\n    faces: true\n`,
    'SITE_INVALID F:4: in cameras[0], "faces"',
  ],
  [
    'a self-crossing polygon',
    `${HEAD}zones:\n  - id: a\n    polygon: [[0,0],[2,0],[2,2]]\n  - id: b\n    polygon: [[0,0],[2,2],[2,0],[0,2]]\n`,
    'SITE_INVALID F:6: zones[1].polygon: the polygon crosses or touches itself',
  ],
  [
    'a gate of zero length',
    `${HEAD}gates:\n  - { id: g, line: [[1,1],[1,1]] }\n`,
    'SITE_INVALID F:3: gates[0].line: the gate has no length',
  ],
  [
    'three calibration points',
    `${HEAD}cameras:\n  - id: n\n    calibration:\n      points:\n${'        - { image: [0.1, 0.2], ground: [0, 1] }\n'.repeat(3)}`,
    'SITE_INVALID F:6: cameras[0].calibration.points: a calibration needs at least four point pairs',
  ],
  [
    'a zone in metres on an uncalibrated camera',
    `${HEAD}cameras: [{ id: n }]\nzones:\n  - id: z\n    polygon: [[0,0],[2,0],[2,2]]\n`,
    'SITE_INVALID F:5: zones[0].polygon: "z" is drawn in metres, but no camera is calibrated',
  ],
])('%s is refused where it stands', async (_, text, expected) => {
  expect(await refusal(text)).toContain(expected);
});

test('a site file that is not there', async () => {
  await expect(loadSite(join(folder, 'none.yaml'))).rejects.toMatchObject({ code: 'SITE_NOT_FOUND' });
});
