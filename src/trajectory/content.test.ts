import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestFiles, testFiles, writeDatabase } from './files.fixture.ts';
import { isTrajectoryFile } from './index.ts';

let files: TestFiles;
beforeAll(async () => {
  files = await testFiles();
});
afterAll(() => files[Symbol.asyncDispose]());

const cases: readonly [name: string, content: string | Uint8Array, expected: boolean][] = [
  ['people.txt', '1 0 1 2\n', true],
  ['people.CSV', 'id,frame,x,y\n', true],
  // Meant as trajectories: what is wrong with them is for the reader to say.
  ['empty.csv', '', true],
  ['rubbish.txt', Uint8Array.of(0, 1, 2, 3), true],
  ['rubbish.db', Uint8Array.of(0, 1, 2, 3), true],
  ['people', '# id frame x/cm y/cm z/cm\n1 0 1 2 3\n', true],
  ['people.data', 'frame;person;x;y\n', true],
  ['video.mp4', Uint8Array.of(0, 0, 0, 32, 102, 116, 121, 112), false],
  ['empty.mp4', '', false],
  ['subtitles.srt', '1\n00:00:01,000 --> 00:00:02,000\nHello\n', false],
  ['playlist.m3u8', '#EXTM3U\nvideo.ts\n', false],
  ['notes', 'id of the camera: 7\n', false],
];
it.each(cases)('%s', async (name, content, expected) => {
  expect(await isTrajectoryFile(await files.write(name, content))).toBe(expected);
});

it('knows a database by its first bytes', async () => {
  expect(await isTrajectoryFile(writeDatabase(join(files.folder, 'people.bin'), {}))).toBe(true);
});

it('takes a folder of pictures for what it is, whatever it is called', async () => {
  await mkdir(join(files.folder, 'pictures.csv'));
  expect(await isTrajectoryFile(join(files.folder, 'pictures.csv'))).toBe(false);
});

it('goes by the name of what is not there', async () => {
  expect(await isTrajectoryFile(join(files.folder, 'none.txt'))).toBe(true);
  expect(await isTrajectoryFile(join(files.folder, 'none.mp4'))).toBe(false);
});
