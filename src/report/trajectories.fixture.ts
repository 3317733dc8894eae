/** A made-up trajectory file of people who leave through a bottleneck, with plausible figures. */
import {
  type FlowWindow,
  type FrameMeasurement,
  frameNumber,
  gateId,
  type GateWindow,
  type GroundGrid,
  type Histogram,
  mediaTimeMs,
  type Passage,
  type Point,
  SITE_DEFAULTS,
  type Summary,
  weidmannSpeedMps,
  type ZoneId,
  type ZoneSample,
  type ZoneWindow,
  zoneId,
} from '../contract/index.ts';
import { makeWindows, OK } from './measurements.fixture.ts';
import type { Recording } from './recordings.fixture.ts';

const FRAME_RATE = 16;
const FRAMES = 960;
const GATE = gateId('mouth');
const THROAT: readonly Point[] = [
  [-0.6, -0.5],
  [2.4, -0.5],
  [2.4, 0.5],
  [-0.6, 0.5],
];

/** A hall below, a throat one metre long, an open end above; a pillar stands in the hall. */
const WALKABLE: readonly (readonly Point[])[] = [
  [
    [-2.2, -8.5],
    [4, -8.5],
    [4, -0.5],
    [2.4, -0.5],
    [2.4, 0.5],
    [4, 0.5],
    [4, 6.2],
    [-2.2, 6.2],
    [-2.2, 0.5],
    [-0.6, 0.5],
    [-0.6, -0.5],
    [-2.2, -0.5],
  ],
  [
    [0.6, -4.6],
    [1.2, -4.6],
    [1.2, -4],
    [0.6, -4],
  ],
];

/** People per m² in the throat, filling and emptying. */
const throatDensity = (timeS: number): number => {
  const filled = Math.min(1, timeS / 6) * Math.min(1, Math.max(0, 60 - timeS) / 9);
  return Math.max(0, filled * (3.1 + 0.7 * Math.sin(timeS / 3.1) + 0.3 * Math.sin(timeS * 2.7)));
};

const sample = (zone: ZoneId, areaM2: number, densityPerM2: number, wobble: number): ZoneSample => {
  const occupancy = Math.round(densityPerM2 * areaM2);
  const isEmpty = occupancy === 0;
  const speedMps = isEmpty ? null : weidmannSpeedMps(densityPerM2) * (1.25 + 0.2 * wobble) + 0.05;
  return {
    zone,
    occupancy,
    densityPerM2: occupancy / areaM2,
    speedMps,
    densityVoronoiPerM2: densityPerM2,
    speedVoronoiMps: speedMps && speedMps * 0.97,
    densityVoronoiCutoffPerM2: densityPerM2 * 0.98,
    speedVoronoiCutoffMps: speedMps && speedMps * 0.95,
    pressurePerS2: occupancy < 2 ? null : densityPerM2 * (0.004 + 0.001 * wobble),
  };
};

function* frames(): Generator<FrameMeasurement> {
  let crossed = 0;
  let cumulative = 0;
  for (let frame = 0; frame < FRAMES; frame++) {
    const timeS = frame / FRAME_RATE;
    const density = throatDensity(timeS);
    crossed += (density * weidmannSpeedMps(density) * 2.4) / FRAME_RATE;
    const inwards = Math.floor(crossed) - cumulative;
    cumulative += inwards;
    const wobble = Math.sin(timeS * 5.3);
    yield {
      frame: frameNumber(frame),
      timeMs: mediaTimeMs(timeS * 1000),
      zones: [sample(zoneId('view'), 83.2, density * 0.45, wobble), sample(zoneId('throat'), 3, density, wobble)],
      gates: [{ gate: GATE, in: inwards, out: 0, cumulative }],
    };
  }
}

const isInside = (x: number, y: number): boolean => {
  const inThroat = x > -0.6 && x < 2.4;
  const inPillar = x > 0.6 && x < 1.2 && y > -4.6 && y < -4;
  return !inPillar && (Math.abs(y) > 0.5 || inThroat);
};

const grid = (): GroundGrid => {
  const [cellM, columns, rows, originXM, originYM] = [0.25, 25, 59, -2.2, -8.5];
  const densityPerM2 = new Float64Array(columns * rows).fill(Number.NaN);
  const speedMps = new Float64Array(columns * rows).fill(Number.NaN);
  for (let cell = 0; cell < densityPerM2.length; cell++) {
    const x = originXM + ((cell % columns) + 0.5) * cellM;
    const y = originYM + (Math.floor(cell / columns) + 0.5) * cellM;
    if (!isInside(x, y)) continue;
    const before = 4.2 * Math.exp(-(((x - 0.9) / 2.3) ** 2) - ((y + 2) / 2.6) ** 2);
    const after = y > 0.5 ? Math.max(0, 1.3 * Math.exp(-(((x - 0.9) / (0.7 + y / 3)) ** 2)) - 0.03 * y) : 0;
    const density = y > 0.5 ? after : before;
    densityPerM2[cell] = density < 0.01 ? 0 : density;
    if (density > 0.02) speedMps[cell] = weidmannSpeedMps(density) * 1.1;
  }
  return { originXM, originYM, cellM, columns, rows, densityPerM2, speedMps };
};

