/** What auditors read. */
import * as z from 'zod';
import { NOTHING, type Route, route } from '../http/route.ts';
import { instant, isPeriod, iso, isoTime, limitOf, NO_PERIOD } from '../routes/query.ts';
import type { AuditLog } from './audit-log.ts';
import { type AuditEntry, auditEntrySchema, linkSchema } from './entry.ts';

const query = z
  .strictObject({
    from: instant.default(0),
    to: instant.default(Date.UTC(2200, 0, 1)),
    after: z.coerce.number().pipe(z.int().min(0)).default(0).describe('Only entries after the one of this number'),
    limit: limitOf(100, 1000),
  })
  .refine(isPeriod, NO_PERIOD);

const shownSchema = auditEntrySchema.omit({ timeMs: true }).extend({ time: isoTime });
const shown = ({ timeMs, ...entry }: AuditEntry): z.input<typeof shownSchema> => ({ ...entry, time: iso(timeMs) });

/** The routes of the audit log. Whoever reads it is written down in it. */
export const auditRoutes = (log: Pick<AuditLog, 'read' | 'head'>): Route[] => [
  route({
    method: 'GET',
    path: '/api/audit',
    id: 'getAudit',
    summary: 'Who looked at what, changed what, exported what: entries in order, each with the hash of the one before.',
    access: 'audit',
    audit: 'looked',
    params: NOTHING,
    query,
    body: NOTHING,
    reply: z.strictObject({ entries: z.array(shownSchema), head: linkSchema }),
    handle: async ({ query: { from, to, after, limit } }) => {
      const entries = log.read({ fromMs: from, toMs: to, afterSequence: after, limit });
      return { kind: 'value', value: { entries: entries.map(shown), head: log.head() } };
    },
  }),
  route({
    method: 'GET',
    path: '/api/audit/head',
    id: 'getAuditHead',
    summary: 'The newest entry: noted somewhere else, it proves everything before it.',
    access: 'audit',
    audit: 'looked',
    params: NOTHING,
    query: NOTHING,
    body: NOTHING,
    reply: linkSchema,
    handle: async () => ({ kind: 'value', value: log.head() }),
  }),
];
