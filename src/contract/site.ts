import * as z from 'zod';
import { notifierSchema, type Rule, ruleSchema } from './alert.ts';
import { durationSchema } from './duration.ts';
import { isSimplePolygon, type Point, signedArea } from './geometry.ts';
import { placeNameSchema as name } from './place-name.ts';
import { DETECTION_SHARES } from './quality.ts';

/** Shape of a site file; `docs/site-file.md` explains it, `docs/site.schema.json` serves editors. */

const fraction = z.number().min(0).max(1);
const imagePoint = z.tuple([fraction, fraction]).describe('Fractions of the picture, (0,0) top left');
/** A quarter of the way round the Earth: beyond it a number of metres is a slip of the hand. */
const FARTHEST_M = 1e7;
const metres = z.number().min(-FARTHEST_M).max(FARTHEST_M);
const groundPoint = z.tuple([metres, metres]).describe('Metres, x right and y up');

/** Whether a polygon crosses itself takes time with the square of this. */
const MOST_CORNERS = 1000;

const checkPolygon = (polygon: readonly Point[], context: z.RefinementCtx): void => {
  if (!isSimplePolygon(polygon)) context.addIssue({ code: 'custom', message: 'the polygon crosses or touches itself' });
  else if (signedArea(polygon) === 0) context.addIssue({ code: 'custom', message: 'the polygon has no area' });
};
const imagePolygon = z.array(imagePoint).min(3).max(MOST_CORNERS).superRefine(checkPolygon);
/** A ring may be closed by naming its first corner again, as programs that draw maps do. */
const withoutRepeatedStart = <Corner extends Point>(ring: Corner[]): Corner[] => {
  const [first, last] = [ring[0], ring.at(-1)];
  const closed = ring.length > 3 && first && last && first[0] === last[0] && first[1] === last[1];
  return closed ? ring.slice(0, -1) : ring;
};
const groundPolygon = z
  .array(groundPoint)
  .overwrite(withoutRepeatedStart)
  .min(3)
  .max(MOST_CORNERS)
  .superRefine(checkPolygon)
  .describe('Metres');

const differ = ([[ax, ay], [bx, by]]: readonly [Point, Point]): boolean => ax !== bx || ay !== by;
const NO_LENGTH = 'the gate has no length: its two ends are the same point';
const imageLine = z.tuple([imagePoint, imagePoint]).refine(differ, NO_LENGTH);
const groundLine = z.tuple([groundPoint, groundPoint]).refine(differ, NO_LENGTH).describe('Metres, a to b');

const pointPair = z.strictObject({ image: imagePoint, ground: groundPoint });

const calibrationSchema = z.strictObject({
  points: z.array(pointPair).min(4, 'a calibration needs at least four point pairs'),
  radialDistortion: z
    .number()
    .optional()
    .describe('Lens coefficient k1: seen = ideal (1 + k1 r²), r from the picture centre in half diagonals'),
});

const detectionSchema = z
  .strictObject({
    ...DETECTION_SHARES,
    model: z.string().optional().describe('Name of the model they hold for; another one is judged by its own card'),
  })
  .describe("How well this camera's people are found, from `starling validate`; without it, the model's card counts");

/** How a source may begin that is neither a file nor a folder. One letter is a drive of Windows. */
const SCHEMES = ['rtsp', 'rtsps', 'http', 'https', 'v4l2', 'sim'];

const hasKnownScheme = (source: string): boolean => {
  const [, scheme] = /^([a-z][a-z0-9+.-]+):/i.exec(source) ?? [];
  return scheme === undefined || SCHEMES.includes(scheme.toLowerCase());
};

const cameraSchema = z.strictObject({
  id: name,
  source: z
    .string()
    .min(1)
    .refine(hasKnownScheme, `a source is a file, a folder, or begins with ${SCHEMES.join(', ')}`)
    .optional()
    .describe(
      'A file, a folder of pictures, rtsp(s)://, http(s)://, v4l2:/dev/video0 or sim://SCENARIO; ${NAME} is taken from the environment or the secrets file',
    ),
  fps: z.number().min(0.01).max(1000).optional().describe('How often to measure, per second'),
  loop: z.boolean().optional().describe('For a live site: see a recording again and again'),
  transport: z.enum(['tcp', 'udp']).optional().describe('How RTSP brings pictures; tcp unless given'),
  frameRate: z.number().positive().optional().describe('For a recording whose header lies about its rate, frames/s'),
  startTime: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('For a recording: the instant of its first picture, with its offset from UTC'),
  masks: z.array(imagePolygon).default([]).describe('Blackened before anything else looks'),
  calibration: calibrationSchema.optional(),
  detection: detectionSchema.optional(),
});

