/** The data dictionary of what is exported. */
import * as z from 'zod';
import { NOTHING, type Route, route } from '../http/route.ts';
import { CLOCKS, type ColumnDescription, gateColumns, zoneColumns } from './columns.ts';

const columnSchema = z.strictObject({
  name: z.string(),
  type: z.enum(['timestamp', 'text', 'number']),
  unit: z.string().nullable(),
  meaning: z.string(),
});
const dictionarySchema = z.strictObject({
  tables: z.array(
    z.strictObject({
      table: z.enum(['zones', 'gates']),
      time: z.enum(CLOCKS),
      rows: z.string(),
      columns: z.array(columnSchema),
    }),
  ),
});

const described = (columns: readonly ColumnDescription[]): ColumnDescription[] =>
  columns.map(({ name, type, unit, meaning }) => ({ name, type, unit, meaning }));

/** What exported files hold, column by column. */
export const exportDictionary = (): z.input<typeof dictionarySchema> => ({
  tables: CLOCKS.flatMap((time) => [
    { table: 'zones', time, rows: 'per step of time, camera and zone', columns: described(zoneColumns(time)) },
    { table: 'gates', time, rows: 'per step of time, camera and gate', columns: described(gateColumns(time)) },
  ]),
});

/** The route that gives it. */
export const dictionaryRoute = (): Route =>
  route({
    method: 'GET',
    path: '/api/export/dictionary',
    id: 'getExportDictionary',
    summary: 'What exported files hold, column by column; an empty field means unknown',
    access: 'see',
    audit: null,
    params: NOTHING,
    query: NOTHING,
    body: NOTHING,
    reply: dictionarySchema,
    handle: async () => ({ kind: 'value', value: exportDictionary() }),
  });
