import { chmod, mkdir, open, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf, framesOf, type TestFiles, testFiles } from './files.fixture.ts';
import { openTrajectories, type TrajectoryOptions } from './index.ts';

let files: TestFiles;
beforeAll(async () => {
  files = await testFiles();
});
afterAll(() => files[Symbol.asyncDispose]());

const RATE = '#framerate: 10\n';
const utf16 = (text: string): Uint8Array => Buffer.from(`\uFEFF${text}`, 'utf16le');
const NOISE = Uint8Array.from({ length: 4096 }, (_, i) => (i * 2_654_435_761) >>> 24);

describe('what is refused, and in which words', () => {
  const cases: readonly [
    name: string,
    content: string | Uint8Array,
    code: string,
    says: RegExp,
    options?: TrajectoryOptions,
  ][] = [
    ['nothing', '', 'TRAJECTORY_UNKNOWN_FORMAT', /it is empty/],
    ['only comments', '#framerate: 10\n# id frame x y\n\n', 'TRAJECTORY_EMPTY', /nobody/],
    ['only a header', 'id,frame,x,y\n', 'TRAJECTORY_EMPTY', /nobody/],
    ['nobody with a place', `${RATE}1 0 nan nan\n2 0 inf 1\n`, 'TRAJECTORY_EMPTY', /nobody/],
    ['bytes at random', NOISE, 'TRAJECTORY_UNKNOWN_FORMAT', /not text/],
    ['UTF-16', utf16('1 0 1 2\n'), 'TRAJECTORY_UNKNOWN_FORMAT', /UTF-16/],
    ['HDF5', Uint8Array.of(0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10), 'TRAJECTORY_UNKNOWN_FORMAT', /HDF5/],
    ['prose', 'the quick brown fox\n', 'TRAJECTORY_BAD_COLUMNS', /:1: there is no column for id among "the", "quick"/],
    ['too few columns', `${RATE}1 0 1\n1 1 1\n`, 'TRAJECTORY_BAD_ROW', /:2: the row has 3 fields, and should have 4/],
    ['a row cut short', `${RATE}1 0 1 2\n1 1 1\n1 2 1 2\n`, 'TRAJECTORY_BAD_ROW', /:3: the row has 3 fields/],
    ['text for a number', `${RATE}1 0 1 2\n1 1 abc 2\n1 2 1 2\n`, 'TRAJECTORY_BAD_ROW', /:3: "abc" is not a number/],
    ['hexadecimal', `${RATE}1 0 0x1 2\n1 1 1 2\n`, 'TRAJECTORY_BAD_ROW', /"0x1" is not a number/],
    ['a control character', `${RATE}1 0 1\u001B[2J 2\n`, 'TRAJECTORY_UNKNOWN_FORMAT', /not text/],
    [
      'a quote that is not closed',
      'id,frame,x,y,note\n1,0,1,2,"one\n1,1,1,2,two\n1,2,1,2,three\n',
      'TRAJECTORY_BAD_ROW',
      /:2: a quote is not closed/,
      { frameRate: 10 },
    ],
    [
      'a quote that is closed by the next one',
      'id,frame,x,y,note\n1,0,1,2,"one\n1,1,1,2,two\n1,2,1,2,"three"\n',
      'TRAJECTORY_BAD_ROW',
      /:2: a quote is not closed, or closed too soon/,
      { frameRate: 10 },
    ],
    [
      'text for a number, lines that end in CRLF',
      `${RATE.trim()}\r\n\r\n1 0 1 2\r\n# note\r\n1 1 1 abc\r\n`,
      'TRAJECTORY_BAD_ROW',
      /:5: "abc" is not a number/,
    ],
    [
      'one after a long beginning',
      `${RATE}${'1 0 1 2\n'.repeat(9000)}1 0 1\u001B[2J 2\n`,
      'TRAJECTORY_BAD_ROW',
      /:9002: "1\?\[2J"/,
    ],
    [
      'the same after the last number that is read',
      `${RATE}${'1 0 1 2\n'.repeat(9000)}1 0 1 2\u001B[2J\n1 1 1 2\n`,
      'TRAJECTORY_BAD_ROW',
      /:9002: "2\?\[2J"/,
    ],
    ['decimal commas', `${RATE}1 0 1,5 2,5\n`, 'TRAJECTORY_BAD_ROW', /:2: "1,5" has a decimal comma; write 1\.5/],
    ['the same with tabs', `${RATE}1\t0\t1,5\t2,5\t1,7\n`, 'TRAJECTORY_BAD_ROW', /decimal comma/],
    [
      'the same in CSV',
      'id;frame;x;y\n1;0;1,5;2,5\n',
      'TRAJECTORY_BAD_ROW',
      /:2: "1,5" has a decimal comma/,
      { frameRate: 10 },
    ],
    [
      'the same between commas',
      'id,frame,x,y\n1,0,1,5,2,5\n',
      'TRAJECTORY_BAD_ROW',
      /6 fields, and should have 4; a decimal comma/,
      { frameRate: 10 },
    ],
    ['half a frame', `${RATE}1 0.5 1 2\n`, 'TRAJECTORY_BAD_ROW', /:2: the frame 0\.5 is not a whole number/],
    ['no frame', `${RATE}1 nan 1 2\n`, 'TRAJECTORY_BAD_ROW', /the frame NaN/],
    ['no id', 'id,frame,x,y\n,0,1,2\n', 'TRAJECTORY_BAD_ROW', /:2: there is no id, but ""/, { frameRate: 10 }],
    [
      'two places at once',
      `${RATE}1 0 1 2\n2 0 1 2\n1 0 1 2.5\n`,
      'TRAJECTORY_BAD_ROW',
      /:4: somebody is at two places in frame 0, here and at .*:2/,
    ],
    ['CSV without names', '1,0,1,2\n', 'TRAJECTORY_BAD_COLUMNS', /no line names the columns/],
    [
      'no y',
      'id,frame,x,z\n1,0,1,2\n',
      'TRAJECTORY_BAD_COLUMNS',
      /:1: there is no column for y among "id", "frame", "x", "z"/,
    ],
    [
      'no frame and no time',
      '# hello\n\nid,x,y\n1,1,2\n',
      'TRAJECTORY_BAD_COLUMNS',
      /:3: there is no column for frame or time/,
    ],
    ['two columns for x', 'id,frame,x,pos_x,y\n1,0,1,1,2\n', 'TRAJECTORY_BAD_COLUMNS', /"x", "pos_x" could each be x/],
    ['two units', 'id,frame,x_m,y_cm\n1,0,1,1\n', 'TRAJECTORY_BAD_COLUMNS', /"x_m" and "y_cm" have different units/],
    ['seconds for metres', 'id,frame,x_s,y_s\n1,0,1,1\n', 'TRAJECTORY_BAD_COLUMNS', /not in metres or centimetres/],
    ['no frame rate', '1 0 1 2\n', 'TRAJECTORY_BAD_RATE', /the file does not say/],
    ['two frame rates', '#framerate: 16\n#fps: 25\n1 0 1 2\n', 'TRAJECTORY_BAD_RATE', /says 16 and 25/],
    ['a frame rate of 0', '#framerate: 0\n1 0 1 2\n', 'TRAJECTORY_BAD_RATE', /0 frames\/s is not from 0\.01 to 1000/],
    ['a negative one', '#framerate: -16\n1 0 1 2\n', 'TRAJECTORY_BAD_RATE', /-16 frames/],
    ['one with a comma', '#framerate: 16,5\n1 0 1 2\n', 'TRAJECTORY_BAD_RATE', /NaN frames/],
    ['an absurd one', '1 0 1 2\n', 'TRAJECTORY_BAD_RATE', /1000000 frames/, { frameRate: 1e6 }],
    ['told to be 0', RATE, 'TRAJECTORY_BAD_RATE', /0 frames/, { frameRate: 0 }],
    [
      'times that are not even',
      'id,t,x,y\n1,0,1,2\n1,0.1,1,2\n1,0.27,1,2\n1,0.31,1,2\n1,0.5,1,2\n',
      'TRAJECTORY_BAD_RATE',
      /not evenly spaced/,
    ],
    ['one time', 'id,t,x,y\n1,0,1,2\n', 'TRAJECTORY_BAD_RATE', /not evenly spaced/],
    [
      'times that do not fit the rate',
      'id,t,x,y\n1,0,1,2\n1,0.1,1,2\n1,0.2,1,2\n',
      'TRAJECTORY_BAD_RATE',
      /do not fit 16/,
      { frameRate: 16 },
    ],
    [
      'times that do not fit the frames',
      'id,frame,t,x,y\n1,0,0,1,2\n1,1,7,1,2\n1,2,0.2,1,2\n',
      'TRAJECTORY_BAD_RATE',
      /do not go together/,
    ],
    ['a time of day', 'id,time,x,y\n1,12:00:00,1,2\n', 'TRAJECTORY_BAD_ROW', /"12:00:00" is not a number/],
    ['no time', 'id,time,x,y\n1,,1,2\n', 'TRAJECTORY_BAD_ROW', /the time is missing/],
    [
      'centimetres that are not named',
      `${RATE}1 0 100 200\n1 1 220 200\n1 2 340 200\n`,
      'TRAJECTORY_UNIT_UNCLEAR',
      /at 1200 m\/s/,
    ],
    ['both units', `${RATE}# x and y in m, z in cm\n1 0 1 2\n`, 'TRAJECTORY_UNIT_UNCLEAR', /metres and of centimetres/],
    ['before the file', `${RATE}1 5 1 2\n`, 'TRAJECTORY_RANGE_EMPTY', /frames 5 to 5/, { toFrame: 4 }],
    ['after the file', `${RATE}1 5 1 2\n`, 'TRAJECTORY_RANGE_EMPTY', /frames 5 to 5/, { fromFrame: 6 }],
    [
      'a range the wrong way round',
      `${RATE}1 5 1 2\n1 9 1 2\n`,
      'TRAJECTORY_RANGE_EMPTY',
      /5 to 9/,
      { fromFrame: 8, toFrame: 6 },
    ],
    [
      'a frame number gone wild',
      `${RATE}1 0 1 2\n1 1 1 2\n1 4000000000 1 2\n`,
      'TRAJECTORY_TOO_LONG',
      /more than 20000000/,
    ],
    ['a day with nobody', `${RATE}1 0 1 2\n1 1 1 2\n1 900000 1 2\n`, 'TRAJECTORY_TOO_LONG', /from frame 2 on nobody/],
    ['a frame number beyond counting', `${RATE}1 1e300 1 2\n`, 'TRAJECTORY_BAD_ROW', /1e\+300 is not a whole number/],
  ];
  it.each(cases)('%s', async (_, content, code, says, options) => {
    const path = await files.write('bad.txt', content);
    const failure = await failureOf(openTrajectories(path, options));
    expect([failure.code, failure.exitCode]).toEqual([code, 3]);
    expect(failure.message).toMatch(says);
    expect(failure.message).toContain(path);
  });
});

