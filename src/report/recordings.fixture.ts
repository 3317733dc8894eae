/** Made-up recordings with plausible figures, the same at every run: for tests, and for looking at the report. */
import {
  type FlowWindow,
  type FrameMeasurement,
  type GateWindow,
  type GroundGrid,
  type Health,
  type Histogram,
  type Passage,
  SITE_DEFAULTS,
  type Summary,
  type UtcMs,
  utcMs,
  type ZoneWindow,
} from '../contract/index.ts';
import type { ReportKind, ReportMethods, ReportPlan, ReportResults, ReportSite } from './html/report-data.ts';
import { type Busyness, makeFrames, makeWindows, OK } from './measurements.fixture.ts';

/** A whole recording, as the measuring side would hand it over. */
export interface Recording {
  readonly site: ReportSite;
  readonly kind: ReportKind;
  readonly plan: ReportPlan;
  readonly methods: ReportMethods;
  frames(): Iterable<FrameMeasurement>;
  readonly windows: readonly (ZoneWindow | GateWindow)[];
  readonly passages: readonly Passage[];
  readonly flowWindows: readonly FlowWindow[];
  readonly results: ReportResults;
}

const METHODS: ReportMethods = { analysis: SITE_DEFAULTS.analysis, minimumCount: 3 };

/** What every camera's recording has in common. */
const FROM_CAMERA = { kind: 'camera', methods: METHODS, passages: [], flowWindows: [] } as const;

const CORNER_CUT = 7;

/** A plaza of 12 × 9 m whose upper right corner the camera does not see, and a kiosk round which people walk. */
const plazaGrid = (): GroundGrid => {
  const [columns, rows, cellM] = [28, 22, 0.5];
  const densityPerM2 = new Float64Array(columns * rows);
  const speedMps = new Float64Array(columns * rows).fill(Number.NaN);
  for (let i = 0; i < densityPerM2.length; i++) {
    const [x, y] = [((i % columns) + 0.5) * cellM - 1, (Math.floor(i / columns) + 0.5) * cellM - 1];
    const isSeen = x + y < 21 - CORNER_CUT + 4 && y < 9.6 - x * 0.08 && x > -0.8 + y * 0.1;
    const path = 0.16 * Math.exp(-(((y - 2 - x * 0.45) / 1.1) ** 2)) + 0.1 * Math.exp(-(((x - 9) / 0.9) ** 2));
    const stall = 0.28 * Math.exp(-((x - 4.2) ** 2 + (y - 5.2) ** 2) / 0.8);
    const value = path + stall;
    densityPerM2[i] = isSeen ? (value < 0.004 ? 0 : value) : Number.NaN;
    if (isSeen && value > 0.01) speedMps[i] = 1.1 - value;
  }
  return { originXM: -1, originYM: -1, cellM, columns, rows, densityPerM2, speedMps };
};

const walkingSpeeds = (): Histogram => {
  const counts = Float64Array.from({ length: 40 }, (_, i) => {
    const speed = (i + 0.5) * 0.05;
    return Math.round(300 * Math.exp(-(((speed - 1.15) / 0.28) ** 2)) + 60 * Math.exp(-((speed / 0.15) ** 2)));
  });
  return { binWidth: 0.05, counts };
};

const PLAZA_ZONES = ['view', 'square', 'fountain'];
const PLAZA_GATES = ['north', 'east', 'south', 'west'];

const PLAZA_PLAN: ReportPlan = {
  zones: [
    {
      id: 'square',
      polygon: [
        [0, 0],
        [12, 0],
        [12, 9],
        [0, 9],
      ],
    },
    {
      id: 'fountain',
      polygon: [
        [3, 4],
        [5.5, 3.8],
        [5.6, 6.4],
        [3.2, 6.5],
      ],
    },
  ],
  gates: [
    {
      id: 'north',
      line: [
        [9, 8.2],
        [3, 8.2],
      ],
    },
    {
      id: 'east',
      line: [
        [11, 2],
        [11, 7],
      ],
    },
    {
      id: 'south',
      line: [
        [2, 0.8],
        [10, 0.8],
      ],
    },
    {
      id: 'west',
      line: [
        [1, 7],
        [1, 2],
      ],
    },
  ],
  walkable: null,
  visibleArea: [
    [-0.8, -1],
    [13, -1],
    [13, 8.4],
    [0.2, 9.6],
  ],
  pictureAspect: 768 / 576,
};

