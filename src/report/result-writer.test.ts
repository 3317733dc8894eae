import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type FrameMeasurement,
  frameNumber,
  gateId,
  mediaTimeMs,
  StarlingError,
  summarySchema,
  VIEW_ZONE,
  zoneId,
} from '../contract/index.ts';
import { createResultWriter } from './result-writer.ts';
import { incomplete, plaza, type Recording } from './recordings.fixture.ts';
import { formatSummary } from './summary.ts';

let place = '';
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'starling-result-'));
});
afterEach(() => rm(place, { recursive: true, force: true }));

const FILES = ['gates.csv', 'measurements.csv', 'measurements.parquet', 'report.html', 'series.csv', 'summary.json'];

const writeAll = async ({ site, plan, frames, windows, results }: Recording): Promise<void> => {
  const writer = await createResultWriter({ dir: place, site, plan });
  for (const frame of frames()) await writer.frame(frame);
  for (const window of windows) await writer.window(window);
  await writer.finish(results);
};

const read = (name: string): Promise<string> => readFile(join(place, name), 'utf8');

const codeOf = async (action: Promise<unknown>): Promise<string> => {
  try {
    await action;
  } catch (error) {
    if (error instanceof StarlingError) return error.code;
    throw error;
  }
  return 'none';
};

/** One frame whose object is used again and again, as the measuring side does. */
const reusedFrame = (): FrameMeasurement => ({
  frame: frameNumber(1),
  timeMs: mediaTimeMs(0),
  zones: [
    { zone: VIEW_ZONE, occupancy: 2, densityPerM2: null, speedMps: null },
    { zone: zoneId('square'), occupancy: 0, densityPerM2: 0, speedMps: null },
  ],
  gates: [{ gate: gateId('north'), in: 0, out: 0, cumulative: 0 }],
});

describe('createResultWriter', () => {
  it('writes every file, and nothing else', async () => {
    await writeAll(plaza());
    expect((await readdir(place)).sort()).toEqual(FILES);
  });

  it('writes series.csv and gates.csv row by row from a reused object', async () => {
    const { site, plan, results } = plaza();
    const writer = await createResultWriter({ dir: place, site, plan });
    const frame = reusedFrame();
    const first = writer.frame(frame);
    frame.frame = frameNumber(2);
    frame.timeMs = mediaTimeMs(1000 / 7);
    for (const zone of frame.zones) {
      zone.occupancy = 3;
      zone.densityPerM2 = 0.1 + 0.2;
      zone.speedMps = 1.25;
    }
    for (const gate of frame.gates) [gate.in, gate.out, gate.cumulative] = [1, 2, 3];
    await first;
    await writer.frame(frame);
    await writer.finish(results);
    expect(await read('series.csv')).toBe(
      `frame,time_s,zone,occupancy,density_per_m2,speed_mps
1,0,view,2,,
1,0,square,0,0,
2,0.142857,view,3,0.3,1.25
2,0.142857,square,3,0.3,1.25
`,
    );
    expect(await read('gates.csv')).toBe(
      `frame,time_s,gate,in,out,cumulative
1,0,north,0,0,0
2,0.142857,north,1,2,3
`,
    );
  });

  it('writes a summary that fits its schema, in its order', async () => {
    await writeAll(incomplete());
    const text = await read('summary.json');
    const parsed = summarySchema.parse(JSON.parse(text));
    expect(parsed.complete).toBe(false);
    expect(text).toBe(formatSummary(incomplete().results.summary));
    expect(Object.keys(parsed)).toEqual(Object.keys(summarySchema.shape));
    expect(text.startsWith('{\n  "source": ')).toBe(true);
  });

  it('leaves nothing when the summary is not valid, and an earlier result untouched', async () => {
    await writeFile(join(place, 'summary.json'), 'earlier');
    const { site, plan, results } = plaza();
    const writer = await createResultWriter({ dir: place, site, plan });
    await writer.frame(reusedFrame());
    const broken = { ...results.summary, frames: Number.NaN };
    expect(await codeOf(writer.finish({ ...results, summary: broken }))).toBe('CLI_INTERNAL');
    expect(await readdir(place)).toEqual(['summary.json']);
    expect(await read('summary.json')).toBe('earlier');
  });

  it('refuses a folder that it cannot write, and a time zone that does not exist', async () => {
    await writeFile(join(place, 'file'), '');
    const { plan, site } = plaza();
    expect(await codeOf(createResultWriter({ dir: join(place, 'file'), site, plan }))).toBe('OUTPUT_NOT_WRITABLE');
    const lost = { ...site, timezone: 'Europe/Atlantis' };
    expect(await codeOf(createResultWriter({ dir: join(place, 'new'), site: lost, plan }))).toBe('SITE_INVALID');
    expect(await readdir(place)).toEqual(['file']);
  });

  it('abandons everything, also when abandoned after finishing', async () => {
    const { plan, site, results } = plaza();
    const dir = join(place, 'out');
    const first = await createResultWriter({ dir, site, plan });
    await first.frame(reusedFrame());
    await first.abandon();
    expect(await readdir(place)).toEqual([]);
    const second = await createResultWriter({ dir, site, plan });
    await second.finish(results);
    await second.abandon();
    expect((await readdir(dir)).sort()).toEqual(FILES);
  });

  it('keeps a million frames in bounded memory', async () => {
    const { plan, site, results } = plaza();
    const writer = await createResultWriter({ dir: place, site, plan });
    const frame = reusedFrame();
    const grown: number[] = [];
    for (let i = 1; i <= 1_000_000; i++) {
      frame.frame = frameNumber(i);
      frame.timeMs = mediaTimeMs(i * 40);
      await writer.frame(frame);
      if (i % 250_000 === 0) grown.push(process.memoryUsage().rss);
    }
    await writer.finish(results);
    expect(Math.max(...grown) - Math.min(...grown)).toBeLessThan(150e6);
    expect((await read('report.html')).length).toBeLessThan(400_000);
  });
});
