/**
 * Every check of the project, in one command: `npm run check`, which is also `npm test`.
 *
 * The steps that only read come first and all run, so that one look shows everything that is wrong; the tests follow.
 * The last line counts steps and tests together, for programs: `N passed, N failed, N skipped`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';

interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

const STEPS: readonly Step[] = [
  { name: 'types', command: ['tsc'] },
  { name: 'lint, rooms, undocumented exports', command: ['oxlint', '--type-aware', '--disable-nested-config', '.'] },
  { name: 'formatting', command: ['biome', 'format', '.'] },
  { name: 'dead code', command: ['knip'] },
  { name: 'generated files', command: ['node', 'scripts/generate/run.ts', '--check'] },
];

const testReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numFailedTestSuites: z.number(),
});

const run = (command: readonly string[], stdio: 'inherit' | 'pipe') => {
  const [program = '', ...args] = command;
  // npm's own programs are .cmd files on Windows, which only a shell can start.
  return spawnSync(program, args, { stdio, encoding: 'utf8', shell: process.platform === 'win32' });
};

const runStep = ({ name, command }: Step): boolean => {
  const started = performance.now();
  const { status, stdout, stderr } = run(command, 'pipe');
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (status !== 0) console.log(`${stdout}${stderr}`);
  return status === 0;
};

/** Runs the tests, shown as they go; the counts are read from the report that the runner writes. */
const runTests = (): { passed: number; failed: number; skipped: number } => {
  const folder = mkdtempSync(join(tmpdir(), 'starling-check-'));
  const outputFile = join(folder, 'tests.json');
  try {
    const { status } = run(
      ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`],
      'inherit',
    );
    const report = testReport.parse(JSON.parse(readFileSync(outputFile, 'utf8')));
    const failed = Math.max(report.numFailedTests, report.numFailedTestSuites, status === 0 ? 0 : 1);
    return { passed: report.numPassedTests, failed, skipped: report.numPendingTests };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const outcomes = STEPS.map(runStep);
const tests = runTests();
const passed = outcomes.filter(Boolean).length + tests.passed;
const failed = outcomes.filter((ok) => !ok).length + tests.failed;
console.log(`\n${passed} passed, ${failed} failed, ${tests.skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
