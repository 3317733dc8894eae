/**
 * `npm run bench [-- NAME [ARGUMENTS]]`: prints JSON lines, one for each figure.
 */
import { runPipelineBench } from './pipeline.ts';
import { runTrackingBench } from './tracking.ts';

const BENCHES: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  pipeline: runPipelineBench,
  tracking: runTrackingBench,
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
