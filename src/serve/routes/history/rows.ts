/** Rows of history as they are told: every figure with its error, and how much of the time it is known for. */
import * as z from 'zod';
import {
  type Aggregate,
  CAMERA_STATES,
  type Figures,
  OBJECT_CLASSES,
  ZONE_QUANTITY_NAMES,
  type ZoneQuantity,
} from '../../../contract/index.ts';
import type { CameraSpan, GateSpan, Span, ZoneSpan } from '../../../store/index.ts';
import { iso, isoTime } from '../query.ts';

const share = z.number().min(0).max(1);

const figureSchema = z
  .strictObject({
    mean: z.number(),
    min: z.number(),
    max: z.number(),
    standardError: z.number().min(0).nullable().describe('Of the mean, at most so much; null: unknown'),
    weight: z
      .number()
      .describe('What the mean is over: seconds for which it is known; person-seconds of speed, people of dwell'),
  })
  .describe('Units are in the name of the figure; people where there is none');

const SPAN = {
  start: isoTime,
  end: isoTime.describe('The row does not hold this instant'),
  camera: z.string(),
  coverage: share.describe('Share of the time that was measured'),
};

const figuresSchema = z.partialRecord(z.enum(ZONE_QUANTITY_NAMES), figureSchema);

/** A zone over a stretch of time, as one camera measured it. */
export const zoneRowSchema = z.strictObject({
  ...SPAN,
  zone: z.string().describe('`view` is the whole view of the camera'),
  seenShare: share.describe('How much of the zone the camera sees'),
  areaM2: z.number().nullable().describe('Of the part that is seen; null without calibration'),
  figures: figuresSchema.describe('A figure that is unknown has no key'),
});

const countsSchema = z.partialRecord(z.enum(OBJECT_CLASSES), z.strictObject({ in: z.int(), out: z.int() }));

/** A gate over a stretch of time, as one camera counted it. */
export const gateRowSchema = z.strictObject({
  ...SPAN,
  gate: z.string(),
  seenShare: share.describe('How much of the gate the camera sees'),
  widthM: z.number().nullable(),
  counts: countsSchema.nullable().describe('Crossings by class; null: unknown, which is not 0'),
  standardError: z.number().min(0).nullable().describe('Of the people counted, in and out together'),
});

/** A camera over a stretch of time. */
export const cameraRowSchema = z.strictObject({
  ...SPAN,
  frames: z.strictObject({ offered: z.number(), measured: z.number(), dropped: z.number() }),
  statesS: z.record(z.enum(CAMERA_STATES), z.number()).describe('Time in each state, s; what is missing is a gap'),
});

const coverageOf = ({ startMs, endMs, measuredS }: Span): number =>
  Math.min(1, Math.max(0, measuredS / ((endMs - startMs) / 1000)));

const spanOf = (span: Span) => ({
  start: iso(span.startMs),
  end: iso(span.endMs),
  camera: span.camera,
  coverage: coverageOf(span),
});

/** What sums mean. */
export const meanOf = ({ sum, weight, min, max, errorSum }: Aggregate): z.input<typeof figureSchema> => ({
  mean: sum / weight,
  min,
  max,
  standardError: errorSum === null ? null : errorSum / weight,
  weight,
});

const figuresOf = (figures: Figures): Partial<Record<ZoneQuantity, z.input<typeof figureSchema>>> => {
  const told: Partial<Record<ZoneQuantity, z.input<typeof figureSchema>>> = {};
  for (const name of ZONE_QUANTITY_NAMES) {
    const aggregate = figures[name];
    if (aggregate) told[name] = meanOf(aggregate);
  }
  return told;
};

/** Standard error of the people counted at a gate; null where nothing was. */
export const gateError = ({ counts, variance, systematicError }: GateSpan): number | null =>
  counts === null ? null : Math.sqrt(variance + systematicError ** 2);

/** A zone's row. */
export const zoneRow = (span: ZoneSpan): z.input<typeof zoneRowSchema> => ({
  ...spanOf(span),
  zone: span.zone,
  seenShare: span.seenShare,
  areaM2: span.areaM2,
  figures: figuresOf(span.figures),
});

/** A gate's row. */
export const gateRow = (span: GateSpan): z.input<typeof gateRowSchema> => ({
  ...spanOf(span),
  gate: span.gate,
  seenShare: span.seenShare,
  widthM: span.widthM,
  counts: span.counts,
  standardError: gateError(span),
});

/** A camera's row. */
export const cameraRow = (span: CameraSpan): z.input<typeof cameraRowSchema> => ({
  ...spanOf(span),
  frames: span.frames,
  statesS: span.statesS,
});
