/** What a camera does not see is unknown, and not empty. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createPlanarPoints,
  type FrameMeasurement,
  frameNumber,
  type Gate,
  type GateWindow,
  mediaTimeMs,
  type Point,
  type Zone,
  type ZoneWindow,
} from '../../contract/index.ts';
import { calibrate, type GroundCalibration, groundToImage, placeOnGround } from '../../ground/index.ts';
import { createMeter, type MeterOptions } from './meter.ts';
import type { MeterSummary } from '../window/meter-summary.ts';

const HD = { widthPx: 1600, heightPx: 900 };

/** A ceiling camera that sees 16 × 9 m, straight down, its corner at `origin`. */
const ceilingAt = ([x, y]: Point = [0, 0]): GroundCalibration =>
  calibrate(
    {
      points: [
        { image: [0, 1], ground: [x, y] },
        { image: [1, 1], ground: [x + 16, y] },
        { image: [1, 0], ground: [x + 16, y + 9] },
        { image: [0, 0], ground: [x, y + 9] },
      ],
    },
    HD,
  );
const CEILING = ceilingAt();

/** Low enough for the horizon to be in the picture, radians below the horizontal. */
const TILT = 0.35;

/** Where a camera 6 m up, tilted down, looking along y from `origin`, sees a place relative to it. */
const tilted = ([x, y]: Point): [number, number] => {
  const depth = y * Math.cos(TILT) + 6 * Math.sin(TILT);
  const halfDiagonal = Math.hypot(HD.widthPx, HD.heightPx) / 2;
  const down = 6 * Math.cos(TILT) - y * Math.sin(TILT);
  return [(1.1 * x * halfDiagonal) / depth / HD.widthPx + 0.5, (1.1 * down * halfDiagonal) / depth / HD.heightPx + 0.5];
};
const SPREAD: readonly Point[] = [
  [-3, 7],
  [3, 7],
  [4.3, 17.5],
  [-5, 18],
  [0.2, 9],
  [-2, 13.1],
];
const lampPostAt = ([ox, oy]: Point): GroundCalibration =>
  calibrate(
    { points: SPREAD.map(([x, y]) => ({ image: tilted([x, y]), ground: [x + ox, y + oy] as [number, number] })) },
    HD,
  );

const box = (left: number, bottom: number, right: number, top: number): [number, number][] => [
  [left, bottom],
  [right, bottom],
  [right, top],
  [left, top],
];

/** Measures people who stand still, fractions of the picture, ten times a second. */
const measure = (people: readonly Point[], options: Partial<MeterOptions>, frames = 100) => {
  const zones: ZoneWindow[] = [];
  const gates: GateWindow[] = [];
  const { calibration = CEILING } = options;
  const meter = createMeter({
    zones: [],
    gates: [],
    camera: 'one',
    calibration,
    frameRate: 10,
    onZoneWindow: (window) => zones.push(window),
    onGateWindow: (window) => gates.push(window),
    ...options,
  });
  const feet = createPlanarPoints('image', 16);
  const positions = createPlanarPoints('ground', 16);
  let last: FrameMeasurement | null = null;
  for (let frame = 0; frame < frames; frame++) {
    feet.frame = frameNumber(frame + 1);
    feet.timeMs = mediaTimeMs(frame * 100);
    feet.count = people.length;
    for (const [i, [x, y]] of people.entries()) {
      feet.id[i] = i;
      // A sway of a few thousandths, so that there is a speed and a scatter.
      feet.x[i] = x + 0.002 * Math.sin(frame / 3 + i) + 0.0004 * Math.sin(7 * frame + i);
      feet.y[i] = y + 0.0003 * Math.sin(5 * frame + 2 * i);
      feet.varianceXX[i] = 1e-6;
      feet.varianceYY[i] = 1e-6;
    }
    if (calibration) placeOnGround(calibration, feet, positions);
    last = meter.measure(feet, calibration && positions);
  }
  meter.finish();
  return { summary: meter.summary(), zones, gates, last };
};

const codes = ({ unknowns }: MeterSummary): string[] => unknowns.map(({ code }) => code);
const zoneOf = (zones: readonly ZoneWindow[], id: string) => zones.find(({ zone }) => zone === id);

