/** Cameras, zones, gates and rules of a site, all of them or one. */
import * as z from 'zod';
import {
  type Camera,
  cameraHealthSchema,
  type Gate,
  isSimulated,
  type Moment,
  type Rule,
  SEVERITIES,
  type Site,
  type Zone,
} from '../../contract/index.ts';
import { NOTHING, type Route, route } from '../http/route.ts';
import { found, pageOf, placeName } from './query.ts';

interface PlaceParts {
  readonly site: { get(): { readonly site: Site } };
  readonly moment: () => Moment | null;
}

const point = z.tuple([z.number(), z.number()]);
const points = z.array(point).nullable();
const line = z.tuple([point, point]).nullable();

const cameraSchema = z.strictObject({
  id: z.string(),
  isCalibrated: z.boolean(),
  isSimulated: z.boolean(),
  framesPerS: z.number().nullable().describe('How often it is to be looked at; null: as it comes'),
  health: cameraHealthSchema.nullable().describe('Null while nothing is known'),
});
const zoneSchema = z.strictObject({
  id: z.string(),
  camera: z.string().nullable().describe('On whose picture it is drawn; null for a zone on the ground'),
  polygon: points.describe('Metres; null for a zone on a picture'),
  image: points.describe('Fractions of the picture; null for a zone on the ground'),
});
const gateSchema = z.strictObject({
  id: z.string(),
  camera: z.string().nullable(),
  line: line.describe('Metres; null for a gate on a picture'),
  image: line.describe('Fractions of the picture; null for a gate on the ground'),
});
const ms = z.number().nullable().describe('ms; null: for ever');
const ruleSchema = z.strictObject({
  id: z.string(),
  when: z.string(),
  forMs: z.number(),
  clear: z.string().nullable(),
  clearForMs: z.number(),
  severity: z.enum(SEVERITIES),
  isLatched: z.boolean(),
  isEnabled: z.boolean(),
  blindAfterMs: ms,
  expireAfterMs: ms,
  notify: z.array(z.string()),
  escalate: z.array(z.strictObject({ afterMs: ms, notify: z.array(z.string()) })),
  schedule: z
    .array(z.strictObject({ days: z.array(z.string()), from: z.string(), to: z.string() }))
    .nullable()
    .describe('Null: always'),
  note: z.string().nullable(),
});

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

// A source can hold a password, and nobody who looks at cameras needs it: it is in the site file.
const cameraView =
  (moment: Moment | null) =>
  (camera: Camera): z.input<typeof cameraSchema> => ({
    id: camera.id,
    isCalibrated: camera.calibration !== undefined,
    isSimulated: isSimulated(camera),
    framesPerS: camera.fps ?? null,
    health: moment?.cameras.find((now) => now.camera === camera.id)?.health ?? null,
  });

const zoneView = (zone: Zone): z.input<typeof zoneSchema> =>
  'camera' in zone
    ? { id: zone.id, camera: zone.camera, polygon: null, image: zone.image }
    : { id: zone.id, camera: null, polygon: zone.polygon, image: null };

const gateView = (gate: Gate): z.input<typeof gateSchema> =>
  'camera' in gate
    ? { id: gate.id, camera: gate.camera, line: null, image: gate.image }
    : { id: gate.id, camera: null, line: gate.line, image: null };

const ruleView = (rule: Rule): z.input<typeof ruleSchema> => ({
  id: rule.id,
  when: rule.when,
  forMs: rule.for ?? 0,
  clear: rule.clear ?? null,
  clearForMs: rule.clearFor ?? 0,
  severity: rule.severity,
  isLatched: rule.latch,
  isEnabled: rule.enabled,
  blindAfterMs: finite(rule.blindAfter),
  expireAfterMs: finite(rule.expireAfter),
  notify: rule.notify,
  escalate: rule.escalate.map(({ after, notify }) => ({ afterMs: finite(after), notify })),
  schedule: rule.schedule ?? null,
  note: rule.note ?? null,
});

interface Kind {
  /** `zone`, of `/api/zones/:zone`. */
  readonly one: string;
  readonly item: z.ZodType<{ readonly id: string }>;
  readonly list: () => readonly { readonly id: string }[];
}

const capitalised = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;

const routesOf = ({ one, item, list }: Kind): Route[] => [
  route({
    method: 'GET',
    path: `/api/${one}s`,
    id: `get${capitalised(one)}s`,
    summary: `All ${one}s of the site, in the order of its file`,
    access: 'see',
    audit: null,
    params: NOTHING,
    query: NOTHING,
    body: NOTHING,
    reply: pageOf(item),
    handle: async () => ({ kind: 'value', value: { items: list(), next: null } }),
  }),
  route({
    method: 'GET',
    path: `/api/${one}s/:${one}`,
    id: `get${capitalised(one)}`,
    summary: `One ${one} of the site`,
    access: 'see',
    audit: null,
    params: z.strictObject({ [one]: placeName }),
    query: NOTHING,
    body: NOTHING,
    reply: item,
    handle: async ({ params }) => {
      const id = params[one];
      return {
        kind: 'value',
        value: found(
          list().find((thing) => thing.id === id),
          one,
          id,
        ),
      };
    },
  }),
];

/** Routes of what a site has. */
export const placeRoutes = (parts: PlaceParts): Route[] => {
  const site = (): Site => parts.site.get().site;
  return [
    { one: 'camera', item: cameraSchema, list: () => site().cameras.map(cameraView(parts.moment())) },
    { one: 'zone', item: zoneSchema, list: () => site().zones.map(zoneView) },
    { one: 'gate', item: gateSchema, list: () => site().gates.map(gateView) },
    { one: 'rule', item: ruleSchema, list: () => site().rules.map(ruleView) },
  ].flatMap(routesOf);
};
