import { describe, expect, it, test } from 'vitest';
import {
  type Aggregate,
  type CameraHealth,
  cameraHealth,
  cameraReason,
  momentSchema,
  type Observation,
  observationSchema,
  siteSchema,
} from '../../contract/index.ts';
import { Ownership } from '../ownership/ownership.ts';
import { cameraMaker } from '../ownership/facing-cameras.fixture.ts';
import { type CameraNow, SiteNow } from './site-now.ts';

const OK = cameraHealth([]);
const BLIND = cameraHealth([cameraReason('BLACK', {})]);
const T = Date.UTC(2026, 5, 1, 12);

/** A mean over a second. */
const mean = (value: number, standardError = 0, weight = 1): Aggregate => ({
  sum: value * weight,
  weight,
  min: value,
  max: value,
  errorSum: standardError * weight,
});

interface Said {
  readonly zones?: Observation['zones'];
  readonly gates?: Observation['gates'];
}

/** A second that ends so many seconds after T. */
const observation = (camera: string, second: number, { zones = [], gates = [] }: Said): Observation =>
  observationSchema.parse({
    version: 1,
    camera,
    sequence: second,
    startMs: T + (second - 1) * 1000,
    endMs: T + second * 1000,
    measuredS: 1,
    health: OK,
    frames: { offered: 5, measured: 5, dropped: 0 },
    zones,
    gates,
    field: null,
  });

const now = (camera: string, latest: Observation | null, health: CameraHealth = OK): CameraNow => ({
  camera,
  health,
  latest,
});

const zone = (name: string, figures: Observation['zones'][number]['figures'], areaM2: number | null = 100) => ({
  zone: name,
  seenShare: 1,
  areaM2,
  figures,
});

const siteWith = (more: object) => siteSchema.parse({ site: { id: 's', name: 'S' }, ...more });

describe('a zone that one camera sees', () => {
  const site = siteWith({
    cameras: [{ id: 'a' }],
    zones: [
      {
        id: 'door',
        camera: 'a',
        image: [
          [0, 0],
          [1, 0],
          [1, 1],
        ],
      },
    ],
  });
  const at = (health: CameraHealth, figures: Parameters<typeof zone>[1]) => {
    const here = new SiteNow({ site, ownership: null });
    return here.at(T + 1000, [
      now('a', observation('a', 1, { zones: [zone('door', figures), zone('view', figures)] }), health),
    ]);
  };

  it('has the means of the last second', () => {
    const { zones, cameras } = at(OK, { occupancy: mean(4, 0.5), speedMps: mean(1.2, 0.1, 3.5) });
    expect(zones).toMatchObject([
      {
        zone: 'door',
        areaM2: 100,
        knownShare: 1,
        figures: {
          occupancy: { value: 4, standardError: 0.5, partial: false },
          speedMps: { value: 1.2, partial: false },
          densityPerM2: null,
        },
      },
    ]);
    expect(cameras[0]?.view.occupancy?.value).toBe(4);
  });

  it('is unknown, and not empty, while the camera is blind', () => {
    const moment = at(BLIND, { occupancy: mean(0) });
    expect(moment.zones[0]?.figures.occupancy).toBeNull();
    expect(moment.zones[0]?.knownShare).toBe(0);
    expect(moment.cameras[0]).toMatchObject({ health: BLIND, view: { occupancy: null } });
    expect(momentSchema.parse(moment)).toEqual(moment);
  });
});

test('a zone is stopped for as long as at least half of its people stand', () => {
  const site = siteWith({
    cameras: [{ id: 'a' }],
    zones: [
      {
        id: 'q',
        camera: 'a',
        image: [
          [0, 0],
          [1, 0],
          [1, 1],
        ],
      },
    ],
  });
  const here = new SiteNow({ site, ownership: null });
  const told = [
    [4, 1],
    [4, 2],
    [4, 3],
    [4, 4],
    [4, 1],
    [4, 2],
    [null, null],
    [4, 3],
    [4, 3],
    [0, 0],
  ].map(([people, standing], i) => {
    const figures = people === null ? {} : { occupancy: mean(people ?? 0), standing: mean(standing ?? 0) };
    const latest = observation('a', i + 1, { zones: [zone('q', figures)] });
    const stopped = here.at(T + (i + 1) * 1000, [now('a', latest)]).zones[0]?.figures.stoppedS;
    return stopped ? `${stopped.partial ? 'at least ' : ''}${stopped.value}` : null;
  });
  expect(told).toEqual(['0', '1', '2', '3', '0', '1', null, 'at least 0', 'at least 1', '0']);
});

/** A second of a camera that counts so many in its own part of the square, and so many in all of it. */
const said = (camera: string, own: number, all: number) =>
  observation(camera, 1, {
    zones: [
      zone('square', {
        occupancy: mean(all, 1),
        ownOccupancy: mean(own, 0.6),
        speedMps: mean(camera === 'a' ? 1 : 2, 0, all),
        pressurePerS2: mean(camera === 'a' ? 0.01 : 0.03),
        standing: mean(all / 2),
      }),
    ],
  });

