import { execFile } from 'node:child_process';
import { chmod, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder, writePictures, writeTestVideo, writeTone } from '../../test/helpers/video.ts';
import { StarlingError } from '../contract/index.ts';
import { openRecording, type ReadingAccount } from './index.ts';
import { pathError } from './path.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const at = (name: string): string => join(folder.path, name);

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

const readAll = async (path: string): Promise<ReadingAccount> => {
  const recording = await openRecording(path);
  for await (const _ of recording) void _;
  return recording.account();
};

/** What reading a file that cannot be read ends with. */
const failureOf = async (path: string): Promise<StarlingError> => {
  const failure: unknown = await readAll(path).catch((error: unknown) => error);
  if (failure instanceof StarlingError) return failure;
  throw new Error(`${path} did not fail as it should`, { cause: failure });
};

const write =
  (name: string, content: string | Uint8Array): (() => Promise<void>) =>
  () =>
    writeFile(at(name), content);

const noise = (bytes: number): Uint8Array => {
  let state = 1;
  return new Uint8Array(bytes).map(() => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state >>> 24;
  });
};

const CUES = '1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\nWorld\n';

describe('what is no recording', () => {
  const cases: readonly [
    name: string,
    file: string,
    make: (() => Promise<unknown>) | null,
    code: string,
    says: RegExp,
  ][] = [
    ['nothing there', 'none.mp4', null, 'CAPTURE_NOT_FOUND', /No such file/],
    ['a file taken for a folder', 'text.txt/x.mp4', write('text.txt', 'x'), 'CAPTURE_NOT_FOUND', /No such file/],
    [
      'a link to itself',
      'loop.mp4',
      () => symlink(at('loop.mp4'), at('loop.mp4')),
      'CAPTURE_NOT_READABLE',
      /leads back/,
    ],
    ['an empty file', 'empty.mp4', write('empty.mp4', ''), 'CAPTURE_NOT_VIDEO', /empty/],
    // FFmpeg would show a .txt file as a video of a terminal.
    ['text', 'text.txt', write('text.txt', 'hello\n'.repeat(99)), 'CAPTURE_NOT_VIDEO', /text/],
    ['text by another name', 'text.mp4', write('text.mp4', 'hello\n'.repeat(99)), 'CAPTURE_NOT_VIDEO', /text/],
    ['terminal art', 'art.ans', write('art.ans', '\u001b[31mhello\n'.repeat(99)), 'CAPTURE_NOT_VIDEO', /text/],
    ['a table', 'table.csv', write('table.csv', 'a,b\n1,2\n'.repeat(99)), 'CAPTURE_NOT_VIDEO', /text/],
    ['subtitles', 'words.srt', write('words.srt', CUES), 'CAPTURE_NOT_VIDEO', /text/],
    ['noise', 'noise.mp4', write('noise.mp4', noise(50_000)), 'CAPTURE_NOT_VIDEO', /Invalid data/],
    ['sound only', 'tone.wav', () => writeTone(at('tone.wav')), 'CAPTURE_NO_VIDEO_STREAM', /only sound/],
    // These would make FFmpeg read other files, or call other machines.
    [
      'a list of files',
      'list.ffconcat',
      write('list.ffconcat', 'ffconcat version 1.0\nfile ok.mp4\n'),
      'CAPTURE_NOT_VIDEO',
      /other files/,
    ],
    [
      'a play list',
      'live.m3u8',
      write('live.m3u8', '#EXTM3U\n#EXTINF:4,\nhttp://127.0.0.1:9/a.ts\n'),
      'CAPTURE_NOT_VIDEO',
      /play list|text/,
    ],
    [
      'one picture',
      'pictures/1.jpg',
      () => writePictures(at('pictures'), ['1.jpg']),
      'CAPTURE_NOT_VIDEO',
      /single picture/,
    ],
    ['a device', '../../dev/zero', null, 'CAPTURE_NOT_VIDEO', /not a file/],
  ];
  it.each(cases)('%s', async (_, file, make, code, says) => {
    if (file === 'list.ffconcat') await writeTestVideo(at('ok.mp4'), { encoder: 'libx264', frames: 3 });
    await make?.();
    const path = file.startsWith('../') ? '/dev/zero' : at(file);
    const failure = await failureOf(path);
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(says);
  });

  it.each(['mp4', 'avi', 'mkv'])('a recording without a frame (%s)', async (container) => {
    const path = await writeTestVideo(at(`none.${container}`), { encoder: 'libx264', frames: 0 });
    await expect(readAll(path)).rejects.toMatchObject({ code: 'CAPTURE_NO_FRAMES' });
  });

  it.skipIf(process.getuid?.() === 0)('a file that may not be read (skipped for root, who may read all)', async () => {
    const path = await writeTestVideo(at('secret.mp4'), { encoder: 'libx264', frames: 3 });
    await chmod(path, 0);
    await expect(readAll(path)).rejects.toMatchObject({ code: 'CAPTURE_NOT_READABLE' });
  });

  it.each([
    ['EACCES', 'CAPTURE_NOT_READABLE', /permission denied/],
    ['EIO', 'CAPTURE_NOT_READABLE', /disk/],
    ['ENOENT', 'CAPTURE_NOT_FOUND', /No such file/],
    ['EWEIRD', 'CAPTURE_NOT_READABLE', /EWEIRD/],
  ])('the file system says %s', (errno, code, says) => {
    const error = pathError('x.mp4', Object.assign(new Error(errno), { code: errno }));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(says);
  });
});