const ground = (id: string, polygon: [number, number][]): Zone => ({ id, polygon });
const drawn = (id: string, image: [number, number][]): Zone => ({ id, camera: 'one', image });
const groundLine = (id: string, a: [number, number], b: [number, number]): Gate => ({ id, line: [a, b] });
const drawnLine = (id: string, a: [number, number], b: [number, number]): Gate => ({
  id,
  camera: 'one',
  image: [a, b],
});

/** People on the map; −1 without a map. */
const peopleOn = ({ map }: MeterSummary): number =>
  map ? map.densityPerM2.reduce((sum, density) => sum + (Number.isNaN(density) ? 0 : density * map.cellM ** 2), 0) : -1;

/** Every number of a summary, by name. */
const figures = ({ zones, gates }: MeterSummary): (readonly [string, number])[] => [
  ...Object.entries(zones).flatMap(([id, zone]) =>
    Object.entries(zone).flatMap(([key, value]) =>
      typeof value === 'number' ? [[`${id} ${key}`, value] as const] : [],
    ),
  ),
  ...Object.entries(gates).flatMap(([id, { widthM }]) => (widthM === undefined ? [] : [[id, widthM] as const])),
];

const RIGHT_HALF = [box(0.5, 0, 1, 1)];
const ALL = [box(0, 0, 1, 1)];

describe('what is not seen at all', () => {
  const cases: readonly [what: string, options: Partial<MeterOptions>][] = [
    ['out of the picture', { zones: [ground('it', box(50, 0, 60, 9))], gates: [groundLine('it', [50, 0], [50, 9])] }],
    [
      'behind the camera',
      {
        calibration: lampPostAt([0, 0]),
        zones: [ground('it', box(-3, -40, 3, -30))],
        gates: [groundLine('it', [-3, -30], [3, -30])],
      },
    ],
    [
      'in the picture, but too far away for a position',
      {
        calibration: lampPostAt([0, 0]),
        zones: [ground('it', box(-20, 400, 20, 500))],
        gates: [groundLine('it', [-20, 400], [20, 400])],
      },
    ],
    [
      'masked, in metres',
      {
        masks: RIGHT_HALF,
        zones: [ground('it', box(9, 1, 15, 8))],
        gates: [groundLine('it', [12, 1], [12, 8])],
      },
    ],
    [
      'masked, on the picture',
      { masks: RIGHT_HALF, zones: [drawn('it', box(0.6, 0.2, 1, 1))], gates: [drawnLine('it', [1, 0], [1, 1])] },
    ],
    [
      'masked, without calibration',
      {
        calibration: null,
        masks: RIGHT_HALF,
        zones: [drawn('it', box(0.6, 0.2, 0.9, 0.8))],
        gates: [drawnLine('it', [0.7, 0], [0.7, 1])],
      },
    ],
  ];

  it.each(cases)('is unknown: %s', (_what, options) => {
    const { summary, zones, gates, last } = measure([[0.25, 0.5]], options);
    expect(summary.zones['it']).toEqual({ occupancy: null });
    expect(summary.gates['it']).toEqual({ in: null, out: null, standardError: null, byClass: {} });
    expect(codes(summary).filter((code) => code === 'NOT_SEEN')).toHaveLength(2);
    const unknown = { value: null, standardError: null };
    expect(zoneOf(zones, 'it')).toMatchObject({
      occupancyMean: unknown,
      occupancyMax: null,
      occupancyP95: null,
      densityPerM2: unknown,
      speedMps: unknown,
      health: { state: 'unknown', reasons: [{ code: 'NOT_SEEN' }] },
    });
    expect(gates[0]).toMatchObject({
      in: unknown,
      out: unknown,
      flowPerS: unknown,
      specificFlowPerMS: unknown,
      health: { state: 'unknown', reasons: [{ code: 'NOT_SEEN' }] },
    });
    expect(last?.zones[1]).toMatchObject({ occupancy: null, densityPerM2: null, speedMps: null });
    expect(last?.gates[0]).toMatchObject({ in: null, out: null, cumulative: null });
  });

  it('has a distant zone whose corners are in the picture, so that the limit of 5 m is what hides it', () => {
    for (const corner of box(-20, 400, 20, 500)) {
      const image = groundToImage(lampPostAt([0, 0]), corner);
      expect(image?.every((part) => part > 0 && part < 1)).toBe(true);
    }
  });

  it('is the view too, when all of it is masked', () => {
    const { summary, zones } = measure([[0.25, 0.5]], { masks: ALL });
    expect(summary.zones['view']).toEqual({ occupancy: null });
    expect(zoneOf(zones, 'view')?.health.state).toBe('unknown');
    expect(summary.map?.densityPerM2.every(Number.isNaN)).toBe(true);
    expect(codes(summary)).toContain('NOT_SEEN');
  });
});

