/**
 * `npm run bench [-- NAME [ARGUMENTS]]`: prints JSON lines, one for each figure.
 */
import { runApiBench } from './api.ts';
import { runCamerasPerCoreBench } from './cameras-per-core.ts';
import { runCrowdBench } from './crowd.ts';
import { runForecastBench } from './forecast.ts';
import { runLedgerBench } from './ledger.ts';
import { runLiveBench } from './live.ts';
import { runPipelineBench } from './pipeline.ts';
import { runTrackingBench } from './tracking.ts';
import { runVoronoiBench } from './voronoi.ts';

const BENCHES: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  api: runApiBench,
  'cameras-per-core': runCamerasPerCoreBench,
  crowd: runCrowdBench,
  forecast: runForecastBench,
  ledger: runLedgerBench,
  live: runLiveBench,
  pipeline: runPipelineBench,
  tracking: runTrackingBench,
  voronoi: runVoronoiBench,
};

const [name, ...args] = process.argv.slice(2);
const chosen = name === undefined ? Object.values(BENCHES) : [BENCHES[name]];
for (const bench of chosen) {
  if (bench) await bench(args);
  else {
    console.error(`There is no benchmark "${name}", only: ${Object.keys(BENCHES).join(', ')}.`);
    process.exitCode = 2;
  }
}
