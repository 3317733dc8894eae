/** The heat field: density and velocity on the ground over a period, camera by camera. */
import * as z from 'zod';
import type { FieldSpan } from '../../../store/index.ts';
import { NOTHING, type Route, route } from '../../http/route.ts';
import {
  cursor,
  iso,
  isoTime,
  isPeriod,
  limitOf,
  NO_PERIOD,
  pageOf,
  PERIOD,
  placeName,
  readCursor,
  writeCursor,
} from '../query.ts';
import type { HistoryParts } from './routes.ts';

const velocity = z.array(z.number().nullable()).describe('Mean weighted by density, m/s; null: unknown');

const fieldSchema = z.strictObject({
  camera: z.string(),
  start: isoTime,
  end: isoTime,
  knownS: z.number().describe('For how long the field was known, s'),
  originXM: z.number(),
  originYM: z.number(),
  cellM: z.number(),
  columns: z.int(),
  rows: z.int(),
  cell: z.array(z.int()).describe('Cells where somebody was: row · columns + column'),
  densityPerM2: z.array(z.number()).describe('Mean over the time in which the field was known'),
  velocityXMps: velocity,
  velocityYMps: velocity,
});

/** A tenth of a millimetre a second is more than anybody knows, and half as many letters. */
const rounded = (value: number): number | null => (Number.isFinite(value) ? Math.round(value * 1e4) / 1e4 : null);

const tell = (span: FieldSpan): z.input<typeof fieldSchema> => ({
  camera: span.camera,
  start: iso(span.startMs),
  end: iso(span.endMs),
  knownS: span.measuredS,
  ...span.grid,
  cell: [...span.cell],
  densityPerM2: Array.from(span.densityPerM2, (density) => rounded(density) ?? 0),
  velocityXMps: Array.from(span.velocityXMps, rounded),
  velocityYMps: Array.from(span.velocityYMps, rounded),
});

/** Routes of fields. A page has so many cameras, each asked for by itself: a field can have 4,096 cells. */
export const fieldRoutes = (parts: HistoryParts): Route[] => [
  route({
    method: 'GET',
    path: '/api/fields',
    id: 'getFields',
    summary: 'Density and velocity on the ground over a period, in whole quarter-hours, a row a camera',
    access: 'see',
    audit: 'looked',
    params: NOTHING,
    query: z
      .strictObject({ ...PERIOD, camera: placeName.optional(), cursor, limit: limitOf(10, 20) })
      .refine(isPeriod, NO_PERIOD),
    body: NOTHING,
    reply: pageOf(fieldSchema),
    handle: async ({ query: { from, to, camera, cursor: after, limit }, signal }) => {
      const done = readCursor(z.string().max(64), after);
      const all =
        camera === undefined
          ? parts.site
              .get()
              .site.cameras.map(({ id }) => id)
              .sort()
          : [camera];
      const rest = all.filter((id) => done === null || id > done);
      const asked = rest.slice(0, limit);
      const items = [];
      for (const id of asked) {
        if (signal.aborted) break;
        const spans = await parts.store.fields({ fromMs: from, toMs: to, camera: id });
        items.push(...spans.map(tell));
      }
      const last = rest.length > limit ? asked.at(-1) : undefined;
      return { kind: 'value', value: { items, next: last ? writeCursor(last) : null } };
    },
  }),
];