describe('what is seen in part', () => {
  it('is measured in that part, and says so', () => {
    const { summary, zones, gates } = measure([[0.25, 0.5]], {
      zones: [ground('wide', box(8, 0, 32, 9)), ground('whole', box(1, 1, 15, 8))],
      gates: [groundLine('wide', [8, 4], [32, 4]), groundLine('whole', [1, 4], [15, 4])],
    });
    expect(summary.zones['wide']?.areaM2).toBeCloseTo(72, 6);
    expect(summary.zones['whole']?.areaM2).toBeCloseTo(98, 9);
    expect(summary.gates['wide']?.widthM).toBeCloseTo(8, 1);
    expect(summary.gates['whole']?.widthM).toBe(14);
    expect(codes(summary).filter((code) => code === 'PARTLY_OUT_OF_VIEW')).toHaveLength(2);
    const reasons = [{ code: 'PARTLY_OUT_OF_VIEW', message: expect.stringContaining('67 %') }];
    expect(zoneOf(zones, 'wide')?.health).toEqual({ state: 'degraded', reasons });
    expect(gates[0]?.health).toEqual({ state: 'degraded', reasons });
    expect([zoneOf(zones, 'whole')?.health.state, gates[1]?.health.state]).toEqual(['ok', 'ok']);
  });

  it('is smaller by what is masked', () => {
    const { summary } = measure([[0.25, 0.5]], {
      masks: RIGHT_HALF,
      minimumCount: 0,
      zones: [ground('metres', box(4, 0, 12, 9)), drawn('drawn', box(0.25, 0, 0.75, 1))],
      gates: [groundLine('metres', [4, 4], [12, 4]), drawnLine('drawn', [0.25, 0.5], [0.75, 0.5])],
    });
    for (const id of ['metres', 'drawn']) {
      expect(summary.zones[id]?.areaM2).toBeCloseTo(36, 3);
      expect(summary.gates[id]?.widthM).toBeCloseTo(4, 2);
    }
    expect(summary.zones['view']?.areaM2).toBeCloseTo(72, 3);
    expect(codes(summary).filter((code) => code === 'PARTLY_OUT_OF_VIEW')).toHaveLength(4);
    // The map knows the left half: 16 of 32 columns of cells.
    const known = summary.map?.densityPerM2.filter((density) => !Number.isNaN(density)).length;
    expect((known ?? 0) / (summary.map?.densityPerM2.length ?? 1)).toBeCloseTo(0.5, 2);
  });

  it('counts nobody in the part that is not in its area', () => {
    const { summary } = measure(
      [
        [0.3, 0.5],
        [0.7, 0.5],
      ],
      {
        masks: RIGHT_HALF,
        zones: [ground('metres', box(4, 0, 12, 9)), drawn('drawn', box(0.25, 0, 0.75, 1))],
      },
    );
    for (const id of ['metres', 'drawn']) {
      expect(summary.zones[id]?.occupancy).toMatchObject({ mean: 1, max: 1 });
      expect(summary.zones[id]?.densityPerM2).toBeCloseTo(1 / 36, 6);
    }
  });

  it('weighs what is masked of a zone on the picture by its ground', () => {
    // The upper half of the drawn zone is further away, and so more than half of its ground.
    const calibration = lampPostAt([0, 0]);
    const zones = [drawn('it', box(0.3, 0.4, 0.7, 0.8))];
    const whole = measure([], { calibration, zones }, 1).summary.zones['it']?.areaM2 ?? 0;
    const lower = measure([], { calibration, zones: [drawn('it', box(0.3, 0.6, 0.7, 0.8))] }, 1);
    const masked = measure([], { calibration, zones, masks: [box(0, 0, 1, 0.6)] }, 1).summary.zones['it']?.areaM2 ?? 0;
    const expected = lower.summary.zones['it']?.areaM2 ?? 0;
    expect(Math.abs(masked - expected) / expected).toBeLessThan(0.05);
    expect(masked).toBeLessThan(0.45 * whole);
  });
});

