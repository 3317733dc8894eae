/**
 * A site as it is at one instant, all cameras together: what rules are judged by, and what live streams and other systems
 * are told, once a second. Every zone and gate is there once, whichever cameras see it; nobody is counted twice.
 */
import * as z from 'zod';
import { cameraHealthSchema } from './camera-health.ts';
import { placeNameSchema as placeName } from './place-name.ts';

/**
 * A figure, now. Null when it is unknown: that is never zero.
 *
 * `partial` is set where only a part of the place is known, because another camera that sees it is blind. A count is then
 * a lower bound, and a density is that of the part.
 */
const figureSchema = z
  .strictObject({
    value: z.number(),
    standardError: z.number().min(0).nullable().describe('Null when it is unknown'),
    partial: z.boolean(),
  })
  .nullable();

/** What is told of a zone, and of the whole view of a camera. */
export const MOMENT_ZONE_FIGURES = {
  occupancy: 'people',
  densityPerM2: '1/m²',
  speedMps: 'm/s',
  pressurePerS2: '1/s²',
  counterflowIndex: '1',
  standing: 'people',
  stoppedS: 's',
} as const;

/** Name of a figure of a zone. */
export type MomentZoneFigure = keyof typeof MOMENT_ZONE_FIGURES;

const zoneFiguresSchema = z.strictObject({
  occupancy: figureSchema.describe('People'),
  densityPerM2: figureSchema.describe('People per m²'),
  speedMps: figureSchema.describe('Mean speed of those whose speed is known, m/s'),
  pressurePerS2: figureSchema.describe('Crowd pressure where it is greatest, 1/s²'),
  counterflowIndex: figureSchema.describe('0 when all go one way, 1 when as many go each way'),
  standing: figureSchema.describe('People who stand or creep'),
  stoppedS: figureSchema.describe('For how long, without a break, at least half of the people have stood, s'),
});

const zoneSchema = z.strictObject({
  zone: placeName,
  areaM2: z.number().positive().nullable().describe('Of the part that is known; null without calibration'),
  knownShare: z.number().min(0).max(1).describe('Share of the zone that cameras see which are well'),
  figures: zoneFiguresSchema,
});

const gateSchema = z.strictObject({
  gate: placeName,
  widthM: z.number().positive().nullable(),
  inPerMin: figureSchema.describe('People a minute, over the last minute'),
  outPerMin: figureSchema,
});

const cameraSchema = z.strictObject({
  camera: placeName,
  health: cameraHealthSchema,
  view: zoneFiguresSchema.describe('Of its whole view'),
});

/** A site at one instant. */
export const momentSchema = z.strictObject({
  timeMs: z.number().describe('UTC, ms since 1970: the end of the second that it is about'),
  zones: z.array(zoneSchema),
  gates: z.array(gateSchema),
  cameras: z.array(cameraSchema),
});

/** A figure of a moment; null when it is unknown. */
export type MomentFigure = z.infer<typeof figureSchema>;
/** Figures of a zone, or of a camera's view. */
export type MomentFigures = z.infer<typeof zoneFiguresSchema>;
/** A zone at one instant. */
export type ZoneMoment = z.infer<typeof zoneSchema>;
/** A gate at one instant. */
export type GateMoment = z.infer<typeof gateSchema>;
/** A camera at one instant. */
export type CameraMoment = z.infer<typeof cameraSchema>;
/** A site at one instant. */
export type Moment = z.infer<typeof momentSchema>;
