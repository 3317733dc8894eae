import * as z from 'zod';

/**
 * How well people are found: shares of person-frames after tracking, and how sure those shares are. A model's card
 * and a site's camera hold them in the same words.
 */

const share = z.number().positive().max(1);
const standardError = z.number().min(0).max(1);

/** The keys that a model's card and a site file have in common. */
export const DETECTION_SHARES = {
  recall: share.describe('Share of who was there that was reported, per person and frame'),
  precision: share.describe('Share of who was reported that was there, per person and frame'),
  recallSe: standardError.optional().describe('Standard error of recall; without it, as large as 1 − recall'),
  precisionSe: standardError.optional().describe('Standard error of precision; without it, as large as 1 − precision'),
};

/** Recall and precision of people with their standard errors. */
export type DetectionShares = Readonly<z.infer<z.ZodObject<typeof DETECTION_SHARES>>>;

/** How well people are found here, and how that is known. */
export interface DetectionQuality extends DetectionShares {
  /** A model's card speaks of another place; a validation of this one. */
  readonly source: 'model card' | 'validated here';
}

/**
 * How long an error lasts, s: who is hidden stays hidden, and what is taken for a person is taken for one again.
 *
 * Integrated autocorrelation of misses and of false alarms, person by person, on PETS 2009 S2.L1 with four models:
 * 4 to 10 s; of the count's error, in which the two cancel by chance, 1 to 2 s. With 5 s the errors of zones over
 * 1 to 57 s were 0.6 to 1.0 of what they were said to be; with 2.5 s up to 1.4.
 */
export const ERROR_MEMORY_S = 5;