const groundZone = z.strictObject({ id: name, polygon: groundPolygon });
const imageZone = z.strictObject({ id: name, camera: name, image: imagePolygon });
const groundGate = z.strictObject({
  id: name,
  line: groundLine,
  depthM: z
    .number()
    .positive()
    .max(FARTHEST_M)
    .optional()
    .describe('For trajectories: how far beyond the line, to its left, a passage is measured'),
});
const imageGate = z.strictObject({ id: name, camera: name, image: imageLine });

/** Whether the runtime knows this IANA time zone. */
export const isTimeZone = (timezone: string): boolean => {
  try {
    return Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const timezone = z
  .string()
  .refine(isTimeZone, 'not a time zone of the IANA list; write it like Europe/Amsterdam')
  .default('UTC')
  .describe('IANA name; reports are in this zone');

type Issue = { path: (string | number)[]; message: string };

const repeated = (list: readonly { id: string }[], path: string): Issue[] =>
  list.flatMap(({ id }, i) =>
    list.findIndex((other) => other.id === id) === i
      ? []
      : [{ path: [path, i, 'id'], message: `the name "${id}" is used twice` }],
  );

interface SiteLists {
  readonly cameras: readonly z.infer<typeof cameraSchema>[];
  readonly zones: readonly (z.infer<typeof groundZone> | z.infer<typeof imageZone>)[];
  readonly gates: readonly (z.infer<typeof groundGate> | z.infer<typeof imageGate>)[];
}

const unknownCameras = (site: SiteLists, list: 'zones' | 'gates'): Issue[] =>
  site[list].flatMap((item, i) =>
    !('camera' in item) || site.cameras.some(({ id }) => id === item.camera)
      ? []
      : [{ path: [list, i, 'camera'], message: `there is no camera "${item.camera}"` }],
  );

/** Whether a camera is a simulated crowd, which knows where everybody is. */
export const isSimulated = ({ source }: { readonly source?: string | undefined }): boolean =>
  source !== undefined && /^sim:/i.test(source);

const metresWithoutCalibration = (site: SiteLists, list: 'zones' | 'gates'): Issue[] => {
  if (site.cameras.length === 0 || site.cameras.some((camera) => camera.calibration || isSimulated(camera))) return [];
  return site[list].flatMap((item, i) =>
    'camera' in item
      ? []
      : [
          {
            path: [list, i, list === 'zones' ? 'polygon' : 'line'],
            message: `"${item.id}" is drawn in metres, but no camera is calibrated`,
          },
        ],
  );
};

const unknownNotifiers = ({
  rules,
  notify,
}: {
  readonly rules: readonly Rule[];
  readonly notify: Readonly<Record<string, unknown>>;
}): Issue[] =>
  rules.flatMap((rule, i) =>
    [...rule.notify, ...rule.escalate.flatMap((step) => step.notify)]
      .filter((told) => !Object.hasOwn(notify, told))
      .map((told) => ({ path: ['rules', i, 'notify'], message: `nobody is called "${told}" under notify` })),
  );

const reservedName = (site: SiteLists): Issue[] =>
  site.zones.flatMap(({ id }, i) =>
    id === 'view' ? [{ path: ['zones', i, 'id'], message: 'the name "view" stands for the whole view' }] : [],
  );

const privacySchema = z.strictObject({
  minimumCount: z.int().min(1).default(3).describe('Fewer people in view than this leave the density map quiet'),
  retention: z
    .strictObject({
      seconds: durationSchema.prefault('48h').describe('Observations as they came'),
      minutes: durationSchema.prefault('400d'),
      quarterHours: durationSchema.prefault('forever'),
      fields: durationSchema.prefault('90d').describe('Density and velocity on the ground, by quarter-hour'),
    })
    .prefault({})
    .describe('How long a live site keeps stored figures'),
});

/** What is walked on: an outer ring and the holes in it. */
const walkable = z
  .array(groundPolygon)
  .min(1)
  .describe('Where people can walk: outer ring, then holes, metres. Voronoi cells end there');

const cutoff = z
  .strictObject({
    radiusM: z.number().min(0.01).max(FARTHEST_M).default(0.8).describe('Nobody takes up more room than this far'),
    segments: z.int().min(1).max(90).default(3).describe('Sides of the polygon that stands for the circle, a quarter'),
  })
  .describe('Voronoi cells are cut to this circle; without it there are no cut-off figures');

const analysisSchema = z.strictObject({
  speedFrames: z
    .int()
    .min(1)
    .max(1000)
    .default(5)
    .describe('Trajectories: speed is the displacement over this many frames before and after'),
  cutoff: cutoff.optional(),
  gridM: z.number().positive().max(FARTHEST_M).default(0.5).describe('Side of a cell of the profiles, m'),
  kernelM: z.number().positive().max(FARTHEST_M).default(0.7).describe('Width (one sigma) of the density kernel, m'),
  pressureRadiusM: z
    .number()
    .positive()
    .max(FARTHEST_M)
    .default(1)
    .describe('Radius R of the kernel exp(−d²/R²) that crowd pressure is averaged with, m; its sigma is R/√2'),
  flowFrames: z.int().min(1).default(150).describe('Trajectories: frames of a window of flow.csv'),
  passingDepthM: z
    .number()
    .positive()
    .max(FARTHEST_M)
    .default(1)
    .describe('Trajectories: depth of the stretch behind a gate, unless the gate or a zone beside it says otherwise'),
  levelOfService: z
    .enum(['walkway', 'queue'])
    .default('walkway')
    .describe("Which of Fruin's tables: people who walk, or people who wait"),
});

/** More zones, or gates, than this are a slip of a program. */
const MOST_PLACES = 999;

/** A whole site: its cameras, and the zones and gates that are measured. */
export const siteSchema = z
  .strictObject({
    site: z.strictObject({ id: name, name: z.string().min(1), timezone }),
    cameras: z.array(cameraSchema).default([]),
    zones: z
      .array(z.union([groundZone, imageZone]))
      .max(MOST_PLACES)
      .default([]),
    gates: z
      .array(z.union([groundGate, imageGate]))
      .max(MOST_PLACES)
      .default([]),
    privacy: privacySchema.prefault({}),
    walkable: walkable.optional(),
    analysis: analysisSchema.prefault({}),
    rules: z.array(ruleSchema).max(MOST_PLACES).default([]).describe('For a live site: when to raise an alert'),
    notify: z.record(name, notifierSchema).default({}).describe('For a live site: whom to tell, and how'),
  })
  .superRefine((site, context) => {
    const issues = [
      ...repeated(site.cameras, 'cameras'),
      ...repeated(site.zones, 'zones'),
      ...repeated(site.gates, 'gates'),
      ...repeated(site.rules, 'rules'),
      ...unknownNotifiers(site),
      ...reservedName(site),
      ...unknownCameras(site, 'zones'),
      ...unknownCameras(site, 'gates'),
      ...metresWithoutCalibration(site, 'zones'),
      ...metresWithoutCalibration(site, 'gates'),
    ];
    for (const issue of issues) context.addIssue({ code: 'custom', ...issue });
  });

/** A site file, checked. */
export type Site = z.infer<typeof siteSchema>;
/** One camera of a site. */
export type Camera = Site['cameras'][number];
/** One zone: in metres, or drawn on a camera's picture. */
export type Zone = Site['zones'][number];
/** One gate: in metres, or drawn on a camera's picture. */
export type Gate = Site['gates'][number];
/** Point pairs that tie a camera's picture to the ground. */
export type Calibration = z.infer<typeof calibrationSchema>;
/** How long a live site keeps what, ms. */
export type Retention = Site['privacy']['retention'];
/** Parameters of the methods. */
export type Analysis = z.infer<typeof analysisSchema>;

/** What holds for a place of which there is no site file. */
export const SITE_DEFAULTS: Pick<Site, 'analysis' | 'privacy'> = {
  analysis: analysisSchema.parse({}),
  privacy: privacySchema.parse({}),
};
