/** The site in the formats of other systems. */
import * as z from 'zod';
import { StarlingError } from '../../contract/index.ts';
import { NOTHING, type Route, route } from '../../serve/index.ts';

interface ConnectParts {
  readonly geoJson: () => unknown;
  /** Null before the first second. */
  readonly ngsi: () => readonly unknown[] | null;
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
    handle: async () => ({ kind: 'value', value: parts.geoJson() }),
  }),
  route({
    ...SEEN,
    path: '/api/ngsi',
    id: 'getNgsi',
    summary: 'The site now as entities of NGSI-LD (FIWARE): CrowdFlowObserved',
    reply: z.array(z.looseObject({ id: z.string(), type: z.string() })),
    handle: async () => {
      const value = parts.ngsi();
      if (value === null) throw new StarlingError('SERVE_NOTHING_YET', {});
      return { kind: 'value', value };
    },
  }),
];
