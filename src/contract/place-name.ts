import * as z from 'zod';

/** Name of a camera, zone, gate, rule or notifier. */
export const placeNameSchema = z
  .string()
  .max(64)
  .regex(/^[a-z0-9][a-z0-9_-]*$/i, 'a name is made of letters, digits, - and _')
  .describe('Short name, unique in its list');
