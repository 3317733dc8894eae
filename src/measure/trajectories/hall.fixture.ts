/** Scenes for the tests of the meter: a hall with a zone and a gate, and people in it. */
import {
  createPlanarPoints,
  type FlowWindow,
  type FrameMeasurement,
  frameNumber,
  type GateWindow,
  mediaTimeMs,
  type Passage,
  PERSON_CLASS_INDEX,
  type Point,
  type Positions,
  SITE_DEFAULTS,
  type ZoneSample,
  type ZoneWindow,
} from '../../contract/index.ts';
import type { MeterSummary } from '../window/meter-summary.ts';
import { createTrajectoryMeter, type TrajectoryMeterOptions } from './meter.ts';

/** Somebody at one instant. */
export type Somebody = readonly [id: number, x: number, y: number];
/** A frame: its number and who is there. */
export type Frame = readonly [frame: number, people: readonly Somebody[]];

/** Frames a second. */
export const FRAME_RATE = 10;

const positionsOf = ([frame, people]: Frame): Positions => {
  const positions = createPlanarPoints('ground', Math.max(1, people.length));
  positions.frame = frameNumber(frame);
  positions.timeMs = mediaTimeMs((1000 * frame) / FRAME_RATE);
  positions.count = people.length;
  for (const [i, [id, x, y]] of people.entries()) {
    positions.id[i] = id;
    positions.x[i] = x;
    positions.y[i] = y;
    positions.classIndex[i] = PERSON_CLASS_INDEX;
  }
  return positions;
};

/** What a meter told. */
export interface Told {
  readonly frames: readonly FrameMeasurement[];
  readonly zoneWindows: readonly ZoneWindow[];
  readonly gateWindows: readonly GateWindow[];
  readonly passages: readonly Passage[];
  readonly flowWindows: readonly FlowWindow[];
  readonly summary: MeterSummary;
}

/** Corners of a rectangle, counter-clockwise. */
export const rectangle = (left: number, bottom: number, right: number, top: number): Point[] => [
  [left, bottom],
  [right, bottom],
  [right, top],
  [left, top],
];

/** A hall of 10 m × 4 m with a zone of 4 m² in its middle and a gate across it. */
const HALL: TrajectoryMeterOptions = {
  zones: [
    {
      id: 'middle',
      polygon: [
        [4, 1],
        [6, 1],
        [6, 3],
        [4, 3],
      ],
    },
  ],
  gates: [
    {
      id: 'line',
      line: [
        [4, 0],
        [4, 4],
      ],
      depthM: 2,
    },
  ],
  walkable: [rectangle(0, 0, 10, 4)],
  bounds: { minXM: 0, minYM: 0, maxXM: 10, maxYM: 4 },
  analysis: { ...SITE_DEFAULTS.analysis, speedFrames: 2, cutoff: { radiusM: 0.8, segments: 3 } },
  frameRate: FRAME_RATE,
  frameStep: 1,
  minimumCount: 1,
};

/** Measures frames in the hall. */
export const measure = (frames: readonly Frame[], options: Partial<TrajectoryMeterOptions> = {}): Told => {
  const zoneWindows: ZoneWindow[] = [];
  const gateWindows: GateWindow[] = [];
  const passages: Passage[] = [];
  const flowWindows: FlowWindow[] = [];
  const meter = createTrajectoryMeter({
    ...HALL,
    ...options,
    onZoneWindow: (window) => zoneWindows.push(window),
    onGateWindow: (window) => gateWindows.push(window),
    onPassage: (passage) => passages.push(passage),
    onFlowWindow: (window) => flowWindows.push(window),
  });
  const measured = [...meter.measure(frames.map(positionsOf))];
  meter.finish();
  return { frames: measured, zoneWindows, gateWindows, passages, flowWindows, summary: meter.summary() };
};

/** The zone of the hall at each frame. */
export const middle = ({ frames }: Told): ZoneSample[] => frames.flatMap(({ zones }) => zones.slice(1));

/** 0, 1, 2 and so on. */
export const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** Nobody moves. */
export const still = (people: readonly Somebody[], frames = 5): Frame[] =>
  numbers(frames).map((frame) => [frame, people]);
