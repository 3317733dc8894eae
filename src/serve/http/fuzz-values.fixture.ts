/** Values for fuzzing: what a JSON Schema asks for, and what it does not. */
import * as fc from 'fast-check';

type Json = Readonly<Record<string, unknown>>;

/** Text that has broken programs before. */
const NASTY: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\r\nx-injected: 1',
  '../../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  String.raw`..\..\windows`,
  '%',
  '%00',
  '%zz',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  "' OR 1=1 --",
  '"><script>alert(1)</script>',
  '${7*7}',
  '=1+1',
  'NaN',
  'Infinity',
  '-0',
  '1e309',
  '9007199254740993',
  '0x10',
  '2026-02-30T00:00:00Z',
  '2026-03-01T12:00:00',
  '+275760-09-13T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '\u{1F600}',
  '\u202E\u0000',
  '\uD800',
  'é'.normalize('NFD'),
  'a'.repeat(300),
  'a'.repeat(5000),
  '[]',
  '{}',
  'null',
];

/** Any of it, and more. */
export const nasty = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 40 }));

/** Values, of the wrong kind or deeper and larger than anybody expects. */
export const wrong: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 0, 1.5, 1e308, [], {}, [[[[]]]], { __proto__: null }, 'x'.repeat(20_000)),
  nasty,
  fc.jsonValue({ maxDepth: 4 }),
);

const isObject = (given: unknown): given is Json =>
  typeof given === 'object' && given !== null && !Array.isArray(given);
const listOf = (given: unknown): readonly unknown[] => (Array.isArray(given) ? given : []);
const numberOr = (given: unknown, other: number): number => (typeof given === 'number' ? given : other);

/** Values that a schema asks for, mostly; parts of them are of the wrong kind now and then. */
export class Values {
  readonly #named: Readonly<Record<string, Json>>;

  constructor(named: Readonly<Record<string, Json>>) {
    this.#named = named;
  }

  of(schema: unknown, depth = 0): fc.Arbitrary<unknown> {
    const good = isObject(schema) ? this.#good(schema, depth) : wrong;
    return fc.oneof({ weight: 12, arbitrary: good }, { weight: 1, arbitrary: wrong });
  }

  #good(schema: Json, depth: number): fc.Arbitrary<unknown> {
    const { $ref, type, const: only } = schema;
    const branches = listOf(schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf']);
    if (typeof $ref === 'string') return this.of(this.#named[$ref.split('/').at(-1) ?? ''], depth);
    if (only !== undefined) return fc.constant(only);
    if (Array.isArray(schema['enum'])) return fc.constantFrom(...listOf(schema['enum']));
    if (branches.length > 0) return fc.oneof(...branches.map((branch) => this.of(branch, depth)));
    const types = listOf(Array.isArray(type) ? type : [type]);
    return fc.oneof(...types.map((one) => this.#typed(one, schema, depth)));
  }

  #typed(type: unknown, schema: Json, depth: number): fc.Arbitrary<unknown> {
    if (type === 'object') return this.#object(schema, depth);
    if (type === 'array') return this.#array(schema, depth);
    if (type === 'string') return this.#string(schema);
    if (type === 'boolean') return fc.boolean();
    if (type === 'null') return fc.constant(null);
    const [min, max] = [numberOr(schema['minimum'], -1000), numberOr(schema['maximum'], 1000)];
    if (type === 'integer') return fc.integer({ min: Math.max(min, -1e9), max: Math.min(max, 1e9) });
    return type === 'number' ? fc.double({ min, max, noNaN: true }) : wrong;
  }

  #object(schema: Json, depth: number): fc.Arbitrary<unknown> {
    const properties = isObject(schema['properties']) ? schema['properties'] : {};
    const required = listOf(schema['required']).filter((key) => typeof key === 'string');
    // Deep down only what has to be there.
    const asked = Object.entries(properties).filter(([key]) => depth < 3 || required.includes(key));
    const record = Object.fromEntries(asked.map(([key, property]) => [key, this.of(property, depth + 1)]));
    return fc.record(record, { requiredKeys: required.filter((key) => Object.hasOwn(record, key)) });
  }

  #array(schema: Json, depth: number): fc.Arbitrary<unknown> {
    const tuple = listOf(schema['prefixItems']);
    if (tuple.length > 0) return fc.tuple(...tuple.map((item) => this.of(item, depth + 1)));
    const minLength = numberOr(schema['minItems'], 0);
    return fc.array(this.of(schema['items'], depth + 1), { minLength, maxLength: minLength + 3 });
  }

  #string(schema: Json): fc.Arbitrary<string> {
    if (schema['format'] === 'date-time')
      return fc
        .date({ min: new Date(Date.UTC(2026, 1, 28)), max: new Date(Date.UTC(2026, 2, 3)), noInvalidDate: true })
        .map((date) => date.toISOString());
    const names = fc.constantFrom('square', 'stairs', 'north-gate', 'crowded', 'a-1', 'minute');
    return fc.oneof(names, fc.string({ minLength: numberOr(schema['minLength'], 0), maxLength: 20 }));
  }
}
