/**
 * Export: zones and gates over any time as CSV or Parquet. It is read from the ledger piece by piece as fast as whoever
 * asked takes it, so that a year costs no more memory than an hour.
 */
import * as z from 'zod';
import type { Span } from '../../store/index.ts';
import { type Answer, NOTHING, type Route, route } from '../http/route.ts';
import {
  HISTORY_QUERY,
  type HistoryParts,
  rowsPerStep,
  walkedGates,
  walkedZones,
  walkQuery,
} from '../routes/history/routes.ts';
import type { Walked } from '../routes/history/walk.ts';
import { iso, isPeriod, NO_PERIOD, placeName } from '../routes/query.ts';
import { attachment } from './attachment.ts';
import { type Clock, CLOCKS, type Column, gateColumns, zoneColumns } from './columns.ts';
import { dictionaryRoute } from './dictionary.ts';
import { type Asked, Slots, streamOf } from './stream.ts';

const CSV = 'text/csv; charset=utf-8';
const PARQUET = 'application/vnd.apache.parquet';

const EXPORT_QUERY = {
  ...HISTORY_QUERY,
  time: z.enum(CLOCKS).default('utc').describe("Instants in UTC or in the site's own time"),
};

const answer = async <Row extends Span>(
  slots: Slots,
  asked: Asked<Row>,
  { format, name }: { readonly format: 'csv' | 'parquet'; readonly name: readonly string[] },
): Promise<Answer> => {
  const free = slots.take();
  try {
    const stream = await streamOf(asked, format);
    stream.once('close', free);
    const headers = { 'content-disposition': attachment(name, format) };
    return { kind: 'stream', stream, type: format === 'csv' ? CSV : PARQUET, headers };
  } catch (error) {
    free();
    throw error;
  }
};

const dayOf = (timeMs: number): string => iso(timeMs).slice(0, 10);

const exportOf = <Row extends Span>(
  parts: HistoryParts,
  slots: Slots,
  kind: {
    readonly one: 'zone' | 'gate';
    readonly format: 'csv' | 'parquet';
    readonly walked: () => Walked<Row> & Pick<ReturnType<typeof walkedZones>, 'places'>;
    readonly columns: (clock: Clock) => readonly Column<Row>[];
  },
): Route => {
  const { one, format } = kind;
  const title = one === 'zone' ? 'Zones' : 'Gates';
  return route({
    method: 'GET',
    path: `/api/export/${one}s.${format}`,
    id: `export${title}${format === 'csv' ? 'Csv' : 'Parquet'}`,
    summary: `${title} over time as a file: ${format === 'csv' ? 'CSV' : 'Parquet'}`,
    access: 'see',
    audit: 'exported',
    params: NOTHING,
    query: z.strictObject({ ...EXPORT_QUERY, [one]: placeName.optional() }).refine(isPeriod, NO_PERIOD),
    body: NOTHING,
    reply: null,
    media: format === 'csv' ? 'text/csv' : PARQUET,
    handle: ({ query }) => {
      const { id } = parts.site.get().site.site;
      const walked = kind.walked();
      const [, place] = Object.entries(query).find(([name]) => name === one) ?? [];
      const asked = { ...query, place: typeof place === 'string' ? place : undefined };
      return answer(
        slots,
        {
          walked,
          query: walkQuery(parts, asked),
          perStep: rowsPerStep(parts, walked.places, asked),
          columns: kind.columns(query.time),
        },
        { format, name: [id, `${one}s`, dayOf(query.from), dayOf(query.to), query.step] },
      );
    },
  });
};

/** Routes of export. */
export const exportRoutes = (parts: HistoryParts): Route[] => {
  const slots = new Slots();
  return [
    ...(['csv', 'parquet'] as const).flatMap((format) => [
      exportOf(parts, slots, { one: 'zone', format, walked: () => walkedZones(parts), columns: zoneColumns }),
      exportOf(parts, slots, { one: 'gate', format, walked: () => walkedGates(parts), columns: gateColumns }),
    ]),
    dictionaryRoute(),
  ];
};
