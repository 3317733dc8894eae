import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf, framesOf, type TestDatabase, type TestFiles, testFiles, writeDatabase } from './files.fixture.ts';
import { openTrajectories, type TrajectoryOptions } from './index.ts';

let files: TestFiles;
let made = 0;
beforeAll(async () => {
  files = await testFiles();
});
afterAll(() => files[Symbol.asyncDispose]());

const newPath = (): string => join(files.folder, `${(made += 1)}.sqlite`);
const openDatabase = (content: TestDatabase, options?: TrajectoryOptions) =>
  openTrajectories(writeDatabase(newPath(), content), options);

const ROWS = [
  [0, 4, 1, 2],
  [2, 4, 1.5, 2],
  [2, 8, -3, 0.25],
] as const;
const FRAMES = [
  [0, 0, ['0@1,2']],
  [1, 100, []],
  [2, 200, ['0@1.5,2', '1@-3,0.25']],
];
const ROOM = 'POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))';
const RINGS = [
  [
    [0, 0],
    [9, 0],
    [9, 9],
    [0, 9],
  ],
  [
    [1, 1],
    [2, 1],
    [2, 2],
    [1, 2],
  ],
];
const SMALL_ROOM = 'POLYGON ((0 0, 5 0, 5 5, 0 0))';
const TWO_ROOMS = `GEOMETRYCOLLECTION (${ROOM}, ${SMALL_ROOM})`;

describe('databases of JuPedSim', () => {
  it.each([1, 2])('version %d', async (version) => {
    const areas = [{ wkt: `GEOMETRYCOLLECTION (${ROOM})`, frames: [0, 1, 2] }];
    const recording = await openDatabase({ version, rows: ROWS, areas });
    expect(framesOf(recording)).toEqual(FRAMES);
    expect(recording).toMatchObject({
      format: `JuPedSim SQLite, version ${version}`,
      frameRate: 10,
      people: 2,
      geometry: RINGS,
      doubts: [],
    });
  });

  it('lists frames with nobody at either end', async () => {
    const areas = [{ wkt: ROOM, frames: [-1, 0, 1, 2, 3] }];
    const recording = await openDatabase({ rows: ROWS, areas });
    expect(framesOf(recording)).toEqual([[-1, -100, []], ...FRAMES, [3, 300, []]]);
  });

  it('does not know a version or an area: the trajectories count', async () => {
    expect(await openDatabase({ version: null, rows: ROWS })).toMatchObject({ geometry: null, doubts: [], people: 2 });
  });

  it('keeps ids apart that no double can hold, and takes text', async () => {
    const ids = [9007199254740992n, 9007199254740993n, -9007199254740993n, 'north-2', 5] as const;
    const recording = await openDatabase({ rows: ids.map((id, i) => [0, id, i, 0] as const) });
    expect(framesOf(recording)).toEqual([[0, 0, ['0@0,0', '1@1,0', '2@2,0', '3@3,0', '4@4,0']]]);
  });

  it('leaves out rows without a place', async () => {
    const recording = await openDatabase({ rows: [...ROWS, [1, 4, null, 2]] });
    expect(framesOf(recording)).toEqual(FRAMES);
    expect(recording.doubts.map(({ code }) => code)).toEqual(['NO_PLACE']);
  });

  it('is told a frame rate that it has not', async () => {
    expect(await openDatabase({ fps: null, rows: ROWS }, { frameRate: 5 })).toMatchObject({ frameRate: 5 });
  });

  it('is told that it is in centimetres, its area included', async () => {
    const recording = await openDatabase(
      { rows: [[0, 1, 150, 200]], areas: [{ wkt: SMALL_ROOM, frames: [0] }] },
      { unit: 'cm' },
    );
    expect(framesOf(recording)).toEqual([[0, 0, ['0@1.5,2']]]);
    expect(recording.geometry).toEqual([
      [
        [0, 0],
        [0.05, 0],
        [0.05, 0.05],
      ],
    ]);
  });

  const areas: readonly [name: string, areas: TestDatabase['areas'], geometry: unknown, doubts: readonly string[]][] = [
    [
      'the first of several over time',
      [
        { wkt: SMALL_ROOM, frames: [2] },
        { wkt: ROOM, frames: [0, 1] },
      ],
      RINGS,
      ['GEOMETRY_CHANGES'],
    ],
    ['one that no frame names', [{ wkt: ROOM, frames: [] }], RINGS, []],
    ['several parts', [{ wkt: TWO_ROOMS, frames: [0] }], null, ['GEOMETRY_NOT_USED']],
    ['none', [{ wkt: 'GEOMETRYCOLLECTION EMPTY', frames: [0] }], null, ['GEOMETRY_NOT_USED']],
    ['nonsense', [{ wkt: 'somewhere', frames: [0] }], null, ['GEOMETRY_NOT_USED']],
    [
      'one that crosses itself',
      [{ wkt: 'POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))', frames: [0] }],
      null,
      ['GEOMETRY_NOT_USED'],
    ],
    ['one without an area', [{ wkt: 'POLYGON ((0 0, 1 1, 2 2, 0 0))', frames: [0] }], null, ['GEOMETRY_NOT_USED']],
  ];
  it.each(areas)('area: %s', async (_, list, geometry, doubts) => {
    const recording = await openDatabase({ rows: ROWS, ...(list && { areas: list }) });
    expect(recording.geometry).toEqual(geometry);
    expect(recording.doubts.map(({ code }) => code)).toEqual(doubts);
  });
});

