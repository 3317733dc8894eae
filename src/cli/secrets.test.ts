import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../test/helpers/video.ts';
import { fillIn, readSecrets } from './secrets.ts';

afterEach(() => vi.unstubAllEnvs());

const SECRETS = new Map([
  ['USER', 'gate'],
  ['PASS', 'a@b/c:d %'],
  ['URL', 'rtsp://u:p@cam/1'],
]);

test.each([
  ['rtsp://${USER}:${PASS}@cam.local/stream', 'rtsp://gate:a%40b%2Fc%3Ad%20%25@cam.local/stream'],
  ['${URL}', 'rtsp://u:p@cam/1'],
  ['http://cam.local/mjpeg?token=${USER}', 'http://cam.local/mjpeg?token=gate'],
  ['http://cam.local/a@b?user=${PASS}', 'http://cam.local/a@b?user=a@b/c:d %'],
  ['plaza.mp4', 'plaza.mp4'],
  ['rtsp://cam/$USER', 'rtsp://cam/$USER'],
])('%s', (source, filled) => {
  expect(fillIn(source, 'The source', SECRETS).source).toBe(filled);
});

test('what the file does not have comes from the environment', () => {
  vi.stubEnv('STARLING_TEST_HOST', 'cam-7');
  expect(fillIn('rtsp://${STARLING_TEST_HOST}/1', 'The source', SECRETS)).toEqual({
    source: 'rtsp://cam-7/1',
    secrets: ['cam-7', 'cam-7'],
  });
});

test('what neither has is named, and nothing else is shown', () => {
  expect(() => fillIn('rtsp://${USER}:${NOBODY_HAS_THIS}@cam/1', 'The source of the camera a', SECRETS)).toThrow(
    'The source of the camera a takes NOBODY_HAS_THIS from the environment or the secrets file, and neither has it.',
  );
});

test('a file is read, comments and quotes and all', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'secrets');
  await writeFile(path, '\uFEFF# cameras\nUSER=gate\n\nPASS="two words"\nHASH = ab#cd=e \r\n', { mode: 0o600 });
  expect(await readSecrets(path)).toEqual(
    new Map([
      ['USER', 'gate'],
      ['PASS', 'two words'],
      ['HASH', 'ab#cd=e'],
    ]),
  );
  expect(await readSecrets(null)).toEqual(new Map());
});

test('a file that others may read is refused', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'secrets');
  await writeFile(path, 'USER=gate\n');
  await chmod(path, 0o644);
  await expect(readSecrets(path)).rejects.toMatchObject({ code: 'SECRETS_NOT_READABLE' });
  await expect(readSecrets(join(folder.path, 'none'))).rejects.toMatchObject({ code: 'SECRETS_NOT_READABLE' });
});
