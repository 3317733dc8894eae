import { describe, expect, it } from 'vitest';
import { type Point, SITE_DEFAULTS, StarlingError, type ZoneSample } from '../../contract/index.ts';
import { measure, middle, rectangle, type Somebody, still, type Told } from './hall.fixture.ts';

const EMPTY = { occupancy: 0, densityPerM2: 0, speedMps: null, densityVoronoiPerM2: 0, speedVoronoiMps: null };

/** Greatest density of the profiles. */
const most = ({ summary }: Told): number =>
  Math.max(...(summary.map?.densityPerM2 ?? []).filter((density) => !Number.isNaN(density)));

describe('createTrajectoryMeter, when there is little to measure', () => {
  const table: readonly [what: string, people: readonly Somebody[], expected: Partial<ZoneSample>][] = [
    ['nobody', [], { ...EMPTY, densityVoronoiCutoffPerM2: 0, speedVoronoiCutoffMps: null }],
    // All of the hall's 40 m² is theirs, of which the zone has 4.
    [
      'one person',
      [[1, 5, 2]],
      { occupancy: 1, densityPerM2: 0.25, densityVoronoiPerM2: 0.025, densityVoronoiCutoffPerM2: 0.25, speedMps: 0 },
    ],
    // Half of it each, so that both halves of the zone have 2/20.
    [
      'two people',
      [
        [1, 4.5, 2],
        [2, 5.5, 2],
      ],
      { occupancy: 2, densityPerM2: 0.5, densityVoronoiPerM2: 0.05 },
    ],
    // A cell of k people: each has a k-th of it.
    [
      'three in one point',
      [
        [1, 5, 2],
        [2, 5, 2],
        [3, 5, 2],
      ],
      { occupancy: 3, densityVoronoiPerM2: 0.075 },
    ],
    // Delaunay knows no triangles here.
    [
      'three in a row',
      [
        [1, 2, 2],
        [2, 5, 2],
        [3, 8, 2],
      ],
      { occupancy: 1, densityVoronoiPerM2: 4 / 12 / 4 },
    ],
    ['on the wall', [[1, 5, 0]], { occupancy: 0, densityPerM2: 0, densityVoronoiPerM2: 0.025, speedVoronoiMps: 0 }],
    ['in the corner', [[1, 0, 0]], { occupancy: 0, densityVoronoiPerM2: 0.025 }],
    ['on the border of the zone', [[1, 4, 2]], { occupancy: 0, densityPerM2: 0, densityVoronoiPerM2: 0.025 }],
    ['outside the walkable area', [[1, 5, 5]], EMPTY],
    ['nowhere', [[1, Number.NaN, 2]], EMPTY],
    [
      'one of two nowhere',
      [
        [1, Number.NaN, 2],
        [2, 5, 2],
      ],
      { occupancy: 1, densityVoronoiPerM2: 0.025 },
    ],
    ['far away', [[1, 1e9, 1e9]], EMPTY],
  ];
  it.each(table)('%s', (_what, people, expected) => {
    for (const sample of middle(measure(still(people)))) {
      const { densityVoronoiPerM2, ...rest } = expected;
      expect(sample).toMatchObject(rest);
      expect(sample.densityVoronoiPerM2).toBeCloseTo(densityVoronoiPerM2 ?? Number.NaN, 12);
    }
  });

  it('has no speed where a trajectory is too short for one', () => {
    expect(middle(measure([[0, [[1, 5, 2]]]]))).toMatchObject([
      { occupancy: 1, speedMps: null, speedVoronoiMps: null },
    ]);
  });

  it('measures no frame at all', () => {
    const told = measure([]);
    expect(told.frames).toEqual([]);
    expect(told.zoneWindows).toEqual([]);
    expect(told.summary.zones['middle']).toMatchObject({ occupancy: null });
    expect(told.summary.map?.densityPerM2.every(Number.isNaN)).toBe(true);
  });

  it('counts whoever is outside the walkable area in the view, and says so', () => {
    const told = measure(
      still([
        [1, 5, 5],
        [2, 5, 2],
      ]),
    );
    expect(told.frames[0]?.zones[0]).toMatchObject({ zone: 'view', occupancy: 2 });
    expect(told.summary.doubts).toContainEqual(expect.objectContaining({ code: 'OUTSIDE_WALKABLE' }));
  });

  it('doubts a zone where nobody can be, and speeds that nobody has', () => {
    const told = measure(still([[1, 5, 2]], 2), {
      zones: [
        {
          id: 'in-centimetres',
          polygon: [
            [400, 100],
            [600, 100],
            [600, 300],
          ],
        },
      ],
    });
    expect(told.summary.doubts.map(({ code }) => code)).toEqual(['ZONE_OUTSIDE', 'SPEEDS_UNKNOWN']);
  });

  it('draws profiles of the room that people take up, where a cut-off says how much', () => {
    const one = still([[1, 5, 2]]);
    // A polygon of twelve corners has 3 r²; the hall has 40 m².
    expect(most(measure(one))).toBeCloseTo(1 / (3 * 0.8 ** 2), 6);
    expect(most(measure(one, { analysis: { ...SITE_DEFAULTS.analysis } }))).toBeCloseTo(1 / 40, 6);
  });

  it('says when nobody knows where people can walk', () => {
    const told = measure(still([[1, 5, 2]]), { walkable: null });
    expect(told.summary.unknowns).toContainEqual(expect.objectContaining({ code: 'WALKABLE_UNKNOWN' }));
    expect(told.frames[0]?.zones[0]).toMatchObject({ zone: 'view', occupancy: 1, densityPerM2: null });
    // The box is a metre larger than the bounds.
    expect(told.frames[0]?.zones[1]?.densityVoronoiPerM2).toBeCloseTo(1 / 72, 12);
  });

  it('leaves no figure that is not a number', () => {
    const told = measure(
      still([
        [1, 5, 2],
        [2, Number.NaN, 1],
        [3, 5, 2],
        [4, 20, 20],
      ]),
    );
    expect(JSON.stringify([told.frames, told.zoneWindows, told.gateWindows])).not.toMatch(/NaN|Infinity/);
    const values = told.frames.flatMap(({ zones }) => zones.flatMap((zone) => Object.values<unknown>({ ...zone })));
    for (const value of values) expect(value).not.toBeNaN();
  });
});

