/** History over the API, held against the ledger itself. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { HistoryQuery } from '../../../store/index.ts';
import { NOON } from '../desks.fixture.ts';
import { asking, openHub, type TestHub } from '../hub.fixture.ts';
import { hourOf, secondOf } from '../observations.fixture.ts';
import { pageOf } from '../query.ts';
import { cameraRowSchema, gateRowSchema, zoneRowSchema } from './rows.ts';
import { HISTORY_STEPS } from './stretches.ts';

const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;
const TIMEZONE = 'Europe/Amsterdam';

/** A second of a camera each quarter of an hour, over the night in which the clocks change. */
const nights = (camera: string) =>
  Array.from({ length: 4 * 96 }, (_, i) => secondOf(camera, 1000 + i, Date.UTC(2026, 2, 28) + i * QUARTER_MS));

let hub: TestHub;
let ask: ReturnType<typeof asking>;
beforeAll(async () => {
  const hours = [...hourOf('square-north', 0, 40), ...hourOf('square-north', 60), ...hourOf('stairs')];
  hub = await openHub({ observations: [...hours, ...nights('square-north')], app: { limits: { burst: 1e6 } } });
  ask = asking(hub, 'viewer');
});
afterAll(() => hub[Symbol.asyncDispose]());

const iso = (timeMs: number): string => new Date(timeMs).toISOString();
const period = (fromMs: number, toMs: number): string => `from=${iso(fromMs)}&to=${iso(toMs)}`;

/** Every page of it. */
const all = async <Item extends z.ZodType>(item: Item, url: string) => {
  const schema = pageOf(item);
  const items: z.output<Item>[] = [];
  let next: string | null = null;
  let pages = 0;
  do {
    const { status, text } = await ask('GET', `${url}${next === null ? '' : `&cursor=${next}`}`);
    expect(status).toBe(200);
    const page = schema.parse(JSON.parse(text));
    items.push(...page.items);
    next = page.next;
    pages++;
  } while (next !== null && pages < 500);
  expect(next).toBe(null);
  return { items, pages };
};

const byTime = (a: { startMs: number; camera: string; zone: string }, b: typeof a): number =>
  a.startMs - b.startMs || (a.camera < b.camera ? -1 : a.camera > b.camera ? 1 : a.zone < b.zone ? -1 : 1);

const SPRING = { fromMs: Date.UTC(2026, 2, 28), toMs: Date.UTC(2026, 3, 1) };

describe('pages', () => {
  test.each(HISTORY_STEPS)('of every size have every row once, in order: by %s', async (step) => {
    const query: HistoryQuery = { fromMs: NOON + 12_345, toMs: SPRING.toMs, step, timezone: TIMEZONE };
    const told = (await hub.store.zones(query))
      .sort(byTime)
      .map((row) => [iso(row.startMs), iso(row.endMs), row.camera, row.zone]);
    for (const limit of [61, 1000]) {
      const { items } = await all(
        zoneRowSchema,
        `/api/history/zones?${period(query.fromMs, query.toMs)}&step=${step}&limit=${limit}`,
      );
      expect(items.map(({ start, end, camera, zone }) => [start, end, camera, zone])).toEqual(told);
    }
  });

  test('of years in which there is nothing are few', async () => {
    const { items, pages } = await all(
      zoneRowSchema,
      `/api/history/zones?${period(0, Date.UTC(2199, 0, 1))}&step=minute&limit=5000`,
    );
    expect(items.length).toBeGreaterThan(400);
    expect(pages).toBeLessThan(10);
  });

  test('can be had for one camera and one place', async () => {
    const { items } = await all(
      zoneRowSchema,
      `/api/history/zones?${period(NOON, NOON + DAY_MS)}&camera=stairs&zone=square&limit=11`,
    );
    expect(new Set(items.map(({ camera, zone }) => `${camera} ${zone}`))).toEqual(new Set(['stairs square']));
    expect(items).toHaveLength(60);
  });
});

test('figures are those of the ledger, with their error and how much of the time they are known', async () => {
  const query: HistoryQuery = {
    fromMs: NOON,
    toMs: NOON + QUARTER_MS,
    step: 'quarterHour',
    timezone: TIMEZONE,
    camera: 'stairs',
  };
  const zones = await hub.store.zones(query);
  const { items } = await all(
    zoneRowSchema,
    `/api/history/zones?${period(query.fromMs, query.toMs)}&step=quarterHour&camera=stairs`,
  );
  const square = zones.find(({ zone }) => zone === 'square');
  const { sum = 0, weight = 1, errorSum = 0, min, max } = square?.figures.occupancy ?? {};
  const told = items.find(({ zone }) => zone === 'square');
  expect(told).toMatchObject({
    start: iso(NOON),
    end: iso(NOON + QUARTER_MS),
    coverage: (square?.measuredS ?? 0) / 900,
  });
  expect(told?.figures.occupancy).toEqual({
    mean: sum / weight,
    min,
    max,
    weight,
    standardError: errorSum === null ? null : errorSum / weight,
  });
  const [gate] = await hub.store.gates(query);
  const gates = await all(
    gateRowSchema,
    `/api/history/gates?${period(query.fromMs, query.toMs)}&step=quarterHour&camera=stairs`,
  );
  expect(gates.items[0]).toMatchObject({
    gate: gate.gate,
    counts: gate.counts,
    standardError: Math.sqrt(gate.variance + gate.systematicError ** 2),
  });
  const cameras = await all(
    cameraRowSchema,
    `/api/history/cameras?${period(query.fromMs, query.toMs)}&step=quarterHour&camera=stairs`,
  );
  expect(cameras.items).toMatchObject([{ camera: 'stairs', frames: { offered: 30 * 25 } }]);
});

