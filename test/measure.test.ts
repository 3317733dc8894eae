/**
 * `starling measure` on the bundled sample, as a user runs it: what it writes, and that the files agree.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXIT_CODES, type Summary, summarySchema } from '../src/contract/index.ts';
import { type CommandResult, starling, starlingUnread, starlingWith, startStarling } from './helpers/cli.ts';
import { appearanceOf, readRows } from './helpers/files.ts';
import { temporaryFolder, writeTestVideo } from './helpers/video.ts';

const SAMPLE = ['samples/plaza.mp4', '--site', 'samples/plaza.site.yaml'];
const FILES = [
  'gates.csv',
  'measurements.csv',
  'measurements.parquet',
  'profiles.csv',
  'report.html',
  'series.csv',
  'summary.json',
];

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());
const at = (name: string): string => join(folder.path, name);

const readSummary = async (out: string) =>
  summarySchema.parse(JSON.parse(await readFile(join(out, 'summary.json'), 'utf8')));
const numbers = (rows: readonly Record<string, string>[], column: string): number[] =>
  rows.map((row) => Number(row[column]));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('frames 50 to 260 of the sample', () => {
  let result: CommandResult;
  let summary: Summary;
  let out = '';

  beforeAll(async () => {
    out = at('plaza');
    result = await starling(
      'measure',
      ...SAMPLE,
      '--out',
      out,
      '--from-frame',
      '50',
      '--to-frame',
      '260',
      '--window',
      '10',
      '--json',
    );
    summary = await readSummary(out);
  }, 120_000);

  test('standard output is the summary and nothing else, standard error is empty in a pipe', () => {
    expect(result.code).toBe(0);
    expect(result.stderr).toBe('');
    expect(summarySchema.parse(JSON.parse(result.stdout))).toEqual(summary);
  });

  test('writes every file, and leaves nothing temporary', async () => {
    expect((await readdir(out)).toSorted()).toEqual(FILES);
  });

  test('says what was measured', () => {
    expect(summary).toMatchObject({
      source: 'plaza.mp4',
      site: 'plaza',
      frames: 211,
      firstFrame: 50,
      lastFrame: 260,
      complete: true,
    });
    expect(summary.frameRate).toBeCloseTo(7, 6);
    expect(summary.durationS).toBeCloseTo(211 / 7, 3);
    expect(summary.calibration?.residualM).toBeLessThan(0.2);
    expect(summary.health.state).toBe('ok');
    expect(Object.keys(summary.zones)).toEqual(['view', 'plaza']);
    expect(Object.keys(summary.gates)).toEqual(['west', 'middle', 'east', 'front']);
  });

  test('speeds are those of walking people, and a whole view that reaches the horizon has no density', () => {
    expect(summary.zones['view']?.speedMps).toBeGreaterThan(0.8);
    expect(summary.zones['view']?.speedMps).toBeLessThan(1.2);
    expect(summary.zones['view']?.densityPerM2).toBeUndefined();
    expect(summary.zones['plaza']?.densityPerM2).toBeGreaterThan(0);
  });

  test('series.csv has a row for each frame and zone, numbered as in the source, and its means are the summary’s', async () => {
    const rows = await readRows(join(out, 'series.csv'));
    expect(Object.keys(rows[0] ?? {}).slice(0, 6)).toEqual([
      'frame',
      'time_s',
      'zone',
      'occupancy',
      'density_per_m2',
      'speed_mps',
    ]);
    for (const [zone, expected] of Object.entries(summary.zones)) {
      const ofZone = rows.filter((row) => row['zone'] === zone);
      expect(numbers(ofZone, 'frame')).toEqual(Array.from({ length: 211 }, (_, i) => i + 50));
      expect(mean(numbers(ofZone, 'occupancy'))).toBeCloseTo(expected.occupancy?.mean ?? Number.NaN, 4);
      expect(Math.max(...numbers(ofZone, 'occupancy'))).toBe(expected.occupancy?.max);
    }
    expect(Number(rows[0]?.['time_s'])).toBeCloseTo(49 / 7, 3);
  });

  test('gates.csv adds up to the summary: every count is an increment', async () => {
    const rows = await readRows(join(out, 'gates.csv'));
    expect(Object.keys(rows[0] ?? {}).slice(0, 6)).toEqual(['frame', 'time_s', 'gate', 'in', 'out', 'cumulative']);
    for (const [gate, expected] of Object.entries(summary.gates)) {
      const ofGate = rows.filter((row) => row['gate'] === gate);
      const sum = (column: string): number => numbers(ofGate, column).reduce((total, value) => total + value, 0);
      expect([sum('in'), sum('out')]).toEqual([expected.in, expected.out]);
      expect(numbers(ofGate, 'cumulative').at(-1)).toBe(sum('in') + sum('out'));
      const byClass = Object.values(expected.byClass);
      expect(byClass.reduce((total, counts) => total + counts.in + counts.out, 0)).toBe(sum('in') + sum('out'));
    }
  });

  test('measurements.parquet holds the rows of measurements.csv', async () => {
    const csv = await readRows(join(out, 'measurements.csv'));
    const parquet = await parquetReadObjects({ file: await asyncBufferFromFile(join(out, 'measurements.parquet')) });
    expect(parquet).toHaveLength(csv.length);
    expect(Object.keys(parquet[0] ?? {})).toEqual(Object.keys(csv[0] ?? {}));
    // Six zones and gates over the windows that 7 s to 37 s touches.
    expect(csv).toHaveLength(6 * 4);
  });

  test('the report holds no picture and needs nothing from elsewhere', async () => {
    const html = await readFile(join(out, 'report.html'), 'utf8');
    expect(html).not.toMatch(/<img|data:image|https?:\/\/(?!www\.w3\.org)/);
    expect(html).toContain('Plaza');
  });
});

test('without a site file the whole view is counted, and nothing is in metres', async () => {
  const { code, stdout } = await starling('measure', 'samples/plaza.mp4', '--to-frame', '30', '--out', at('bare'));
  expect(code).toBe(0);
  expect(stdout).toContain('report.html');
  const summary = await readSummary(at('bare'));
  expect(Object.keys(summary.zones)).toEqual(['view']);
  expect(summary.calibration).toBeNull();
  expect(summary.zones['view']).not.toHaveProperty('speedMps');
  expect(summary.zones['view']?.occupancy?.mean).toBeGreaterThan(1);
});

test('an empty scene is zero people, not unknown', async () => {
  const video = await writeTestVideo(at('empty.mp4'), { encoder: 'libx264', frames: 30 });
  await starling('measure', video, '--out', at('empty'));
  const summary = await readSummary(at('empty'));
  expect(summary.zones['view']?.occupancy).toMatchObject({ mean: 0, max: 0 });
  expect(summary.health.state).toBe('ok');
});

const withCamera = (sample: string, camera: string, rest = ''): string =>
  sample.replace('  - id: plaza\n    source', `  - id: plaza\n    ${camera}\n    source`) + rest;

test('what the camera cannot see is not known, which is not zero', async () => {
  const site = at('far.site.yaml');
  const sample = await readFile('samples/plaza.site.yaml', 'utf8');
  const zone = '  - { id: far, polygon: [[500, 500], [510, 500], [510, 510], [500, 510]] }';
  const gate = '  - { id: far-gate, line: [[500, 500], [510, 500]] }';
  await writeFile(site, sample.replace('zones:\n', `zones:\n${zone}\n`).replace('gates:\n', `gates:\n${gate}\n`));
  const { code, stdout } = await starling(
    'measure',
    'samples/plaza.mp4',
    '--site',
    site,
    '--to-frame',
    '30',
    '--out',
    at('far'),
  );
  expect(code).toBe(0);
  expect(stdout).toContain('far: not known');
  expect(stdout).toContain('far-gate: not known');
  const summary = await readSummary(at('far'));
  expect(summary.zones['far']).toEqual({ occupancy: null });
  expect(summary.gates['far-gate']).toMatchObject({ in: null, out: null });
  expect(summary.zones['plaza']?.occupancy?.mean).toBeGreaterThan(0);
  const ofFar = (await readRows(join(at('far'), 'series.csv'))).filter((row) => row['zone'] === 'far');
  expect(ofFar.every((row) => row['occupancy'] === '')).toBe(true);
  const windows = (await readRows(join(at('far'), 'measurements.csv'))).filter((row) => row['id']?.startsWith('far'));
  expect(windows.map((row) => row['health'])).toEqual(['unknown', 'unknown']);
});

test('a camera that is masked all over knows nothing', async () => {
  const site = at('masked.site.yaml');
  const sample = await readFile('samples/plaza.site.yaml', 'utf8');
  await writeFile(site, withCamera(sample, 'masks: [[[0, 0], [1, 0], [1, 1], [0, 1]]]'));
  await starling('measure', 'samples/plaza.mp4', '--site', site, '--to-frame', '30', '--out', at('masked'));
  const { zones, gates } = await readSummary(at('masked'));
  expect(Object.values(zones).map(({ occupancy }) => occupancy)).toEqual([null, null]);
  expect(Object.values(gates).map((gate) => gate.in)).toEqual([null, null, null, null]);
});

test('fps thins out what is measured', async () => {
  const site = at('slow.site.yaml');
  await writeFile(site, withCamera(await readFile('samples/plaza.site.yaml', 'utf8'), 'fps: 3.5'));
  await starling('measure', 'samples/plaza.mp4', '--site', site, '--to-frame', '70', '--out', at('slow'));
  const summary = await readSummary(at('slow'));
  expect(summary).toMatchObject({ frames: 35, frameRate: 3.5, firstFrame: 1, lastFrame: 69 });
  expect(summary.durationS).toBeCloseTo(10, 6);
});

test('nothing is written outside the output folder, such as a record of use', async () => {
  const home = at('home');
  await mkdir(home);
  const { code } = await starlingWith(
    { HOME: home },
    'measure',
    'samples/plaza.mp4',
    '--to-frame',
    '3',
    '--out',
    at('quiet'),
  );
  expect(code).toBe(0);
  expect(await readdir(home)).toEqual([]);
});

test('whoever stops reading the output gets no stack trace', async () => {
  const { stderr } = await starlingUnread(
    'measure',
    'samples/plaza.mp4',
    '--to-frame',
    '3',
    '--out',
    at('unread'),
    '--json',
  );
  expect(stderr).toBe('');
});

test('times are UTC and the site’s own, when the start is known', async () => {
  await starling(
    'measure',
    ...SAMPLE,
    '--to-frame',
    '20',
    '--out',
    at('dated'),
    '--start-time',
    '2026-07-01T12:00:00+02:00',
  );
  expect((await readSummary(at('dated'))).startTime).toBe('2026-07-01T10:00:00.000Z');
  const text = await readFile(at('dated/measurements.csv'), 'utf8');
  expect(text).toContain('2026-07-01T10:00:00');
  expect(text).toContain('2026-07-01T11:00:00.000+01:00');
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s keeps what was measured so far, marked incomplete',
  async (signal) => {
    const name = `stopped-by-${signal}`;
    const appeared = appearanceOf(folder.path, name);
    const run = startStarling('measure', ...SAMPLE, '--out', at(name));
    await appeared;
    run.stop(signal);
    const { code, stderr } = await run.result;
    expect(stderr).toBe('');
    expect(code).toBe(EXIT_CODES.interrupted);
    const summary = await readSummary(at(name));
    expect(summary.complete).toBe(false);
    expect(summary.frames).toBeLessThan(420);
    expect(summary.health.state).toBe('degraded');
    expect((await readdir(at(name))).toSorted()).toEqual(FILES);
  },
);

test('a second Ctrl-C ends it at once, with nothing left behind', async () => {
  const appeared = appearanceOf(folder.path, 'insisted');
  const run = startStarling('measure', ...SAMPLE, '--out', at('insisted'), '--from-frame', '400');
  await appeared;
  // Frames before the 400th are decoded and not measured, so that the first signal finds nothing to finish yet.
  run.stop('SIGTERM');
  const insist = setInterval(() => run.stop('SIGTERM'), 400);
  const { code, stderr } = await run.result;
  clearInterval(insist);
  expect(stderr).toBe('');
  expect([EXIT_CODES.interrupted, 128 + 15]).toContain(code);
  expect(await readdir(at('insisted')).catch(() => [])).not.toContainEqual(expect.stringContaining('.partial'));
});

test('two at once into one folder do not mix', async () => {
  const out = at('twice');
  const ranges = ['20', '25'];
  const results = await Promise.all(ranges.map((to) => starling('measure', ...SAMPLE, '--to-frame', to, '--out', out)));
  expect(results.map(({ code }) => code)).toEqual([0, 0]);
  const summary = await readSummary(out);
  expect(await readRows(join(out, 'series.csv'))).toHaveLength(2 * summary.frames);
  expect((await readdir(out)).toSorted()).toEqual(FILES);
});
