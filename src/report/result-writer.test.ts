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
  type ZoneSample,
  zoneId,
} from '../contract/index.ts';
import { NOTHING_KNOWN } from './measurements.fixture.ts';
import { createResultWriter, type ResultWriterOptions } from './result-writer.ts';
import { incomplete, plaza, type Recording, uncalibrated } from './recordings.fixture.ts';
import { formatSummary } from './summary.ts';
import { bottleneck } from './trajectories.fixture.ts';

let place = '';
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'starling-result-'));
});
afterEach(() => rm(place, { recursive: true, force: true }));

const EVERY_FILE = [
  'gates.csv',
  'measurements.csv',
  'measurements.parquet',
  'report.html',
  'series.csv',
  'summary.json',
];
const FILES = [...EVERY_FILE, 'profiles.csv'].sort();
const TRAJECTORY_FILES = [...FILES, 'flow.csv', 'passing.csv'].sort();

const optionsOf = ({ kind, site, plan, methods }: Recording, dir = place): ResultWriterOptions => ({
  kind,
  dir,
  site,
  plan,
  methods,
});

const writeAll = async (recording: Recording): Promise<void> => {
  const writer = await createResultWriter(optionsOf(recording));
  for (const frame of recording.frames()) await writer.frame(frame);
  for (const window of recording.windows) await writer.window(window);
  for (const passage of recording.passages) await writer.passage(passage);
  for (const window of recording.flowWindows) await writer.flowWindow(window);
  await writer.finish(recording.results);
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
    { ...NOTHING_KNOWN, zone: VIEW_ZONE, occupancy: 2 },
    { ...NOTHING_KNOWN, zone: zoneId('square'), occupancy: 0, densityPerM2: 0 },
  ],
  gates: [{ gate: gateId('north'), in: 0, out: 0, cumulative: 0 }],
});

