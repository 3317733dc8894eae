/**
 * `npm run verify:pedestrian -- FOLDER [--site FILE]`: measures the trajectories of an experiment and holds the result
 * against the files of a reference program (JPSreport's, as PedPy's tests use them), one by one.
 *
 * FOLDER has `traj.txt` and `expected/`. Walkable area, zone, gates and parameters are in a site file: the one given,
 * `site.yaml` in the folder, or the bottleneck's beside this script. Its first zone is the measurement area, its first
 * gate the line of the N–t curve, its last gate the one with the stretch that passages are timed on.
 */
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadSite } from '../../src/site/index.ts';
import { measure } from '../../src/cli/measure.ts';
import { StarlingError } from '../../src/contract/index.ts';
import { type Comparison, compareFile, type Results } from './compare.ts';
import { openExperiment } from './experiment.ts';

/** JPSreport's own results are known to no more than this. */
const TOLERANCE = 0.01;

const { values, positionals } = parseArgs({ options: { site: { type: 'string' } }, allowPositionals: true });
const [folder] = positionals;

interface Row {
  readonly file: string;
  readonly method: string;
  readonly comparison: Comparison | null;
}

const compareAll = async (from: string, sitePath: string): Promise<Row[]> => {
  const out = mkdtempSync(join(tmpdir(), 'verify-pedestrian-'));
  try {
    const trajectories = join(from, 'traj.txt');
    const site = await loadSite(sitePath);
    const summary = await measure(trajectories, { site: sitePath, out, window: 60 });
    if (summary === null) throw new StarlingError('CLI_INTERNAL', { problem: 'nothing was measured' });
    const results: Results = { folder: out, ...(await openExperiment(trajectories, site)) };
    return globSync('**/*.dat', { cwd: join(from, 'expected') })
      .toSorted()
      .map((file): Row => {
        const found = compareFile(join(from, 'expected', file), results);
        return { file, method: found?.method ?? 'not known here', comparison: found };
      });
  } finally {
    rmSync(out, { recursive: true });
  }
};

const passes = ({ comparison }: Row): boolean =>
  comparison !== null && comparison.rows > 0 && comparison.greatest <= TOLERANCE;

const print = (rows: readonly Row[]): void => {
  const wide = Math.max(...rows.map(({ method }) => method.length));
  const longest = Math.max(...rows.map(({ file }) => file.length));
  console.log(`${'method'.padEnd(wide)}  ${'file'.padEnd(longest)}   rows  greatest difference`);
  for (const row of rows) {
    const { method, file, comparison } = row;
    const figures = comparison
      ? `${String(comparison.rows).padStart(5)}  ${comparison.greatest.toFixed(5)}`
      : '    –  –';
    const leftOut = comparison?.leftOut ? `  (without ${comparison.leftOut})` : '';
    console.log(
      `${method.padEnd(wide)}  ${file.padEnd(longest)}  ${figures}  ${passes(row) ? 'pass' : 'FAIL'}${leftOut}`,
    );
  }
  const passed = rows.filter(passes).length;
  console.log(`\n${passed} of ${rows.length} files agree within ${TOLERANCE}.`);
};

/** The site file to use, in the order that the header names. */
const siteFor = (from: string): string => {
  const own = join(from, 'site.yaml');
  return values.site ?? (existsSync(own) ? own : join(import.meta.dirname, 'bottleneck.site.yaml'));
};

if (folder === undefined || !existsSync(join(folder, 'traj.txt')) || !existsSync(join(folder, 'expected'))) {
  console.error('Give the folder of an experiment: one with traj.txt and expected/ in it.');
  process.exitCode = 2;
} else {
  const site = siteFor(folder);
  console.log(`Walls, measurement area and lines: ${site}\n`);
  const rows = await compareAll(folder, site);
  print(rows);
  if (rows.length === 0 || !rows.every(passes)) process.exitCode = 1;
}