const cut = async (name: string, video: Parameters<typeof writeTestVideo>[1], share: number): Promise<string> => {
  const path = await writeTestVideo(at(name), video);
  const bytes = await readFile(path);
  await writeFile(path, bytes.subarray(0, Math.floor(bytes.length * share)));
  return path;
};

describe('a recording that is cut off', () => {
  const FRAMES = 50;

  it.each([
    ['an AVI', 'cut.avi', { encoder: 'mjpeg', frames: FRAMES }],
    ['a Matroska', 'cut.mkv', { encoder: 'mpeg4', frames: FRAMES }],
    [
      'an MP4 with its index in front',
      'cut.mp4',
      { encoder: 'libx264', frames: FRAMES, containerOptions: { movflags: '+faststart' } },
    ],
  ] as const)('%s: what is there is measured, and what is missing said', async (_, name, video) => {
    const account = await readAll(await cut(name, video, 0.6));
    expect(account.framesDecoded).toBeGreaterThan(15);
    expect(account.framesDecoded).toBeLessThan(40);
    expect(account.health.state).toBe('degraded');
    const missing = account.health.reasons.find(({ code }) => code === 'CAPTURE_TRUNCATED');
    const percent = Math.round((100 * (FRAMES - account.framesDecoded)) / FRAMES);
    expect(missing?.message).toBe(
      `The recording breaks off: about ${percent} % of it (frames ${account.framesDecoded + 1}–${FRAMES}) could not be read.`,
    );
  });

  it('an MP4 with its index at the end cannot be read at all, and says why', async () => {
    const path = await cut('lost.mp4', { encoder: 'libx264', frames: FRAMES }, 0.6);
    const failure = await failureOf(path);
    expect(failure.code).toBe('CAPTURE_NOT_VIDEO');
    expect(failure.message).toMatch(/moov/);
  });

  it('is not cut off when the range ends before', async () => {
    const path = await writeTestVideo(at('range.avi'), { encoder: 'mjpeg', frames: FRAMES });
    const recording = await openRecording(path, { toFrame: 10 });
    for await (const _ of recording) void _;
    expect(recording.account()).toMatchObject({ framesDelivered: 10, health: { state: 'ok' } });
  });
});

describe('a recording with a hole of rubbish', () => {
  it('goes on after it, with the numbers of the frames kept, and says what was lost', async () => {
    const path = await writeTestVideo(at('holed.mp4'), { encoder: 'libx264', frames: 60, gopSize: 10 });
    const bytes = await readFile(path);
    bytes.set(noise(Math.floor(bytes.length / 20)), Math.floor(bytes.length / 2));
    await writeFile(path, bytes);
    const account = await readAll(path);
    expect(account.lastFrame).toBe(60);
    expect(account.damaged).toBeGreaterThan(0);
    expect(account.health.reasons.map(({ code }) => code)).toEqual(['CAPTURE_DAMAGED']);
  });
});

describe('FFmpeg’s own complaints', () => {
  it('do not reach the user’s stderr', async () => {
    const path = await writeTestVideo(at('quiet.mp4'), { encoder: 'libx264', frames: 60 });
    const bytes = await readFile(path);
    bytes.set(noise(5000), Math.floor(bytes.length / 2));
    await writeFile(path, bytes);
    const script = `
      import { openRecording } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
      const recording = await openRecording(${JSON.stringify(path)});
      for await (const _ of recording);
      console.log(recording.account().health.state);`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
    expect(await run).toEqual({ stdout: 'degraded\n', stderr: '' });
  });
});