describe('createResultWriter', () => {
  it('writes every file, and nothing else', async () => {
    await writeAll(plaza());
    expect((await readdir(place)).sort()).toEqual(FILES);
  });

  it('writes series.csv and gates.csv row by row from a reused object', async () => {
    const { results } = plaza();
    const writer = await createResultWriter(optionsOf(plaza()));
    const frame = reusedFrame();
    const first = writer.frame(frame);
    frame.frame = frameNumber(2);
    frame.timeMs = mediaTimeMs(1000 / 7);
    for (const zone of frame.zones) {
      zone.occupancy = 3;
      zone.densityPerM2 = 0.1 + 0.2;
      zone.speedMps = 1.25;
      zone.densityVoronoiPerM2 = 0.0123456789;
      zone.pressurePerS2 = 0.000412345678;
    }
    for (const gate of frame.gates) [gate.in, gate.out, gate.cumulative] = [1, 2, 3];
    await first;
    await writer.frame(frame);
    await writer.finish(results);
    expect(await read('series.csv')).toBe(
      `frame,time_s,zone,occupancy,density_per_m2,speed_mps,density_voronoi,speed_voronoi,crowd_pressure_per_s2
1,0,view,2,,,,,
1,0,square,0,0,,,,
2,0.142857,view,3,0.3,1.25,0.0123457,,0.000412346
2,0.142857,square,3,0.3,1.25,0.0123457,,0.000412346
`,
    );
    expect(await read('gates.csv')).toBe(
      `frame,time_s,gate,in,out,cumulative
1,0,north,0,0,0
2,0.142857,north,1,2,3
`,
    );
  });

  it('writes what a trajectory file adds, and nothing else', async () => {
    await writeAll(bottleneck());
    expect((await readdir(place)).sort()).toEqual(TRAJECTORY_FILES);
  });

  it.each([
    // cut-off, columns after the common ones
    [
      { radiusM: 0.8, segments: 3 },
      'density_classic,density_voronoi,speed_mean,speed_voronoi,density_voronoi_cutoff,speed_voronoi_cutoff,crowd_pressure_per_s2',
      '1.5,0.75,1.5,1.25,0.75,0.5,1.125,0.375,0.0625',
    ],
    [
      undefined,
      'density_classic,density_voronoi,speed_mean,speed_voronoi,crowd_pressure_per_s2',
      '1.5,0.75,1.5,1.25,0.75,0.5,0.0625',
    ],
  ])('has the columns of trajectories with the cut-off %j', async (cutoff, columns, figures) => {
    const recording = bottleneck();
    const { analysis, minimumCount } = recording.methods;
    const methods = { minimumCount, analysis: { ...analysis, cutoff } };
    const writer = await createResultWriter({ ...optionsOf(recording), methods });
    const sample: ZoneSample = {
      zone: zoneId('throat'),
      occupancy: 3,
      densityPerM2: 1.5,
      speedMps: 0.75,
      densityVoronoiPerM2: 1.25,
      speedVoronoiMps: 0.5,
      densityVoronoiCutoffPerM2: 1.125,
      speedVoronoiCutoffMps: 0.375,
      pressurePerS2: 0.0625,
    };
    await writer.frame({ frame: frameNumber(0), timeMs: mediaTimeMs(0), zones: [sample], gates: [] });
    await writer.finish(recording.results);
    expect(await read('series.csv')).toBe(
      `frame,time_s,zone,occupancy,density_per_m2,speed_mps,${columns}\n0,0,throat,3,${figures}\n`,
    );
  });

  it('writes passages under numbers of their own, and windows of flow', async () => {
    const recording = bottleneck();
    const writer = await createResultWriter(optionsOf(recording));
    for (const name of ['mouth', 'a,b', 'mouth']) {
      await writer.passage({ gate: gateId(name), densityPerM2: 2.25, speedMps: 1 / 3 });
    }
    const window = { gate: gateId('mouth'), firstFrame: frameNumber(0), lastFrame: frameNumber(149), people: 12 };
    await writer.flowWindow({ ...window, flowPerS: 1.3, speedMps: 0.9 });
    await writer.flowWindow({ ...window, flowPerS: 1.2, speedMps: null });
    await writer.finish(recording.results);
    expect(await read('passing.csv')).toBe(
      'passage,gate,density_per_m2,speed_mps\n1,mouth,2.25,0.333333\n2,"a,b",2.25,0.333333\n3,mouth,2.25,0.333333\n',
    );
    expect(await read('flow.csv')).toBe(
      'gate,first_frame,last_frame,people,flow_per_s,speed_mps\nmouth,0,149,12,1.3,0.9\nmouth,0,149,12,1.2,\n',
    );
  });

  it("refuses passages of a camera's recording, and leaves nothing", async () => {
    const writer = await createResultWriter(optionsOf(plaza(), join(place, 'out')));
    const passage = { gate: gateId('north'), densityPerM2: 1, speedMps: 1 };
    expect(await codeOf(writer.passage(passage))).toBe('CLI_INTERNAL');
    expect(await readdir(place)).toEqual([]);
  });

  it('leaves nothing of the files of trajectories when it is abandoned half-way', async () => {
    const recording = bottleneck();
    const writer = await createResultWriter(optionsOf(recording, join(place, 'out')));
    for (const passage of recording.passages) await writer.passage(passage);
    await writer.abandon();
    expect(await readdir(place)).toEqual([]);
  });

  it('does not leave the files of an earlier result beside its own', async () => {
    await writeAll(bottleneck());
    await writeFile(join(place, 'notes.txt'), 'mine');
    await writeAll(uncalibrated());
    expect((await readdir(place)).sort()).toEqual([...EVERY_FILE, 'notes.txt'].sort());
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
    const { results } = plaza();
    const writer = await createResultWriter(optionsOf(plaza()));
    await writer.frame(reusedFrame());
    const broken = { ...results.summary, frames: Number.NaN };
    expect(await codeOf(writer.finish({ ...results, summary: broken }))).toBe('CLI_INTERNAL');
    expect(await readdir(place)).toEqual(['summary.json']);
    expect(await read('summary.json')).toBe('earlier');
  });

  it('refuses a folder that it cannot write, and a time zone that does not exist', async () => {
    await writeFile(join(place, 'file'), '');
    expect(await codeOf(createResultWriter(optionsOf(plaza(), join(place, 'file'))))).toBe('OUTPUT_NOT_WRITABLE');
    const lost = { ...optionsOf(plaza(), join(place, 'new')), site: { name: null, timezone: 'Europe/Atlantis' } };
    expect(await codeOf(createResultWriter(lost))).toBe('SITE_INVALID');
    expect(await readdir(place)).toEqual(['file']);
  });

  it('abandons everything, also when abandoned after finishing', async () => {
    const { results } = plaza();
    const dir = join(place, 'out');
    const first = await createResultWriter(optionsOf(plaza(), dir));
    await first.frame(reusedFrame());
    await first.abandon();
    expect(await readdir(place)).toEqual([]);
    const second = await createResultWriter(optionsOf(plaza(), dir));
    await second.finish(results);
    await second.abandon();
    expect((await readdir(dir)).sort()).toEqual(FILES);
  });

  it('keeps a million frames in bounded memory', async () => {
    const { results } = plaza();
    const writer = await createResultWriter(optionsOf(plaza()));
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
