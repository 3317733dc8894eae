/** History: zones, gates, cameras and gaps, page by page, in the order of time. */
import * as z from 'zod';
import type { Site } from '../../../contract/index.ts';
import type { CameraSpan, Gap, GateSpan, Span, Store, ZoneSpan } from '../../../store/index.ts';
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
import { historyPage } from './page.ts';
import { cameraRow, cameraRowSchema, gateRow, gateRowSchema, zoneRow, zoneRowSchema } from './rows.ts';
import { HISTORY_STEPS } from './stretches.ts';
import type { Walked } from './walk.ts';

/** What history is read from. */
export interface HistoryParts {
  readonly site: { get(): { readonly site: Site } };
  readonly store: Pick<Store, 'zones' | 'gates' | 'cameras' | 'fields' | 'gaps'>;
}

const step = z
  .enum(HISTORY_STEPS)
  .default('minute')
  .describe("Length of a row; hours and longer are those of the site's own time zone");

/** What a history is asked for. */
export const HISTORY_QUERY = { ...PERIOD, step, camera: placeName.optional() };
const PAGE_QUERY = { cursor, limit: limitOf(500, 5000) };

interface Asked {
  readonly from: number;
  readonly to: number;
  readonly step: (typeof HISTORY_STEPS)[number];
  readonly camera?: string | undefined;
  readonly place?: string | undefined;
}

/** A query as the ledger understands it, in the site's own time zone. */
export const walkQuery = ({ site }: HistoryParts, { from, to, step: by, camera, place }: Asked) => ({
  fromMs: from,
  toMs: to,
  step: by,
  timezone: site.get().site.site.timezone,
  ...(camera !== undefined && { camera }),
  ...(place !== undefined && { place }),
});

/** Rows that one step of time can have: every place as every camera sees it. */
export const rowsPerStep = (
  { site }: HistoryParts,
  places: (site: Site) => number,
  asked: Pick<Asked, 'camera' | 'place'>,
) => {
  const now = site.get().site;
  const cameras = asked.camera === undefined ? Math.max(1, now.cameras.length) : 1;
  return cameras * (asked.place === undefined ? Math.max(1, places(now)) : 1);
};

const page = async <Row extends Span>(
  parts: HistoryParts,
  asked: Asked & { readonly cursor?: string | undefined; readonly limit: number },
  walked: Walked<Row> & { readonly places: (site: Site) => number; readonly tell: (row: Row) => unknown },
) => {
  const perStep = rowsPerStep(parts, walked.places, asked);
  const { rows, next } = await historyPage(walked, walkQuery(parts, asked), {
    limit: asked.limit,
    cursor: asked.cursor,
    perStep,
  });
  return { kind: 'value', value: { items: rows.map(walked.tell), next } } as const;
};

/** How zones are walked through. */
export const walkedZones = ({ store }: HistoryParts) => ({
  ask: (query: Parameters<Store['zones']>[0]) => store.zones(query),
  placeOf: ({ zone }: ZoneSpan) => zone,
  // The whole view of a camera is one more.
  places: ({ zones }: Site) => zones.length + 1,
});
/** How gates are walked through. */
export const walkedGates = ({ store }: HistoryParts) => ({
  ask: (query: Parameters<Store['gates']>[0]) => store.gates(query),
  placeOf: ({ gate }: GateSpan) => gate,
  places: ({ gates }: Site) => gates.length,
});
const walkedCameras = ({ store }: HistoryParts): Walked<CameraSpan> & { readonly places: () => number } => ({
  ask: (query: Parameters<Store['cameras']>[0]) => store.cameras(query),
  placeOf: () => '',
  places: () => 1,
});

const LOOK = { method: 'GET', access: 'see', audit: 'looked', params: NOTHING, body: NOTHING } as const;

const spans = (parts: HistoryParts): Route[] => [
  route({
    ...LOOK,
    path: '/api/history/zones',
    id: 'getZoneHistory',
    summary: 'Zones over time',
    query: z.strictObject({ ...HISTORY_QUERY, ...PAGE_QUERY, zone: placeName.optional() }).refine(isPeriod, NO_PERIOD),
    reply: pageOf(zoneRowSchema),
    handle: ({ query: { zone, ...asked } }) =>
      page(parts, { ...asked, place: zone }, { ...walkedZones(parts), tell: zoneRow }),
  }),
  route({
    ...LOOK,
    path: '/api/history/gates',
    id: 'getGateHistory',
    summary: 'Gates over time',
    query: z.strictObject({ ...HISTORY_QUERY, ...PAGE_QUERY, gate: placeName.optional() }).refine(isPeriod, NO_PERIOD),
    reply: pageOf(gateRowSchema),
    handle: ({ query: { gate, ...asked } }) =>
      page(parts, { ...asked, place: gate }, { ...walkedGates(parts), tell: gateRow }),
  }),
  route({
    ...LOOK,
    path: '/api/history/cameras',
    id: 'getCameraHistory',
    summary: 'Cameras over time: pictures, and how long in which state',
    query: z.strictObject({ ...HISTORY_QUERY, ...PAGE_QUERY }).refine(isPeriod, NO_PERIOD),
    reply: pageOf(cameraRowSchema),
    handle: ({ query }) => page(parts, query, { ...walkedCameras(parts), tell: cameraRow }),
  }),
];

const gapSchema = z.strictObject({ camera: z.string(), start: isoTime, end: isoTime });
const gapEndSchema = z.tuple([z.number(), z.string().max(64)]);

const gapKey = ({ startMs, camera }: Gap): readonly [number, string] => [startMs, camera];
const compareGaps = (a: Gap, b: Gap): number => a.startMs - b.startMs || (a.camera < b.camera ? -1 : 1);
const isBeyond = (end: readonly [number, string] | null, { startMs, camera }: Gap): boolean =>
  end === null || startMs > end[0] || (startMs === end[0] && camera > end[1]);

const gaps = (parts: HistoryParts): Route =>
  route({
    ...LOOK,
    path: '/api/history/gaps',
    id: 'getGaps',
    summary: 'Times for which a camera has no observation at all',
    query: z.strictObject({ ...PERIOD, camera: placeName.optional(), ...PAGE_QUERY }).refine(isPeriod, NO_PERIOD),
    reply: pageOf(gapSchema),
    handle: async ({ query: { from, to, camera, cursor: after, limit } }) => {
      const end = readCursor(gapEndSchema, after);
      const all = await parts.store.gaps({ fromMs: from, toMs: to, ...(camera !== undefined && { camera }) });
      const rest = all.filter((gap) => isBeyond(end, gap)).sort(compareGaps);
      const rows = rest.slice(0, limit);
      const last = rest.length > limit ? rows.at(-1) : undefined;
      const items = rows.map((gap) => ({ camera: gap.camera, start: iso(gap.startMs), end: iso(gap.endMs) }));
      return { kind: 'value', value: { items, next: last ? writeCursor(gapKey(last)) : null } };
    },
  });

/** Routes of history. */
export const historyRoutes = (parts: HistoryParts): Route[] => [...spans(parts), gaps(parts)];
