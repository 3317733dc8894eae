import { expect, test } from 'vitest';
import { siteSchema } from './site.ts';

const SQUARE = [
  [0, 0],
  [12, 0],
  [12, 9],
  [0, 9],
];
const POINTS = [
  { image: [0.1, 0.9], ground: [0, 0] },
  { image: [0.9, 0.9], ground: [12, 0] },
  { image: [0.7, 0.3], ground: [12, 9] },
  { image: [0.3, 0.3], ground: [0, 9] },
];
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const site = (more: object) => ({ site: { id: 'town', name: 'Town' }, ...more });
const camera = (more: object = {}) => ({ id: 'north', calibration: { points: POINTS }, ...more });

test('a small site is filled up with defaults', () => {
  expect(siteSchema.parse(site({}))).toEqual({
    site: { id: 'town', name: 'Town', timezone: 'UTC' },
    cameras: [],
    zones: [],
    gates: [],
    privacy: {
      minimumCount: 3,
      retention: { seconds: 48 * HOUR_MS, minutes: 400 * DAY_MS, quarterHours: Infinity, fields: 90 * DAY_MS },
    },
    analysis: {
      speedFrames: 5,
      gridM: 0.5,
      kernelM: 0.7,
      pressureRadiusM: 1,
      flowFrames: 150,
      passingDepthM: 1,
      levelOfService: 'walkway',
    },
    rules: [],
    notify: {},
  });
});

test('a cut-off that says no more than that is filled up too', () => {
  expect(siteSchema.parse(site({ analysis: { cutoff: {} } })).analysis.cutoff).toEqual({ radiusM: 0.8, segments: 3 });
});

test('a ring that names its first corner again is the same ring', () => {
  const closed = site({ walkable: [[...SQUARE, [0, 0]]], zones: [{ id: 'z', polygon: [...SQUARE, [0, 0]] }] });
  expect(siteSchema.parse(closed)).toEqual(
    siteSchema.parse(site({ walkable: [SQUARE], zones: [{ id: 'z', polygon: SQUARE }] })),
  );
});

test.each<[string, object, string]>([
  ['an unknown key', site({ colour: 'red' }), 'Unrecognized key: "colour"'],
  ['a source that is not understood', site({ cameras: [{ id: 'a', source: 'ftp://cam/1' }] }), 'rtsp, rtsps, http'],
  ['an unknown key of a camera', site({ cameras: [camera({ faces: true })] }), 'Unrecognized key: "faces"'],
  [
    'three calibration points',
    site({ cameras: [camera({ calibration: { points: POINTS.slice(1) } })] }),
    'at least four',
  ],
  [
    'a point outside the picture',
    site({
      cameras: [
        camera({
          masks: [
            [
              [0, 0],
              [2, 0],
              [0, 1],
            ],
          ],
        }),
      ],
    }),
    '<=1',
  ],
  ['a time zone that does not exist', { site: { id: 'a', name: 'A', timezone: 'Mars/Olympus' } }, 'Europe/Amsterdam'],
  [
    'a start without an offset from UTC',
    site({ cameras: [camera({ startTime: '2026-05-01T12:00:00' })] }),
    'ISO datetime',
  ],
  ['a name used twice', site({ cameras: [camera(), camera()] }), '"north" is used twice'],
  ['a recall without a precision', site({ cameras: [camera({ detection: { recall: 0.9 } })] }), 'expected number'],
  ['a camera that finds nobody', site({ cameras: [camera({ detection: { recall: 0, precision: 1 } })] }), '>0'],
  ['a recall in percent', site({ cameras: [camera({ detection: { recall: 93, precision: 1 } })] }), '<=1'],
  ['a zone named like the whole view', site({ zones: [{ id: 'view', polygon: SQUARE }] }), 'the whole view'],
  [
    'a self-crossing polygon',
    site({
      zones: [
        {
          id: 'z',
          polygon: [
            [0, 0],
            [2, 2],
            [2, 0],
            [0, 2],
          ],
        },
      ],
    }),
    'crosses or touches itself',
  ],
  [
    'a gate of zero length',
    site({
      gates: [
        {
          id: 'g',
          line: [
            [1, 1],
            [1, 1],
          ],
        },
      ],
    }),
    'the gate has no length',
  ],
  [
    'a zone in metres without calibration',
    site({ cameras: [{ id: 'north' }], zones: [{ id: 'z', polygon: SQUARE }] }),
    'no camera is calibrated',
  ],
  [
    'a gate of a camera that does not exist',
    site({
      cameras: [camera()],
      gates: [
        {
          id: 'g',
          camera: 'south',
          image: [
            [0, 0],
            [1, 1],
          ],
        },
      ],
    }),
    'no camera "south"',
  ],
  ['a walkable area of nothing', site({ walkable: [] }), '>=1'],
  ['a walkable area of a line', site({ walkable: [SQUARE.slice(2)] }), '>=3'],
  ['a speed over no frames', site({ analysis: { speedFrames: 0 } }), '>=1'],
  ['a speed over half a frame', site({ analysis: { speedFrames: 2.5 } }), 'int'],
  ['a cut-off of no radius', site({ analysis: { cutoff: { radiusM: 0 } } }), '>=0.01'],
  ['a grid of no size', site({ analysis: { gridM: 0 } }), '>0'],
  ['a table that Fruin did not make', site({ analysis: { levelOfService: 'stairs' } }), '"walkway"|"queue"'],
  ['a parameter that there is not', site({ analysis: { speedframes: 5 } }), 'Unrecognized key: "speedframes"'],
  ['a stretch behind a gate without depth', site({ gates: [{ id: 'g', line: SQUARE.slice(2), depthM: 0 }] }), '>0'],
])('refused: %s', (_, input, message) => {
  const result = siteSchema.safeParse(input);
  expect(result.success).toBe(false);
  expect(result.error?.issues.map((issue) => issue.message).join('; ')).toContain(message);
});

