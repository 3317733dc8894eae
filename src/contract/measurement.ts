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
  readonly health: Health;
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
  los: z.enum(['A', 'B', 'C', 'D', 'E', 'F']).optional().describe('Fruin, walkways, of the mean density'),
});

const directions = z.strictObject({ in: z.number(), out: z.number() });

const gateSummarySchema = z.strictObject({
  in: z.number().nullable().describe('Null when the camera does not see the gate'),
  out: z.number().nullable(),
  standardError: z.number().nullable().describe('Of in + out; null when they are'),
  byClass: z.record(z.string(), directions),
  widthM: z.number().optional(),
  specificFlowPerMS: z.number().optional(),
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
  model: z.strictObject({ name: z.string(), sha256: z.string() }),
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
