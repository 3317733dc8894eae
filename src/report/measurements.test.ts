import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CrowdWindow,
  type GateWindow,
  gateId,
  mediaTimeMs,
  utcMs,
  type ZoneWindow,
  zoneId,
} from '../contract/index.ts';
import { formatFigure } from './csv.ts';
import { DATA_DICTIONARY } from './data-dictionary.ts';
import { MEASUREMENT_COLUMNS } from './measurement-columns.ts';
import { openMeasurements } from './measurements.ts';
import { openOutput } from './output-folder.ts';

let place = '';
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'starling-measurements-'));
});
afterEach(() => rm(place, { recursive: true, force: true }));

const write = async (windows: Iterable<ZoneWindow | GateWindow>, timezone = 'Europe/Amsterdam'): Promise<void> => {
  const folder = await openOutput(place);
  const writer = await openMeasurements(folder, timezone);
  for (const window of windows) await writer.add(window);
  await writer.finish();
  await folder.commit();
};

const readCsv = async (): Promise<Record<string, string>[]> => {
  const [head = '', ...lines] = (await readFile(join(place, 'measurements.csv'), 'utf8')).trimEnd().split('\n');
  const names = head.split(',');
  return lines.map((line) => {
    const fields = [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
    );
    return Object.fromEntries(names.map((name, i) => [name, fields[i] ?? '']));
  });
};

const readParquet = async (): Promise<Record<string, unknown>[]> =>
  parquetReadObjects({ file: await asyncBufferFromFile(join(place, 'measurements.parquet')) });

