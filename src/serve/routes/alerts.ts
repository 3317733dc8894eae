/** Alerts: what there is, what happened, and what people do about it. */
import * as z from 'zod';
import { type Alert, type AlertEvent, alertEventSchema, alertSchema, type Site } from '../../contract/index.ts';
import { NOTHING, type Route, route } from '../http/route.ts';
import { cursor, found, instant, limitOf, pageOf, placeName, readCursor, writeCursor, writtenText } from './query.ts';

/** Which lines of the shift log are asked for. */
export interface AlertLogQuery {
  /** UTC, ms since 1970; from its beginning up to, and not including, its end. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** A rule or a notifier. */
  readonly subject?: string;
  /** Only lines after this one, when the oldest come first, or before it, when the newest do. */
  readonly beyond?: number;
  readonly order: 'oldestFirst' | 'newestFirst';
  readonly limit: number;
}

type Soon<Value> = Value | Promise<Value>;

/** Alerts of a site, as the API needs them. What it throws is told to whoever asked. */
export interface AlertDesk {
  /** Those that are not over, and latched ones that nobody has acknowledged. */
  current(): Soon<readonly Alert[]>;
  find(id: string): Soon<Alert | null>;
  log(query: AlertLogQuery): Soon<readonly AlertEvent[]>;
  acknowledge(id: string, by: string): Soon<Alert>;
  note(id: string, by: string, text: string): Soon<Alert>;
  /** Keeps a rule quiet until an instant. */
  suppress(rule: string, untilMs: number, by: string, why: string): Soon<void>;
  resume(rule: string, by: string): Soon<void>;
}

/** What these routes work with. */
interface AlertParts {
  readonly alerts: AlertDesk;
  readonly site: { get(): { readonly site: Site } };
}

const alertId = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(40)
    .regex(/^[\w.:-]+$/, 'the id of an alert is made of letters, digits and . _ : -'),
});
const ruleName = z.strictObject({ rule: placeName });

/** A rule that is kept quiet for longer is better taken out. */
const LONGEST_QUIET_MS = 7 * 86_400_000;

const suppression = z.strictObject({
  until: instant.refine(
    (untilMs) => untilMs > Date.now() && untilMs <= Date.now() + LONGEST_QUIET_MS,
    'an instant to come, at most seven days ahead',
  ),
  why: writtenText(500),
});

const logQuery = z.strictObject({
  from: instant.optional(),
  to: instant.optional(),
  subject: placeName.optional().describe('A rule or a notifier'),
  order: z.enum(['newestFirst', 'oldestFirst']).default('newestFirst'),
  cursor,
  limit: limitOf(100, 1000),
});

const looking = (parts: AlertParts): Route[] => [
  route({
    method: 'GET',
    path: '/api/alerts',
    id: 'getAlerts',
    summary: 'Alerts that are not over',
    access: 'see',
    audit: null,
    params: NOTHING,
    query: NOTHING,
    body: NOTHING,
    reply: pageOf(alertSchema),
    handle: async () => ({ kind: 'value', value: { items: await parts.alerts.current(), next: null } }),
  }),
  route({
    method: 'GET',
    path: '/api/alerts/log',
    id: 'getAlertLog',
    summary: 'Shift log: what happened to alerts and rules',
    access: 'see',
    audit: 'looked',
    params: NOTHING,
    query: logQuery,
    body: NOTHING,
    reply: pageOf(alertEventSchema),
    handle: async ({ query: { from, to, subject, order, cursor: after, limit } }) => {
      const beyond = readCursor(z.int().min(0), after);
      const items = await parts.alerts.log({
        ...(from !== undefined && { fromMs: from }),
        ...(to !== undefined && { toMs: to }),
        ...(subject !== undefined && { subject }),
        ...(beyond !== null && { beyond }),
        order,
        limit,
      });
      const last = items.length < limit ? undefined : items.at(-1);
      return { kind: 'value', value: { items, next: last ? writeCursor(last.sequence) : null } };
    },
  }),
  route({
    method: 'GET',
    path: '/api/alerts/:id',
    id: 'getAlert',
    summary: 'One alert, over or not',
    access: 'see',
    audit: null,
    params: alertId,
    query: NOTHING,
    body: NOTHING,
    reply: alertSchema,
    handle: async ({ params: { id } }) => ({ kind: 'value', value: found(await parts.alerts.find(id), 'alert', id) }),
  }),
];

const doing = (parts: AlertParts): Route[] => [
  route({
    method: 'POST',
    path: '/api/alerts/:id/acknowledge',
    id: 'acknowledgeAlert',
    summary: 'Says that somebody sees to an alert',
    access: 'acknowledge',
    audit: 'changed',
    params: alertId,
    query: NOTHING,
    body: NOTHING,
    reply: alertSchema,
    handle: async ({ params: { id }, caller }) => {
      found(await parts.alerts.find(id), 'alert', id);
      return { kind: 'value', value: await parts.alerts.acknowledge(id, caller.name) };
    },
  }),
  route({
    method: 'POST',
    path: '/api/alerts/:id/notes',
    id: 'noteAlert',
    summary: 'Writes a note to an alert',
    access: 'acknowledge',
    audit: 'changed',
    params: alertId,
    query: NOTHING,
    body: z.strictObject({ text: writtenText(2000) }),
    reply: alertSchema,
    handle: async ({ params: { id }, body: { text }, caller }) => {
      found(await parts.alerts.find(id), 'alert', id);
      return { kind: 'value', value: await parts.alerts.note(id, caller.name, text), status: 201 };
    },
  }),
];

const quieting = (parts: AlertParts): Route[] => {
  const checkRule = (rule: string): void => {
    found(
      parts.site.get().site.rules.find(({ id }) => id === rule),
      'rule',
      rule,
    );
  };
  return [
    route({
      method: 'POST',
      path: '/api/rules/:rule/suppress',
      id: 'suppressRule',
      summary: 'Keeps a rule quiet for a while',
      access: 'configure',
      audit: 'changed',
      params: ruleName,
      query: NOTHING,
      body: suppression,
      reply: null,
      handle: async ({ params: { rule }, body: { until, why }, caller }) => {
        checkRule(rule);
        await parts.alerts.suppress(rule, until, caller.name, why);
        return { kind: 'nothing' };
      },
    }),
    route({
      method: 'POST',
      path: '/api/rules/:rule/resume',
      id: 'resumeRule',
      summary: 'Lets a rule raise alerts again',
      access: 'configure',
      audit: 'changed',
      params: ruleName,
      query: NOTHING,
      body: NOTHING,
      reply: null,
      handle: async ({ params: { rule }, caller }) => {
        checkRule(rule);
        await parts.alerts.resume(rule, caller.name);
        return { kind: 'nothing' };
      },
    }),
  ];
};

/** Routes of alerts. */
export const alertRoutes = (parts: AlertParts): Route[] => [...looking(parts), ...doing(parts), ...quieting(parts)];
