import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { framesOf, type TestFiles, testFiles } from './files.fixture.ts';
import { openTrajectories, type TrajectoryOptions } from './index.ts';

let files: TestFiles;
beforeAll(async () => {
  files = await testFiles();
});
afterAll(() => files[Symbol.asyncDispose]());

/** Two people: one in frames 0 to 2, one in frames 1 and 3. Frame rate 10. */
const EXPECTED = [
  [0, 0, ['0@1,2']],
  [1, 100, ['0@1.25,2', '1@-3,0.25']],
  [2, 200, ['0@1.5,2']],
  [3, 300, ['1@-3,0.5']],
];

describe('the same people in every way to write them', () => {
  const cases: readonly [name: string, text: string, format: string, options?: TrajectoryOptions][] = [
    [
      'text as JPSreport knows it',
      '#description: x\n#framerate: 10\n#ID: the agent ID\n#FR: the current frame\n#X,Y,Z: the agents coordinates (in metres)\n\n#ID\tFR\tX\tY\tZ\n1\t0\t1\t2\t0\n1\t1\t1.25\t2\t0\n1\t2\t1.5\t2\t0\n2\t1\t-3\t.25\t0\n2\t3\t-3\t.5\t0\n',
      'text',
    ],
    [
      'text of the archive, centimetres',
      '# PeTrack project: x.pet\n# framerate: 10.00 fps\n# id frame x/cm y/cm z/cm\n1 0 100 200 180\n1 1 125 200 180\n1 2 150 200 180\n2 1 -300 25 170\n2 3 -300 50 170\n',
      'text',
    ],
    [
      'centimetres in a sentence',
      '#framerate:10\n# coordinates in cm\n1 0 100 200\n1 1 125 200\n1 2 150 200\n2 1 -300 25\n2 3 -300 50\n',
      'text',
    ],
    [
      'text that says nothing, and is told',
      '1 0 100 200\n1 1 125 200\n1 2 150 200\n2 1 -300 25\n2 3 -300 50\n',
      'text',
      { frameRate: 10, unit: 'cm' },
    ],
    [
      'what is told goes before what the file says',
      '#framerate: 25\n# id frame x/m y/m\n1 0 100 200\n1 1 125 200\n1 2 150 200\n2 1 -300 25\n2 3 -300 50\n',
      'text',
      { frameRate: 10, unit: 'cm' },
    ],
    [
      'named columns in another order',
      '# framerate: 10\n# frame y x id\n0 2 1 1\n1 2 1.25 1\n2 2 1.5 1\n1 0.25 -3 2\n3 0.5 -3 2\n',
      'text',
    ],
    [
      'names without #',
      '# framerate: 10\nPersID Frame X Y Z\n1 0 1 2 0\n1 1 1.25 2 0\n1 2 1.5 2 0\n2 1 -3 0.25 0\n2 3 -3 0.5 0\n',
      'text',
    ],
    [
      'rows in any order, the first row says who comes first',
      '#framerate: 10\n1 2 1.5 2\n2 3 -3 0.5\n1 0 1 2\n2 1 -3 0.25\n1 1 1.25 2\n',
      'text',
    ],
    [
      'a byte order mark, CRLF, blanks, empty lines and comments between the rows',
      '\uFEFF#framerate: 10\r\n\r\n  1 0  1 2 \r\n1\t1 1.25\t2\r\n# half-time\r\n1 2 1.5 2\r\n\r\n2 1 -3 0.25\r\n2 3 -3 0.5',
      'text',
    ],
    ['lines that end in CR alone', '#framerate: 10\r1 0 1 2\r1 1 1.25 2\r1 2 1.5 2\r2 1 -3 0.25\r2 3 -3 0.5\r', 'text'],
    [
      'numbers with exponents and floats for frames',
      '#framerate: 1e1\n1 0.0 1e0 2\n1 1.0 125E-2 2\n1 2.0 +1.5 2\n2 1.0 -3 2.5e-1\n2 3.0 -3 0.500\n',
      'text',
    ],
    ['CSV', '# framerate: 10\nid,frame,x,y\n1,0,1,2\n1,1,1.25,2\n1,2,1.5,2\n2,1,-3,0.25\n2,3,-3,0.5\n', 'CSV'],
    [
      'CSV with semicolons, units in names, columns that are not read',
      'Frame;name;Agent ID;Pos X [cm];Pos Y [cm];speed\n0;"a;b";7;100;200;1\n1;"a ""c"" b";7;125;200;1\n2;;7;150;200;1\n1;x;9;-300;25;0\n3;x;9;-300;50;0\n',
      'CSV',
      { frameRate: 10 },
    ],
    [
      'CSV, everything in quotes, ids as text, a separator too many',
      '"person","frame","x_m","y_m"\n"b-2","0","1","2",\n"b-2","1","1.25","2",\n"b-2","2","1.5","2",\n"a-1","1","-3","0.25",\n"a-1","3","-3","0.5",\n',
      'CSV',
      { frameRate: 10 },
    ],
    [
      'CSV with tabs',
      '# fps: 10\nframe\tid\tx\ty\tnote\n0\t1\t1\t2\t\n1\t1\t1.25\t2\t\n2\t1\t1.5\t2\t\n1\t2\t-3\t0.25\tlate one\n3\t2\t-3\t0.5\t\n',
      'CSV',
    ],
    [
      'CSV named in a comment',
      '# framerate: 10\n# id, frame, x, y\n1,0,1,2\n1,1,1.25,2\n1,2,1.5,2\n2,1,-3,0.25\n2,3,-3,0.5\n',
      'CSV',
    ],
    [
      'times, evenly spaced, tell frames and rate',
      'id,time_s,x,y\n1,0,1,2\n1,0.1,1.25,2\n1,0.2,1.5,2\n2,0.1,-3,0.25\n2,0.3,-3,0.5\n',
      'CSV',
    ],
    ['times in ms', 'id,time [ms],x,y\n1,0,1,2\n1,100,1.25,2\n1,200,1.5,2\n2,100,-3,0.25\n2,300,-3,0.5\n', 'CSV'],
    [
      'times tell the rate of frames',
      'id,frame,timestamp,x,y\n1,0,1000.0,1,2\n1,1,1000.1,1.25,2\n1,2,1000.2,1.5,2\n2,1,1000.1,-3,0.25\n2,3,1000.3,-3,0.5\n',
      'CSV',
    ],
    [
      'ids of every kind are two people',
      '#framerate: 10\n-9007199254740993 0 1 2\n-9007199254740993 1 1.25 2\n-9007199254740993 2 1.5 2\n-9007199254740992 1 -3 .25\n-9007199254740992 3 -3 .5\n',
      'text',
    ],
  ];
  it.each(cases)('%s', async (_, text, format, options) => {
    const recording = await openTrajectories(await files.write('same.txt', text), options);
    expect(framesOf(recording)).toEqual(EXPECTED);
    expect(recording).toMatchObject({
      format,
      frameRate: 10,
      frameStep: 1,
      firstFrame: 0,
      lastFrame: 3,
      frames: 4,
      people: 2,
      geometry: null,
      bounds: { minXM: -3, minYM: 0.25, maxXM: 1.5, maxYM: 2 },
      doubts: [],
    });
  });
});

