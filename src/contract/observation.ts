/**
 * What one camera measured in one second: the only thing, beside a picture of the empty scene, that leaves a sensor.
 * Numbers about zones, gates and cells of the ground; no picture, no box, no track.
 */
import * as z from 'zod';
import { cameraHealthSchema } from './camera-health.ts';
import { OBJECT_CLASSES } from './classes.ts';
import { placeNameSchema as placeName } from './place-name.ts';
import { figuresSchema } from './quantities.ts';

/** Version of the message. A hub takes every version up to its own; a new field is optional, or a new version. */
export const OBSERVATION_VERSION = 1;

/** A field has this many cells at most: they grow where there would be more. */
export const MOST_FIELD_CELLS = 4096;

/** Cells are at least this long, m: larger than a person. */
export const LEAST_FIELD_CELL_M = 1;

const share = z.number().min(0).max(1);
const metres = z.number().min(-1e7).max(1e7);
const count = z.int().min(0).max(1e6);
const utcMs = z.number().int().min(0).max(8.64e15);

const zoneSchema = z.strictObject({
  zone: placeName,
  seenShare: share.describe('How much of the zone the camera sees; at 0 there are no figures'),
  areaM2: z.number().positive().max(1e15).nullable().describe('Of the part that is seen; null without calibration'),
  figures: figuresSchema,
});

const directionsSchema = z.strictObject({ in: count, out: count });

const gateSchema = z.strictObject({
  gate: placeName,
  seenShare: share.describe('How much of the gate the camera sees; at 0 there are no counts'),
  widthM: z.number().positive().max(1e8).nullable(),
  counts: z
    .partialRecord(z.enum(OBJECT_CLASSES), directionsSchema)
    .nullable()
    .describe('Crossings that became sure in this second; null when nothing can be known'),
  variance: z
    .number()
    .min(0)
    .max(1e12)
    .describe('Of the people counted, in and out together, as far as errors are independent, people²; adds up'),
  systematicError: z
    .number()
    .min(0)
    .max(1e12)
    .describe('The part of the error that never averages out, people; adds up. SE² of a total = variance + its square'),
});

const speed = z.number().min(-100).max(100).nullable();

const fieldSchema = z
  .strictObject({
    originXM: metres,
    originYM: metres,
    cellM: z.number().min(LEAST_FIELD_CELL_M).max(1e6),
    columns: z.int().min(1).max(MOST_FIELD_CELLS),
    rows: z.int().min(1).max(MOST_FIELD_CELLS),
    cell: z.array(z.int().min(0)).max(MOST_FIELD_CELLS).describe('Cells where somebody was: row · columns + column'),
    densityPerM2: z.array(z.number().min(0).max(100)).max(MOST_FIELD_CELLS),
    velocityXMps: z.array(speed).max(MOST_FIELD_CELLS),
    velocityYMps: z.array(speed).max(MOST_FIELD_CELLS),
  })
  .refine(({ columns, rows }) => columns * rows <= MOST_FIELD_CELLS, 'the field has too many cells')
  .refine(
    ({ cell, columns, rows }) => cell.every((at, i) => at < columns * rows && (i === 0 || at > cell[i - 1])),
    'cells are in the grid, in order, and each is there once',
  )
  .refine(
    ({ cell, densityPerM2, velocityXMps, velocityYMps }) =>
      [densityPerM2, velocityXMps, velocityYMps].every(({ length }) => length === cell.length),
    'columns of a field are of one length',
  );

const framesSchema = z.strictObject({
  offered: count.describe('Pictures that the source gave'),
  measured: count.describe('Pictures that were looked at'),
  dropped: count.describe('Pictures that were due, and were not looked at for want of time'),
});

/** An observation, as it crosses the line between a sensor and the hub. */
export const observationSchema = z
  .strictObject({
    version: z.literal(OBSERVATION_VERSION),
    camera: placeName,
    sequence: z.int().min(1).describe("Of this camera's observations, one after the other; never used twice"),
    startMs: utcMs.describe('UTC, ms since 1970'),
    endMs: utcMs,
    measuredS: z.number().min(0).max(60).describe('How much of this time was measured'),
    health: cameraHealthSchema,
    frames: framesSchema,
    zones: z.array(zoneSchema).max(1000),
    gates: z.array(gateSchema).max(1000),
    field: fieldSchema.nullable().describe('Null without calibration, and when fewer than the minimum count are seen'),
  })
  .refine(
    ({ startMs, endMs }) => endMs > startMs && endMs - startMs <= 60_000,
    'it lasts for more than 0 and up to 60 s',
  )
  .refine(
    ({ startMs, endMs, measuredS }) => measuredS <= (endMs - startMs) / 1000 + 1e-6,
    'more time was measured than went by',
  );

/** What one camera measured in one second. */
export type Observation = z.infer<typeof observationSchema>;
/** One zone of an observation. */
export type ZoneObservation = Observation['zones'][number];
/** One gate of an observation. */
export type GateObservation = Observation['gates'][number];
/** Density and velocity on the ground, the cells where somebody was. */
export type FieldObservation = NonNullable<Observation['field']>;
