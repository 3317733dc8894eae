import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Point, signedArea } from '../../contract/index.ts';
import { SITE } from '../moment.fixture.ts';
import { toGeoJson } from './geojson.ts';
import { toDegrees } from './geometry.ts';

const AMSTERDAM = { latitude: 52.373, longitude: 4.893, bearingDeg: 0 };
const geometryOf = (id: string, anchor: typeof AMSTERDAM | null) =>
  toGeoJson(SITE, anchor).features.find((feature) => feature.id === id)?.geometry;

test('without an anchor coordinates are metres, and that is said', () => {
  const features = toGeoJson(SITE);
  expect(features).toMatchObject({
    type: 'FeatureCollection',
    name: 'Old Town "Market"',
    localFrame: { name: 'starling:old-town', unit: 'm' },
  });
  expect(geometryOf('gate:north-gate', null)).toEqual({
    type: 'LineString',
    coordinates: [
      [0, 0],
      [4, 0],
    ],
  });
});

test('every zone and gate is there; one that is drawn on a picture has no place on the ground', () => {
  expect(toGeoJson(SITE).features.map(({ id, geometry, properties }) => [id, geometry?.type, properties])).toEqual([
    ['walkable', 'Polygon', { kind: 'walkable', name: 'walkable' }],
    ['zone:square', 'Polygon', { kind: 'zone', name: 'square' }],
    ['zone:alley', undefined, { kind: 'zone', name: 'alley', camera: 'door' }],
    ['zone:kerb', 'Polygon', { kind: 'zone', name: 'kerb' }],
    ['gate:north-gate', 'LineString', { kind: 'gate', name: 'north-gate' }],
    ['gate:door', undefined, { kind: 'gate', name: 'door', camera: 'door' }],
  ]);
  expect(JSON.stringify(toGeoJson(SITE))).not.toContain('hunter22');
});

test.each([null, AMSTERDAM])('rings are closed, the outer one counter-clockwise and holes clockwise %#', (anchor) => {
  for (const { geometry } of toGeoJson(SITE, anchor).features) {
    if (geometry?.type !== 'Polygon') continue;
    for (const [i, ring] of geometry.coordinates.entries()) {
      expect(ring.at(-1)).toEqual(ring[0]);
      expect(Math.sign(signedArea(ring))).toBe(i === 0 ? 1 : -1);
    }
  }
});

test('with an anchor they are degrees of WGS 84, longitude first, and nothing is said of metres', () => {
  expect(toGeoJson(SITE, AMSTERDAM)).not.toHaveProperty('localFrame');
  const line = geometryOf('gate:north-gate', AMSTERDAM);
  expect(line?.coordinates[0]).toEqual([4.893, 52.373]);
});

/**
 * Metres in a degree of latitude and of longitude, by the series that is given for WGS 84.
 *
 * @see https://en.wikipedia.org/wiki/Geographic_coordinate_system#Length_of_a_degree
 */
const degreeM = (latitude: number): readonly [alongM: number, acrossM: number] => {
  const phi = (latitude * Math.PI) / 180;
  return [
    111_132.92 - 559.82 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi) - 0.0023 * Math.cos(6 * phi),
    111_412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi) + 0.118 * Math.cos(5 * phi),
  ];
};

test.each([0, 35, 52.373, -33.9, 69])('as long as degrees are at %f°', (latitude) => {
  const [alongM, acrossM] = degreeM(latitude);
  const [longitude, north] = toDegrees({ latitude, longitude: 10, bearingDeg: 0 })([1000, 1000]);
  // A centimetre in a kilometre.
  expect(Math.abs((north - latitude) * alongM - 1000)).toBeLessThan(0.02);
  expect(Math.abs((longitude - 10) * acrossM - 1000)).toBeLessThan(0.02);
});

test.each<[number, Point, Point]>([
  // bearing of y, point, east and north of the anchor (1 is some way)
  [0, [0, 1], [0, 1]],
  [90, [0, 1], [1, 0]],
  [180, [0, 1], [0, -1]],
  [90, [1, 0], [0, -1]],
  [270, [1, 0], [0, 1]],
])('y points to %i°: %j lies %j', (bearingDeg, [x, y], expected) => {
  const [longitude, latitude] = toDegrees({ latitude: 0, longitude: 0, bearingDeg })([x * 1000, y * 1000]);
  expect([Math.round(longitude * 111.3), Math.round(latitude * 110.6)].map((part) => part + 0)).toEqual(expected);
});

test('longitudes stay between -180 and 180 at the date line', () => {
  const [longitude] = toDegrees({ latitude: -17, longitude: 179.9999, bearingDeg: 0 })([100, 0]);
  expect(longitude).toBeLessThan(-179.99);
});

test('turning the site does not change its shape', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 360, noNaN: true }), (bearingDeg) => {
      const [alongM, acrossM] = degreeM(AMSTERDAM.latitude);
      const [longitude, latitude] = toDegrees({ ...AMSTERDAM, bearingDeg })([300, 400]);
      const east = (longitude - AMSTERDAM.longitude) * acrossM;
      const north = (latitude - AMSTERDAM.latitude) * alongM;
      expect(Math.abs(Math.hypot(east, north) - 500)).toBeLessThan(0.02);
    }),
    { seed: 5 },
  );
});
