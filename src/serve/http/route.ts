/**
 * A route of the API as data: from the same table come the server, the OpenAPI document, the checks of what comes in,
 * who may ask, and the tests that try every route with every role and with nonsense.
 */
import type { Readable } from 'node:stream';
import * as z from 'zod';
import type { Caller, Permission } from '../access.ts';

/** What a route is asked. */
export interface Call<Params = unknown, Query = unknown, Body = unknown> {
  readonly caller: Caller;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Where the question came from, for limits and the audit log. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Aborted when whoever asked has gone. */
  readonly signal: AbortSignal;
}

/** Headers of an answer; several of a name as a list. */
export type AnswerHeaders = Readonly<Record<string, string | string[]>>;

/** What it answers: a value, which is checked against the reply's schema in tests, or bytes as they come. */
export type Answer =
  | {
      readonly kind: 'value';
      readonly value: unknown;
      /** 503 for a value that says that all is not well. */
      readonly status?: 200 | 201 | 202 | 503;
      readonly headers?: AnswerHeaders;
    }
  | { readonly kind: 'nothing'; readonly headers?: AnswerHeaders }
  | {
      readonly kind: 'stream';
      readonly stream: Readable;
      readonly type: string;
      readonly headers?: AnswerHeaders;
    };

/** What the audit log says of it: who looked at, changed or took out what. Null for what nobody needs to know. */
export type AuditKind = 'looked' | 'changed' | 'exported' | 'signedIn' | null;

/** What a route with nothing to say about its path, query or body takes there. */
export const NOTHING = z.strictObject({});

/** A route. */
interface RouteFor<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType, Asked> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Such as `/api/zones/:zone/history`. */
  readonly path: string;
  /** Name of the operation, unique: `getZoneHistory`. */
  readonly id: string;
  readonly summary: string;
  /** What the caller must be allowed to; `public` is for everybody, signed in or not. */
  readonly access: Permission | 'public';
  readonly audit: AuditKind;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Of the answer's value; null where it answers nothing or bytes. */
  readonly reply: z.ZodType | null;
  /** A change of a version: it takes `If-Match`. */
  readonly ifMatch?: true;
  /** Media type of bytes. */
  readonly media?: string;
  readonly handle: (call: Asked) => Promise<Answer>;
}

/** A route: its handler checks what it is given, and throws a `z.ZodError` for what does not fit. */
export type Route = RouteFor<z.ZodType, z.ZodType, z.ZodType, Call>;

/** What a handler is asked, checked. */
interface CheckedCall<Params, Query, Body> extends Call<Params, Query, Body> {
  /** The body as it was sent, where what is to be kept is not what it means. */
  readonly sent: unknown;
}

/** What an issue is about: its path begins with the part of the request. */
const parsed = <Schema extends z.ZodType>(schema: Schema, value: unknown, part: string): z.output<Schema> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new z.ZodError(result.error.issues.map((issue) => Object.assign(issue, { path: [part, ...issue.path] })));
};

/** Makes a route of a handler that knows the types of what it is asked. */
export const route = <Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  given: RouteFor<Params, Query, Body, CheckedCall<z.output<Params>, z.output<Query>, z.output<Body>>>,
): Route => ({
  ...given,
  handle: (call) =>
    given.handle({
      ...call,
      sent: call.body,
      params: parsed(given.params, call.params, 'path'),
      query: parsed(given.query, call.query, 'query'),
      body: parsed(given.body, call.body ?? {}, 'body'),
    }),
});
