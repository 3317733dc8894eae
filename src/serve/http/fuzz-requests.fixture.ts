/** Requests for fuzzing, made of an OpenAPI document. */
import * as fc from 'fast-check';
import * as z from 'zod';
import { nasty, type Values, wrong } from './fuzz-values.fixture.ts';

const schemaSchema = z.looseObject({});
const parameterSchema = z.looseObject({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  schema: schemaSchema,
});
const operationSchema = z.looseObject({
  operationId: z.string(),
  parameters: z.array(parameterSchema).default([]),
  requestBody: z.looseObject({ content: z.record(z.string(), z.looseObject({ schema: schemaSchema })) }).optional(),
});
/** As much of an OpenAPI document as requests are made of. */
export const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.looseObject({ schemas: z.record(z.string(), schemaSchema) }),
});
/** One operation of a document. */
export type Operation = z.output<typeof operationSchema> & { readonly path: string; readonly method: string };

/** What is sent. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

const texts = (value: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 5, arbitrary: value.map((given) => (typeof given === 'string' ? given : (JSON.stringify(given) ?? ''))) },
    { weight: 1, arbitrary: nasty },
  );

/** Escaped as a client would, or left as it is where that can be sent at all. */
const piece = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(text, fc.integer({ min: 0, max: 9 }))
    .map(([given, die]) =>
      die === 0 && /^[!-~]+$/.test(given) ? given.replaceAll(/[?#]/g, '') : encodeURIComponent(given.toWellFormed()),
    );

const pathOf = (operation: Operation, values: Values): fc.Arbitrary<string> => {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const pieces = names.map((name) =>
    piece(texts(values.of(operation.parameters.find((one) => one.name === name)?.schema))),
  );
  return fc
    .tuple(...pieces)
    .map((given) => names.reduce((path, name, i) => path.replace(`{${name}}`, given[i] || 'x'), operation.path));
};

const queryOf = (operation: Operation, values: Values): fc.Arbitrary<string> => {
  const known = operation.parameters
    .filter((one) => one.in === 'query')
    .map(({ name, schema, ...rest }) => {
      const one = piece(texts(values.of(schema))).map((value) => `${name}=${value}`);
      return fc.option(one, { freq: rest['required'] === true ? 10 : 2, nil: null });
    });
  const strange = fc.option(
    fc.tuple(piece(nasty), piece(nasty)).map((pair) => pair.join('=')),
    { freq: 1, nil: null },
  );
  const more = fc.array(strange, { maxLength: 2 });
  return fc.tuple(fc.tuple(...known), more, fc.integer({ min: 0, max: 9 })).map(([own, others, die]) => {
    const all = [...own, ...(die > 6 ? others : []), ...(die === 9 ? own : [])].filter((one) => one !== null);
    return all.length > 0 ? `?${all.join('&')}` : '';
  });
};

const BROKEN = [
  '{',
  '[1,',
  '"',
  '{"a":1}}',
  '',
  '\u0000',
  '['.repeat(5000),
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{}}}',
];

const bodyOf = (operation: Operation, values: Values): fc.Arbitrary<string | null> => {
  const [media] = Object.values(operation.requestBody?.content ?? {});
  const good = media ? values.of(media.schema).map((value) => JSON.stringify(value) ?? 'null') : fc.constant(null);
  return fc.oneof(
    { weight: 8, arbitrary: good },
    { weight: 1, arbitrary: wrong.map((value) => JSON.stringify(value) ?? 'null') },
    { weight: 1, arbitrary: fc.constantFrom(...BROKEN) },
  );
};

const MEDIA = [
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'x',
  'application/xml',
];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'];
const HEADERS = [
  'if-none-match',
  'if-match',
  'last-event-id',
  'range',
  'accept',
  'origin',
  'x-forwarded-for',
  'cookie',
  'expect',
];

const headersOf = (operation: Operation): fc.Arbitrary<Record<string, string>> => {
  const value = nasty.map((text) => text.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 500));
  const strange = fc.dictionary(fc.constantFrom(...HEADERS), value, { maxKeys: 2 });
  const version: Record<string, string> = operation.parameters.some((one) => one.in === 'header')
    ? { 'if-match': '"v1"' }
    : {};
  return fc.oneof({ weight: 3, arbitrary: fc.constant(version) }, { weight: 1, arbitrary: strange });
};

/** Requests of any operation, good and bad. */
export const requestOf = (operations: readonly Operation[], values: Values): fc.Arbitrary<Request> =>
  fc.constantFrom(...operations).chain((operation) =>
    fc
      .record({
        method: fc.oneof(
          { weight: 12, arbitrary: fc.constant(operation.method) },
          { weight: 1, arbitrary: fc.constantFrom(...METHODS) },
        ),
        path: pathOf(operation, values),
        query: queryOf(operation, values),
        headers: headersOf(operation),
        media: fc.oneof(
          { weight: 8, arbitrary: fc.constant('application/json') },
          { weight: 1, arbitrary: fc.constantFrom(...MEDIA) },
        ),
        body: bodyOf(operation, values),
      })
      .map(({ method, path, query, headers, media, body }) => ({
        method,
        path: `${path}${query}`,
        headers: body === null ? headers : { ...headers, 'content-type': media },
        body: method === 'GET' || method === 'HEAD' || method === 'TRACE' ? null : body,
      })),
  );
