import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { crashTest } from '../scripts/live/crash.ts';
import { allWell, LiveRun } from '../scripts/live/live-run.ts';
import { reconcile } from '../scripts/live/reconcile.ts';
import { SITE_DEFAULTS } from '../src/contract/index.ts';
import { openStore } from '../src/store/index.ts';
import { starling, starlingWith } from './helpers/cli.ts';
import { temporaryFolder } from './helpers/video.ts';

const CROWD = `site: { id: crowd, name: Crowd }
cameras: [{ id: hall, source: 'sim://corridor?people=40&seed=1' }]
zones: [{ id: middle, polygon: [[5, 1], [15, 1], [15, 3], [5, 3]] }]
gates: [{ id: across, line: [[10, 0], [10, 30]] }]
`;

const siteIn = async (folder: string, text: string): Promise<string> => {
  const path = join(folder, 'site.yaml');
  await writeFile(path, text);
  return path;
};

test('a simulated site is watched, stored second by second, and ends in good order', { timeout: 90_000 }, async () => {
  await using folder = await temporaryFolder();
  const [data, truth] = [join(folder.path, 'data'), join(folder.path, 'truth')];
  const site = await siteIn(folder.path, CROWD);
  await using run = new LiveRun([site, '--data', data, '--truth', truth, '--port', '0']);
  await run.until(allWell, 60_000);
  const truthPath = join(truth, 'hall.truth.jsonl');
  await vi.waitUntil(() => readFileSync(truthPath, 'utf8').split('\n').length > 6, { timeout: 30_000, interval: 100 });
  const second = await starling('run', site, '--data', data, '--port', '0');
  expect(second.code).toBe(7);
  expect(second.stderr).toContain('STORE_IN_USE');
  const { tookMs, code } = await run.stop();
  expect(tookMs).toBeLessThan(5000);
  expect(code).toBe(0);

  const found = await reconcile(data, truth);
  expect(found.problems).toEqual([]);
  expect(found.stored).toBe(found.seconds);
  expect(found.seconds).toBeGreaterThan(4);
  await using store = await openStore({ folder: data, retention: SITE_DEFAULTS.privacy.retention, create: false });
  const rows = await store.zones({ fromMs: 0, toMs: 8e15, step: 'second', timezone: 'UTC', place: 'view' });
  expect(rows.map(({ figures }) => figures.occupancy?.max)).toEqual(rows.map(() => 40));
});

test('killed at random, a site loses nothing that was kept and counts nothing twice', {
  timeout: 240_000,
}, async () => {
  const { problems, hubKills, sensorKills, crossings, stored } = await crashTest(8, 7);
  expect(problems).toEqual([]);
  expect(hubKills).toBeGreaterThan(1);
  expect(sensorKills).toBeGreaterThan(1);
  expect(stored).toBeGreaterThan(20);
  expect(crossings).toBeGreaterThan(10);
});

const SECRET = 'hunter2-of-the-camera';

/** Everything that other users of the machine can see of the processes: their command lines. */
const commandLines = (): string =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    })
    .join('\n');

test('credentials are seen nowhere', { timeout: 90_000 }, async () => {
  await using folder = await temporaryFolder();
  const site = await siteIn(
    folder.path,
    `site: { id: s, name: S }\ncameras: [{ id: gate, source: 'rtsp://guard:\${GATE_PASSWORD}@127.0.0.1:9/stream?token=\${GATE_PASSWORD}' }]\n`,
  );
  await using run = new LiveRun([site, '--data', join(folder.path, 'data'), '--port', '0'], {
    GATE_PASSWORD: SECRET,
    STARLING_DEBUG: '1',
  });
  await run.until(({ cameras }) => cameras[0]?.reasons[0]?.code === 'UNREACHABLE', 60_000);
  expect(JSON.stringify(await run.health())).not.toContain(SECRET);
  expect(commandLines()).not.toContain(SECRET);
  await vi.waitUntil(() => run.output.includes('UNREACHABLE'), { timeout: 10_000 });
  await run.stop();
  expect(run.output).not.toContain(SECRET);
});

test.each<[string, string, string, number]>([
  ['no camera with a source', 'site: { id: s, name: S }\ncameras: [{ id: a }]\n', 'SITE_NOTHING_TO_WATCH', 4],
  [
    'a scenario that there is none of',
    `site: { id: s, name: S }\ncameras: [{ id: a, source: 'sim://carnival' }]\n`,
    'SIMULATE_BAD_SCENARIO',
    4,
  ],
  [
    'a secret that nobody has',
    `site: { id: s, name: S }\ncameras: [{ id: a, source: 'rtsp://\${STARLING_NOBODY}@cam/1' }]\n`,
    'SECRET_MISSING',
    4,
  ],
  [
    'a source that is none',
    `site: { id: s, name: S }\ncameras: [{ id: a, source: 'ftp://cam/1' }]\n`,
    'SITE_INVALID',
    4,
  ],
])('%s is said before anything starts', async (_, text, code, exit) => {
  await using folder = await temporaryFolder();
  const site = await siteIn(folder.path, text);
  const result = await starlingWith({}, 'run', site, '--data', join(folder.path, 'data'), '--port', '0');
  expect(result.stderr).toContain(code);
  expect(result.code).toBe(exit);
  expect(readdirSync(folder.path)).toEqual(['site.yaml']);
});

test('a camera’s view can be confirmed, and a camera that there is none of is refused', async () => {
  await using folder = await temporaryFolder();
  const site = await siteIn(folder.path, CROWD);
  const nowhere = await starling('confirm', site, '--camera', 'hall', '--data', folder.path);
  expect(nowhere.stderr).toContain('STORE_NOT_FOUND');
  await writeFile(join(folder.path, 'ledger.sqlite'), '');
  const confirmed = await starling('confirm', site, '--camera', 'hall', '--data', folder.path);
  expect(confirmed).toMatchObject({ code: 0, stderr: '' });
  expect(confirmed.stdout).toContain('no reference view yet');
  expect((await starling('confirm', site, '--camera', 'gate')).stderr).toContain('SITE_NO_SUCH_CAMERA');
});