test('a day of the site is 23 hours long when the clocks go forward', async () => {
  const { items } = await all(
    gateRowSchema,
    `/api/history/gates?${period(SPRING.fromMs, SPRING.toMs)}&step=day&gate=north-gate&camera=square-north`,
  );
  expect(items.map(({ start }) => start)).toEqual([
    '2026-03-28T00:00:00.000Z',
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
    '2026-03-30T22:00:00.000Z',
    '2026-03-31T22:00:00.000Z',
  ]);
});

test('gaps are told page by page', async () => {
  const gaps = await hub.store.gaps({ fromMs: NOON, toMs: NOON + DAY_MS });
  const { items } = await all(
    z.strictObject({ camera: z.string(), start: z.string(), end: z.string() }),
    `/api/history/gaps?${period(NOON, NOON + DAY_MS)}&limit=5`,
  );
  expect(items).toHaveLength(gaps.length);
  expect(items).toEqual(
    gaps
      .sort((a, b) => a.startMs - b.startMs || (a.camera < b.camera ? -1 : 1))
      .map(({ camera, startMs, endMs }) => ({ camera, start: iso(startMs), end: iso(endMs) })),
  );
});

const fieldSchema = z.looseObject({
  camera: z.string(),
  cell: z.array(z.number()),
  densityPerM2: z.array(z.number()),
  velocityXMps: z.array(z.number().nullable()),
});

test('the field over a period, camera by camera', async () => {
  const { items, pages } = await all(fieldSchema, `/api/fields?${period(NOON, NOON + DAY_MS)}&limit=1`);
  expect(pages).toBe(3);
  expect(items.map(({ camera }) => camera)).toEqual(['square-north', 'stairs']);
  const [field] = await hub.store.fields({ fromMs: NOON, toMs: NOON + DAY_MS, camera: 'square-north' });
  expect(items[0].cell).toEqual([...field.cell]);
  expect(items[0].densityPerM2[3]).toBeCloseTo(field.densityPerM2[3], 4);
  expect(items[0].velocityXMps.some((velocity) => velocity === null)).toBe(true);
});

const at = (timeMs: number): string => Buffer.from(JSON.stringify([timeMs, '', ''])).toString('base64url');

describe('what cannot be asked', () => {
  const hour = period(NOON, NOON + 3_600_000);
  test.each([
    '',
    `from=${iso(NOON)}`,
    period(NOON, NOON),
    period(NOON + 1, NOON),
    'from=2026-03-01T12:00:00&to=2026-03-01T13:00:00',
    'from=2026-02-30T12:00:00Z&to=2026-03-01T13:00:00Z',
    'from=-271821-04-20T00:00:00Z&to=2026-03-01T13:00:00Z',
    `${hour}&step=second`,
    `${hour}&step=year`,
    `${hour}&limit=0`,
    `${hour}&limit=5001`,
    `${hour}&limit=1.5`,
    `${hour}&zone=`,
    `${hour}&zone=..%2Fx`,
    `${hour}&zone=a&zone=b`,
    `${hour}&timezone=UTC`,
    `${hour}&cursor=x`,
    `${hour}&cursor=${Buffer.from('[1,2,3]').toString('base64url')}`,
    `${hour}&cursor=${Buffer.from('{"__proto__":1}').toString('base64url')}`,
    `${hour}&cursor=${Buffer.from('[-1,"",""]').toString('base64url')}`,
  ])('/api/history/zones?%s', async (query) => {
    const { status, text } = await ask('GET', `/api/history/zones?${query}`);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ code: 'SERVE_BAD_INPUT', errors: expect.any(Array) });
  });

  test('a cursor far ahead is the end, and one from before the beginning begins there', async () => {
    const ahead = await ask('GET', `/api/history/zones?${hour}&cursor=${at(1e17)}`);
    expect([ahead.status, JSON.parse(ahead.text)]).toEqual([200, { items: [], next: null }]);
    const before = pageOf(zoneRowSchema).parse(
      JSON.parse((await ask('GET', `/api/history/zones?${hour}&limit=1&cursor=${at(0)}`)).text),
    );
    expect(before.items[0].start).toBe(iso(NOON));
  });
});
