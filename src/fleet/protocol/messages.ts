/**
 * What crosses the line between a sensor and the hub, as text. Each message is one JSON object; what carries it (IPC
 * here) knows nothing about it, so that the same bytes can go another way.
 */
import * as z from 'zod';

/** A message is at most this long, in UTF-16 units. */
export const MOST_MESSAGE_LENGTH = 8 * 1024 * 1024;

/** Text of an observation is at most this long; one that the schema lets through is at most about half of it. */
export const MOST_BODY_LENGTH = 4 * 1024 * 1024;

/** At most so many observations of a camera are sent and not yet answered. */
export const MOST_IN_FLIGHT = 64;

const MOST_ANSWERS = 10_000;
const camera = z.string().min(1).max(64);
const sequence = z.int().min(1);
const reason = z.string().max(1000);

const toSensorSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('assign'),
    latest: z
      .record(camera, z.int().min(0))
      .describe('Its cameras, and of each the greatest number that the hub knows'),
    spoolFolder: z.string().min(1),
    work: z.unknown().describe('What the sensor is to do: read by the sensor, not by the fleet'),
  }),
  z.strictObject({
    kind: z.literal('acknowledge'),
    camera,
    stored: z.array(sequence).max(MOST_ANSWERS),
    refused: z.array(z.strictObject({ sequence, reason })).max(MOST_ANSWERS),
  }),
  z.strictObject({ kind: z.literal('stop'), withinMs: z.number().min(0) }),
]);

const toHubSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('alive') }),
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({
    kind: z.literal('observation'),
    camera,
    sequence,
    body: z.string().describe('JSON text of an Observation, as it lies in the spool'),
  }),
  z.strictObject({ kind: z.literal('bye'), waiting: z.int().min(0).describe('Observations left in the spools') }),
]);

/** From the hub to a sensor. */
export type ToSensor = z.infer<typeof toSensorSchema>;
/** From a sensor to the hub. */
export type ToHub = z.infer<typeof toHubSchema>;
/** What a sensor is to do, and where its spools lie. */
export type Assignment = Extract<ToSensor, { kind: 'assign' }>;
/** What became of a camera's observations. */
export type Acknowledgement = Extract<ToSensor, { kind: 'acknowledge' }>;
/** One observation on its way. */
export type ObservationMessage = Extract<ToHub, { kind: 'observation' }>;

/** A message that was understood, or what is wrong with it. */
export type Decoded<Message> = { readonly message: Message } | { readonly problem: string };

/** A message as text. */
export const encode = (message: ToSensor | ToHub): string => JSON.stringify(message);

const parseJson = (text: string): Decoded<unknown> => {
  if (text.length > MOST_MESSAGE_LENGTH) return { problem: `it is too long (${text.length})` };
  try {
    const message: unknown = JSON.parse(text);
    return { message };
  } catch {
    return { problem: 'it is no JSON' };
  }
};

/** Text as what the schema says, or what is wrong with it; never throws, and never repeats what the text held. */
export const decode = <Message>(schema: z.ZodType<Message>, text: string): Decoded<Message> => {
  const json = parseJson(text);
  if ('problem' in json) return json;
  const parsed = schema.safeParse(json.message);
  if (parsed.success) return { message: parsed.data };
  const [issue] = parsed.error.issues;
  return { problem: `${issue.path.join('.') || 'it'}: ${issue.message}`.slice(0, 200) };
};

/** Reads a message from the hub. */
export const decodeToSensor = (text: string): Decoded<ToSensor> => decode(toSensorSchema, text);
/** Reads a message from a sensor. */
export const decodeToHub = (text: string): Decoded<ToHub> => decode(toHubSchema, text);
