import { describe, expect, it } from 'vitest';
import {
  createPlanarPoints,
  frameNumber,
  type Gate,
  type GateWindow,
  mediaTimeMs,
  type Point,
  type Zone,
  type ZoneWindow,
} from '../../contract/index.ts';
import { placeOnGround } from '../../ground/index.ts';
import { CEILING } from './ceiling.fixture.ts';
import { createMeter, type MeterOptions } from './meter.ts';

const RATE = 10;

const ZONES: Zone[] = [
  {
    id: 'west',
    polygon: [
      [0, 0],
      [8, 0],
      [8, 9],
      [0, 9],
    ],
  },
  {
    id: 'drawn',
    camera: 'ceiling',
    image: [
      [0.5, 0],
      [1, 0],
      [1, 1],
      [0.5, 1],
    ],
  },
  {
    id: 'elsewhere',
    camera: 'other',
    image: [
      [0.5, 0],
      [1, 0],
      [1, 1],
      [0.5, 1],
    ],
  },
];
/** Both stand across the middle and point up the plan, so that west is to their left: in is towards the west. */
const GATES: Gate[] = [
  {
    id: 'metres',
    line: [
      [8, 0],
      [8, 9],
    ],
  },
  {
    id: 'drawn',
    camera: 'ceiling',
    image: [
      [0.5, 1],
      [0.5, 0],
    ],
  },
  {
    id: 'elsewhere',
    camera: 'other',
    image: [
      [0.5, 1],
      [0.5, 0],
    ],
  },
];

/** Measures people who walk from one place to another, metres, in `frames` frames. */
const measure = (
  walks: readonly (readonly [from: Point, to: Point])[],
  frames: number,
  options: Partial<MeterOptions> = {},
) => {
  const zoneWindows: ZoneWindow[] = [];
  const gateWindows: GateWindow[] = [];
  const calibration = options.calibration === undefined ? CEILING : options.calibration;
  const meter = createMeter({
    zones: ZONES,
    gates: GATES,
    camera: 'ceiling',
    calibration,
    frameRate: RATE,
    onZoneWindow: (window) => zoneWindows.push(window),
    onGateWindow: (window) => gateWindows.push(window),
    ...options,
  });
  const feet = createPlanarPoints('image', 16);
  const positions = createPlanarPoints('ground', 16);
  const series: { view: number | null; metres: number }[] = [];
  for (let frame = 0; frame < frames; frame++) {
    feet.frame = frameNumber(frame + 1);
    feet.timeMs = mediaTimeMs((frame * 1000) / RATE);
    feet.count = walks.length;
    for (const [i, [[ax, ay], [bx, by]]] of walks.entries()) {
      const share = frame / (frames - 1);
      feet.id[i] = i;
      feet.x[i] = (ax + share * (bx - ax)) / 16;
      feet.y[i] = 1 - (ay + share * (by - ay)) / 9;
      feet.varianceXX[i] = 1e-6;
      feet.varianceYY[i] = 1e-6;
    }
    if (calibration) placeOnGround(calibration, feet, positions);
    const measured = meter.measure(feet, calibration && positions);
    series.push({ view: measured.zones[0]?.occupancy ?? null, metres: measured.gates[0]?.cumulative ?? 0 });
  }
  meter.finish();
  return { summary: meter.summary(), zoneWindows, gateWindows, series };
};

