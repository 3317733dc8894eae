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
const site = (more: object) => ({ site: { id: 'town', name: 'Town' }, ...more });
const camera = (more: object = {}) => ({ id: 'north', calibration: { points: POINTS }, ...more });

test('a small site is filled up with defaults', () => {
  expect(siteSchema.parse(site({}))).toEqual({
    site: { id: 'town', name: 'Town', timezone: 'UTC' },
    cameras: [],
    zones: [],
    gates: [],
    privacy: { minimumCount: 3 },
  });
});

test.each<[string, object, string]>([
  ['an unknown key', site({ colour: 'red' }), 'Unrecognized key: "colour"'],
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
])('refused: %s', (_, input, message) => {
  const result = siteSchema.safeParse(input);
  expect(result.success).toBe(false);
  expect(result.error?.issues.map((issue) => issue.message).join('; ')).toContain(message);
});

test.each<[string, object]>([
  ['metres on a calibrated camera', site({ cameras: [camera()], zones: [{ id: 'z', polygon: SQUARE }] })],
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
