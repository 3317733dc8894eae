/** The site in the formats of other systems. */
import * as z from 'zod';
import { toGeoJson, toNgsi } from '../../connect/index.ts';
import { type Moment, type Site, StarlingError } from '../../contract/index.ts';
import { NOTHING, type Route, route } from '../../serve/index.ts';

/** What these routes work with. */
export interface ConnectParts {
  readonly siteNow: () => Site;
  /** The last second that is over; null while there is none. */
  readonly moment: () => Moment | null;
}

const SEEN = { method: 'GET', access: 'see', audit: null, params: NOTHING, query: NOTHING, body: NOTHING } as const;

/** Routes for maps and context brokers. */
export const connectRoutes = (parts: ConnectParts): Route[] => [
  route({
    ...SEEN,
    path: '/api/site/geojson',
    id: 'getSiteGeoJson',
    summary: 'Zones, gates and what is walked on, as GeoJSON',
    reply: z.looseObject({ type: z.literal('FeatureCollection') }),
    handle: async () => ({ kind: 'value', value: toGeoJson(parts.siteNow(), null) }),
  }),
  route({
    ...SEEN,
    path: '/api/ngsi',
    id: 'getNgsi',
    summary: 'The site now as entities of NGSI-LD (FIWARE): CrowdFlowObserved',
    reply: z.array(z.looseObject({ id: z.string(), type: z.string() })),
    handle: async () => {
      const moment = parts.moment();
      if (moment === null) throw new StarlingError('SERVE_NOTHING_YET', {});
      return { kind: 'value', value: toNgsi(moment, parts.siteNow()) };
    },
  }),
];
