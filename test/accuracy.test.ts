/**
 * How right Starling is, against truth made by other people. The recording and its truth are not part of the project:
 * they are looked for in ../shared/data, and without them these tests are skipped.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { starling } from './helpers/cli.ts';
import { temporaryFolder } from './helpers/video.ts';

const PETS = '../shared/data/pets2009-s2l1';
const VIDEO = join(PETS, 'vtest.avi');
const SITE = ['--site', 'samples/plaza.site.yaml'];

const absent = !existsSync(VIDEO);
if (absent) process.stderr.write(`skipped: ${PETS} is not here\n`);

const validationSchema = z.object({
  frames: z.number(),
  counts: z.object({ meanAbsolute: z.number(), bias: z.number() }),
  tracking: z.object({ mota: z.number(), idf1: z.number() }),
  gates: z.array(
    z.object({
      gate: z.string(),
      direction: z.enum(['in', 'out']),
      truth: z.number(),
      missed: z.number(),
      extra: z.number(),
    }),
  ),
});

const countedSchema = z.record(z.string(), z.object({ plus: z.number(), minus: z.number() }));
const summarySchema = z.object({
  zones: z.object({ view: z.object({ speedMps: z.number() }) }),
  gates: z.record(z.string(), z.object({ in: z.number(), out: z.number() })),
});

/** The sample's gates, by the lines of the truth: in is plus. */
const LINES: Readonly<Record<string, string>> = { west: 'x=250', middle: 'x=384', east: 'x=550', front: 'y=260' };

describe.skipIf(absent)('frames 1–400 of PETS 2009 S2.L1, with the default model and setting', () => {
  let found: z.infer<typeof validationSchema>;
  beforeAll(async () => {
    const result = await starling('validate', VIDEO, '--truth', join(PETS, 'gt-frames-1-400.txt'), ...SITE, '--json');
    found = validationSchema.parse(JSON.parse(result.stdout));
  }, 120_000);

  test('looks at the frames that the truth knows', () => {
    expect(found.frames).toBe(400);
  });

  test('counts: mean absolute error at most 0.45 people, bias at most 0.25', () => {
    expect(found.counts.meanAbsolute).toBeLessThanOrEqual(0.45);
    expect(Math.abs(found.counts.bias)).toBeLessThanOrEqual(0.25);
  });

  test('tracking: MOTA at least 0.85, IDF1 at least 0.80', () => {
    expect(found.tracking.mota).toBeGreaterThanOrEqual(0.85);
    expect(found.tracking.idf1).toBeGreaterThanOrEqual(0.8);
  });

  test('gates: of 51 crossings at most 5 missed or extra in sum', () => {
    expect(found.gates.reduce((total, { truth }) => total + truth, 0)).toBe(51);
    expect(found.gates.reduce((total, { missed, extra }) => total + missed + extra, 0)).toBeLessThanOrEqual(5);
  });
});

/** The sample's site, measured so often a second. */
const siteAt = async (folder: string, fps: number): Promise<string> => {
  const path = join(folder, `plaza-${fps}.site.yaml`);
  const text = await readFile('samples/plaza.site.yaml', 'utf8');
  await writeFile(path, text.replace('source: plaza.mp4', `source: plaza.mp4\n    fps: ${fps}`));
  return path;
};

describe.skipIf(absent)('the same recording, looked at less often', () => {
  // What is missed at the gates below two frames a second is said: RATE_TOO_LOW.
  test.each([
    [3.5, 0.45, 0.25, 5],
    [2, 0.5, 0.25, 8],
    [1, 0.7, 0.3, 51],
  ])(
    '%d frames/s: count error at most %d people, bias %d; %d crossings wrong',
    {
      timeout: 60_000,
    },
    async (fps, meanAbsolute, bias, wrong) => {
      await using folder = await temporaryFolder();
      const site = ['--site', await siteAt(folder.path, fps)];
      const truth = ['--truth', join(PETS, 'gt-frames-1-400.txt')];
      const found = validationSchema.parse(
        JSON.parse((await starling('validate', VIDEO, ...truth, ...site, '--json')).stdout),
      );
      expect(found.frames).toBe(Math.ceil((400 * fps) / 7));
      expect(found.counts.meanAbsolute).toBeLessThanOrEqual(meanAbsolute);
      expect(Math.abs(found.counts.bias)).toBeLessThanOrEqual(bias);
      expect(found.gates.reduce((total, { missed, extra }) => total + missed + extra, 0)).toBeLessThanOrEqual(wrong);
      process.stderr.write(
        `${fps} frames/s: MAE ${found.counts.meanAbsolute}, bias ${found.counts.bias}, MOTA ${found.tracking.mota}\n`,
      );
    },
  );
});

describe.skipIf(absent)('the same frames, measured', () => {
  test('speeds average 0.8 to 1.2 m/s, and totals at the gates are those counted by hand', async () => {
    await using folder = await temporaryFolder();
    const { stdout } = await starling(
      'measure',
      VIDEO,
      ...SITE,
      '--to-frame',
      '400',
      '--out',
      join(folder.path, 'out'),
      '--json',
    );
    const { zones, gates } = summarySchema.parse(JSON.parse(stdout));
    expect(zones.view.speedMps).toBeGreaterThan(0.8);
    expect(zones.view.speedMps).toBeLessThan(1.2);

    const byHand = countedSchema.parse(
      JSON.parse(await readFile(join(PETS, 'line-crossings-frames-1-400.json'), 'utf8')),
    );
    const off = Object.entries(LINES).map(([gate, line]) => {
      const truth = byHand[line] ?? { plus: Number.NaN, minus: Number.NaN };
      const counted = gates[gate] ?? { in: Number.NaN, out: Number.NaN };
      return Math.abs(counted.in - truth.plus) + Math.abs(counted.out - truth.minus);
    });
    expect(off.reduce((total, value) => total + value, 0)).toBeLessThanOrEqual(5);
  }, 120_000);
});
