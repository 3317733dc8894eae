/**
 * `npm run soak [-- --minutes 60 --cameras 8 --fps 2]`: RTSP cameras for an hour.
 *
 * Prints a line of JSON a minute, and at the end the measured rates, whether memory stayed flat, and the ledger's
 * counts beside those of `measure` on the same recording. Fails when a camera was measured less often than asked, when
 * memory grew by a tenth, when the ledger has a gap or is damaged, or when a camera counted other than `measure` did.
 *
 * Which pictures are looked at is chance: two frames a second of seven. `measure` looks at the same recording from
 * different first pictures on; how far its counts lie apart is what sampling makes of them, and a camera may be as far
 * from their mean as they are from one another, or by 2 % where they happen to agree.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { SITE_DEFAULTS } from '../../src/contract/index.ts';
import { openStore, type Store } from '../../src/store/index.ts';
import { allWell, type LiveHealth, LiveRun } from './live-run.ts';
import { cpuS, residentMiB } from './processes.ts';
import { crossingsMeasured, type RtspSite, serveSite } from './rtsp-site.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    cameras: { type: 'string', default: '8' },
    fps: { type: 'string', default: '2' },
    sensors: { type: 'string', default: '2' },
  },
});
const minutes = Number(values.minutes);
const fps = Number(values.fps);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length;

interface Watched {
  readonly beganMs: number;
  readonly endedMs: number;
  /** Of hub and sensors together, minute by minute. */
  readonly memoryMiB: readonly number[];
  readonly cpuCores: { readonly hub: number; readonly sensors: readonly number[] };
  /** How often, of six looks a minute at each camera, which reason was given. */
  readonly reasons: ReadonlyMap<string, number>;
  readonly stoppedInMs: number;
}

const countReasons = ({ cameras }: LiveHealth, reasons: Map<string, number>): void => {
  for (const { code } of cameras.flatMap((camera) => camera.reasons)) reasons.set(code, (reasons.get(code) ?? 0) + 1);
};

const watch = async (run: LiveRun): Promise<Watched> => {
  await run.until(allWell, 120_000);
  const beganMs = Date.now();
  const pids = [run.pid, ...run.sensors];
  const before = pids.map(cpuS);
  const memoryMiB: number[] = [];
  const reasons = new Map<string, number>();
  for (let minute = 1; minute <= minutes; minute++) {
    for (let look = 0; look < 6; look++) {
      await pause(10_000);
      countReasons(await run.health(), reasons);
    }
    const [hubMiB, ...sensorsMiB] = [run.pid, ...run.sensors].map(residentMiB);
    memoryMiB.push(hubMiB + sum(sensorsMiB));
    console.log(JSON.stringify({ soak: 'minute', minute, hubMiB, sensorsMiB, reasons: Object.fromEntries(reasons) }));
  }
  const seconds = (Date.now() - beganMs) / 1000;
  const [hub, ...sensors] = pids.map((pid, i) => (cpuS(pid) - before[i]) / seconds);
  const { tookMs } = await run.stop();
  return { beganMs, endedMs: Date.now(), memoryMiB, cpuCores: { hub, sensors }, reasons, stoppedInMs: tookMs };
};

const ledgerOf = async (store: Store, cameras: readonly string[], { beganMs, endedMs, stoppedInMs }: Watched) => {
  const whole = { fromMs: 0, toMs: endedMs, timezone: 'UTC' };
  const rows = await store.cameras({ ...whole, fromMs: beganMs, step: 'second' });
  const gates = await store.gates({ ...whole, step: 'month' });
  const toMs = Math.floor((endedMs - stoppedInMs) / 1000) * 1000;
  return {
    framesPerS: cameras.map((name) => {
      const own = rows.filter(({ camera }) => camera === name);
      return sum(own.map(({ frames }) => frames.measured)) / own.length;
    }),
    crossings: cameras.map((name) => {
      const own = gates.filter(({ camera }) => camera === name).flatMap(({ counts }) => Object.values(counts ?? {}));
      return sum(own.map((each) => (each?.in ?? 0) + (each?.out ?? 0)));
    }),
    gaps: (await store.gaps({ fromMs: beganMs, toMs })).length,
    problems: (await store.check()).problems,
  };
};

/** Crossings by which a camera may differ from the mean of what `measure` counts, for want of the same pictures. */
const samplingOf = (measured: readonly number[]): number =>
  Math.max(Math.max(...measured) - Math.min(...measured), 0.02 * mean(measured), 2);

const soak = async (folder: string, site: RtspSite): Promise<void> => {
  const data = join(folder, 'data');
  await using run = new LiveRun([site.site, '--data', data, '--port', '0', '--sensors', values.sensors]);
  const startedMs = Date.now();
  const watched = await watch(run);
  await using store = await openStore({ folder: data, retention: SITE_DEFAULTS.privacy.retention, create: false });
  const ledger = await ledgerOf(store, site.cameras, watched);
  const { memoryMiB, cpuCores, reasons, stoppedInMs, endedMs } = watched;
  const afterAQuarter = memoryMiB[Math.floor(memoryMiB.length / 4)];
  const end = memoryMiB.at(-1) ?? Number.NaN;
  const measured = await crossingsMeasured(site, folder, (endedMs - startedMs) / 1000, fps);
  const sampling = samplingOf(measured);
  const result = {
    soak: 'result',
    cameras: site.cameras.length,
    minutes,
    askedPerS: fps,
    framesPerS: ledger.framesPerS,
    cpuCores,
    memoryMiB: { afterAQuarter, end },
    reasons: Object.fromEntries(reasons),
    stoppedInMs,
    crossings: { ledger: ledger.crossings, measure: measured, sampling },
    gaps: ledger.gaps,
    problems: ledger.problems,
  };
  console.log(JSON.stringify(result, null, 2));
  const isGood =
    Math.min(...ledger.framesPerS) >= 0.97 * fps &&
    end < 1.1 * afterAQuarter &&
    ledger.gaps === 0 &&
    ledger.problems.length === 0 &&
    mean(measured) > 0 &&
    ledger.crossings.every((count) => Math.abs(count - mean(measured)) <= sampling);
  process.exitCode = isGood ? 0 : 1;
};

const folder = await mkdtemp(join(tmpdir(), 'starling-soak-'));
try {
  await using site = await serveSite(folder, Number(values.cameras), fps);
  await soak(folder, site);
} finally {
  await rm(folder, { recursive: true, force: true });
}
