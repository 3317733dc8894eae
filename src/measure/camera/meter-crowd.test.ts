/** The crowd as a camera's meter tells of it: the same people as everywhere, the same clock, the same crossings. */
import { describe, expect, it } from 'vitest';
import {
  createPlanarPoints,
  frameNumber,
  type GateWindow,
  mediaTimeMs,
  type ZoneWindow,
} from '../../contract/index.ts';
import { placeOnGround } from '../../ground/index.ts';
import { CEILING } from './ceiling.fixture.ts';
import { createMeter, type MeterOptions } from './meter.ts';
import type { MeterSummary } from '../window/meter-summary.ts';

/** Somebody on the ground, m. */
type Somebody = readonly [id: number, x: number, y: number];
type Frame = readonly [timeMs: number, people: readonly Somebody[]];

interface Told {
  readonly zones: readonly ZoneWindow[];
  readonly gates: readonly GateWindow[];
  readonly summary: MeterSummary;
}

const measure = (frames: readonly Frame[], options: Partial<MeterOptions>): Told => {
  const zones: ZoneWindow[] = [];
  const gates: GateWindow[] = [];
  const meter = createMeter({
    zones: [],
    gates: [],
    camera: 'ceiling',
    calibration: CEILING,
    frameRate: 10,
    minimumCount: 1,
    onZoneWindow: (window) => zones.push(window),
    onGateWindow: (window) => gates.push(window),
    ...options,
  });
  const feet = createPlanarPoints('image', 16);
  const positions = createPlanarPoints('ground', 16);
  for (const [i, [timeMs, people]] of frames.entries()) {
    feet.frame = frameNumber(i + 1);
    feet.timeMs = mediaTimeMs(timeMs);
    feet.count = people.length;
    for (const [k, [id, x, y]] of people.entries()) {
      feet.id[k] = id;
      feet.x[k] = x / 16;
      feet.y[k] = 1 - y / 9;
      feet.varianceXX[k] = 1e-7;
      feet.varianceYY[k] = 1e-7;
    }
    placeOnGround(CEILING, feet, positions);
    meter.measure(feet, positions);
  }
  meter.finish();
  return { zones, gates, summary: meter.summary() };
};

const every = (frames: number, people: (frame: number) => readonly Somebody[]): Frame[] =>
  Array.from({ length: frames }, (_, frame) => [frame * 100, people(frame)]);

const WEST = {
  id: 'west',
  polygon: [
    [0, 0],
    [8, 0],
    [8, 9],
    [0, 9],
  ],
} satisfies MeterOptions['zones'][number];

/** Time at all levels together, s. */
const sum = (levels: object): number => Object.values<number>({ ...levels }).reduce((total, s) => total + s, 0);