const failureAt = (name: string) => failureOf(openTrajectories(join(files.folder, name)));

describe('files that cannot be read', () => {
  it('nothing there', async () => {
    expect(await failureAt('none.txt')).toMatchObject({ code: 'TRAJECTORY_NOT_FOUND' });
  });
  it('a folder', async () => {
    await mkdir(join(files.folder, 'folder.csv'));
    expect((await failureAt('folder.csv')).message).toMatch(/it is a folder/);
  });
  it('a link to itself', async () => {
    await symlink(join(files.folder, 'loop.txt'), join(files.folder, 'loop.txt'));
    expect((await failureAt('loop.txt')).message).toMatch(/leads back to itself/);
  });
  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('no permission', async () => {
    await chmod(await files.write('secret.txt', '1 0 1 2\n'), 0);
    expect(await failureAt('secret.txt')).toMatchObject({ code: 'TRAJECTORY_NOT_READABLE' });
  });
  it('more than 2 GB', async () => {
    // A hole on the disk: it takes up no room.
    await using file = await open(join(files.folder, 'huge.txt'), 'w');
    await file.truncate(3e9);
    expect(await failureAt('huge.txt')).toMatchObject({ code: 'TRAJECTORY_TOO_LARGE', message: /3\.0 GB/ });
  });
});

