/**
 * `npm run fuzz [-- --runs 20000 --rules 200000 --seed 1]`: nonsense for every route of a running site, asked by an
 * administrator and by nobody, and for the grammar of rules.
 *
 * Prints how often each status was answered, and the memory of the hub before and after. Fails at a 5xx, at an answer that
 * is no problem of the catalogue, at a hub that ends, and when its memory grew by half.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { fuzzRules } from '../../src/alert/rule/rules.fixture.ts';
import { fuzzRoutes } from '../../src/serve/http/fuzz.fixture.ts';
import { LiveRun } from './live-run.ts';
import { residentMiB } from './processes.ts';
import { SignedIn } from './signed-in.ts';

const SITE = `site: { id: fuzz, name: Fuzz }
cameras: [{ id: hall, source: 'sim://corridor?people=30&seed=1' }]
zones: [{ id: middle, polygon: [[5, 1], [15, 1], [15, 3], [5, 3]] }]
gates: [{ id: across, line: [[10, 0], [10, 30]] }]
rules: [{ id: full, when: occupancy(middle) > 1 }]
`;
const documentSchema = z.looseObject({ paths: z.record(z.string(), z.unknown()) });

/** Buffers and caches fill. */
const MOST_GROWTH = 1.5;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
    rules: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
  },
});
const [runs, rules, seed] = [values.runs, values.rules, values.seed].map(Number);

const fuzzSite = async (folder: string): Promise<object> => {
  const site = join(folder, 'fuzz.site.yaml');
  await writeFile(site, SITE);
  await using run = new LiveRun([site, '--data', join(folder, 'data'), '--port', '0', '--trust-proxy', '127.0.0.1']);
  const ada = await SignedIn.first(run);
  const url = await run.url;
  const document = documentSchema.parse(await (await fetch(`${url}/api/openapi.json`)).json());
  // A site that is changed by chance is rightly not ready.
  delete document.paths['/readyz'];
  const tallies: object[] = [];
  const memoryMiB = [residentMiB(run.pid)];
  const authorization = `Bearer ${await ada.token()}`;
  // Through a proxy, so that each question is of another address: the limit of one is no part of this.
  let asked = 0;
  const elsewhere = {
    get 'x-forwarded-for'() {
      asked++;
      return `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`;
    },
  };
  for (const headers of [
    elsewhere,
    Object.defineProperties({ authorization }, Object.getOwnPropertyDescriptors(elsewhere)),
  ]) {
    const tally = await fuzzRoutes({ url, document, runs: Math.ceil(runs / 2), seed, headers });
    tallies.push(Object.fromEntries([...tally].sort(([a], [b]) => a - b)));
    memoryMiB.push(residentMiB(run.pid));
  }
  const { code } = await run.stop();
  const [, before, after] = memoryMiB;
  if (code !== 0 || /A fault of the API/.test(run.output) || after > MOST_GROWTH * before) process.exitCode = 1;
  return { runs, seed, nobody: tallies[0], administrator: tallies[1], memoryMiB, exitCode: code };
};

const folder = await mkdtemp(join(tmpdir(), 'starling-fuzz-'));
try {
  console.log(JSON.stringify({ fuzz: 'rules', seed, ...fuzzRules(rules, seed) }));
  console.log(JSON.stringify({ fuzz: 'routes', ...(await fuzzSite(folder)) }));
} finally {
  await rm(folder, { recursive: true, force: true });
}
