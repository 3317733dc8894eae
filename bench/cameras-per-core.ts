/**
 * How many RTSP cameras one sensor process measures as often as asked, and what of a core each of them takes.
 *
 *   npm run bench -- cameras-per-core [--rates 1,2,5] [--seconds 20] [--runs 6] [--least 0.97]
 *
 * The bundled sample (768 × 576, H.264, 7 frames/s) is every camera. For each rate the greatest number of cameras is
 * looked for by doubling and halving, in six runs of 45 s at most: a quarter of an hour for three rates. A rate is kept
 * when the camera that got the least got 97 % of it, and none was OVERLOADED.
 *
 * Server and hub run on the same processor, so a machine of its own holds some more; their shares are printed beside.
 */
import { parseArgs } from 'node:util';
import { rtspServerIsAvailable } from '../test/helpers/rtsp-server.ts';
import { print } from './figures.ts';
import { loadSensor, type SensorLoad } from './sensor-load.ts';
import { inTemporaryFolder } from './temporary.ts';

/** Frames a second that one sensor looks at, as a first guess. */
const GUESS_PER_S = 24;
/** Neighbours this much apart are not told apart by a run of twenty seconds. */
const STEP = 1.1;

interface Asked {
  readonly fps: number;
  readonly seconds: number;
  readonly runs: number;
  readonly least: number;
}

const keepsUp = ({ leastPerS, overloaded }: SensorLoad, { fps, least }: Asked): boolean =>
  leastPerS >= least * fps && overloaded === 0;

/** The number to try after these; null when it is known well enough. */
const nextCount = (good: number, bad: number): number | null => {
  if (bad === Number.POSITIVE_INFINITY) return 2 * good;
  if (good === 0) return bad > 1 ? Math.floor(bad / 2) : null;
  const middle = Math.round((good + bad) / 2);
  return bad / good > STEP && middle > good && middle < bad ? middle : null;
};

/** Looks for the greatest number that keeps up. @returns null when not even one camera does */
const search = async (folder: string, asked: Asked): Promise<SensorLoad | null> => {
  let best: SensorLoad | null = null;
  let bad = Number.POSITIVE_INFINITY;
  let count: number | null = Math.max(1, Math.round(GUESS_PER_S / asked.fps));
  for (let run = 0; run < asked.runs && count !== null; run++) {
    const load = await loadSensor(folder, { ...asked, cameras: count });
    const isGood = keepsUp(load, asked);
    print({ bench: 'cameras-per-core-run', fps: asked.fps, keepsUp: isGood, ...load });
    if (isGood) best = load;
    else bad = count;
    count = nextCount(best?.cameras ?? 0, bad);
  }
  return best;
};

const report = (fps: number, best: SensorLoad | null): void => {
  if (best === null) print({ bench: 'cameras-per-core', fps, cameras: 0 });
  else
    print({
      bench: 'cameras-per-core',
      fps,
      ...best,
      camerasPerCore: best.cameras / best.sensorCores,
      camerasPerCoreWithHub: best.cameras / (best.sensorCores + best.hubCores),
      cpuMsPerMeasurement: (1000 * best.sensorCores) / (best.cameras * best.meanPerS),
    });
};

/** `npm run bench -- cameras-per-core`. */
export const runCamerasPerCoreBench = async (args: readonly string[]): Promise<void> => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rates: { type: 'string', default: '1,2,5' },
      seconds: { type: 'string', default: '20' },
      runs: { type: 'string', default: '6' },
      least: { type: 'string', default: '0.97' },
    },
  });
  if (!rtspServerIsAvailable()) return;
  const [seconds, runs, least] = [values.seconds, values.runs, values.least].map(Number);
  for (const fps of values.rates.split(',').map(Number))
    await inTemporaryFolder(async (folder) => report(fps, await search(folder, { fps, seconds, runs, least })));
};
