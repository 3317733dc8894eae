/**
 * What `measure/` finds and `report/` writes. `null` means unknown, which is never zero.
 */
import * as z from 'zod';
import type { ObjectClass } from './classes.ts';
import { type Health, healthSchema } from './health.ts';
import type { FrameNumber, GateId, MediaTimeMs, UtcMs, ZoneId } from './units.ts';

/** One zone at one frame. */
export interface ZoneSample {
  readonly zone: ZoneId;
  /** People in the zone; null when the camera does not see the zone. */
  occupancy: number | null;
  /** People per m²; null without calibration. */
  densityPerM2: number | null;
  /** Mean speed of the people in the zone, m/s; null without calibration or when nobody's speed is known. */
  speedMps: number | null;
  /** Voronoi density, people per m²; null without calibration or where nobody knows. */
  densityVoronoiPerM2: number | null;
  /** Voronoi speed, m/s: weighted by the share of the zone that each person's cell covers. */
  speedVoronoiMps: number | null;
  /** The same with cells cut to the circle of the site file's `analysis.cutoff`; null without one. */
  densityVoronoiCutoffPerM2: number | null;
  speedVoronoiCutoffMps: number | null;
  /** Greatest crowd pressure in the zone, 1/s². */
  pressurePerS2: number | null;
}

/** Crossings of one gate at one frame, increments; null when the camera does not see the gate. */
export interface GateSample {
  readonly gate: GateId;
  in: number | null;
  out: number | null;
  /** In and out since the beginning. */
  cumulative: number | null;
}

/** Everything measured at one frame. */
export interface FrameMeasurement {
  frame: FrameNumber;
  timeMs: MediaTimeMs;
  zones: readonly ZoneSample[];
  gates: readonly GateSample[];
}

/** A figure with its standard error; null where unknown. */
export interface Estimate {
  readonly value: number | null;
  readonly standardError: number | null;
}

/** When a window began and ended. */
export interface Window {
  readonly startMs: MediaTimeMs;
  readonly endMs: MediaTimeMs;
  /** Null when the recording's own start is unknown. */
  readonly startUtc: UtcMs | null;
}

/** Time spent at each level of service, s. */
export type TimeInLevelsS = Readonly<Record<LevelOfService, number>>;

/** How the crowd of one zone was over one window, on the ground. */
export interface CrowdWindow {
  readonly densityVoronoiPerM2: Estimate;
  readonly speedVoronoiMps: Estimate;
  /** Edie's generalised flow, people/(m·s), of zone and window. */
  readonly edieFlowPerMS: Estimate;
  /** Mean over the window of the greatest crowd pressure in the zone, 1/s². */
  readonly pressurePerS2: Estimate;
  readonly pressureMaxPerS2: number | null;
  /** Greatest density of the Gaussian-kernel field in the zone, people/m²: how full the fullest spot was. */
  readonly densityPeakPerM2: number | null;
  /** Congestion Level, 1/m, and the dimensionless Congestion Number. */
  readonly congestionLevelPerM: number | null;
  readonly congestionNumber: number | null;
  /** 0 when all go one way, 1 when as many go one way as the other. */
  readonly counterflowIndex: number | null;
  /** Share of person-time spent in stop-and-go, 0 to 1. */
  readonly stopAndGoShare: number | null;
  /** Whether flow fell while density rose: the crowd is past its capacity. */
  readonly pastCapacity: boolean | null;
  readonly timeInLevelsS: TimeInLevelsS;
  /** Mean time in the zone of those who left it in the window, s. */
  readonly dwellS: Estimate;
  /** Mean number of people who stand or creep in the zone. */
  readonly queueLength: Estimate;
  /** Extent of the longest group of them along its own axis, m. */
  readonly queueExtentM: Estimate;
  /** Time until the zone would be empty at the window's outflow, s; null when it is not emptying. */
  readonly timeToClearS: number | null;
}

/** One zone over one window. */
export interface ZoneWindow extends Window {
  readonly zone: ZoneId;
  /** Share of the window that was measured, 0 to 1. */
  readonly coverage: number;
  readonly occupancyMean: Estimate;
  readonly occupancyMax: number | null;
  readonly occupancyP95: number | null;
  readonly densityPerM2: Estimate;
  readonly speedMps: Estimate;
  /** Null without calibration. */
  readonly crowd: CrowdWindow | null;
  readonly health: Health;
}

/** One gate over one window. */
export interface GateWindow extends Window {
  readonly gate: GateId;
  readonly coverage: number;
  readonly in: Estimate;
  readonly out: Estimate;
  readonly flowPerS: Estimate;
  /** Null for a gate drawn on an uncalibrated picture. */
  readonly specificFlowPerMS: Estimate;
  /** Mean time between one person and the next, s. */
  readonly headwayS: Estimate;
  readonly health: Health;
}

/** One person's way through the stretch behind a gate. It has a number of its own, and no other link to anybody. */
export interface Passage {
  readonly gate: GateId;
  /** Mean classic density of the stretch while the person was in it, people/m². */
  readonly densityPerM2: number;
  /** Depth of the stretch over the time taken, m/s. */
  readonly speedMps: number;
}

