import { Readable } from 'node:stream';
import { NOTHING, type Route, route } from '../http/route.ts';

interface MetricParts {
  /** Figures as Prometheus reads them, text format 0.0.4. */
  readonly metrics: () => string | Promise<string>;
  /** Whether everybody may read them, or only who may see the site, such as by a token. */
  readonly openMetrics: boolean;
}

/** Figures for Prometheus. */
export const metricRoutes = (parts: MetricParts): Route[] => [
  route({
    method: 'GET',
    path: '/metrics',
    id: 'getMetrics',
    summary: 'Figures for Prometheus',
    access: parts.openMetrics ? 'public' : 'see',
    audit: null,
    params: NOTHING,
    query: NOTHING,
    body: NOTHING,
    reply: null,
    media: 'text/plain',
    handle: async () => ({
      kind: 'stream',
      stream: Readable.from([await parts.metrics()]),
      type: 'text/plain; version=0.0.4; charset=utf-8',
    }),
  }),
];
