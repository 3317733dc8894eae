/** Every route of a hub but those of sign-in and of the audit log, and the document that describes them. */
import * as z from 'zod';
import {
  alertEventSchema,
  alertSchema,
  cameraHealthSchema,
  momentSchema,
  type Moment,
  siteSchema,
} from '../../contract/index.ts';
import type { Store } from '../../store/index.ts';
import { exportRoutes } from '../export/routes.ts';
import { type OpenApiOptions, openApiDocument } from '../http/openapi.ts';
import { NOTHING, type Route, route } from '../http/route.ts';
import type { LiveFeed } from '../live/live-feed.ts';
import { type AlertDesk, alertRoutes } from './alerts.ts';
import { healthRoutes, type SiteHealth } from './health.ts';
import { fieldRoutes } from './history/fields.ts';
import { historyRoutes } from './history/routes.ts';
import { liveRoutes } from './live.ts';
import { metricRoutes } from './metrics.ts';
import { placeRoutes } from './places.ts';
import { type SiteDesk, siteRoutes } from './site.ts';

/** What the API is about. Nothing of it is touched before somebody asks. */
export interface ApiParts {
  readonly site: SiteDesk;
  readonly store: Pick<Store, 'zones' | 'gates' | 'cameras' | 'fields' | 'gaps'>;
  readonly alerts: AlertDesk;
  readonly live: LiveFeed;
  /** The last second that is over; null while there is none. */
  readonly moment: () => Moment | null;
  readonly health: () => SiteHealth;
  /** Figures as Prometheus reads them. */
  readonly metrics: () => string | Promise<string>;
  /** Whether everybody may read them. */
  readonly openMetrics: boolean;
}

/** Of the API, not of the program: it changes with what other programs would notice. */
const API_VERSION = '1.0.0';

const DESCRIBED: OpenApiOptions = {
  version: API_VERSION,
  named: { Alert: alertSchema, AlertEvent: alertEventSchema, CameraHealth: cameraHealthSchema, Moment: momentSchema },
  namedBodies: { SiteFile: siteSchema },
  cookie: 'starling',
};

const openApi = (described: () => readonly Route[]): Route => {
  let document: unknown = null;
  return route({
    method: 'GET',
    path: '/api/openapi.json',
    id: 'getOpenApi',
    summary: 'This document',
    access: 'public',
    audit: null,
    params: NOTHING,
    query: NOTHING,
    body: NOTHING,
    reply: z.looseObject({ openapi: z.string() }),
    handle: async () => ({ kind: 'value', value: (document ??= openApiDocument(described(), DESCRIBED)) }),
  });
};

/**
 * All routes, with the document that describes them.
 *
 * @param others routes that are made elsewhere, those of sign-in and of the audit log
 */
export const createRoutes = (parts: ApiParts, others: readonly Route[] = []): Route[] => {
  const routes: Route[] = [
    openApi(() => routes),
    ...siteRoutes(parts),
    ...placeRoutes(parts),
    ...liveRoutes(parts),
    ...historyRoutes(parts),
    ...fieldRoutes(parts),
    ...alertRoutes(parts),
    ...exportRoutes(parts),
    ...others,
    ...metricRoutes(parts),
    ...healthRoutes(parts),
  ];
  return routes;
};

const untouched = (): never => {
  throw new Error('these routes are only described');
};

/** Parts of a hub that is not there: for describing its routes. */
const NO_PARTS: ApiParts = {
  get site() {
    return untouched();
  },
  get store() {
    return untouched();
  },
  get alerts() {
    return untouched();
  },
  get live() {
    return untouched();
  },
  moment: untouched,
  health: untouched,
  metrics: untouched,
  openMetrics: false,
};

/** The OpenAPI document, as a program that has no hub can have it. */
export const describeApi = (others: readonly Route[] = []): ReturnType<typeof openApiDocument> =>
  openApiDocument(createRoutes(NO_PARTS, others), DESCRIBED);