describe('createTrajectoryMeter, when the ground is none', () => {
  const table: readonly [what: string, walkable: readonly (readonly Point[])[], code: string][] = [
    ['a hole that covers it', [rectangle(0, 0, 10, 4), rectangle(0, 0, 10, 4)], 'GROUND_AREA'],
    ['a hole outside of it', [rectangle(0, 0, 10, 4), rectangle(20, 0, 21, 1)], 'GROUND_AREA'],
    [
      'no area',
      [
        [
          [0, 0],
          [10, 0],
          [5, 0],
        ],
      ],
      'GROUND_AREA',
    ],
    ['nothing', [], 'GROUND_AREA'],
    [
      'a ring that crosses itself',
      [
        [
          [0, 0],
          [10, 4],
          [10, 0],
          [0, 4],
        ],
      ],
      'GROUND_AREA',
    ],
  ];
  it.each(table)('refuses %s', (_what, walkable, code) => {
    expect(() => measure([], { walkable })).toThrow(
      expect.objectContaining({ name: 'StarlingError', code: expect.stringContaining(code) }),
    );
  });

  it('refuses a zone without area and a gate without length', () => {
    expect(() =>
      measure([], {
        zones: [
          {
            id: 'none',
            polygon: [
              [0, 0],
              [1, 1],
              [2, 2],
            ],
          },
        ],
      }),
    ).toThrow(StarlingError);
    expect(() =>
      measure([], {
        gates: [
          {
            id: 'none',
            line: [
              [1, 1],
              [1, 1],
            ],
          },
        ],
      }),
    ).toThrow(StarlingError);
  });
});