const speeds = (): Histogram => ({
  binWidth: 0.05,
  counts: Float64Array.from({ length: 40 }, (_, i) =>
    Math.round(900 * Math.exp(-((((i + 0.5) * 0.05 - 0.6) / 0.4) ** 2))),
  ),
});

const SUMMARY: Summary = {
  source: 'bottleneck.txt',
  site: 'laboratory',
  camera: null,
  frames: FRAMES,
  firstFrame: 0,
  lastFrame: FRAMES - 1,
  frameRate: FRAME_RATE,
  durationS: FRAMES / FRAME_RATE,
  startTime: null,
  complete: true,
  model: null,
  calibration: null,
  zones: {
    view: {
      occupancy: { mean: 98.12, max: 153, p95: 147, standardError: 6.1 },
      areaM2: 83.2,
      densityPerM2: 1.18,
      densityStandardErrorPerM2: 0.07,
      densityMaxPerM2: 1.84,
      speedMps: 0.71,
      speedStandardErrorMps: 0.03,
      los: 'E',
      timeInLevelsS: { A: 3.1, B: 1.2, C: 4.4, D: 8.1, E: 43.2, F: 0 },
      densityVoronoiPerM2: 1.21,
      speedVoronoiMps: 0.68,
      pressureMaxPerS2: 0.0091,
      dwellS: 31.2,
    },
    throat: {
      occupancy: { mean: 7.6, max: 12, p95: 11, standardError: 0.4 },
      areaM2: 3,
      densityPerM2: 2.53,
      densityStandardErrorPerM2: 0.13,
      densityMaxPerM2: 4,
      speedMps: 0.62,
      speedStandardErrorMps: 0.02,
      los: 'F',
      timeInLevelsS: { A: 1.2, B: 0.2, C: 0.8, D: 1.1, E: 12.4, F: 44.3 },
      densityVoronoiPerM2: 2.49,
      speedVoronoiMps: 0.6,
      densityPeakPerM2: 5.1,
      pressureMaxPerS2: 0.0188,
      dwellS: 1.74,
    },
  },
  gates: {
    mouth: {
      in: 135,
      out: 0,
      standardError: 0,
      byClass: { person: { in: 135, out: 0 } },
      widthM: 3,
      specificFlowPerMS: 0.75,
    },
  },
  originDestination: [],
  health: OK,
};

const passages = (): Passage[] =>
  Array.from({ length: 135 }, (_, i) => ({
    gate: GATE,
    densityPerM2: 2.1 + Math.sin(i / 9),
    speedMps: 0.7 - 0.2 * Math.sin(i / 9),
  }));

const flowWindows = (): FlowWindow[] =>
  Array.from({ length: 6 }, (_, i) => ({
    gate: GATE,
    firstFrame: frameNumber(i * 150),
    lastFrame: frameNumber(i * 150 + 149),
    people: 24 + i,
    flowPerS: 2.6 + i / 9,
    speedMps: i === 5 ? null : 0.8 - i / 20,
  }));

const windows = (): (ZoneWindow | GateWindow)[] => [
  ...makeWindows({
    startUtc: null,
    windowS: 30,
    durationS: 60,
    zones: ['view', 'throat'],
    gates: ['mouth'],
    calibrated: true,
    busyness: () => 98,
  }),
];

/** One minute of a bottleneck: 960 frames at 16 a second, numbered from 0, with a cut-off. */
export const bottleneck = (): Recording => ({
  kind: 'trajectories',
  site: { name: 'Bottleneck', timezone: 'UTC' },
  methods: {
    analysis: { ...SITE_DEFAULTS.analysis, cutoff: { radiusM: 0.8, segments: 3 }, gridM: 0.25 },
    minimumCount: 3,
  },
  plan: {
    zones: [{ id: 'throat', polygon: [...THROAT].map(([x, y]): [number, number] => [x, y]) }],
    gates: [
      {
        id: 'mouth',
        line: [
          [-0.6, 0.5],
          [2.4, 0.5],
        ],
      },
    ],
    walkable: WALKABLE,
    visibleArea: null,
    pictureAspect: null,
  },
  frames,
  windows: windows(),
  passages: passages(),
  flowWindows: flowWindows(),
  results: { summary: SUMMARY, grid: grid(), speeds: speeds() },
});