const PLAZA_SUMMARY: Summary = {
  source: 'samples/plaza.mp4',
  site: 'plaza',
  camera: 'tower',
  frames: 420,
  firstFrame: 1,
  lastFrame: 420,
  frameRate: 7,
  durationS: 60,
  startTime: null,
  complete: true,
  model: { name: 'nanodet-g', sha256: '3f7a1c5e9b2d4860'.repeat(4) },
  calibration: { residualM: 0.083, leaveOneOutM: 0.121, points: 8 },
  zones: {
    view: {
      occupancy: { mean: 5.4321, max: 9, p95: 8, standardError: 0.23 },
      areaM2: 131.5,
      densityPerM2: 0.0413,
      densityStandardErrorPerM2: 0.0018,
      densityMaxPerM2: 0.0684,
      speedMps: 1.0712,
      speedStandardErrorMps: 0.024,
      los: 'A',
      timeInLevelsS: { A: 60, B: 0, C: 0, D: 0, E: 0, F: 0 },
    },
    square: {
      occupancy: { mean: 3.87, max: 7, p95: 6, standardError: 0.19 },
      areaM2: 108,
      densityPerM2: 0.0358,
      densityStandardErrorPerM2: 0.0018,
      densityMaxPerM2: 0.0648,
      speedMps: 1.052,
      speedStandardErrorMps: 0.031,
      los: 'A',
      timeInLevelsS: { A: 59.857, B: 0.143, C: 0, D: 0, E: 0, F: 0 },
      densityVoronoiPerM2: 0.0344,
      speedVoronoiMps: 1.031,
      pressureMaxPerS2: 0.00041,
      dwellS: 11.4,
    },
    fountain: {
      occupancy: { mean: 1.21, max: 4, p95: 3, standardError: 0.12 },
      areaM2: 6.4,
      densityPerM2: 0.189,
      densityStandardErrorPerM2: 0.02,
      densityMaxPerM2: 0.625,
      los: 'A',
    },
  },
  gates: {
    north: {
      in: 14,
      out: 6,
      standardError: 1.1,
      byClass: { person: { in: 13, out: 6 }, bicycle: { in: 1, out: 0 } },
      widthM: 6,
      specificFlowPerMS: 0.0556,
    },
    east: {
      in: 3,
      out: 9,
      standardError: 0.8,
      byClass: { person: { in: 3, out: 9 } },
      widthM: 5,
      specificFlowPerMS: 0.04,
    },
    south: {
      in: 8,
      out: 7,
      standardError: 0.9,
      byClass: { person: { in: 8, out: 7 } },
      widthM: 8,
      specificFlowPerMS: 0.03125,
    },
    west: {
      in: 0,
      out: 4,
      standardError: 0.4,
      byClass: { person: { in: 0, out: 4 } },
      widthM: 5,
      specificFlowPerMS: 0.0133,
    },
  },
  originDestination: [
    { from: 'north', to: 'south', people: 6 },
    { from: 'north', to: 'east', people: 4 },
    { from: 'south', to: 'north', people: 3 },
    { from: 'west', to: 'east', people: 2 },
  ],
  health: OK,
};

const steady: Busyness = () => 5.4;

/** One minute of a calibrated square: 420 frames at 7 a second. */
export const plaza = (): Recording => {
  const shape = { zones: PLAZA_ZONES, gates: PLAZA_GATES, calibrated: true, busyness: steady };
  return {
    ...FROM_CAMERA,
    site: { name: 'Old Town Plaza', timezone: 'Europe/Amsterdam' },
    plan: PLAZA_PLAN,
    frames: () => makeFrames({ ...shape, count: 420, frameMs: 1000 / 7 }),
    windows: [...makeWindows({ ...shape, startUtc: null, windowS: 60, durationS: 60 })],
    results: { summary: PLAZA_SUMMARY, grid: plazaGrid(), speeds: walkingSpeeds() },
  };
};

