/**
 * Bad input, as a user meets it: the real command, in a process of its own. Every case ends with a clear error on
 * standard error, the right exit code, no stack trace, and no output folder half-written.
 */
import { execFileSync } from 'node:child_process';
import { appendFile, chmod, copyFile, mkdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { EXIT_CODES, summarySchema } from '../src/contract/index.ts';
import { type CommandResult, starling, startStarling } from './helpers/cli.ts';
import { appearanceOf } from './helpers/files.ts';
import { temporaryFolder, writeTestVideo, writeTone } from './helpers/video.ts';

const FRAMES = 60;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let video = '';
const at = (name: string): string => join(folder.path, name);

beforeAll(async () => {
  folder = await temporaryFolder();
  video = await writeTestVideo(at('good.mp4'), { encoder: 'libx264', frames: FRAMES });
});
afterAll(() => folder[Symbol.asyncDispose]());

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const expectClearError = (result: CommandResult, code: string, exit: number): void => {
  expect(result.stderr).toContain(`[${code}]`);
  expect(result.stderr).not.toMatch(/^\s+at /m);
  expect(result.stderr.trim().split('\n')).toHaveLength(3);
  expect(result.stdout).toBe('');
  expect(result.code).toBe(exit);
};

/** Measures, and expects an error that leaves nothing behind. */
const refuses = async (code: string, exit: number, ...args: string[]): Promise<CommandResult> => {
  const out = at('refused');
  const result = await starling('measure', ...args, '--out', out);
  expectClearError(result, code, exit);
  expect(await exists(out)).toBe(false);
  return result;
};

/** What a finished measurement says of itself. */
const summaryIn = async (out: string) =>
  summarySchema.parse(JSON.parse(await readFile(join(out, 'summary.json'), 'utf8')));

const RECORDINGS: readonly [string, string, () => Promise<string>][] = [
  ['no such file', 'CAPTURE_NOT_FOUND', async () => at('none.mp4')],
  [
    'a directory without pictures',
    'CAPTURE_NO_PICTURES',
    async () => {
      await mkdir(at('empty'), { recursive: true });
      return at('empty');
    },
  ],
  [
    'a text file',
    'CAPTURE_NOT_VIDEO',
    async () => {
      await writeFile(at('letter.mp4'), 'Dear Sir or Madam,\n'.repeat(500));
      return at('letter.mp4');
    },
  ],
  [
    'a text file that calls itself a video',
    'CAPTURE_NOT_VIDEO',
    async () => {
      await writeFile(at('letter.mp4'), 'Dear Sir or Madam,\n'.repeat(500));
      return at('letter.mp4');
    },
  ],
  [
    'an empty file',
    'CAPTURE_NOT_VIDEO',
    async () => {
      await writeFile(at('empty.mp4'), '');
      return at('empty.mp4');
    },
  ],
  ['sound without a picture', 'CAPTURE_NO_VIDEO_STREAM', () => writeTone(at('tone.wav'))],
  [
    'zero frames',
    'CAPTURE_NO_FRAMES',
    async () => {
      // The header of an AVI without the pictures that it announces.
      await writeTestVideo(at('frames.avi'), { encoder: 'mjpeg', frames: 3 });
      const bytes = await readFile(at('frames.avi'));
      await writeFile(at('header.avi'), bytes.subarray(0, bytes.indexOf('movi') + 4));
      return at('header.avi');
    },
  ],
];

test.each(RECORDINGS)('%s', async (_, code, make) => {
  await refuses(code, EXIT_CODES.input, await make());
});

test('a range beyond the end, and one that ends before it begins', async () => {
  await refuses('CAPTURE_RANGE_EMPTY', EXIT_CODES.input, video, '--from-frame', String(FRAMES + 1));
  await refuses('CLI_BAD_RANGE', EXIT_CODES.usage, video, '--from-frame', '9', '--to-frame', '8');
});

test('a truncated file is measured as far as it decodes, and marked degraded with how much was lost', async () => {
  const cut = await writeTestVideo(at('cut.avi'), { encoder: 'mjpeg', frames: FRAMES });
  await truncate(cut, Math.round((await stat(cut)).size * 0.6));
  const { code } = await starling('measure', cut, '--out', at('cut'));
  expect(code).toBe(0);
  const { frames, health } = await summaryIn(at('cut'));
  expect(frames).toBeGreaterThan(0);
  expect(frames).toBeLessThan(FRAMES);
  expect(health.state).toBe('degraded');
  const lost = health.reasons.find((reason) => reason.code === 'CAPTURE_TRUNCATED');
  const [, share] = /(\d+) %/.exec(lost?.message ?? '') ?? [];
  expect(Number(share)).toBeCloseTo(100 * (1 - frames / FRAMES), -0.5);
});

test('a file whose size changes midway is measured, and marked degraded', async () => {
  const growing = at('growing.avi');
  await writeTestVideo(growing, { encoder: 'mjpeg', frames: 4 * FRAMES });
  const out = at('growing');
  // Its output folder appears when the recording has been opened and before it has been read.
  const appeared = appearanceOf(folder.path, 'growing');
  const run = startStarling('measure', growing, '--out', out);
  await appeared;
  await appendFile(growing, Buffer.alloc(64));
  const { code } = await run.result;
  expect(code).toBe(0);
  const { health } = await summaryIn(out);
  expect(health.state).toBe('degraded');
  expect(health.reasons.map((reason) => reason.code)).toContain('CAPTURE_FILE_CHANGED');
});

const HEAD = 'site: { id: town, name: Town }\n';
const SITES: readonly [string, string, string][] = [
  ['an unknown key', 'SITE_INVALID', `${HEAD}colour: red\n`],
  [
    'a self-crossing polygon',
    'SITE_INVALID',
    `${HEAD}cameras: [{ id: n }]\nzones: [{ id: z, camera: n, image: [[0,0],[1,1],[1,0],[0,1]] }]\n`,
  ],
  [
    'three calibration points',
    'SITE_INVALID',
    `${HEAD}cameras: [{ id: n, calibration: { points: [{ image: [0,0], ground: [0,0] }, { image: [1,0], ground: [1,0] }, { image: [1,1], ground: [1,1] }] } }]\n`,
  ],
  [
    'collinear calibration points',
    'GROUND_COLLINEAR',
    `${HEAD}cameras: [{ id: n, calibration: { points: [{ image: [0.1,0.1], ground: [0,0] }, { image: [0.2,0.2], ground: [1,1] }, { image: [0.3,0.3], ground: [2,2] }, { image: [0.4,0.4], ground: [3,3] }] } }]\n`,
  ],
  [
    'a gate of zero length',
    'SITE_INVALID',
    `${HEAD}cameras: [{ id: n }]\ngates: [{ id: g, camera: n, image: [[0.5,0.5],[0.5,0.5]] }]\n`,
  ],
  [
    'a zone in metres on an uncalibrated camera',
    'SITE_INVALID',
    `${HEAD}cameras: [{ id: n }]\nzones: [{ id: z, polygon: [[0,0],[1,0],[1,1]] }]\n`,
  ],
  ['YAML that is none', 'SITE_NOT_YAML', `${HEAD}cameras: [`],
];

test.each(SITES)('a site file with %s', async (_, code, text) => {
  await writeFile(at('town.site.yaml'), text);
  await refuses(code, EXIT_CODES.site, video, '--site', at('town.site.yaml'));
});

test('a site file that is not there', async () => {
  await refuses('SITE_NOT_FOUND', EXIT_CODES.site, video, '--site', at('none.site.yaml'));
});

const catalogueSchema = z.object({ models: z.tuple([z.looseObject({ file: z.string(), sha256: z.string() })]) });
const bundledManifest = async () =>
  catalogueSchema.parse(JSON.parse(await readFile('models/manifest.json', 'utf8'))).models[0];

test('a model whose hash is wrong, and one that is not there', async () => {
  const model = at('changed.onnx');
  const bundled = await bundledManifest();
  await copyFile(join('models', bundled.file), model);
  await writeFile(at('changed.manifest.json'), JSON.stringify({ ...bundled, file: 'changed.onnx' }));
  await appendFile(model, 'x');
  const { stderr } = await refuses('DETECT_MODEL_HASH_MISMATCH', EXIT_CODES.model, video, '--model', model);
  expect(stderr).toContain(bundled.sha256);
  await refuses('DETECT_MODEL_NOT_FOUND', EXIT_CODES.model, video, '--model', at('none.onnx'));
});

test('a manifest that asks for faces', async () => {
  const bundled = await bundledManifest();
  await copyFile(join('models', bundled.file), at('faces.onnx'));
  const manifest = { ...bundled, file: 'faces.onnx', classes: [{ index: 0, class: 'face' }] };
  await writeFile(at('faces.manifest.json'), JSON.stringify(manifest));
  await refuses('DETECT_CLASS_NOT_ALLOWED', EXIT_CODES.model, video, '--model', at('faces.onnx'));
});

test('an output folder that is a file', async () => {
  await writeFile(at('taken'), 'mine');
  const result = await starling('measure', video, '--out', at('taken'));
  expectClearError(result, 'OUTPUT_NOT_WRITABLE', EXIT_CODES.output);
  expect(await readFile(at('taken'), 'utf8')).toBe('mine');
});

test.skipIf(process.getuid?.() === 0)('an output folder that may not be written', async () => {
  await mkdir(at('locked'));
  await chmod(at('locked'), 0o500);
  const result = await starling('measure', video, '--out', at('locked'));
  expectClearError(result, 'OUTPUT_NOT_WRITABLE', EXIT_CODES.output);
});

/** Whether a small disk of its own can be had here, which needs the right to mount one. */
const mountTiny = (path: string): boolean => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

test('a full disk leaves nothing half-written', async (context) => {
  const disk = at('disk');
  await mkdir(disk);
  if (!mountTiny(disk)) context.skip('no small disk can be mounted here');
  try {
    const result = await starling('measure', video, '--out', join(disk, 'out'));
    expectClearError(result, 'OUTPUT_DISK_FULL', EXIT_CODES.output);
    expect(await exists(join(disk, 'out'))).toBe(false);
  } finally {
    execFileSync('umount', [disk]);
    await rm(disk, { recursive: true, force: true });
  }
});

test.each<[string, string[]]>([
  ['an unknown command', ['mesure']],
  ['an unknown option', ['measure', 'a.mp4', '--colour']],
  ['no input', ['measure']],
  ['a frame number that is none', ['measure', 'a.mp4', '--from-frame', 'one']],
  ['a window of no length', ['measure', 'a.mp4', '--window', '0']],
  ['a start without its offset from UTC', ['measure', 'a.mp4', '--start-time', '2026-05-01T12:00:00']],
  ['a camera without the site file that names it', ['measure', 'a.mp4', '--camera', 'north']],
  ['nothing to compare with', ['validate', 'a.mp4']],
  ['hand counts without the site file that names the gates', ['validate', 'a.mp4', '--counts', 'a.csv']],
])('on the command line: %s', async (_, args) => {
  const result = await starling(...args);
  expect(result.stderr).toMatch(/\[(CLI_USAGE|VALIDATE_NOTHING_TO_COMPARE)\]/);
  expect(result.stderr.trim().split('\n')).toHaveLength(3);
  expect(result.code).toBe(EXIT_CODES.usage);
});