describe('createMeter', () => {
  // One walks west through the gates at 1 m/s, one stands in the west, for 10 s.
  const walks = [
    [
      [14, 3],
      [4, 3],
    ],
    [
      [2, 6],
      [2, 6],
    ],
  ] as const;
  const { summary, zoneWindows, gateWindows, series } = measure(walks, 101);

  it('measures the zones of this camera and the view', () => {
    expect(Object.keys(summary.zones)).toEqual(['view', 'west', 'drawn']);
    expect(summary.zones['view']?.occupancy).toMatchObject({ mean: 2, max: 2, p95: 2 });
    // 6 s in the drawn half, 4 s in the other.
    expect(summary.zones['drawn']?.occupancy?.mean).toBeCloseTo(0.6, 1);
    expect(summary.zones['west']?.occupancy?.mean).toBeCloseTo(1.4, 1);
    expect(summary.zones['west']).toMatchObject({ areaM2: expect.closeTo(72, 9), los: 'A' });
    expect(summary.zones['drawn']?.areaM2).toBeCloseTo(72, 6);
    expect(summary.zones['west']?.densityPerM2).toBeCloseTo((summary.zones['west']?.occupancy?.mean ?? 0) / 72, 9);
  });

  it('has an area for the view of a camera that looks down', () => {
    expect(summary.zones['view']?.areaM2).toBeCloseTo(144, 6);
    expect(summary.unknowns.map(({ code }) => code)).toEqual(['MINIMUM_COUNT']);
  });

  it('measures speed', () => {
    expect(summary.zones['drawn']?.speedMps).toBeCloseTo(1, 6);
    // The one who stands, and the other for 4 of 10 s.
    expect(summary.zones['west']?.speedMps).toBeGreaterThan(0.2);
    expect(summary.zones['west']?.speedMps).toBeLessThan(0.4);
    expect(summary.speeds?.counts.reduce((sum, count) => sum + count)).toBeGreaterThan(180);
  });

  it('counts at gates in metres and on the picture alike', () => {
    expect(Object.keys(summary.gates)).toEqual(['metres', 'drawn']);
    for (const gate of ['metres', 'drawn']) {
      expect(summary.gates[gate]).toMatchObject({ in: 1, out: 0, byClass: { person: { in: 1, out: 0 } } });
      expect(summary.gates[gate]?.widthM).toBeCloseTo(9, 6);
      expect(summary.gates[gate]?.specificFlowPerMS).toBeCloseTo(1 / 10.1 / 9, 6);
    }
    expect(series.map(({ metres }) => metres).toSorted((a, b) => a - b)).toEqual(series.map(({ metres }) => metres));
    expect(series.at(-1)?.metres).toBe(1);
  });

  it('tells windows that add up to the whole', () => {
    const short = measure(walks, 101, { windowS: 3 });
    const west = short.zoneWindows.filter(({ zone }) => zone === 'west');
    expect(west.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 3000],
      [3000, 6000],
      [6000, 9000],
      [9000, 10_100],
    ]);
    expect(west.map(({ health, coverage }) => [health.state, Math.round(coverage * 1e6) / 1e6])).toEqual(
      west.map(() => ['ok', 1]),
    );
    const crossed = short.gateWindows.filter(({ gate }) => gate === 'metres').map((window) => window.in.value);
    expect(crossed.reduce<number>((sum, value) => sum + (value ?? 0), 0)).toBe(1);
    expect(zoneWindows).toHaveLength(3);
    expect(gateWindows).toHaveLength(2);
    expect(gateWindows[0]?.flowPerS.value).toBeCloseTo(1 / 10.1, 9);
  });

  it('marks a window that was not measured as unknown, not as empty', () => {
    const windows: ZoneWindow[] = [];
    const gates: GateWindow[] = [];
    const meter = createMeter({
      zones: [],
      gates: GATES,
      camera: 'ceiling',
      calibration: null,
      frameRate: 1,
      windowS: 10,
      onZoneWindow: (window) => windows.push(window),
      onGateWindow: (window) => gates.push(window),
    });
    const feet = createPlanarPoints('image', 1);
    for (const second of [0, 1, 2, 3, 4, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39]) {
      feet.timeMs = mediaTimeMs(second * 1000);
      meter.measure(feet, null);
    }
    meter.finish();
    expect(windows.map(({ health, occupancyMean, coverage }) => [health.state, occupancyMean.value, coverage])).toEqual(
      [
        ['degraded', 0, 0.5],
        ['unknown', null, 0],
        ['ok', 0, 1],
      ],
    );
    expect(gates.map((window) => window.in.value)).toEqual([0, null, 0]);
    expect(gates[1]?.flowPerS).toEqual({ value: null, standardError: null });
  });

  it('has counts and nothing in metres without calibration', () => {
    const plain = measure(walks, 101, { calibration: null });
    expect(Object.keys(plain.summary.zones)).toEqual(['view', 'drawn']);
    expect(Object.keys(plain.summary.zones['drawn'] ?? {})).toEqual(['occupancy']);
    expect(Object.keys(plain.summary.gates)).toEqual(['drawn']);
    expect(plain.summary.gates['drawn']).toMatchObject({ in: 1, out: 0 });
    expect(plain.summary.gates['drawn']?.widthM).toBeUndefined();
    expect([plain.summary.map, plain.summary.speeds]).toEqual([null, null]);
    expect(plain.summary.unknowns.map(({ code }) => code)).toEqual(['UNCALIBRATED']);
  });

  it('takes only what it sees of a zone that reaches out of the picture', () => {
    const zones: Zone[] = [
      {
        id: 'wide',
        polygon: [
          [8, 0],
          [32, 0],
          [32, 9],
          [8, 9],
        ],
      },
    ];
    const { summary: wide } = measure(walks, 11, { zones });
    expect(wide.zones['wide']?.areaM2).toBeCloseTo(72, 1);
    expect(wide.unknowns.map(({ code }) => code)).toEqual(['PARTLY_OUT_OF_VIEW', 'MINIMUM_COUNT']);
  });

  it('knows no density for a zone that is out of the picture', () => {
    const zones: Zone[] = [
      {
        id: 'away',
        polygon: [
          [50, 0],
          [60, 0],
          [60, 9],
        ],
      },
    ];
    const { summary: away } = measure(walks, 11, { zones });
    expect(away.zones['away']?.densityPerM2).toBeUndefined();
    expect(away.unknowns.map(({ code }) => code)).toEqual(['NOT_SEEN', 'MINIMUM_COUNT']);
  });

  it('has nothing to say before the first frame', () => {
    const { summary: nothing, zoneWindows: none } = measure([], 0);
    expect(nothing.zones['view']?.occupancy).toBeNull();
    expect(nothing.gates['metres']).toMatchObject({ in: null, out: null, standardError: null, byClass: {} });
    expect(none).toEqual([]);
  });

  it('lets no track id out', () => {
    const text = JSON.stringify(
      measure(
        [
          [
            [14, 3],
            [4, 3],
          ],
        ],
        50,
      ).summary.gates,
    );
    expect(text).not.toMatch(/"id"|track/);
  });
});
