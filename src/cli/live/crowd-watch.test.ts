import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { createRandom } from '../../../test/helpers/random.ts';
import { temporaryFolder } from '../../../test/helpers/video.ts';
import { type Observation, observationSchema, siteSchema } from '../../contract/index.ts';
import { watchCrowd } from './crowd-watch.ts';

const T = 1_795_320_000_000;
const lineSchema = z.object({ startMs: z.number(), gates: z.array(z.object({ in: z.number(), out: z.number() })) });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: T });
});
afterEach(() => {
  vi.useRealTimers();
});

const crowdIn = (truthFolder: string) => {
  const source = 'sim://corridor?people=60&seed=4';
  const site = siteSchema.parse({
    site: { id: 's', name: 'S' },
    cameras: [{ id: 'hall', source }],
    gates: [
      {
        id: 'across',
        line: [
          [10, 0],
          [10, 30],
        ],
      },
    ],
  });
  const told: Observation[] = [];
  const work = { site, sources: { hall: source }, model: null, viewFolder: '', truthFolder };
  const watch = watchCrowd(site.cameras[0], work, {
    report: async (_, make) => told.push(observationSchema.parse(make(told.length + 1))),
    status: () => ({ waiting: 0, bytes: 0, dropped: 0, reason: null, error: null }),
  });
  return { watch, told };
};

const countsOf = (path: string): Map<number, number> =>
  new Map(
    readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => lineSchema.parse(JSON.parse(line)))
      .map(({ startMs, gates }) => [startMs, gates.reduce((sum, gate) => sum + gate.in + gate.out, 0)]),
  );

test('what is told of each second is what happened in it, also where the machine slept', async () => {
  await using folder = await temporaryFolder();
  const { watch, told } = crowdIn(folder.path);
  const random = createRandom(9);
  for (let nowMs = T, i = 0; i < 4000; i++) {
    // Mostly on time, now and then after seconds.
    nowMs += random() < 0.05 ? 2500 + 4000 * random() : 50;
    vi.setSystemTime(nowMs);
    watch.tick(nowMs);
  }
  await watch.close();
  const truth = countsOf(join(folder.path, 'hall.truth.jsonl'));
  const found = new Map(
    told.map(({ startMs, gates }) => {
      const { person = { in: 0, out: 0 } } = gates[0]?.counts ?? {};
      return [startMs, person.in + person.out];
    }),
  );
  expect([...found.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(50);
  expect(found).toEqual(truth);
});
