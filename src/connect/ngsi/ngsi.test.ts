import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { makeMoment, SITE } from '../moment.fixture.ts';
import { type NgsiEntity, toNgsi } from './ngsi.ts';

const SCHEMA = '../shared/data/fiware/CrowdFlowObserved.schema.json';

/** As `options=keyValues` of a context broker gives it: what the published schemas are about. */
const simplified = (entity: NgsiEntity): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(entity).map(([name, given]) => {
      if (typeof given === 'string' || !('value' in given)) return [name, given];
      const { value } = given;
      const isDate = typeof value === 'object' && value !== null && '@value' in value;
      return [name, isDate ? value['@value'] : value];
    }),
  );

const entityOf = (id: string): NgsiEntity | undefined =>
  toNgsi(makeMoment(), SITE).find((entity) => entity.id === `urn:ngsi-ld:CrowdFlowObserved:old-town:${id}`);

const property = (value: unknown) => ({ type: 'Property', value });

test('a zone', () => {
  const observedAt = '2026-11-14T20:04:05.000Z';
  expect(entityOf('zone:square')).toEqual({
    id: 'urn:ngsi-ld:CrowdFlowObserved:old-town:zone:square',
    type: 'CrowdFlowObserved',
    name: property('square'),
    dateObserved: property({ '@type': 'DateTime', '@value': observedAt }),
    peopleCount: { ...property(256), observedAt, unitCode: 'C62', standardError: property(12.5) },
    densityPerM2: { ...property(2.374), observedAt, standardError: property(0.116) },
    // The schema's unit is km/h.
    averageCrowdSpeed: { ...property(1.8), observedAt, unitCode: 'KMH', standardError: property(0.18) },
    crowdPressurePerS2: { ...property(0.0123), observedAt },
    counterflowIndex: { ...property(0), observedAt, unitCode: 'C62', standardError: property(0.01) },
    standingPeople: { ...property(31), observedAt, unitCode: 'C62', standardError: property(3) },
    stoppedTime: { ...property(0), observedAt, unitCode: 'SEC', standardError: property(0) },
    levelOfService: property('F'),
    congested: property(true),
    knownShare: property(1),
    '@context': expect.arrayContaining([expect.stringContaining('smart-data-models')]),
  });
});

test('what is unknown is not there, rather than zero', () => {
  expect(Object.keys(entityOf('zone:alley') ?? {})).toEqual([
    'id',
    'type',
    'name',
    'dateObserved',
    'knownShare',
    '@context',
  ]);
  expect(Object.keys(entityOf('gate:door') ?? {})).toEqual([
    'id',
    'type',
    'name',
    'dateObserved',
    'dateObservedFrom',
    'dateObservedTo',
    '@context',
  ]);
});

test('what is of a part only says so; empty is zero', () => {
  expect(entityOf('zone:kerb')).toMatchObject({
    peopleCount: { value: 0, isPartial: { value: true } },
    levelOfService: { value: 'A' },
    congested: { value: false },
    knownShare: { value: 0.5 },
  });
});

test('a gate, over its minute', () => {
  expect(simplified(entityOf('gate:north-gate') ?? toNgsi(makeMoment(), SITE)[0])).toMatchObject({
    dateObserved: '2026-11-14T20:04:05.000Z',
    dateObservedFrom: '2026-11-14T20:03:05.000Z',
    dateObservedTo: '2026-11-14T20:04:05.000Z',
    peopleCount: 49,
    peopleCountTowards: 42,
    peopleCountAway: 7,
    averageHeadwayTime: 1.2,
  });
  expect(entityOf('gate:north-gate')).toMatchObject({ peopleCount: { standardError: { value: 5 } } });
});

test('an anchor gives places on the Earth', () => {
  const entities = toNgsi(makeMoment(), SITE, { anchor: { latitude: 52.373, longitude: 4.893, bearingDeg: 0 } });
  expect(entities.map((entity) => ('location' in entity ? entity['location'] : null))).toMatchObject([
    { type: 'GeoProperty', value: { type: 'Polygon' } },
    null,
    { type: 'GeoProperty', value: { type: 'Polygon' } },
    { type: 'GeoProperty', value: { type: 'LineString' } },
    null,
  ]);
});

const published = z.object({
  allOf: z.array(z.object({ properties: z.record(z.string(), z.unknown()).optional() })),
  required: z.array(z.string()),
});

const describeSchema = existsSync(SCHEMA) ? describe : describe.skip;
describeSchema(`the published schema (skipped where ${SCHEMA} is not)`, () => {
  const { allOf, required } = existsSync(SCHEMA)
    ? published.parse(JSON.parse(readFileSync(SCHEMA, 'utf8')))
    : { allOf: [], required: [] };
  const properties = Object.assign({}, ...allOf.map((part) => part.properties ?? {}));
  const schema = z.fromJSONSchema({ type: 'object', properties, required, additionalProperties: true });

  test.each(toNgsi(makeMoment(), SITE).map((entity) => [entity.id, entity] as const))('%s', (_, entity) => {
    expect(schema.safeParse(simplified(entity)).error?.issues).toBeUndefined();
  });

  test.each([
    ['no date', { dateObserved: undefined }],
    ['people in halves', { peopleCount: 2.5 }],
    ['another type', { type: 'TrafficFlowObserved' }],
    ['a share above one', { occupancy: 256 }],
  ])('%s would be found', (_, change) => {
    expect(schema.safeParse({ ...simplified(toNgsi(makeMoment(), SITE)[0]), ...change }).success).toBe(false);
  });
});
