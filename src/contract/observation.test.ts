import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { MOST_FIELD_CELLS, type Observation, observationSchema } from './observation.ts';

const golden = new URL('../../test/golden/observation-v1.json', import.meta.url);
const observation: Observation = observationSchema.parse(JSON.parse(readFileSync(golden, 'utf8')));

test('an observation of version 1 is read for ever, and comes back as it was', () => {
  expect(observationSchema.parse(JSON.parse(JSON.stringify(observation)))).toEqual(observation);
  expect(observation.camera).toBe('square-north');
});

const field = { ...observation.field, cell: [1], densityPerM2: [0.5], velocityXMps: [null], velocityYMps: [null] };

test.each<[string, object]>([
  ['another version', { version: 2 }],
  ['no sequence', { sequence: 0 }],
  ['an end before its beginning', { endMs: observation.startMs - 1 }],
  ['more measured than went by', { measuredS: 1.1 }],
  ['more than a minute', { endMs: observation.startMs + 60_001 }],
  ['a negative count', { frames: { offered: -1, measured: 0, dropped: 0 } }],
  ['half a person crossing', { gates: [{ ...observation.gates[0], counts: { person: { in: 0.5, out: 0 } } }] }],
  ['a class that is not on the list', { gates: [{ ...observation.gates[0], counts: { child: { in: 1, out: 0 } } }] }],
  ['a camera that is a path', { camera: '../../etc/passwd' }],
  ['a cell off the grid', { field: { ...field, cell: [108] } }],
  ['a cell twice', { field: { ...field, cell: [1, 1], densityPerM2: [1, 1] } }],
  ['columns of different lengths', { field: { ...field, densityPerM2: [] } }],
  ['cells as small as a person', { field: { ...field, cellM: 0.4 } }],
  ['more cells than allowed', { field: { ...field, columns: MOST_FIELD_CELLS, rows: 2 } }],
  ['a picture', { picture: 'iVBORw0KGgo=' }],
  ['a track', { zones: [{ ...observation.zones[0], track: 7 }] }],
])('%s is refused', (_, change) => {
  expect(observationSchema.safeParse({ ...observation, ...change }).success).toBe(false);
});

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly propertyNames?: JsonSchema;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
}

/** Every place of the schema at which a value can stand, with its path. */
const leaves = (schema: JsonSchema, path: string): [string, JsonSchema][] => [
  [path, schema],
  ...Object.entries(schema.properties ?? {}).flatMap(([key, part]) => leaves(part, `${path}.${key}`)),
  ...(schema.items ? leaves(schema.items, `${path}[]`) : []),
  ...[...(schema.anyOf ?? []), ...(schema.allOf ?? [])].flatMap((part) => leaves(part, path)),
  ...(typeof schema.additionalProperties === 'object' ? leaves(schema.additionalProperties, `${path}.*`) : []),
];

const schema: JsonSchema = JSON.parse(JSON.stringify(z.toJSONSchema(observationSchema)));
const places = leaves(schema, '');

test('no field can hold a picture: text is short, lists are as long as a map of the ground at the most', () => {
  const texts = places.filter(([, { type, enum: values }]) => type === 'string' && values === undefined);
  expect(texts.map(([path]) => path)).toEqual([
    '.camera',
    '.health.reasons[].code',
    '.health.reasons[].message',
    '.zones[].zone',
    '.gates[].gate',
  ]);
  expect(texts.filter(([, { maxLength = Infinity }]) => maxLength > 300)).toEqual([]);
  const lists = places.filter(([, { type }]) => type === 'array');
  expect(lists.length).toBe(7);
  expect(lists.filter(([, { maxItems = Infinity }]) => maxItems > MOST_FIELD_CELLS)).toEqual([]);
});

test('no field can hold a box or a track: nothing is open, and nothing is named so', () => {
  const names = places.map(([path]) => path);
  expect(names.filter((path) => /box|track|id\b|face|image|pixel|picture|left|top|right|bottom/i.test(path))).toEqual(
    [],
  );
  const open = places.filter(
    ([, { type, additionalProperties, properties, propertyNames }]) =>
      type === 'object' && additionalProperties !== false && !(properties === undefined && propertyNames),
  );
  expect(open.map(([path]) => path)).toEqual([]);
});

test('a place is a cell of the ground, no finer than a metre', () => {
  const numbers = places.filter(([path, { type }]) => path.startsWith('.field') && type === 'number');
  expect(numbers.map(([path]) => path)).toEqual([
    '.field.originXM',
    '.field.originYM',
    '.field.cellM',
    '.field.densityPerM2[]',
    '.field.velocityXMps[]',
    '.field.velocityYMps[]',
  ]);
});