/** Where people are, frame by frame, whoever they are. */
const places = async (list: readonly { id: number; frame: number; x: number; y: number }[]): Promise<unknown> => {
  const text = list.map(({ id, frame, x, y }) => `${id} ${frame} ${x} ${y}\n`).join('');
  const recording = await openTrajectories(await files.write('shuffled.txt', text), { frameRate: 10, unit: 'm' });
  return Array.from(recording.positions(), ({ frame, count, x, y }) => [
    frame,
    Array.from({ length: count }, (_, i) => `${x[i]},${y[i]}`).toSorted(),
  ]);
};

describe('frames', () => {
  const cases: readonly [name: string, rows: string, options: TrajectoryOptions, expected: unknown][] = [
    ['one person, one row', '5 7 1 2', {}, [[7, 700, ['0@1,2']]]],
    [
      'nobody between two people',
      '1 1 0 0\n2 4 1 1\n',
      {},
      [
        [1, 100, ['0@0,0']],
        [2, 200, []],
        [3, 300, []],
        [4, 400, ['1@1,1']],
      ],
    ],
    [
      'somebody who comes back is the same',
      '1 0 0 0\n2 0 5 5\n2 1 5 5\n1 2 1 1\n',
      {},
      [
        [0, 0, ['0@0,0', '1@5,5']],
        [1, 100, ['1@5,5']],
        [2, 200, ['0@1,1']],
      ],
    ],
    [
      'before frame 0',
      '1 -2 0 0\n1 -1 0 1\n1 0 0 2\n',
      {},
      [
        [-2, -200, ['0@0,0']],
        [-1, -100, ['0@0,1']],
        [0, 0, ['0@0,2']],
      ],
    ],
    [
      'people in the order of their numbers, not of their rows',
      '8 0 0 0\n9 0 1 1\n9 1 1 1\n8 1 0 0\n',
      {},
      [
        [0, 0, ['0@0,0', '1@1,1']],
        [1, 100, ['0@0,0', '1@1,1']],
      ],
    ],
    [
      'ids of five digits and more',
      '65535 0 1 1\n65536 0 2 2\n70000 0 3 3\n',
      {},
      [[0, 0, ['0@1,1', '1@2,2', '2@3,3']]],
    ],
    [
      'a range, its people numbered anew',
      '1 0 0 0\n2 2 1 1\n3 3 2 2\n',
      { fromFrame: 1, toFrame: 2 },
      [
        [1, 100, []],
        [2, 200, ['0@1,1']],
      ],
    ],
    ['a range that goes beyond the file', '1 5 0 0\n', { fromFrame: 1, toFrame: 99 }, [[5, 500, ['0@0,0']]]],
    ['a range in a gap: nobody, which is known', '1 0 0 0\n1 9 0 0\n', { fromFrame: 4, toFrame: 4 }, [[4, 400, []]]],
    [
      'frame numbers as large as a clock',
      '1 1700000000000 0 0\n',
      {},
      [[1_700_000_000_000, 170_000_000_000_000, ['0@0,0']]],
    ],
  ];
  it.each(cases)('%s', async (_, rows, options, expected) => {
    const path = await files.write('frames.txt', rows);
    expect(framesOf(await openTrajectories(path, { frameRate: 10, ...options }))).toEqual(expected);
  });

  it('uses one object for all frames, and can be gone through again', async () => {
    const recording = await openTrajectories(await files.write('reuse.txt', '1 0 0 0\n1 1 1 1\n'), { frameRate: 10 });
    const [first, second] = [...recording.positions()];
    expect(first).toBe(second);
    expect(framesOf(recording)).toEqual(framesOf(recording));
  });

  it('says nothing of uncertainty, and of nobody but people', async () => {
    const recording = await openTrajectories(await files.write('plain.txt', '1 0 0 0\n'), { frameRate: 10 });
    for (const { classIndex, varianceXX, varianceXY, varianceYY } of recording.positions())
      expect([classIndex[0], varianceXX[0], varianceXY[0], varianceYY[0]]).toEqual([0, 0, 0, 0]);
  });

  it('is the same for any order of the rows, but for the numbers of people', async () => {
    const row = fc.record({ id: fc.nat(5), frame: fc.integer({ min: -3, max: 30 }), x: fc.nat(9), y: fc.nat(9) });
    const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 40, selector: ({ id, frame }) => `${id}/${frame}` });
    const shuffled = rows.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([list, other]) => {
        expect(await places(other)).toEqual(await places(list));
      }),
      { seed: 3, numRuns: 60 },
    );
  });
});
