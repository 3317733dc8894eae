/** What lies in the book, as JSON, and how it is read back: nothing is believed that a schema has not looked at. */
import * as z from 'zod';
import { alertEventSchema, alertSchema } from '../../contract/index.ts';

const timer = z.number().min(0);
const unanswered = { alert: alertSchema, unansweredMs: timer };

const lifeSchema = z.strictObject({
  meaning: z.string(),
  condition: z
    .strictObject({ ...unanswered, heldMs: timer, clearMs: timer.nullable(), unknownMs: timer.nullable() })
    .nullable(),
  blind: z.strictObject(unanswered).nullable(),
  sight: z.strictObject({ unknownMs: timer.nullable(), knownMs: timer.nullable() }),
});

const suppressionSchema = z.strictObject({
  rule: z.string(),
  sinceMs: z.number(),
  untilMs: z.number(),
  by: z.string(),
  why: z.string(),
});

const parsed =
  <Schema extends z.ZodType>(schema: Schema) =>
  (body: string): z.infer<Schema> =>
    schema.parse(JSON.parse(body));

/** Readers of the book's bodies, by table. */
export const BODIES = {
  life: parsed(lifeSchema),
  notifier: parsed(alertSchema),
  suppression: parsed(suppressionSchema),
  event: parsed(alertEventSchema),
};
