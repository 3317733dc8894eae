import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gateId } from '../contract/index.ts';
import { readHandCounts } from './hand-counts.ts';

let path = '';
beforeAll(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'starling-counts-')), 'counts.csv');
});
afterAll(() => rm(join(path, '..'), { recursive: true }));

const read = async (text: string) => {
  await writeFile(path, text);
  return readHandCounts(path, [gateId('door'), gateId('stairs')]);
};

test('times may be seconds, minutes or hours; spaces and a byte-order mark do not matter', async () => {
  expect(await read('\uFEFFtime, gate, direction\n12.5,door,in\n1:02,stairs,out\r\n\n1:00:00.5,door,out\n')).toEqual([
    { timeMs: 12_500, gate: 'door', direction: 'in' },
    { timeMs: 62_000, gate: 'stairs', direction: 'out' },
    { timeMs: 3_600_500, gate: 'door', direction: 'out' },
  ]);
});

test.each<[string, string, string]>([
  ['an unknown gate', 'time,gate,direction\n1,window,in\n', ':2: there is no gate "window", only: door, stairs'],
  [
    'a direction in other words',
    'time,gate,direction\n1,door,in\n2,door,left\n',
    ':3: direction: a direction is in or out',
  ],
  ['a time of day', 'time,gate,direction\nnoon,door,in\n', ':2: time: a time is seconds'],
  ['a missing column', 'time,gate\n1,door\n', ':2: direction: '],
  ['a row with too many fields', 'time,gate,direction\n1,door,in,2\n', 'Invalid Record Length'],
])('%s is refused where it stands', async (_, text, message) => {
  await expect(read(text)).rejects.toMatchObject({ code: 'VALIDATE_BAD_TRUTH' });
  await expect(read(text)).rejects.toThrow(message);
});

test('a file that is not there', async () => {
  await expect(readHandCounts(`${path}.none`, [])).rejects.toMatchObject({ code: 'VALIDATE_BAD_TRUTH' });
});
