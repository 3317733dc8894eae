/**
 * `npm run crash [-- --kills 200 --seed 1]`: kills the hub and the sensors of a live site at random moments, in any
 * order, and holds the ledger against the truth afterwards.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { allWell, LiveRun } from './live-run.ts';
import { reconcile, type Reconciled } from './reconcile.ts';
import { createRandom } from '../../test/helpers/random.ts';

/** Four crowds that cross a gate all the time. */
const SITE = `site: { id: crash, name: Crash test }
cameras:
  - { id: a, source: 'sim://corridor?people=40&seed=1' }
  - { id: b, source: 'sim://corridor?people=30&seed=2' }
  - { id: c, source: 'sim://plaza?people=40&seed=3' }
  - { id: d, source: 'sim://plaza?people=20&seed=4' }
zones:
  - { id: middle, polygon: [[5, 1], [15, 1], [15, 3], [5, 3]] }
gates:
  - { id: across, line: [[10, 0], [10, 30]] }
`;

/** How a crash test went. */
export interface CrashResult extends Reconciled {
  readonly hubKills: number;
  readonly sensorKills: number;
}

const killSensor = (pid: number): boolean => {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    // It had ended by itself.
    return false;
  }
};

/** Runs a site, kills it so many times, stops it in good order and holds its ledger against the truth. */
export const crashTest = async (
  kills: number,
  seed: number,
  onKill: (done: number) => void = () => {},
): Promise<CrashResult> => {
  const folder = await mkdtemp(join(tmpdir(), 'starling-crash-'));
  const [site, data, truth] = ['site.yaml', 'data', 'truth'].map((name) => join(folder, name));
  await writeFile(site, SITE);
  const random = createRandom(seed);
  const start = (): LiveRun => new LiveRun([site, '--data', data, '--truth', truth, '--port', '0', '--sensors', '2']);
  let run = start();
  let hubKills = 0;
  let sensorKills = 0;
  try {
    while (hubKills + sensorKills < kills) {
      // Mostly while all goes well, sometimes while it is still beginning.
      if (random() < 0.75) await run.until(allWell, 60_000);
      await pause(2000 * random());
      const sensors = run.sensors;
      const victim = Math.floor(random() * (sensors.length + 1));
      if (victim < sensors.length) {
        if (killSensor(sensors[victim])) sensorKills++;
      } else {
        hubKills++;
        await run.kill();
        await pause(600 * random());
        run = start();
      }
      onKill(hubKills + sensorKills);
    }
    // Long enough for what waits in the spools, and for a sensor that was told to wait before it began again.
    await run.until(allWell, 60_000);
    await pause(2000);
    await run.stop();
    return { hubKills, sensorKills, ...(await reconcile(data, truth)) };
  } finally {
    await run[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  }
};

const show = (done: number): void => {
  if (done % 10 === 0) console.error(`${done} kills`);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
  });
  const result = await crashTest(Number(values.kills), Number(values.seed), show);
  console.log(JSON.stringify(result, null, 2));
  process.exitCode = result.problems.length === 0 ? 0 : 1;
}
