/**
 * `starling measure` on trajectory files, as a user runs it, and what it says of files that it cannot use.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXIT_CODES, type Summary, summarySchema } from '../src/contract/index.ts';
import { starling } from './helpers/cli.ts';
import { readRows } from './helpers/files.ts';
import { temporaryFolder } from './helpers/video.ts';

const CROWD = 'samples/passage.txt';
const SITE = ['--site', 'samples/passage.site.yaml'];
const PEOPLE = 60;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());
const at = (name: string): string => join(folder.path, name);

const measured = async (name: string, ...args: string[]): Promise<Summary> => {
  const result = await starling('measure', ...args, '--out', at(name), '--json');
  expect(result).toMatchObject({ code: 0, stderr: '' });
  return summarySchema.parse(JSON.parse(result.stdout));
};

describe('the sample crowd', () => {
  let summary: Summary;
  beforeAll(async () => {
    summary = await measured('sample', CROWD, ...SITE, '--window', '10');
  }, 60_000);

  test('has its files, those for trajectories among them', async () => {
    expect((await readdir(at('sample'))).toSorted()).toEqual([
      'flow.csv',
      'gates.csv',
      'measurements.csv',
      'measurements.parquet',
      'passing.csv',
      'profiles.csv',
      'report.html',
      'series.csv',
      'summary.json',
    ]);
  });

  test('has no camera, no model and no calibration', () => {
    expect(summary).toMatchObject({
      camera: null,
      model: null,
      calibration: null,
      frameRate: 8,
      health: { state: 'ok' },
    });
  });

  test('counts everybody once through both ends of the passage', async () => {
    expect(summary.gates).toMatchObject({ entrance: { in: PEOPLE, out: 0 }, exit: { in: PEOPLE, out: 0 } });
    const last = (await readRows(join(at('sample'), 'gates.csv'))).slice(-2);
    expect(last.map(({ gate, cumulative }) => [gate, cumulative])).toEqual([
      ['entrance', `${PEOPLE}`],
      ['exit', `${PEOPLE}`],
    ]);
    expect(summary.originDestination).toEqual([{ from: 'entrance', to: 'exit', people: PEOPLE }]);
  });

  test('times everybody through the passage, and says who of nobody', async () => {
    const rows = await readRows(join(at('sample'), 'passing.csv'));
    const passages = rows.filter(({ gate }) => gate === 'entrance');
    expect(passages).toHaveLength(PEOPLE);
    expect(Object.keys(rows[0] ?? {})).toEqual(['passage', 'gate', 'density_per_m2', 'speed_mps']);
    expect(rows.map(({ passage }) => Number(passage))).toEqual(rows.map((_, i) => i + 1));
    for (const { speed_mps } of passages) expect(Number(speed_mps)).toBeLessThan(1.7);
  });

  test('has the columns of the published methods', async () => {
    const rows = await readRows(join(at('sample'), 'series.csv'));
    expect(Object.keys(rows[0] ?? {}).slice(0, 12)).toEqual([
      'frame',
      'time_s',
      'zone',
      'occupancy',
      'density_per_m2',
      'speed_mps',
      'density_classic',
      'density_voronoi',
      'speed_mean',
      'speed_voronoi',
      'density_voronoi_cutoff',
      'speed_voronoi_cutoff',
    ]);
    // The whole area holds the whole crowd, however it is counted.
    for (const row of rows.filter(({ zone }) => zone === 'view'))
      expect(Number(row['density_voronoi'])).toBeCloseTo(Number(row['density_classic']), 4);
  });

  test('carries a standard error with every density, flow and speed of a window', async () => {
    const rows = await readRows(join(at('sample'), 'measurements.csv'));
    const zone = rows.find(({ id }) => id === 'before-the-passage') ?? {};
    const gate = rows.find(({ id }) => id === 'entrance') ?? {};
    for (const name of [
      'density_per_m2',
      'speed_mps',
      'density_voronoi_per_m2',
      'speed_voronoi_mps',
      'edie_flow_per_m_s',
    ])
      expect(Number(zone[`${name}_se`])).toBeGreaterThan(0);
    for (const name of ['flow_per_s', 'specific_flow_per_m_s', 'headway_s'])
      expect(Number(gate[`${name}_se`])).toBeGreaterThan(0);
  });

  test.each(['flow', 'gates', 'passing', 'profiles', 'series'])('%s.csv names no person', async (name) => {
    const [row = {}] = await readRows(join(at('sample'), `${name}.csv`));
    expect(Object.keys(row)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(id|person|ped|track)/)]));
  });
});

/** The first frames of the sample, as other programs would write them. */
const otherFormats = async (): Promise<Record<'text' | 'csv' | 'sqlite', string>> => {
  const lines = (await readFile(CROWD, 'utf8')).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const rows = lines.map((line) => line.split(' ').map(Number)).filter(([, frame = 0]) => frame < 60);
  const paths = { text: at('crowd.txt'), csv: at('crowd.csv'), sqlite: at('crowd.sqlite') };
  await writeFile(
    paths.text,
    `# framerate: 8\n# id frame x/cm y/cm\n${rows.map(([id, frame, x = 0, y = 0]) => `${id} ${frame} ${(100 * x).toFixed(1)} ${(100 * y).toFixed(1)}`).join('\n')}\n`,
  );
  // In the order of frames backwards, with a column that nobody asked for.
  const reversed = rows.toReversed().map(([id, frame, x, y]) => `p${id},${y},${x},${frame},17`);
  await writeFile(paths.csv, `person,y_m,x_m,frame,age\n${reversed.join('\n')}\n`);
  const database = new DatabaseSync(paths.sqlite);
  database.exec(`
    CREATE TABLE trajectory_data (frame INTEGER NOT NULL, id INTEGER NOT NULL, pos_x REAL, pos_y REAL, ori_x REAL, ori_y REAL);
    CREATE TABLE metadata (key TEXT NOT NULL UNIQUE, value TEXT NOT NULL);
    CREATE TABLE geometry (hash INTEGER NOT NULL, wkt TEXT NOT NULL);
    CREATE TABLE frame_data (frame INTEGER NOT NULL, geometry_hash INTEGER NOT NULL);
    INSERT INTO metadata VALUES ('version', '2'), ('fps', '8');
    INSERT INTO geometry VALUES (1, 'POLYGON ((0 0, 7 0, 7 2.4, 10 2.4, 10 0, 13 0, 13 6, 10 6, 10 3.6, 7 3.6, 7 6, 0 6, 0 0))');
    BEGIN`);
  const insert = database.prepare('INSERT INTO trajectory_data VALUES (?, ?, ?, ?, 1, 0)');
  for (const [id = 0, frame = 0, x = 0, y = 0] of rows) insert.run(frame, id, x, y);
  database.exec('INSERT INTO frame_data SELECT DISTINCT frame, 1 FROM trajectory_data; COMMIT');
  database.close();
  return paths;
};