/** Flow through a gate between the first and the last crossing of a window of so many frames. */
export interface FlowWindow {
  readonly gate: GateId;
  /** Of the last crossing before the window, or of the first of all. */
  readonly firstFrame: FrameNumber;
  /** Of the last crossing in it. */
  readonly lastFrame: FrameNumber;
  readonly people: number;
  /** People over the time from the first frame to the last. */
  readonly flowPerS: number;
  /** Mean speed at the crossing, m/s; null when nobody's is known. */
  readonly speedMps: number | null;
}

const occupancySchema = z.strictObject({
  mean: z.number(),
  max: z.number(),
  p95: z.number(),
  standardError: z.number().nullable().describe('Null when the recording is too short to tell'),
});

const zoneSummarySchema = z.strictObject({
  occupancy: occupancySchema.nullable(),
  areaM2: z.number().optional(),
  densityPerM2: z.number().optional(),
  densityStandardErrorPerM2: z.number().optional(),
  densityMaxPerM2: z.number().optional(),
  speedMps: z.number().optional(),
  speedStandardErrorMps: z.number().optional(),
  los: z.enum(['A', 'B', 'C', 'D', 'E', 'F']).optional().describe('Fruin, of the mean density'),
  timeInLevelsS: z.record(z.enum(['A', 'B', 'C', 'D', 'E', 'F']), z.number()).optional(),
  densityVoronoiPerM2: z.number().optional(),
  densityVoronoiStandardErrorPerM2: z.number().optional(),
  speedVoronoiMps: z.number().optional(),
  speedVoronoiStandardErrorMps: z.number().optional(),
  densityPeakPerM2: z.number().optional().describe('Greatest density of the Gaussian-kernel field in the zone'),
  pressureMaxPerS2: z.number().optional().describe('Greatest crowd pressure, density × velocity variance'),
  dwellS: z.number().optional().describe('Mean time in the zone of those who left it'),
});

const directions = z.strictObject({ in: z.number(), out: z.number() });

const gateSummarySchema = z.strictObject({
  in: z.number().nullable().describe('Null when the camera does not see the gate'),
  out: z.number().nullable(),
  standardError: z.number().nullable().describe('Of in + out; null when they are'),
  byClass: z.record(z.string(), directions),
  widthM: z.number().optional(),
  specificFlowPerMS: z.number().optional(),
  specificFlowStandardErrorPerMS: z.number().optional(),
});

/** `summary.json`: one recording, measured. */
export const summarySchema = z.strictObject({
  source: z.string(),
  site: z.string().nullable(),
  camera: z.string().nullable(),
  frames: z.number().describe('Frames measured'),
  firstFrame: z.number(),
  lastFrame: z.number(),
  frameRate: z.number(),
  durationS: z.number(),
  startTime: z.string().nullable().describe('UTC, of the first frame; null when the recording does not say'),
  complete: z.boolean().describe('False when stopped before the end'),
  model: z
    .strictObject({ name: z.string(), sha256: z.string() })
    .nullable()
    .describe('What found the people; null for a trajectory file'),
  calibration: z
    .strictObject({
      residualM: z.number().describe('Root mean square distance of the fitted points from the given ones'),
      leaveOneOutM: z
        .number()
        .nullable()
        .describe('The same for each point when it is left out; null with four points'),
      points: z.number(),
    })
    .nullable(),
  zones: z.record(z.string(), zoneSummarySchema),
  gates: z.record(z.string(), gateSummarySchema),
  originDestination: z
    .array(z.strictObject({ from: z.string(), to: z.string(), people: z.number() }))
    .describe('How many crossed the first gate and then the second, within this view'),
  health: healthSchema,
});

/** Contents of `summary.json`. */
export type Summary = z.infer<typeof summarySchema>;
/** One zone in the summary. */
export type ZoneSummary = z.infer<typeof zoneSummarySchema>;
/** One gate in the summary. */
export type GateSummary = z.infer<typeof gateSummarySchema>;

/** Crossings by class. */
export type CountsByClass = Partial<Record<ObjectClass, { in: number; out: number }>>;

/** Level of service, A (free) to F (breakdown). */
export type LevelOfService = 'A' | 'B' | 'C' | 'D' | 'E' | 'F';

/** Mean density and speed in square cells of the ground, for a map. Row 0 is the lowest y. */
export interface GroundGrid {
  readonly originXM: number;
  readonly originYM: number;
  readonly cellM: number;
  readonly columns: number;
  readonly rows: number;
  /** Mean people per m² per cell; NaN where the camera does not see. */
  readonly densityPerM2: Float64Array;
  /** Mean speed, m/s; NaN where nobody walked. */
  readonly speedMps: Float64Array;
}

/** Counts in equal bins: bin i holds values from i·binWidth to (i+1)·binWidth. */
export interface Histogram {
  readonly binWidth: number;
  readonly counts: Float64Array;
}