describe('databases that are refused', () => {
  const cases: readonly [name: string, content: TestDatabase, code: string, says: RegExp][] = [
    ['no rows', {}, 'TRAJECTORY_EMPTY', /nobody/],
    ['a version to come', { version: 3, rows: ROWS }, 'TRAJECTORY_BAD_DATABASE', /of version 3; known are 1 and 2/],
    ['no frame rate', { fps: null, rows: ROWS }, 'TRAJECTORY_BAD_RATE', /no fps/],
    ['a frame rate in words', { fps: 'ten', rows: ROWS }, 'TRAJECTORY_BAD_RATE', /NaN frames/],
    [
      'half a frame',
      { rows: [[0.5, 1, 0, 0]] },
      'TRAJECTORY_BAD_DATABASE',
      /row 1 of trajectory_data has no whole number/,
    ],
    [
      'a frame in words',
      { rows: [['a', 1, 0, 0]] },
      'TRAJECTORY_BAD_DATABASE',
      /row 1 of trajectory_data has no whole number/,
    ],
    [
      'two places at once',
      { rows: [...ROWS, [0, 4, 1, 3]] },
      'TRAJECTORY_BAD_ROW',
      /row 4 of trajectory_data in .*: somebody is at two places in frame 0/,
    ],
  ];
  it.each(cases)('%s', async (_, content, code, says) => {
    const failure = await failureOf(openDatabase(content));
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(says);
  });

  const statements: readonly [name: string, sql: string, code: string, says: RegExp][] = [
    ['another database', 'CREATE TABLE birds (name TEXT)', 'TRAJECTORY_BAD_DATABASE', /no table trajectory_data/],
    [
      'other columns',
      'CREATE TABLE trajectory_data (frame, id, x, y)',
      'TRAJECTORY_BAD_DATABASE',
      /no column pos_x, pos_y/,
    ],
    ['no metadata', 'CREATE TABLE trajectory_data (frame, id, pos_x, pos_y)', 'TRAJECTORY_BAD_RATE', /no fps/],
    [
      'text for a place',
      "CREATE TABLE trajectory_data (frame, id, pos_x, pos_y); INSERT INTO trajectory_data VALUES (0, 1, 'here', 0); CREATE TABLE metadata (key, value); INSERT INTO metadata VALUES ('fps', 10)",
      'TRAJECTORY_BAD_DATABASE',
      /row 1 of trajectory_data has text for a position/,
    ],
  ];
  it.each(statements)('%s', async (_, sql, code, says) => {
    const path = newPath();
    using database = new DatabaseSync(path);
    database.exec(sql);
    const failure = await failureOf(openTrajectories(path));
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(says);
  });

  it('a database that is damaged', async () => {
    const path = await files.write('damaged.sqlite', `SQLite format 3\0${'x'.repeat(5000)}`);
    expect(await failureOf(openTrajectories(path))).toMatchObject({ code: 'TRAJECTORY_BAD_DATABASE' });
  });

  it('text under the name of a database is read as text', async () => {
    const path = await files.write('text.sqlite', '1 0 1 2\n');
    expect(await openTrajectories(path, { frameRate: 10 })).toMatchObject({ format: 'text' });
  });
});
