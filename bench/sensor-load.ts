/** One `starling run` with one sensor process: what its cameras got, and what that cost. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LiveRun } from '../scripts/live/live-run.ts';
import { childrenOf, cpuS, residentMiB } from '../scripts/live/processes.ts';
import { serveSite } from '../scripts/live/rtsp-site.ts';
import { SITE_DEFAULTS } from '../src/contract/index.ts';
import { openStore } from '../src/store/index.ts';
import { loadAverage, mean } from './figures.ts';

/** Cameras connect, the sensor loads the model; many cameras take longer. */
const START_MS = 60_000;
/** Rates that were lowered while cameras connected are raised again. */
const SETTLE_MS = 8000;
const LOOK_MS = 1000;

/** How a number of cameras went. */
export interface SensorLoad {
  readonly cameras: number;
  /** Measured a second, of the camera that got the least, and of all in the mean. */
  readonly leastPerS: number;
  readonly meanPerS: number;
  /** Share of looks at a camera, one a second, that found it OVERLOADED. */
  readonly overloaded: number;
  /** CPU seconds a second, all threads of a process together. */
  readonly sensorCores: number;
  readonly hubCores: number;
  readonly serverCores: number;
  readonly sensorMiB: number;
  readonly loadAverage: number;
}

/** Cameras that are being measured, or were and are no more. A camera that is short of time is well enough to begin. */
const haveBegun = async (run: LiveRun): Promise<boolean> => {
  const { cameras } = await run.health();
  return cameras.every(({ state }) => state === 'ok' || state === 'degraded');
};

const begin = async (run: LiveRun): Promise<void> => {
  const startedMs = performance.now();
  while (!(await haveBegun(run))) {
    // What is missing by then shows in the rates.
    if (performance.now() - startedMs > START_MS) return;
    await pause(LOOK_MS);
  }
  await pause(SETTLE_MS);
};

/** Looks at every camera once a second. @returns the share of OVERLOADED ones */
const lookOn = async (run: LiveRun, seconds: number): Promise<number> => {
  const shares: number[] = [];
  for (let second = 0; second < seconds; second++) {
    await pause(LOOK_MS);
    const { cameras } = await run.health();
    shares.push(mean(cameras.map(({ reasons }) => (reasons.some(({ code }) => code === 'OVERLOADED') ? 1 : 0))));
  }
  return mean(shares);
};

/** Measured a second by each camera, from the ledger; a second that is not there is one without a frame. */
const ratesOf = async (folder: string, cameras: readonly string[], fromMs: number, toMs: number): Promise<number[]> => {
  await using store = await openStore({ folder, retention: SITE_DEFAULTS.privacy.retention, create: false });
  const rows = await store.cameras({ fromMs, toMs, step: 'second', timezone: 'UTC' });
  return cameras.map((name) => {
    const measured = rows.filter(({ camera }) => camera === name).map(({ frames }) => frames.measured);
    return measured.reduce((sum, frames) => sum + frames, 0) / ((toMs - fromMs) / 1000);
  });
};

const wholeSecond = (ms: number): number => Math.ceil(ms / 1000) * 1000;

/** Serves so many cameras and measures each so often a second, with one sensor. */
export const loadSensor = async (
  parent: string,
  { cameras, fps, seconds }: { readonly cameras: number; readonly fps: number; readonly seconds: number },
): Promise<SensorLoad> => {
  const folder = join(parent, `data-${cameras}-${fps}`);
  const before = new Set(childrenOf(process.pid));
  await using site = await serveSite(parent, cameras, fps);
  const servers = childrenOf(process.pid).filter((pid) => !before.has(pid));
  await using run = new LiveRun([site.site, '--data', folder, '--port', '0', '--sensors', '1']);
  await begin(run);
  const fromMs = wholeSecond(Date.now());
  const processes = [run.sensors, [run.pid], servers];
  const cpuNow = (): number[] => processes.map((pids) => pids.reduce((sum, pid) => sum + cpuS(pid), 0));
  const [startedMs, cpuBefore] = [performance.now(), cpuNow()];
  const overloaded = await lookOn(run, seconds);
  const elapsedS = (performance.now() - startedMs) / 1000;
  const cpuAfter = cpuNow();
  const [sensorCores, hubCores, serverCores] = cpuAfter.map((after, i) => (after - cpuBefore[i]) / elapsedS);
  const sensorMiB = run.sensors.reduce((sum, pid) => sum + residentMiB(pid), 0);
  const load = loadAverage();
  // The last second is stored a little after its end.
  await pause(2 * LOOK_MS);
  await run.stop();
  const rates = await ratesOf(folder, site.cameras, fromMs, fromMs + seconds * 1000);
  return {
    cameras,
    leastPerS: Math.min(...rates),
    meanPerS: mean(rates),
    overloaded,
    sensorCores,
    hubCores,
    serverCores,
    sensorMiB,
    loadAverage: load,
  };
};
