/** Exported files, read by other people's programs. */
import { parse } from 'csv-parse/sync';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NOON } from '../routes/desks.fixture.ts';
import { asking, openHub, type TestHub } from '../routes/hub.fixture.ts';
import { attachment } from './attachment.ts';
import { csvLine } from './csv.ts';
import { exportDictionary } from './dictionary.ts';

const HOUR_MS = 3_600_000;
const PERIOD = `from=${new Date(NOON).toISOString()}&to=${new Date(NOON + HOUR_MS).toISOString()}`;

let hub: TestHub;
let ask: ReturnType<typeof asking>;
beforeAll(async () => {
  hub = await openHub();
  ask = asking(hub, 'viewer');
});
afterAll(() => hub[Symbol.asyncDispose]());

/** A figure as CSV has it. */
const plain = (value: number): string => csvLine([value]).trim();

/** A value of Parquet as CSV has it. */
const textOf = (value: unknown): string => {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'number') return plain(value);
  return typeof value === 'string' ? value : '';
};

const csv = async (url: string): Promise<Record<string, string>[]> =>
  parse((await ask('GET', url)).text, { columns: true });
const columnsOf = (table: string, time: string): string[] =>
  exportDictionary()
    .tables.find((one) => one.table === table && one.time === time)
    ?.columns.map(({ name }) => name) ?? [];

describe.each(['zones', 'gates'] as const)('%s', (table) => {
  test.each(['utc', 'site'])('as CSV in %s have the columns of the dictionary and every row', async (time) => {
    const { headers } = await ask('GET', `/api/export/${table}.csv?${PERIOD}&time=${time}`);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toBe(
      `attachment; filename="old-town_${table}_2026-03-01_2026-03-01_minute.csv"`,
    );
    const rows = await csv(`/api/export/${table}.csv?${PERIOD}&time=${time}`);
    expect(Object.keys(rows[0])).toEqual(columnsOf(table, time));
    const query = { fromMs: NOON, toMs: NOON + HOUR_MS, step: 'minute', timezone: 'UTC' } as const;
    expect(rows).toHaveLength((await hub.store[table](query)).length);
    const starts = rows.map((row) => row[time === 'utc' ? 'start_utc' : 'start_site']);
    expect(starts[0]).toBe(time === 'utc' ? '2026-03-01T12:00:00.000Z' : '2026-03-01T13:00:00.000+01:00');
    expect(starts).toEqual(starts.toSorted());
  });

  test('as Parquet hold what the CSV holds', async () => {
    const { bytes, headers } = await ask('GET', `/api/export/${table}.parquet?${PERIOD}`);
    expect(headers['content-type']).toBe('application/vnd.apache.parquet');
    const file = new Uint8Array(bytes).buffer;
    const [rows, texts] = [await parquetReadObjects({ file }), await csv(`/api/export/${table}.csv?${PERIOD}`)];
    expect(rows).toHaveLength(texts.length);
    expect(Object.keys(rows[0])).toEqual(columnsOf(table, 'utc'));
    const told = rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, textOf(value)])),
    );
    expect(told).toEqual(texts);
    const { key_value_metadata: metadata } = parquetMetadata(file);
    const meanings = JSON.parse(metadata?.find(({ key }) => key === 'columns')?.value ?? '[]');
    expect(meanings).toEqual(
      exportDictionary().tables.find((one) => one.table === table && one.time === 'utc')?.columns,
    );
  });
});

test('what is unknown is empty, and not nought', async () => {
  const rows = await csv(`/api/export/gates.csv?${PERIOD}&camera=square-north`);
  const spans = await hub.store.gates({
    fromMs: NOON,
    toMs: NOON + HOUR_MS,
    step: 'minute',
    timezone: 'UTC',
    camera: 'square-north',
  });
  const unknown = spans.filter(({ counts }) => counts === null).length;
  expect(unknown).toBeGreaterThan(0);
  expect(rows.filter((row) => row['people_in'] === '' && row['people_se'] === '')).toHaveLength(unknown);
});

test('nothing at all is a file with a header', async () => {
  const period = 'from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z';
  const { text } = await ask('GET', `/api/export/zones.csv?${period}`);
  expect(text).toBe(`${columnsOf('zones', 'utc').join(',')}\r\n`);
  const { bytes } = await ask('GET', `/api/export/zones.parquet?${period}`);
  expect(await parquetReadObjects({ file: new Uint8Array(bytes).buffer })).toEqual([]);
});

