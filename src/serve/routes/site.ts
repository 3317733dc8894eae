/** The site: what it is called, its file as it is read and changed, and how it was before. */
import * as z from 'zod';
import { type Site, siteSchema, StarlingError } from '../../contract/index.ts';
import { type Answer, type Call, NOTHING, type Route, route } from '../http/route.ts';
import { iso, isoTime, pageOf } from './query.ts';
import { checkSiteSize } from './site-size.ts';
import { withoutSecrets, withSecretsOf } from './site-secrets.ts';

/** A site at one of its versions. */
export interface SiteState {
  readonly site: Site;
  /** As its file has it: what `siteSchema` takes, with its `${NAME}`s not filled in. */
  readonly written: unknown;
  /** Letters, digits and . _ - only. Another content has another version. */
  readonly version: string;
}

/** A change of the site that was made. */
export interface SiteChange {
  readonly version: string;
  readonly timeMs: number;
  /** Who made it; null for whoever edited the file by hand. */
  readonly by: string | null;
}

/** The site file, as the API needs it. */
export interface SiteDesk {
  get(): SiteState;
  /**
   * Changes the site, the whole of it or nothing.
   *
   * @param written what `siteSchema` takes
   * @param version the version that it is a change of
   * @throws SITE_INVALID, SITE_CHANGED_MEANWHILE, SITE_NOT_WRITABLE; ZodError
   */
  change(written: unknown, version: string, by: string): Promise<SiteState>;
  /** Goes back to the version before. @throws SITE_NOTHING_TO_UNDO, SITE_NOT_WRITABLE */
  undo(by: string): Promise<SiteState>;
  /** The newest first; a bounded number of them. */
  history(): Promise<readonly SiteChange[]>;
}

interface SiteParts {
  readonly site: SiteDesk;
}

/** How long something is kept, as it is told: forever is null. */
const keptMs = z.number().nullable().describe('ms; null: for ever');

const siteViewSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  timezone: z.string().describe('IANA name'),
  version: z.string(),
  levelOfService: z.enum(['walkway', 'queue']),
  minimumCount: z.int(),
  retention: z.strictObject({ secondsMs: keptMs, minutesMs: keptMs, quarterHoursMs: keptMs, fieldsMs: keptMs }),
});

/** A site file as it is read over the API: secrets are masked. */
const siteFileSchema = z.strictObject({
  version: z.string(),
  site: z.unknown().describe('The site file as JSON, docs/site.schema.json; secrets are masked'),
});

const changeSchema = z.strictObject({ version: z.string(), time: isoTime, by: z.string().nullable() });

const finite = (ms: number): number | null => (Number.isFinite(ms) ? ms : null);

const viewOf = ({ site, version }: SiteState): z.input<typeof siteViewSchema> => {
  const { retention, minimumCount } = site.privacy;
  return {
    ...site.site,
    version,
    levelOfService: site.analysis.levelOfService,
    minimumCount,
    retention: {
      secondsMs: finite(retention.seconds),
      minutesMs: finite(retention.minutes),
      quarterHoursMs: finite(retention.quarterHours),
      fieldsMs: finite(retention.fields),
    },
  };
};

const tagOf = (version: string): string => `"${version}"`;

const fileAnswer = ({ written, version }: SiteState): Answer => ({
  kind: 'value',
  value: { version, site: withoutSecrets(written) },
  headers: { etag: tagOf(version) },
});

/** The version that a change is of. `*` would be a change of whatever is there. */
const versionOf = ({ headers }: Pick<Call, 'headers'>): string => {
  const given = headers['if-match'];
  const [, version] = /^\s*"([\w.-]{1,100})"\s*$/.exec(typeof given === 'string' ? given : '') ?? [];
  if (version === undefined) throw new StarlingError('SERVE_VERSION_MISSING', {});
  return version;
};

const looking = (parts: SiteParts): Route[] => [
  route({
    method: 'GET',
    path: '/api/site',
    id: 'getSite',
    summary: 'The site: its name, time zone and version',
    access: 'see',
    audit: null,
    params: NOTHING,
    query: NOTHING,
    body: NOTHING,
    reply: siteViewSchema,
    handle: async () => ({ kind: 'value', value: viewOf(parts.site.get()) }),
  }),
  route({
    method: 'GET',
    path: '/api/site/file',
    id: 'getSiteFile',
    summary: 'The site file as JSON; its ETag is what a change of it sends as If-Match',
    access: 'configure',
    audit: 'looked',
    params: NOTHING,
    query: NOTHING,
    body: NOTHING,
    reply: siteFileSchema,
    handle: async () => fileAnswer(parts.site.get()),
  }),
  route({
    method: 'GET',
    path: '/api/site/history',
    id: 'getSiteHistory',
    summary: 'Changes of the site, the newest first',
    access: 'configure',
    audit: 'looked',
    params: NOTHING,
    query: NOTHING,
    body: NOTHING,
    reply: pageOf(changeSchema),
    handle: async () => {
      const changes = await parts.site.history();
      const items = changes.map(({ version, timeMs, by }) => ({ version, time: iso(timeMs), by }));
      return { kind: 'value', value: { items, next: null } };
    },
  }),
];

/** A route whose body is looked at before it is understood. */
const sized = (given: Route): Route => ({
  ...given,
  handle: async (call) => {
    checkSiteSize(call.body);
    return given.handle(call);
  },
});

const changing = (parts: SiteParts): Route[] => [
  sized(
    route({
      method: 'PUT',
      path: '/api/site/file',
      id: 'putSiteFile',
      summary:
        'Changes the site file: the whole of it, checked, or nothing. If-Match says which version it is a change of',
      access: 'configure',
      audit: 'changed',
      params: NOTHING,
      query: NOTHING,
      body: siteSchema,
      ifMatch: true,
      reply: siteFileSchema,
      handle: async (call) => {
        const written = withSecretsOf(call.sent, parts.site.get().written);
        return fileAnswer(await parts.site.change(written, versionOf(call), call.caller.name));
      },
    }),
  ),
  route({
    method: 'POST',
    path: '/api/site/undo',
    id: 'undoSite',
    summary: 'Goes back to the version before this one',
    access: 'configure',
    audit: 'changed',
    params: NOTHING,
    query: NOTHING,
    body: NOTHING,
    reply: siteFileSchema,
    handle: async ({ caller }) => fileAnswer(await parts.site.undo(caller.name)),
  }),
];

/** Routes of the site and its file. */
export const siteRoutes = (parts: SiteParts): Route[] => [...looking(parts), ...changing(parts)];
