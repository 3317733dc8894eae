/**
 * Rules as a site file has them, and alerts as everyone is told of them. What a rule's text means is in `alert/`.
 */
import * as z from 'zod';
import { durationSchema } from './duration.ts';
import { placeNameSchema } from './place-name.ts';

/** How bad it is, from least to worst. */
export const SEVERITIES = ['info', 'warning', 'critical'] as const;
/** One of {@link SEVERITIES}. */
export type Severity = (typeof SEVERITIES)[number];

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'write a time of day like 07:30');
const text = z.string().min(1).max(1000);

const periodSchema = z
  .strictObject({
    days: z
      .array(z.enum(DAYS))
      .min(1)
      .default([...DAYS]),
    from: timeOfDay.default('00:00'),
    to: timeOfDay.default('24:00').describe('At or before `from` it is a time of the next day'),
  })
  .describe("A time of the week, in the site's own time zone");

/** A rule: when to raise an alert, when it is over, and whom to tell. */
export const ruleSchema = z.strictObject({
  id: placeNameSchema,
  when: text.describe('Raises when it holds, such as density(square) > 3.5; docs/alerts-grammar.md has the grammar'),
  for: durationSchema.optional().describe('For so long without a break before it is raised; at once unless given'),
  clear: text.optional().describe('Clears when it holds; unless given, when `when` does not'),
  clearFor: durationSchema.optional().describe('For so long without a break before it is over'),
  severity: z.enum(SEVERITIES).default('warning'),
  notify: z.array(placeNameSchema).max(20).default([]).describe('Names under `notify`'),
  schedule: z.array(periodSchema).min(1).max(50).optional().describe('When the rule is awake; always unless given'),
  latch: z.boolean().default(false).describe('Stays until somebody acknowledges it, though the figures are well again'),
  blindAfter: durationSchema.prefault('30s').describe('Raises, too, when it could not be evaluated for so long'),
  expireAfter: durationSchema.prefault('12h').describe('An alert that could not be evaluated for so long is over'),
  escalate: z
    .array(z.strictObject({ after: durationSchema, notify: z.array(placeNameSchema).min(1).max(20) }))
    .max(10)
    .default([])
    .describe('Whom to tell, too, when nobody has acknowledged it'),
  enabled: z.boolean().default(true),
  note: z.string().max(1000).optional().describe('What to do, for those who are told'),
});

/** A rule of a site. */
export type Rule = z.infer<typeof ruleSchema>;

const url = (protocols: readonly string[]) =>
  z
    .string()
    .max(2000)
    .refine((given) => given.startsWith('${') || protocols.some((protocol) => given.startsWith(`${protocol}://`)), {
      message: `begins with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`,
    });
// A ${NAME} in these is taken from the environment or the secrets file, like that of a camera's source.
const emailSchema = z.strictObject({
  smtp: url(['smtp', 'smtps']).describe('smtp(s)://USER:PASSWORD@HOST:PORT'),
  from: z.string().min(3).max(320),
  to: z.array(z.string().min(3).max(320)).min(1).max(50),
});
const mqttTargetSchema = z.strictObject({
  mqtt: url(['mqtt', 'mqtts']).describe('mqtt(s)://USER:PASSWORD@HOST:PORT'),
  topic: z
    .string()
    .min(1)
    .max(500)
    .regex(/^[^#+]+$/, 'a topic to send to has no # and no +'),
});

/** Of a secret that signs messages. */
export const LEAST_SECRET = 16;

/** Whom to tell of alerts, and how. */
export const notifierSchema = z.union([
  z.strictObject({
    webhook: url(['http', 'https']),
    secret: z
      .string()
      .refine(
        (secret) => secret.startsWith('${') || secret.length >= LEAST_SECRET,
        `it has ${LEAST_SECRET} letters or more`,
      )
      .optional()
      .describe('Signs what is sent: HMAC-SHA-256'),
  }),
  z.strictObject({ email: emailSchema }),
  mqttTargetSchema,
]);

/** Whom to tell, and how. */
export type Notifier = z.infer<typeof notifierSchema>;

/**
 * What an alert is about: a rule's condition, a rule that cannot be evaluated, or somebody who cannot be told.
 */
const ALERT_KINDS = ['condition', 'blind', 'notifier'] as const;

/**
 * ```
 * pending -> raised -> acknowledged -> cleared
 *    \          \------------------/-> expired
 *     \-> (gone: it did not hold for long enough)
 * ```
 */
const ALERT_STATES = ['pending', 'raised', 'acknowledged', 'cleared', 'expired'] as const;

const instant = z.number().describe('UTC, ms since 1970');

const noteSchema = z.strictObject({ timeMs: instant, by: z.string().max(100), text: z.string().min(1).max(2000) });

/** An alert as it is now. */
export const alertSchema = z.strictObject({
  id: z.string().max(40).describe('Unique for ever'),
  kind: z.enum(ALERT_KINDS),
  subject: placeNameSchema.describe('The rule, or the notifier'),
  severity: z.enum(SEVERITIES),
  state: z.enum(ALERT_STATES),
  message: z
    .string()
    .max(1000)
    .describe('What was found, with figures: "density(square) is 3.8 ± 0.2 per m², above 3.5"'),
  pendingMs: instant.describe('When it began to hold'),
  raisedMs: instant.nullable(),
  acknowledgedMs: instant.nullable(),
  acknowledgedBy: z.string().max(100).nullable(),
  endedMs: instant.nullable().describe('When it was cleared, or expired'),
  isOver: z.boolean().describe('The figures are well again; a latched alert still waits to be acknowledged'),
  isBlind: z.boolean().describe('It cannot be evaluated now: an unknown figure never clears an alert'),
  escalations: z.int().min(0).describe('How many steps of escalation were taken'),
  notes: z.array(noteSchema).max(200),
});

/** An alert as it is now. */
export type Alert = z.infer<typeof alertSchema>;
/** Where in its life an alert is. */
export type AlertState = Alert['state'];

/** What can happen to an alert, or to a rule. */
const ALERT_EVENT_KINDS = [
  'raised',
  'acknowledged',
  'noted',
  'escalated',
  'cleared',
  'expired',
  'suppressed',
  'resumed',
] as const;

/** Something that happened: a line of the shift log. */
export const alertEventSchema = z.strictObject({
  sequence: z.int().min(1).describe('One after the other, never used twice'),
  timeMs: instant,
  kind: z.enum(ALERT_EVENT_KINDS),
  by: z.string().max(100).nullable().describe('Who did it; null for Starling itself'),
  subject: placeNameSchema,
  alert: alertSchema.nullable().describe('As it was then; null for what happens to a rule'),
  notify: z.array(placeNameSchema).describe('Who is to be told of it'),
  text: z.string().max(2000).nullable(),
});

/** Something that happened: a line of the shift log. */
export type AlertEvent = z.infer<typeof alertEventSchema>;
