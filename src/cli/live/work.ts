/**
 * What the hub hands to a sensor: the site, which cameras are its own, and where their pictures come from.
 */
import * as z from 'zod';
import { siteSchema } from '../../contract/index.ts';

/** A sensor's work, as it crosses the line. */
export const workSchema = z.strictObject({
  site: siteSchema,
  /** Filled in: it may hold credentials. */
  sources: z.record(z.string(), z.string()),
  model: z.string().nullable().describe('Null for the default'),
  viewFolder: z.string().describe('Where reference views are kept'),
  truthFolder: z.string().nullable().describe('Where simulated cameras write what they really did; null for nowhere'),
});

/** What a sensor is to do, as it is sent: the site as its file has it. */
export type WorkToSend = Omit<z.input<typeof workSchema>, 'site'> & { readonly site: unknown };
/** What a sensor is to do. */
export type Work = z.output<typeof workSchema>;

/** Measured as often as this where the site file does not say, 1/s: enough to follow people, and seldom too much. */
const DEFAULT_FPS = 5;

/** How often a camera is measured, 1/s. */
export const framesPerSOf = ({ fps }: { readonly fps?: number | undefined }): number => fps ?? DEFAULT_FPS;