test.each<[string, object]>([
  ['what validate says', site({ cameras: [camera({ detection: { recall: 0.936, recallSe: 0.04, precision: 1 } })] })],
  ['metres on a calibrated camera', site({ cameras: [camera()], zones: [{ id: 'z', polygon: SQUARE }] })],
  ['a walkable area with a hole', site({ walkable: [SQUARE, SQUARE.map(([x = 0, y = 0]) => [x / 4 + 2, y / 4 + 2])] })],
  ['metres without any camera, for trajectories', site({ zones: [{ id: 'z', polygon: SQUARE }] })],
  [
    'a zone on an uncalibrated picture',
    site({
      cameras: [{ id: 'n' }],
      zones: [
        {
          id: 'z',
          camera: 'n',
          image: [
            [0, 0],
            [1, 0],
            [0, 1],
          ],
        },
      ],
    }),
  ],
])('accepted: %s', (_, input) => {
  expect(siteSchema.safeParse(input).success).toBe(true);
});

test.each([
  ['a rule', [{ id: 'full', when: 'occupancy(hall) > 450' }], {}, null],
  [
    'two of a name',
    [
      { id: 'a', when: 'x' },
      { id: 'a', when: 'y' },
    ],
    {},
    'used twice',
  ],
  ['nobody to tell', [{ id: 'a', when: 'x', notify: ['desk'] }], {}, 'nobody is called "desk"'],
  [
    'nobody to escalate to',
    [{ id: 'a', when: 'x', escalate: [{ after: '5min', notify: ['boss'] }] }],
    { desk: { webhook: 'https://desk.example' } },
    'nobody is called "boss"',
  ],
  ['a webhook that is none', [], { desk: { webhook: 'ftp://desk.example' } }, 'http'],
  ['a topic for many', [], { desk: { mqtt: 'mqtt://broker', topic: 'a/#' } }, 'no # and no +'],
  ['a secret that anybody guesses', [], { desk: { webhook: 'https://desk.example', secret: 'short' } }, '16'],
])('rules and those who are told: %s', (_, rules, notify, problem) => {
  const { success, data, error } = siteSchema.safeParse(site({ rules, notify }));
  const said = success ? JSON.stringify(data.rules) : JSON.stringify(error.issues).replaceAll('\\"', '"');
  expect([success, said]).toEqual([problem === null, expect.stringContaining(problem ?? '"blindAfter":30000')]);
});