describe('what is left out, and said', () => {
  const cases: readonly [name: string, text: string, doubts: readonly string[], frames: unknown][] = [
    [
      'no number for a place',
      `${RATE}1 0 1 2\n1 1 nan 2\n2 1 1 -inf\n1 2 3 2\n`,
      ['NO_PLACE'],
      [
        [0, 0, ['0@1,2']],
        [1, 100, []],
        [2, 200, ['0@3,2']],
      ],
    ],
    [
      'nothing between two separators',
      `${RATE}id,frame,x,y\n1,0,1,2\n1,1,,\n`,
      ['NO_PLACE'],
      [
        [0, 0, ['0@1,2']],
        [1, 100, []],
      ],
    ],
    ['farther off than the Earth is round', `${RATE}1 0 1 2\n2 0 1e30 2\n`, ['NO_PLACE'], [[0, 0, ['0@1,2']]]],
    ['a row twice', `${RATE}1 0 1 2\n1 0 1 2\n`, ['REPEATED_ROWS'], [[0, 0, ['0@1,2']]]],
    ['a last row cut short', `${RATE}1 0 1 2\n1 1 1`, ['CUT_OFF'], [[0, 0, ['0@1,2']]]],
    ['cut within y, z is missing', `${RATE}1 0 1 2.5 1.7\n1 1 1 2`, ['CUT_OFF'], [[0, 0, ['0@1,2.5']]]],
    ['cut within a number', `${RATE}1 0 1 2\n1 1 1 -`, ['CUT_OFF'], [[0, 0, ['0@1,2']]]],
    [
      'cut within quotes, after all that is read',
      `${RATE}id,frame,x,y,note\n1,0,1,2,"a\nb"\n1,1,1,2,"c`,
      [],
      [
        [0, 0, ['0@1,2']],
        [1, 100, ['0@1,2']],
      ],
    ],
    [
      'a last row without an end is whole',
      `${RATE}1 0 1 2\n1 1 1 2.1`,
      [],
      [
        [0, 0, ['0@1,2']],
        [1, 100, ['0@1,2.1']],
      ],
    ],
    [
      'runners, in the unit of the file',
      `#framerate: 10\n# x/m\n1 0 0 0\n1 1 2 0\n`,
      ['SPEED_IMPLAUSIBLE'],
      expect.anything(),
    ],
    [
      'runners, one of whom is gone before',
      '#framerate: 10\n# x/m\n8 0 0 0\n9 0 0 0\n9 1 2 0\n',
      ['SPEED_IMPLAUSIBLE'],
      expect.anything(),
    ],
    ['a large place without a unit', `${RATE}1 0 0 0\n2 0 300 0\n`, ['UNIT_ASSUMED'], expect.anything()],
    ['fast people in a small place without a unit', `${RATE}1 0 0 0\n1 1 2 0\n`, ['UNIT_ASSUMED'], expect.anything()],
    [
      'every tenth frame number',
      `${RATE}${[5, 15, 25, 35, 45, 55, 65, 95].map((frame) => `1 ${frame} 1 2\n`).join('')}`,
      ['EVERY_NTH_FRAME'],
      [5, 15, 25, 35, 45, 55, 65, 75, 85, 95].map((frame) => [
        frame,
        100 * frame,
        frame === 75 || frame === 85 ? [] : ['0@1,2'],
      ]),
    ],
  ];
  it.each(cases)('%s', async (_, text, doubts, frames) => {
    const recording = await openTrajectories(await files.write('doubtful.txt', text));
    expect(recording.doubts.map(({ code }) => code)).toEqual(doubts);
    expect(framesOf(recording)).toEqual(frames);
  });

  it('counts what it leaves out', async () => {
    const path = await files.write('counted.txt', `${RATE}1 0 1 2\n1 1 nan 2\n2 1 1 nan\n`);
    const { doubts } = await openTrajectories(path);
    expect(doubts[0].message).toBe('2 rows were left out: they have no number for x or y.');
  });
});
