/**
 * The OpenAPI 3.1 document of a table of routes. Schemas that have a name are written once, under `components`.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
import * as z from 'zod';
import { PROBLEM_MEDIA, problemSchema } from './problem.ts';
import type { Route } from './route.ts';

/** JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/** Schemas that are written once, by name. */
export type NamedSchemas = Readonly<Record<string, z.ZodType>>;

const jsonSchema: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(jsonSchema), z.record(z.string(), jsonSchema)]),
);
const objectSchema = z.record(z.string(), jsonSchema);

const PREFIX = '#/components/schemas/';
const FOREIGN = new Set(['$schema', '$id', '~standard']);

/** Without what belongs to a document of its own. */
const plain = (schema: unknown): JsonObject =>
  Object.fromEntries(
    Object.entries(objectSchema.parse(JSON.parse(JSON.stringify(schema)))).filter(([key]) => !FOREIGN.has(key)),
  );

/** Turns schemas of zod to JSON Schema, with references to those that have a name. */
class Schemas {
  readonly #named: NamedSchemas;
  readonly #io: 'input' | 'output';
  readonly #written = new Map<z.ZodType, JsonObject>();

  constructor(named: NamedSchemas, io: 'input' | 'output') {
    this.#named = named;
    this.#io = io;
  }

  /** Those that have a name. */
  all(): Record<string, JsonObject> {
    return this.#write(this.#named);
  }

  /** One of any kind. */
  of(schema: z.ZodType): JsonObject {
    const [name] = Object.entries(this.#named).find(([, named]) => named === schema) ?? [];
    if (name !== undefined) return { $ref: `${PREFIX}${name}` };
    const known = this.#written.get(schema) ?? this.#write({ ...this.#named, Asked: schema })['Asked'];
    this.#written.set(schema, known);
    return known;
  }

  #write(all: NamedSchemas): Record<string, JsonObject> {
    const registry = z.registry<{ id: string }>();
    for (const [id, schema] of Object.entries(all)) registry.add(schema, { id });
    const { schemas } = z.toJSONSchema(registry, {
      uri: (id) => `${PREFIX}${id}`,
      io: this.#io,
      unrepresentable: 'any',
    });
    return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, plain(schema)]));
  }
}

const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

const parameters = (all: JsonObject, place: 'path' | 'query'): JsonObject[] => {
  const properties = isObject(all['properties']) ? all['properties'] : {};
  const required = Array.isArray(all['required']) ? all['required'] : [];
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = isObject(property) ? property : {};
    const isRequired = place === 'path' || required.includes(name);
    const said = description === undefined ? {} : { description };
    return Object.assign({ name, in: place, required: isRequired, schema }, said);
  });
};

const bodyOf = (schema: JsonObject): JsonObject => {
  const properties = schema['properties'];
  const isEmpty = !('$ref' in schema) && (!isObject(properties) || Object.keys(properties).length === 0);
  return isEmpty ? {} : { requestBody: { required: true, content: { 'application/json': { schema } } } };
};

const answers = (route: Route, replies: Schemas): JsonObject => {
  if (route.reply)
    return { 200: { description: 'OK', content: { 'application/json': { schema: replies.of(route.reply) } } } };
  if (route.media === undefined) return { 204: { description: 'Done' } };
  return { 200: { description: 'OK', content: { [route.media]: { schema: { type: 'string' } } } } };
};

const security = ({ access }: Route): JsonObject =>
  access === 'public' ? { security: [] } : { security: [{ session: [] }, { token: [] }], 'x-permission': access };

/** What a change says of the version that it is about. */
const IF_MATCH: JsonObject = { name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } };

/** Schemas of what is asked, of bodies, and of answers. */
interface Parts {
  readonly asked: Schemas;
  readonly bodies: Schemas;
  readonly replies: Schemas;
}

const operation = (route: Route, { asked: requests, bodies, replies }: Parts): JsonObject => {
  const asked = [
    ...parameters(requests.of(route.params), 'path'),
    ...parameters(requests.of(route.query), 'query'),
    ...(route.ifMatch ? [IF_MATCH] : []),
  ];
  return {
    operationId: route.id,
    summary: route.summary,
    ...security(route),
    ...(asked.length > 0 && { parameters: asked }),
    ...bodyOf(bodies.of(route.body)),
    responses: { ...answers(route, replies), default: { $ref: '#/components/responses/Problem' } },
  };
};

/** `/api/zones/:zone` as OpenAPI has it. */
const templated = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}');

/** What a document says beside its routes. */
export interface OpenApiOptions {
  readonly version: string;
  /** Schemas of answers that are written once. */
  readonly named: NamedSchemas;
  /** Schemas of bodies that are written once. */
  readonly namedBodies: NamedSchemas;
  /** Name of the cookie of a session. */
  readonly cookie: string;
}

/** The document of a table of routes. */
export const openApiDocument = (routes: readonly Route[], options: OpenApiOptions): JsonObject => {
  const { version, named, namedBodies, cookie } = options;
  const parts: Parts = {
    asked: new Schemas({}, 'input'),
    bodies: new Schemas(namedBodies, 'input'),
    replies: new Schemas({ ...named, Problem: problemSchema }, 'output'),
  };
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = (paths[templated(route.path)] ??= {});
    path[route.method.toLowerCase()] = operation(route, parts);
  }
  const problem = { schema: { $ref: `${PREFIX}Problem` } };
  return {
    openapi: '3.1.1',
    info: {
      title: 'Starling',
      version,
      description: 'Figures about crowds and streets, and never about who anyone is.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { ...parts.bodies.all(), ...parts.replies.all() },
      responses: { Problem: { description: 'What went wrong, RFC 9457', content: { [PROBLEM_MEDIA]: problem } } },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: cookie },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  };
};