/** A camera that nobody calibrated, with a zone and a gate drawn on its picture. */
export const uncalibrated = (): Recording => {
  const shape = { zones: ['view', 'kerb'], gates: ['door'], calibrated: false, busyness: steady };
  const summary: Summary = {
    ...PLAZA_SUMMARY,
    source: '/recordings/2026/entrance hall <east> & west.mkv',
    site: null,
    camera: null,
    calibration: null,
    zones: {
      view: { occupancy: { mean: 5.4321, max: 9, p95: 8, standardError: 0.23 } },
      kerb: { occupancy: { mean: 2.1, max: 4, p95: 4, standardError: 0.3 } },
    },
    originDestination: [],
    gates: { door: { in: 11, out: 0, standardError: 1, byClass: { person: { in: 11, out: 0 } } } },
  };
  return {
    ...FROM_CAMERA,
    site: { name: null, timezone: 'UTC' },
    plan: {
      zones: [
        {
          id: 'kerb',
          camera: 'hall',
          image: [
            [0.1, 0.5],
            [0.4, 0.5],
            [0.4, 0.9],
            [0.08, 0.9],
          ],
        },
      ],
      gates: [
        {
          id: 'door',
          camera: 'hall',
          image: [
            [0.62, 0.2],
            [0.6, 0.85],
          ],
        },
      ],
      walkable: null,
      visibleArea: null,
      pictureAspect: 16 / 9,
    },
    frames: () => makeFrames({ ...shape, count: 420, frameMs: 1000 / 7 }),
    windows: [...makeWindows({ ...shape, startUtc: null, windowS: 30, durationS: 60 })],
    results: { summary, grid: null, speeds: null },
  };
};

/** The plaza, stopped after 23 seconds, from a file that was cut off. */
export const incomplete = (): Recording => {
  const whole = plaza();
  const health: Health = {
    state: 'degraded',
    reasons: [{ code: 'PICTURES_LOST', message: '31 of the 161 pictures could not be decoded and were left out.' }],
  };
  const shape = { zones: PLAZA_ZONES, gates: PLAZA_GATES, calibrated: true, busyness: steady };
  return {
    ...whole,
    frames: () => makeFrames({ ...shape, count: 161, frameMs: 1000 / 7, isLost: (timeS) => timeS > 9 && timeS < 13.4 }),
    windows: [...makeWindows({ ...shape, startUtc: null, windowS: 60, durationS: 23, coverage: () => 0.81 })],
    results: {
      ...whole.results,
      summary: {
        ...PLAZA_SUMMARY,
        complete: false,
        frames: 130,
        lastFrame: 161,
        durationS: 23,
        health,
        zones: { ...PLAZA_SUMMARY.zones, fountain: { occupancy: null } },
      },
    },
  };
};

const DAY_S = 86_400;
/** Midnight in Amsterdam on the day on which the clocks go forward. */
const SPRING_DAY_UTC: UtcMs = utcMs(Date.UTC(2026, 2, 28, 23));

const daily: Busyness = (timeS) => {
  const hour = timeS / 3600;
  return 3 + 60 * Math.exp(-(((hour - 9) / 1.6) ** 2)) + 90 * Math.exp(-(((hour - 18) / 2.2) ** 2));
};

const isLost = (timeS: number): boolean => timeS >= 12 * 3600 && timeS < 13.5 * 3600;

const coverageOf = (startS: number): number => (isLost(startS) ? 0 : 1);

/** Twenty-four hours from midnight on 29 March 2026 in Amsterdam, blind from 13:00 to 14:30. */
export const wholeDay = (frameMs = 1000): Recording => {
  const shape = { zones: PLAZA_ZONES, gates: PLAZA_GATES, calibrated: true, busyness: daily };
  const whole = plaza();
  const view = {
    occupancy: { mean: 27.31, max: 97, p95: 88, standardError: 0.41 },
    densityPerM2: 0.21,
    densityStandardErrorPerM2: 0.004,
    los: 'A' as const,
    speedMps: 0.98,
    speedStandardErrorMps: 0.004,
  };
  return {
    ...whole,
    frames: () => makeFrames({ ...shape, count: (DAY_S * 1000) / frameMs, frameMs, isLost }),
    windows: [
      ...makeWindows({ ...shape, startUtc: SPRING_DAY_UTC, windowS: 300, durationS: DAY_S, coverage: coverageOf }),
    ],
    results: {
      ...whole.results,
      summary: {
        ...PLAZA_SUMMARY,
        source: 'rec/2026-03-29.mkv',
        durationS: DAY_S,
        frames: 81_000,
        lastFrame: 86_400,
        frameRate: 1,
        startTime: '2026-03-28T23:00:00.000Z',
        zones: { ...PLAZA_SUMMARY.zones, view },
        gates: Object.fromEntries(
          Object.entries(PLAZA_SUMMARY.gates).map(([id, gate], i) => [
            id,
            { ...gate, in: 7000 + 611 * i, out: 6000 + 598 * i, standardError: 25, byClass: {} },
          ]),
        ),
        health: { state: 'degraded', reasons: [{ code: 'FRAMES_LOST', message: 'No pictures from 13:00 to 14:30.' }] },
      },
    },
  };
};