describe('a zone that two cameras share', () => {
  const facing = cameraMaker({
    points: [
      { image: [0.3, 0.9], ground: [-3, 4] },
      { image: [0.7, 0.9], ground: [3, 4] },
      { image: [0.42, 0.3], ground: [-3, 20] },
      { image: [0.58, 0.3], ground: [3, 20] },
    ],
  });
  const polygon: [number, number][] = [
    [-2, 8],
    [2, 8],
    [2, 16],
    [-2, 16],
  ];
  const ownership = new Ownership({ cameras: [facing([0, 0], 0, 'a'), facing([0, 24], Math.PI, 'b')] });
  const here = () => new SiteNow({ site: { cameras: [], gates: [], zones: [{ id: 'square', polygon }] }, ownership });
  it('counts everybody once', () => {
    const [square] = here().at(T + 1000, [now('a', said('a', 6, 9)), now('b', said('b', 2, 3))]).zones;
    expect(square?.knownShare).toBeCloseTo(1, 2);
    expect(square?.areaM2).toBeCloseTo(32, 0);
    expect(square?.figures).toMatchObject({
      occupancy: { value: 8, partial: false },
      standing: { value: 4 },
      pressurePerS2: { value: 0.03 },
    });
    expect(square?.figures.occupancy?.standardError).toBeCloseTo(0.6 * Math.SQRT2, 6);
    expect(square?.figures.densityPerM2?.value).toBeCloseTo(8 / 32, 2);
    expect(square?.figures.speedMps?.value).toBeCloseTo((9 * 1 + 3 * 2) / 12, 6);
  });

  it('is known in part while one of them is blind', () => {
    const [square] = here().at(T + 1000, [now('a', said('a', 6, 9)), now('b', said('b', 2, 3), BLIND)]).zones;
    expect(square?.knownShare).toBeGreaterThan(0.3);
    expect(square?.knownShare).toBeLessThan(0.7);
    expect(square?.figures.occupancy).toMatchObject({ value: 6, partial: true });
    expect(square?.figures.densityPerM2?.value).toBeCloseTo(6 / (square?.areaM2 ?? 0), 6);
  });

  it('is unknown while both are', () => {
    const [square] = here().at(T + 1000, [now('a', null), now('b', said('b', 2, 3), BLIND)]).zones;
    expect(square).toMatchObject({ knownShare: 0, areaM2: null, figures: { occupancy: null } });
  });
});

const second = (i: number, counts: Observation['gates'][number]['counts']) =>
  observation('a', i, {
    gates: [{ gate: 'north', seenShare: 1, widthM: 2, counts, variance: 0.25, systematicError: 0.01 }],
  });

describe('flow through a gate', () => {
  const site = siteWith({
    cameras: [{ id: 'a' }],
    gates: [
      {
        id: 'north',
        camera: 'a',
        image: [
          [0, 0],
          [1, 1],
        ],
      },
    ],
  });
  const flowAfter = (seconds: number, countsAt: (i: number) => Observation['gates'][number]['counts']) => {
    const here = new SiteNow({ site, ownership: null });
    for (let i = 1; i <= seconds; i++) here.take(second(i, countsAt(i)));
    return here.at(T + seconds * 1000, [now('a', second(seconds, countsAt(seconds)))]).gates[0];
  };
  const one = { person: { in: 1, out: 0 }, bicycle: { in: 0, out: 1 } };

  it.each([
    ['too short a time', 15, () => one, null],
    ['a time that has only begun', 30, () => one, 60],
    ['most of a minute', 50, () => one, 60],
    ['a minute', 60, () => one, 60],
    ['no more than the last minute', 100, (i: number) => (i <= 40 ? one : { person: { in: 2, out: 0 } }), 120],
    ['a minute of which too much is unknown', 60, (i: number) => (i % 3 === 0 ? null : one), null],
    ['a minute of which a little is unknown', 60, (i: number) => (i % 6 === 0 ? null : one), 60],
  ])('over %s', (_, seconds, countsAt, perMin) => {
    expect(flowAfter(seconds, countsAt)?.inPerMin?.value ?? null).toBe(perMin);
  });

  it('has the error of the seconds that it adds up', () => {
    const north = flowAfter(60, () => ({ person: { in: 1, out: 0 } }));
    expect(north).toMatchObject({ widthM: 2, outPerMin: { value: 0, standardError: 0 } });
    expect(north?.inPerMin?.standardError).toBeCloseTo(Math.sqrt(60 * 0.25 + 0.6 ** 2), 6);
  });
});

test('what a camera said before is not told as now', () => {
  const site = siteWith({
    cameras: [{ id: 'a' }],
    zones: [
      {
        id: 'q',
        camera: 'a',
        image: [
          [0, 0],
          [1, 0],
          [1, 1],
        ],
      },
    ],
  });
  const here = new SiteNow({ site, ownership: null });
  const latest = observation('a', 1, { zones: [zone('q', { occupancy: mean(4) })] });
  const told = [1, 2, 3].map(
    (s) => here.at(T + s * 1000, [now('a', latest)]).zones[0]?.figures.occupancy?.value ?? null,
  );
  expect(told).toEqual([4, 4, null]);
});