test('what the ledger refuses is said before anything is sent', async () => {
  const store = { ...hub.parts.store, zones: () => Promise.reject(new Error('the disk is gone')) };
  await using broken = await openHub({ observations: [], parts: { store } });
  const { status, headers } = await asking(broken)('GET', `/api/export/zones.csv?${PERIOD}`);
  expect([status, headers['content-disposition']]).toEqual([500, undefined]);
});

test('a few at once, no more; and each that ends makes room', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const zones = async () => {
    await promise;
    return [];
  };
  await using busy = await openHub({ observations: [], parts: { store: { ...hub.parts.store, zones } } });
  const url = `/api/export/zones.csv?${PERIOD}`;
  const waiting = Array.from({ length: 4 }, () => asking(busy)('GET', url));
  await expect.poll(() => asking(busy)('GET', url).then(({ status }) => status)).toBe(503);
  resolve();
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const four = async (method: 'GET' | 'HEAD') => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => asking(busy)(method, url)));
    return answers.map(({ status }) => status);
  };
  // A stream is over a moment after its last byte.
  for (const method of ['GET', 'HEAD', 'GET'] as const)
    await expect.poll(() => four(method)).toEqual([200, 200, 200, 200]);
});

test('a year is read piece by piece, as fast as it is taken', async () => {
  let asked = 0;
  const store = {
    ...hub.parts.store,
    zones: (query: Parameters<typeof hub.store.zones>[0]) => {
      asked++;
      return hub.store.zones({ ...query, fromMs: NOON, toMs: NOON + HOUR_MS });
    },
  };
  await using large = await openHub({ observations: [], parts: { store } });
  const { handle } = large.routes.find(({ id }) => id === 'exportZonesCsv') ?? {};
  const answer = await handle?.({
    caller: { kind: 'person', name: 'Ann', permissions: new Set() },
    params: {},
    query: { from: '2025-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' },
    body: undefined,
    address: '',
    headers: {},
    signal: new AbortController().signal,
  });
  if (answer?.kind !== 'stream') throw new Error('an export is a stream');
  // Nobody takes anything: no more is read than fits.
  answer.stream.read(0);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(asked).toBeLessThan(4);
  answer.stream.destroy();
});

describe('spreadsheets', () => {
  test.each<[string, string]>([
    ['square', 'square'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1+1', "'\t=1+1"],
    ['\r=1+1', '"\'\r=1+1"'],
    [' =1+1', "' =1+1"],
    ['＝1+1', "'＝1+1"],
    ['|calc', "'|calc"],
    ['%0A=1', "'%0A=1"],
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['a\r\nb', '"a\r\nb"'],
    ['a=b', 'a=b'],
  ])('take %j for text', (text, written) => {
    expect(csvLine([text])).toBe(`${written}\r\n`);
    // And what a program reads is the text, or the text behind an apostrophe.
    const [[read]] = parse(csvLine([text, 'end']));
    expect([text, `'${text}`]).toContain(read);
  });

  test.each<[number | null, string]>([
    [0.1 + 0.2, '0.3'],
    [-0, '0'],
    [-1.5, '-1.5'],
    [Number.NaN, ''],
    [Number.POSITIVE_INFINITY, ''],
    [null, ''],
    [1234567, '1234567'],
    [0.000123456789012, '0.000123456789'],
  ])('take %s for a figure: %s', (figure, written) => {
    expect(csvLine([figure])).toBe(`${written}\r\n`);
  });
});

test.each<[string[], string]>([
  [['old-town', 'zones'], 'old-town_zones'],
  [['a\r\nset-cookie: x=1', 'b'], 'a-set-cookie-x-1_b'],
  [['"; filename="evil.exe', ''], 'filename-evil-exe'],
  [['../../etc', 'passwd'], 'etc_passwd'],
  [['é\u202Etxt.exe'], 'txt-exe'],
  [['a'.repeat(500)], 'a'.repeat(64)],
])('a file of %j is saved as %s.csv', (parts, name) => {
  expect(attachment(parts, 'csv')).toBe(`attachment; filename="${name}.csv"`);
});