describe('minimum count', () => {
  const lone: Point[] = [[0.25, 0.5]];
  const three: Point[] = [...lone, [0.5, 0.5], [0.75, 0.5]];

  it('draws nobody alone', () => {
    const { summary } = measure(lone, {});
    expect(summary.map?.densityPerM2.every(Number.isNaN)).toBe(true);
    expect(summary.map?.speedMps.every(Number.isNaN)).toBe(true);
    expect(summary.unknowns.at(-1)).toEqual({
      code: 'MINIMUM_COUNT',
      message:
        'Frames with fewer than 3 people in view are left out of the density map, so that nobody is drawn alone.',
    });
  });

  it('draws as many as it asks for', () => {
    expect(peopleOn(measure(three, {}).summary)).toBeCloseTo(3, 9);
    expect(codes(measure(three, {}).summary)).toEqual([]);
    expect(peopleOn(measure(lone, { minimumCount: 1 }).summary)).toBeCloseTo(1, 9);
  });
});

describe('measured time', () => {
  it.each([1, 3.3, 25, 250])('leaves a hole out, whatever rate was announced: %f/s', (frameRate) => {
    const coverages: number[] = [];
    const meter = createMeter({
      zones: [],
      gates: [],
      camera: null,
      calibration: null,
      frameRate,
      windowS: 10,
      onZoneWindow: ({ coverage }) => coverages.push(coverage),
    });
    const feet = createPlanarPoints('image', 1);
    for (let frame = 0; frame < 100; frame++) {
      feet.timeMs = mediaTimeMs(frame * 40 + (frame < 50 ? 0 : 26_000));
      meter.measure(feet, null);
    }
    meter.finish();
    // A wrong rate costs the first frames, until the others have shown theirs.
    expect(Math.abs(meter.summary().measuredS - 4)).toBeLessThan(0.1);
    expect(coverages).toHaveLength(3);
    // 0 to 10 s; the hole, 10 to 20 s; 20 to 30 s.
    expect(coverages[0]).toBeCloseTo(0.2, 1);
    expect(coverages[1]).toBe(0);
    expect(coverages[2]).toBeCloseTo(0.2, 1);
  });
});

describe('a site in the coordinates of a national grid', () => {
  it('has the same areas, densities and speeds', () => {
    const people: Point[] = SPREAD.map(tilted);
    const offsets = fc.tuple(fc.integer({ min: -10, max: 10 }), fc.integer({ min: -10, max: 10 }));
    const at = ([ox, oy]: Point): (readonly [string, number])[] => {
      const here = (polygon: [number, number][]): [number, number][] => polygon.map(([x, y]) => [x + ox, y + oy]);
      const [a = [0, 0], b = [0, 0]] = here([
        [-3, 10],
        [30, 10.5],
      ]);
      return figures(
        measure(
          people,
          {
            calibration: lampPostAt([ox, oy]),
            zones: [
              ground('whole', here(box(-2, 8, 2, 14))),
              ground('wide', here(box(-2, 8, 40, 14))),
              drawn('drawn', box(0.3, 0.5, 0.7, 0.9)),
            ],
            gates: [groundLine('gate', a, b)],
          },
          60,
        ).summary,
      );
    };
    const home = at([0, 0]);
    expect(home.map(([key]) => key)).toEqual(
      expect.arrayContaining([
        'whole areaM2',
        'whole densityPerM2',
        'whole speedStandardErrorMps',
        'drawn areaM2',
        'gate',
      ]),
    );
    fc.assert(
      fc.property(offsets, ([dx, dy]) => {
        const away = new Map(at([5e5 + dx, 5.8e6 + dy]));
        for (const [key, value] of home) {
          const miss = Math.abs((away.get(key) ?? Number.NaN) - value);
          expect(miss).toBeLessThanOrEqual(1e-6 * Math.abs(value));
        }
      }),
      { numRuns: 5, seed: 1 },
    );
  });
});
