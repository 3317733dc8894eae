/** What many routes are asked, in one way. */
import * as z from 'zod';
import { StarlingError } from '../../contract/index.ts';

/** Name of a camera, zone, gate, rule or notifier in a path or a query. */
export const placeName = z
  .string()
  .max(64)
  .regex(/^[a-z0-9][a-z0-9_-]*$/i, 'a name is made of letters, digits, - and _');

const EARLIEST_MS = 0;
/** Beyond it an instant is a slip of a program. */
const LATEST_MS = Date.UTC(2200, 0, 1);

/** An instant as people write it, with its offset from UTC; ms since 1970 inside. */
export const instant = z.iso
  .datetime({ offset: true, error: 'write an instant like 2026-03-01T12:00:00+01:00' })
  .max(40)
  .transform((text) => Date.parse(text))
  .refine((timeMs) => timeMs >= EARLIEST_MS && timeMs <= LATEST_MS, 'an instant between 1970 and 2200')
  .describe('ISO 8601 with the offset from UTC');

/** How many rows of a page at most. */
export const limitOf = (usual: number, most: number) =>
  z.coerce.number().pipe(z.int().min(1).max(most)).default(usual).describe('Rows of a page at most');

/** Where a page goes on: `next` of the one before. */
export const cursor = z
  .string()
  .min(1)
  .max(300)
  .regex(/^[\w-]+$/, 'a cursor is what `next` of the page before says')
  .optional()
  .describe('`next` of the page before');

/** Text that people write: lines, but no other control characters, and nothing that is no text at all. */
export const writtenText = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => text.isWellFormed() && !/[^\P{Cc}\n\t]/u.test(text), 'text without control characters');

/** A page of something: its rows, and where the next one begins; null where this is the last. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    items: z.array(item),
    next: z.string().nullable().describe('`cursor` of the next page; null: no more'),
  });

/** A period, and nothing upside down. */
export const PERIOD = { from: instant, to: instant };

/** The period of a query, ms; its end after its beginning. */
export const isPeriod = ({ from, to }: { readonly from: number; readonly to: number }): boolean => to > from;
/** What is said of a period that is none. */
export const NO_PERIOD = { path: ['to'], error: 'it ends before it begins, or has no length' };

/** An instant as it is told. */
export const isoTime = z.iso.datetime().describe('UTC, ISO 8601');
/** @example iso(0) // '1970-01-01T00:00:00.000Z' */
export const iso = (timeMs: number): string => new Date(timeMs).toISOString();
/** An instant that may not be there, as it is told. */
export const isoOrNull = (timeMs: number | null): string | null => (timeMs === null ? null : iso(timeMs));

/** @throws SERVE_NO_SUCH_THING */
export const found = <Thing>(thing: Thing | null | undefined, kind: string, id: string): Thing => {
  if (thing === null || thing === undefined) throw new StarlingError('SERVE_NO_SUCH_THING', { kind, id });
  return thing;
};

/** A cursor's content as text without letters that a URL would change. */
export const writeCursor = (content: unknown): string => Buffer.from(JSON.stringify(content)).toString('base64url');

/** @throws ZodError where it is none that was given out */
export const readCursor = <Schema extends z.ZodType>(
  schema: Schema,
  text: string | undefined,
): z.output<Schema> | null => {
  if (text === undefined) return null;
  try {
    return schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    throw new z.ZodError([
      {
        code: 'custom',
        path: ['query', 'cursor'],
        message: 'a cursor is what `next` of the page before says',
        input: text,
      },
    ]);
  }
};