const asCsvText = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'number') return formatFigure(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const unknown = { value: null, standardError: null };

const zoneWindow = (startUtc: number | null, overrides: Partial<ZoneWindow> = {}): ZoneWindow => ({
  zone: zoneId('square'),
  startMs: mediaTimeMs(60_000),
  endMs: mediaTimeMs(120_000),
  startUtc: startUtc === null ? null : utcMs(startUtc),
  coverage: 1,
  occupancyMean: { value: 0.1 + 0.2, standardError: 1 / 7 },
  occupancyMax: 4,
  occupancyP95: 3.5,
  densityPerM2: { value: 0.0123456789, standardError: 0.001 },
  speedMps: unknown,
  crowd: null,
  health: { state: 'ok', reasons: [] },
  ...overrides,
});

const gateWindow = (startUtc: number | null): GateWindow => ({
  gate: gateId('north'),
  startMs: mediaTimeMs(60_000),
  endMs: mediaTimeMs(120_000),
  startUtc: startUtc === null ? null : utcMs(startUtc),
  coverage: 0.5,
  in: { value: 7, standardError: 0.6 },
  out: { value: 0, standardError: 0.3 },
  flowPerS: { value: 7 / 60, standardError: 0.01 },
  specificFlowPerMS: unknown,
  headwayS: { value: 8.25, standardError: null },
  health: {
    state: 'degraded',
    reasons: [
      { code: 'DARK', message: 'Too dark, "mostly"' },
      { code: 'LOST', message: 'Frames lost' },
    ],
  },
});

const SPRING = Date.UTC(2026, 2, 29, 0, 59);
const AUTUMN = Date.UTC(2026, 9, 25, 0, 59);

const COLUMNS =
  'start_utc,end_utc,start_site,end_site,start_s,end_s,kind,id,coverage,' +
  'occupancy_mean,occupancy_mean_se,occupancy_max,occupancy_p95,density_per_m2,density_per_m2_se,speed_mps,speed_mps_se,' +
  'in,in_se,out,out_se,flow_per_s,flow_per_s_se,specific_flow_per_m_s,specific_flow_per_m_s_se,' +
  'health,reason_codes,reasons,' +
  'density_voronoi_per_m2,density_voronoi_per_m2_se,speed_voronoi_mps,speed_voronoi_mps_se,' +
  'edie_flow_per_m_s,edie_flow_per_m_s_se,density_peak_per_m2,pressure_per_s2,pressure_per_s2_se,pressure_max_per_s2,' +
  'congestion_level_per_m,congestion_number,counterflow_index,stop_and_go_share,past_capacity,' +
  'time_in_level_a_s,time_in_level_b_s,time_in_level_c_s,time_in_level_d_s,time_in_level_e_s,time_in_level_f_s,' +
  'dwell_s,dwell_s_se,queue_length,queue_length_se,queue_extent_m,queue_extent_m_se,time_to_clear_s,headway_s,headway_s_se';

/** Fields of the crowd, then headway and its error. */
const CROWD_FIELDS = 28;

const crowd: CrowdWindow = {
  densityVoronoiPerM2: { value: 1.5, standardError: 0.1 },
  speedVoronoiMps: { value: 0.7, standardError: null },
  edieFlowPerMS: unknown,
  pressurePerS2: { value: 0.000412345678, standardError: 0.0000212345678 },
  pressureMaxPerS2: 0.02,
  densityPeakPerM2: 4.5,
  congestionLevelPerM: 2.5,
  congestionNumber: 0.04,
  counterflowIndex: 0,
  stopAndGoShare: 1,
  pastCapacity: true,
  timeInLevelsS: { A: 1, B: 2, C: 3, D: 4, E: 5, F: 45 },
  dwellS: { value: 12.5, standardError: 1 },
  queueLength: { value: 0, standardError: 0 },
  queueExtentM: { value: 1.5, standardError: 0.25 },
  timeToClearS: null,
};

describe('measurements.csv', () => {
  it('has the columns that other programs rely on, in order: new ones come after them', () => {
    expect(MEASUREMENT_COLUMNS.map(({ name }) => name).join(',')).toBe(COLUMNS);
  });

  it('writes a zone and a gate as documented', async () => {
    await write([zoneWindow(SPRING), gateWindow(SPRING)]);
    expect(await readFile(join(place, 'measurements.csv'), 'utf8')).toBe(
      [
        COLUMNS,
        `2026-03-29T00:59:00.000Z,2026-03-29T01:00:00.000Z,2026-03-29T01:59:00.000+01:00,2026-03-29T03:00:00.000+02:00,60,120,zone,square,1,0.3,0.142857,4,3.5,0.0123457,0.001,,,,,,,,,,,ok,,${','.repeat(CROWD_FIELDS + 2)}`,
        `2026-03-29T00:59:00.000Z,2026-03-29T01:00:00.000Z,2026-03-29T01:59:00.000+01:00,2026-03-29T03:00:00.000+02:00,60,120,gate,north,0.5,,,,,,,,,7,0.6,0,0.3,0.116667,0.01,,,degraded,DARK; LOST,"Too dark, ""mostly""; Frames lost"${','.repeat(CROWD_FIELDS)},8.25,`,
        '',
      ].join('\n'),
    );
  });

  it('writes how the crowd was after all other columns', async () => {
    await write([zoneWindow(null, { crowd })]);
    const [row] = await readCsv();
    const columns = MEASUREMENT_COLUMNS.slice(-CROWD_FIELDS - 2).map(({ name }) => row?.[name]);
    expect(columns.join(',')).toBe(
      '1.5,0.1,0.7,,,,4.5,0.000412346,0.0000212346,0.02,2.5,0.04,0,1,1,1,2,3,4,5,45,12.5,1,0,0,1.5,0.25,,,',
    );
  });

  it.each([
    [true, '1'],
    [false, '0'],
    [null, ''],
  ])('writes past capacity, %s, as "%s"', async (pastCapacity, text) => {
    await write([zoneWindow(null, { crowd: { ...crowd, pastCapacity } })]);
    expect((await readCsv())[0]?.['past_capacity']).toBe(text);
  });

  it('leaves times of day blank when the recording does not say when it began', async () => {
    await write([zoneWindow(null)]);
    const [row] = await readCsv();
    expect(row).toMatchObject({
      start_utc: '',
      end_utc: '',
      start_site: '',
      end_site: '',
      start_s: '60',
      end_s: '120',
    });
  });

  it('tells the two hours apart when the clocks go back', async () => {
    await write([zoneWindow(AUTUMN), zoneWindow(AUTUMN + 3_600_000)]);
    expect((await readCsv()).map((row) => row['start_site'])).toEqual([
      '2026-10-25T02:59:00.000+02:00',
      '2026-10-25T02:59:00.000+01:00',
    ]);
  });
});

describe('measurements.parquet', () => {
  it('holds the same rows and columns as the CSV', async () => {
    await write([zoneWindow(SPRING, { crowd }), gateWindow(AUTUMN), zoneWindow(null), gateWindow(null)]);
    const [csv, parquet] = [await readCsv(), await readParquet()];
    expect(
      parquet.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asCsvText(value)]))),
    ).toEqual(csv);
    expect(parquet[0]).toMatchObject({
      start_utc: new Date(SPRING),
      occupancy_mean: 0.3,
      in: null,
      reason_codes: null,
    });
    expect(parquet[1]).toMatchObject({ out: 0, specific_flow_per_m_s: null, occupancy_mean: null });
  });

  it('types its columns: UTC timestamps, nullable doubles, strings', async () => {
    await write([zoneWindow(SPRING)]);
    const metadata = await parquetMetadataAsync(await asyncBufferFromFile(join(place, 'measurements.parquet')));
    const element = (name: string) => metadata.schema.find((each) => each.name === name);
    expect(element('start_utc')).toMatchObject({
      type: 'INT64',
      repetition_type: 'OPTIONAL',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
    });
    expect(element('occupancy_mean')).toMatchObject({ type: 'DOUBLE', repetition_type: 'OPTIONAL' });
    expect(element('id')).toMatchObject({ type: 'BYTE_ARRAY', converted_type: 'UTF8' });
    const keys = Object.fromEntries((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value]));
    expect(keys['timezone']).toBe('Europe/Amsterdam');
    expect(JSON.parse(keys['columns'] ?? '')).toHaveLength(MEASUREMENT_COLUMNS.length);
  });

  it('is a valid file when there is no row at all', async () => {
    await write([]);
    expect(await readParquet()).toEqual([]);
  });

  it('writes a month of minutes in row groups, in bounded memory', async () => {
    const minutes = 31 * 24 * 60;
    function* month(): Generator<ZoneWindow> {
      for (let i = 0; i < minutes; i++) yield zoneWindow(SPRING + i * 60_000, { occupancyMax: i % 17 });
    }
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    await write(month());
    expect(process.memoryUsage().rss - before).toBeLessThan(250e6);
    const metadata = await parquetMetadataAsync(await asyncBufferFromFile(join(place, 'measurements.parquet')));
    expect(Number(metadata.num_rows)).toBe(minutes);
    expect(metadata.row_groups.length).toBe(Math.ceil(minutes / 4096));
  });
});

it.each(DATA_DICTIONARY)('names every column of $file once', ({ columns }) => {
  expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length);
});