describe('the same crowd as other programs would write it', () => {
  let paths: Awaited<ReturnType<typeof otherFormats>>;
  beforeAll(async () => {
    paths = await otherFormats();
  });

  test('has the same figures in text, CSV and SQLite', async () => {
    await measured('text', paths.text, ...SITE);
    await measured('csv', paths.csv, '--frame-rate', '8', ...SITE);
    await measured('sqlite', paths.sqlite, ...SITE);
    const series = await readRows(join(at('text'), 'series.csv'));
    expect(series).toHaveLength(60 * 3);
    expect(await readRows(join(at('csv'), 'series.csv'))).toEqual(series);
    expect(await readRows(join(at('sqlite'), 'series.csv'))).toEqual(series);
  }, 60_000);

  test('brings its own walkable area in a database, and has none in a text', async () => {
    expect((await measured('own', paths.sqlite)).zones['view']?.areaM2).toBeCloseTo(7 * 6 + 3 * 1.2 + 3 * 6, 6);
    const unknown = await measured('none', paths.text);
    expect(unknown.zones['view']?.areaM2).toBeUndefined();
    expect(unknown.health.reasons.map(({ code }) => code)).toContain('WALKABLE_UNKNOWN');
  }, 60_000);
});

describe('what cannot be used', () => {
  const table: readonly [what: string, name: string, contents: string, args: readonly string[], says: RegExp][] = [
    ['an empty file', 'empty.txt', '', [], /empty/],
    ['no frame rate', 'rate.txt', '1 0 1 1\n1 1 1 1\n', [], /frame rate|--frame-rate/],
    ['a word for a number', 'word.txt', '#framerate: 8\n1 0 1 1\n1 1 one 1\n', [], /:3/],
    ['a column too few', 'few.csv', 'id,frame,x\n1,0,1\n', ['--frame-rate', '8'], /y/],
    ['a camera', 'good.txt', '#framerate: 8\n1 0 1 1\n1 1 1 1\n', ['--camera', 'north', ...SITE], /--camera/],
    ['a model', 'good.txt', '#framerate: 8\n1 0 1 1\n1 1 1 1\n', ['--model', 'yolox.onnx'], /--model/],
    ['a unit that is none', 'good.txt', '#framerate: 8\n1 0 1 1\n1 1 1 1\n', ['--unit', 'feet'], /unit/],
  ];
  test.each(table)('%s', async (_what, name, contents, args, says) => {
    await writeFile(at(name), contents);
    const result = await starling('measure', at(name), '--out', at('refused'), ...args);
    expect(result.stdout).toBe('');
    expect(result.stderr).toMatch(says);
    expect(result.stderr).not.toMatch(/at .*\.ts:\d+/);
    expect([EXIT_CODES.usage, EXIT_CODES.input, EXIT_CODES.site]).toContain(result.code);
    await expect(readdir(at('refused'))).rejects.toThrow('ENOENT');
  });

  const sites: readonly [what: string, walkable: string][] = [
    ['a hole that covers the area', '[[[0,0],[9,0],[9,9],[0,9]], [[0,0],[9,0],[9,9],[0,9]]]'],
    ['a ring that crosses itself', '[[[0,0],[9,9],[9,0],[0,9]]]'],
    ['a ring without area', '[[[0,0],[9,0],[4,0]]]'],
  ];
  test.each(sites)('a walkable area with %s', async (_what, walkable) => {
    const site = at('broken.site.yaml');
    await writeFile(site, `site: { id: a, name: A }\nwalkable: ${walkable}\n`);
    const result = await starling('measure', CROWD, '--site', site, '--out', at('refused'));
    expect(result).toMatchObject({ code: EXIT_CODES.site, stdout: '' });
  });
});
