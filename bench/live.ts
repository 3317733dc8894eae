/**
 * How long it takes from a frame to an observation that is stored, at a hub with real sensors and RTSP cameras.
 *
 *   npm run bench -- live [--cameras 4] [--seconds 30] [--fps 5] [--sensors 2]
 *
 * It takes half a minute more than `--seconds`. An observation is of one second, and is on its way from the end of that
 * second on: `received` at the hub, then `stored`. `frameToStored` adds a frame's own wait for the end of its second,
 * with the frames spread evenly over it.
 */
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { serveSite } from '../scripts/live/rtsp-site.ts';
import { planSensors, sensorScript } from '../src/cli/live/plans.ts';
import { prepare } from '../src/cli/live/prepare.ts';
import { readSiteFile } from '../src/site/index.ts';
import { type Observation, SITE_DEFAULTS } from '../src/contract/index.ts';
import { type SensorPlan, startFleet } from '../src/fleet/index.ts';
import { openStore, type Store } from '../src/store/index.ts';
import { rtspServerIsAvailable } from '../test/helpers/rtsp-server.ts';
import { loadAverage, mean, median, print, quantile } from './figures.ts';
import { Journey } from './journey.ts';
import { inTemporaryFolder } from './temporary.ts';

/** Cameras connect, sensors load the model. */
const START_MS = 60_000;
/** Trackers and caches fill. */
const SETTLE_MS = 5000;
/** What is on its way at the end still comes. */
const LAST_MS = 2000;
const TEND_MS = 1000;

interface Asked {
  readonly cameras: number;
  readonly seconds: number;
  readonly fps: number;
  readonly sensors: number;
}

const plansOf = async (siteFile: string, folder: string, sensors: number): Promise<SensorPlan[]> => {
  const watched = await prepare(await readSiteFile(siteFile), siteFile, new Map());
  return planSensors(watched, { dataFolder: folder, sensors });
};

/** Runs a hub as `starling run` does, without its server and its board. */
const runHub = async (plans: readonly SensorPlan[], folder: string, store: Store, journey: Journey, asked: Asked) => {
  const fleet = startFleet({
    sensors: plans,
    command: { script: sensorScript(), args: [] },
    spoolFolder: `${folder}/spool`,
    latest: await store.latest(),
    take: async (observations) => {
      await store.append(observations);
      journey.stored(observations, Date.now());
    },
    onLive: (observation) => journey.received(observation, Date.now()),
    onLog: (sensor, line) => process.stderr.write(`${sensor}: ${line}\n`),
  });
  const tending = setInterval(() => void store.tend(Date.now()), TEND_MS);
  try {
    await journey.allWell(asked.cameras, START_MS);
    await pause(SETTLE_MS);
    const fromMs = Date.now();
    await pause(asked.seconds * 1000);
    const period = { fromMs, toMs: Date.now(), loadAverage: loadAverage() };
    await pause(LAST_MS);
    return period;
  } finally {
    clearInterval(tending);
    await fleet.stop();
  }
};

const middleAndWorst = (times: readonly number[]): object => ({
  median: median(times),
  p99: quantile(times, 0.99),
  max: Math.max(...times),
});

/** From each of its frames to the end of an observation's second, ms. */
const waitsOf = ({ startMs, endMs, frames: { measured } }: Observation): number[] =>
  Array.from({ length: measured }, (_, i) => (1 - (i + 0.5) / measured) * (endMs - startMs));

const bench =
  (asked: Asked) =>
  async (folder: string): Promise<void> => {
    await using site = await serveSite(folder, asked.cameras, asked.fps);
    await using store = await openStore({ folder, retention: SITE_DEFAULTS.privacy.retention });
    const journey = new Journey();
    const plans = await plansOf(site.site, folder, asked.sensors);
    const period = await runHub(plans, folder, store, journey, asked);
    const arrived = journey.during(period.fromMs, period.toMs);
    print({
      bench: 'live',
      ...asked,
      observations: arrived.length,
      measuredPerS: mean(arrived.map(({ observation }) => observation.frames.measured)),
      notOk: arrived.filter(({ observation }) => observation.health.state !== 'ok').length,
      receivedMs: middleAndWorst(arrived.map(({ receivedMs, observation }) => receivedMs - observation.endMs)),
      storedMs: middleAndWorst(arrived.map(({ storedMs, observation }) => storedMs - observation.endMs)),
      frameToStoredMs: middleAndWorst(
        arrived.flatMap(({ storedMs, observation }) =>
          waitsOf(observation).map((waitMs) => storedMs - observation.endMs + waitMs),
        ),
      ),
      loadAverage: period.loadAverage,
    });
  };

/** `npm run bench -- live`. */
export const runLiveBench = async (args: readonly string[]): Promise<void> => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      cameras: { type: 'string', default: '4' },
      seconds: { type: 'string', default: '30' },
      fps: { type: 'string', default: '5' },
      sensors: { type: 'string', default: String(availableParallelism()) },
    },
  });
  if (!rtspServerIsAvailable()) return;
  const [cameras, seconds, fps, sensors] = [values.cameras, values.seconds, values.fps, values.sensors].map(Number);
  await inTemporaryFolder(bench({ cameras, seconds, fps, sensors }));
};
