/** Of alerts, what is no answer of a book: help with the text of a rule, and the shift log on paper. */
import { Readable } from 'node:stream';
import * as z from 'zod';
import { complete, conditionProblems, type LogQuery, placesOf, shiftLog } from '../../alert/index.ts';
import type { AlertEvent, Site } from '../../contract/index.ts';
import { NOTHING, type Route, route } from '../../serve/index.ts';

/** What these routes work with. */
export interface AlertParts {
  readonly log: (query: LogQuery) => readonly AlertEvent[];
  readonly siteNow: () => Site;
}

const MOST_LETTERS = 1000;
/** A shift, and the one before. */
const MOST_LINES = 2000;
const DAY_MS = 86_400_000;

const text = z.string().max(MOST_LETTERS);
const range = { from: z.int().describe('Letters from the start of the text'), to: z.int() };

const instant = z.iso
  .datetime({ offset: true })
  .transform((time) => Date.parse(time))
  .describe('With its offset from UTC');

const HELP = { method: 'POST', access: 'see', audit: null, params: NOTHING, query: NOTHING } as const;

const helping = ({ siteNow }: AlertParts): Route[] => [
  route({
    ...HELP,
    path: '/api/rules/check',
    id: 'checkCondition',
    summary: 'What is wrong with the text of a rule, and where; nothing when it is well',
    body: z.strictObject({ text }),
    reply: z.strictObject({
      problems: z.array(z.strictObject({ ...range, message: z.string(), suggestions: z.array(z.string()) })),
    }),
    handle: async ({ body }) => ({
      kind: 'value',
      value: { problems: conditionProblems(body.text, placesOf(siteNow())) },
    }),
  }),
  route({
    ...HELP,
    path: '/api/rules/complete',
    id: 'completeCondition',
    summary: 'What may be written at a place of the text of a rule',
    body: z.strictObject({ text, offset: z.int().min(0).max(MOST_LETTERS) }),
    reply: z.strictObject({
      completions: z.array(z.strictObject({ ...range, text: z.string(), kind: z.string(), what: z.string() })),
    }),
    handle: async ({ body }) => ({
      kind: 'value',
      value: { completions: complete(body.text, body.offset, placesOf(siteNow())) },
    }),
  }),
];

const printing = ({ log, siteNow }: AlertParts): Route =>
  route({
    method: 'GET',
    path: '/api/alerts/log.txt',
    id: 'printAlertLog',
    summary: 'The shift log as it is printed, the last day unless told otherwise',
    access: 'see',
    audit: 'exported',
    params: NOTHING,
    query: z.strictObject({
      from: instant.optional(),
      to: instant.optional(),
      locale: z
        .string()
        .max(35)
        .regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i, 'a locale is written like en-GB')
        .optional(),
    }),
    body: NOTHING,
    reply: null,
    media: 'text/plain',
    handle: async ({ query: { from, to = Date.now(), locale } }) => {
      const events = log({ fromMs: from ?? to - DAY_MS, toMs: to, limit: MOST_LINES });
      const { timezone } = siteNow().site;
      const printed = shiftLog(events, { timezone, ...(locale !== undefined && { locale }) });
      return { kind: 'stream', stream: Readable.from([printed]), type: 'text/plain; charset=utf-8' };
    },
  });

/** Routes for editors of rules, and for paper. */
export const alertRoutes = (parts: AlertParts): Route[] => [...helping(parts), printing(parts)];