describe('the crowd of a camera', () => {
  it('is of those who are counted: not of those under a mask', () => {
    // The left quarter of the picture is masked, half of the zone; two of the three stand there.
    const standing: Somebody[] = [
      [1, 2, 3],
      [2, 2, 6],
      [3, 6, 4.5],
    ];
    const { zones } = measure(
      every(100, () => standing),
      {
        zones: [WEST],
        masks: [
          [
            [0, 0],
            [0.25, 0],
            [0.25, 1],
            [0, 1],
          ],
        ],
      },
    );
    const west = zones.find(({ zone }) => zone === 'west');
    expect(west?.occupancyMean.value).toBe(1);
    // Who stands is queueing, once there is a speed.
    expect(west?.crowd?.queueLength.value).toBeLessThanOrEqual(1);
    expect(west?.crowd?.queueLength.value).toBeGreaterThan(0.5);
    expect(west?.crowd?.timeInLevelsS.A).toBeCloseTo(10, 6);
  });

  it('is of those whose feet are in a zone drawn on the picture', () => {
    const drawn = {
      id: 'drawn',
      camera: 'ceiling',
      image: [
        [0, 0],
        [0.5, 0],
        [0.5, 1],
        [0, 1],
      ],
    } satisfies MeterOptions['zones'][number];
    const { zones } = measure(
      every(100, () => [
        [1, 12, 3],
        [2, 6, 6],
      ]),
      { zones: [drawn] },
    );
    const crowd = zones.find(({ zone }) => zone === 'drawn')?.crowd;
    expect(crowd?.queueLength.value).toBeGreaterThan(0.5);
    expect(crowd?.queueLength.value).toBeLessThanOrEqual(1);
  });

  it('of the whole view is on the ground that is seen and walked on', () => {
    const walkable = [
      [
        [2, 2],
        [6, 2],
        [6, 6],
        [2, 6],
      ],
    ] satisfies MeterOptions['walkable'];
    const { summary } = measure(
      every(50, () => [
        [1, 3, 3],
        [2, 5, 5],
      ]),
      { walkable },
    );
    expect(summary.zones['view']?.densityVoronoiPerM2).toBeCloseTo(2 / 16, 6);
  });

  it('is at its levels for as long as was measured, holes left out', () => {
    // Half a second of frames, 0.7 s without, over and over.
    const times = Array.from({ length: 50 }, (_, burst) =>
      Array.from({ length: 5 }, (__, i) => 1200 * burst + 100 * i),
    );
    const frames = times.flat().map(
      (timeMs): Frame => [
        timeMs,
        [
          [1, 4, 4],
          [2, 5, 5],
        ],
      ],
    );
    const { zones, summary } = measure(frames, { zones: [WEST] });
    expect(summary.measuredS).toBeLessThan(30);
    expect(sum(summary.zones['west']?.timeInLevelsS ?? {})).toBeCloseTo(summary.measuredS, 6);
    expect(zones.find(({ zone }) => zone === 'west')?.coverage).toBeLessThan(0.5);
  });

  it('has no headway over a hole', () => {
    // Somebody crosses every two seconds; for half a minute nothing is seen.
    const frames = every(900, (frame) => {
      const ids = Array.from({ length: 6 }, (_, i) => Math.floor(frame / 20) - i);
      return ids.map((id): Somebody => [id + 100, 3 + (frame - 20 * id) / 10, 4.5]);
    }).filter(([timeMs]) => timeMs < 30_000 || timeMs >= 60_000);
    const { gates } = measure(frames, {
      gates: [
        {
          id: 'line',
          line: [
            [8, 0],
            [8, 9],
          ],
        },
      ],
      windowS: 90,
    });
    expect(gates[0]?.headwayS.value).toBeCloseTo(2, 1);
    expect(gates[0]?.headwayS.standardError).toBeLessThan(0.1);
  });

  const GATES: MeterOptions['gates'] = [
    {
      id: 'a',
      line: [
        [4, 0],
        [4, 9],
      ],
    },
    {
      id: 'b',
      camera: 'ceiling',
      image: [
        [0.5, 1],
        [0.5, 0],
      ],
    },
  ];

  it('goes from gate to gate, on the ground and on the picture', () => {
    const { summary } = measure(
      every(120, (frame) => [[7, 1 + frame / 10, 4.5]]),
      { gates: GATES },
    );
    expect(summary.originDestination).toEqual([{ from: 'a', to: 'b', people: 1 }]);
    const alone = measure(
      every(120, (frame) => [[7, 1 + frame / 10, 4.5]]),
      { gates: GATES, minimumCount: 2 },
    );
    expect(alone.summary.originDestination).toEqual([]);
  });

  it('goes nowhere by trembling on a gate', () => {
    const { summary } = measure(
      every(200, (frame) => [[7, Math.min(1 + frame / 10, 8) + 0.003 * (-1) ** frame, 4.5]]),
      { gates: GATES },
    );
    expect(summary.gates).toMatchObject({ a: { out: 1 }, b: { in: 0, out: 0 } });
    expect(summary.originDestination).toEqual([]);
  });
});
