/**
 * `npm run verify:pedestrian`: what `measure` writes, against another program's results. The experiment is not part of
 * the project: it is looked for in ../shared/data, and without it these tests are skipped.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './helpers/video.ts';

const EXPERIMENT = '../shared/data/pedpy-bottleneck';
const absent = !existsSync(EXPERIMENT);
if (absent) process.stderr.write(`skipped: ${EXPERIMENT} is not here\n`);

const verify = (folder: string) =>
  spawnSync(process.execPath, ['scripts/verify/pedestrian.ts', folder], { encoding: 'utf8' });

test.skipIf(absent)(
  'every file of the bottleneck experiment agrees within 0.01',
  () => {
    const { status, stdout, stderr } = verify(EXPERIMENT);
    expect(stderr).toBe('');
    expect(stdout).toContain('10 of 10 files agree within 0.01.');
    expect(status).toBe(0);
  },
  120_000,
);

test.skipIf(absent)(
  'a figure that differs is told, and so is a file that nobody knows',
  async () => {
    await using folder = await temporaryFolder();
    cpSync(EXPERIMENT, folder.path, { recursive: true });
    const density = join(folder.path, 'expected', 'rho_v_Classic_traj.txt_id_1.dat');
    const text = readFileSync(density, 'utf8');
    const changed = text.replace(/^00400\t\S+/m, '00400\t9.999');
    expect(changed).not.toBe(text);
    writeFileSync(density, changed);
    writeFileSync(join(folder.path, 'expected', 'Something_else.dat'), '1 2 3\n');
    const { status, stdout } = verify(folder.path);
    expect(stdout).toMatch(/rho_v_Classic\S+ +959 .*FAIL/);
    expect(stdout).toMatch(/Something_else\.dat.*FAIL/);
    expect(stdout).toContain('9 of 11 files agree');
    expect(status).toBe(1);
  },
  120_000,
);

test('without a folder it says what it wants', () => {
  expect(verify('nowhere')).toMatchObject({ status: 2, stderr: expect.stringContaining('traj.txt') });
});
