import * as z from 'zod';

/** Why a figure is less than certain, in words for a person and a code for a program. */
const healthReasonSchema = z.strictObject({ code: z.string(), message: z.string() });

/**
 * How far a figure may be trusted. `unknown` is not zero: nothing was measured. `degraded` was measured, with the
 * stated reasons for doubt.
 */
export const healthSchema = z.strictObject({
  state: z.enum(['ok', 'degraded', 'unknown']),
  reasons: z.array(healthReasonSchema),
});

/** One reason for doubt. */
export type HealthReason = z.infer<typeof healthReasonSchema>;

/** Health of a figure, a camera or a whole measurement. */
export type Health = z.infer<typeof healthSchema>;
