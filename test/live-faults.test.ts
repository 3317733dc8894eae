/**
 * What can happen to a camera, with a real RTSP server: within ten seconds the site says what it is, and within ten
 * seconds of its end all is well again.
 */
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type LiveHealth, LiveRun } from '../scripts/live/live-run.ts';
import { SITE_DEFAULTS } from '../src/contract/index.ts';
import { openStore } from '../src/store/index.ts';
import { starling } from './helpers/cli.ts';
import { PLAZA_FRAMES, PLAZA_FRAMES_PER_S, writeBrickWall, writePlaza, writePlazaFrom } from './helpers/rtsp-scenes.ts';
import { type RtspMount, rtspServerIsAvailable, type RtspServer, startRtspServer } from './helpers/rtsp-server.ts';
import { temporaryFolder } from './helpers/video.ts';

const WITHIN_MS = 10_000;
const LOGIN = { guard: 'lantern' };

const says =
  (...codes: readonly string[]) =>
  ({ cameras }: LiveHealth): boolean =>
    cameras[0]?.reasons.some(({ code }) => codes.includes(code)) ?? false;

const isWell = ({ cameras }: LiveHealth): boolean => cameras[0]?.state === 'ok';

const siteFor = (url: string): string =>
  readFileSync('samples/plaza.site.yaml', 'utf8').replace(/source: plaza\.mp4.*/, `source: '${url}'\n    fps: 5`);

/** Whole seconds of the clock from now on, when they are over. */
const someSeconds = async (): Promise<{ readonly fromMs: number; readonly toMs: number }> => {
  const fromMs = Math.ceil(Date.now() / 1000) * 1000;
  const toMs = fromMs + 3000;
  await vi.waitUntil(() => Date.now() > toMs + 1000, { timeout: 10_000, interval: 100 });
  return { fromMs, toMs };
};

/** Beyond what a camera remembers of the pictures it saw, pictures. */
const NEXT = 35;

describe.skipIf(!rtspServerIsAvailable())('a camera to which something happens', () => {
  const scope = new AsyncDisposableStack();
  let folder: string;
  let site: string;
  let data: string;
  let server: RtspServer;
  let run: LiveRun;
  let plaza: RtspMount;
  let small: RtspMount;
  let bricks: RtspMount;
  let beganMs: number;

  /** The plaza as it goes on: a server that began it anew would rightly be taken for one that replays. */
  const showPlaza = async (): Promise<void> => {
    const shown = ((performance.now() - beganMs) / 1000) * PLAZA_FRAMES_PER_S;
    const file = await writePlazaFrom(folder, plaza.file, ((shown + NEXT) / PLAZA_FRAMES) % 1);
    await server.serve('plaza', { file, framesPerS: PLAZA_FRAMES_PER_S });
  };

  beforeAll(async () => {
    folder = scope.use(await temporaryFolder()).path;
    const framesPerS = PLAZA_FRAMES_PER_S;
    plaza = { file: await writePlaza(folder), framesPerS };
    const halved = await writePlaza(folder, 384, 288);
    small = { file: await writePlazaFrom(folder, halved, 0.5), framesPerS };
    bricks = { file: await writeBrickWall(folder, 280), framesPerS };
    server = scope.use(await startRtspServer({ mounts: { plaza }, users: LOGIN }));
    site = join(folder, 'site.yaml');
    data = join(folder, 'data');
    await writeFile(site, siteFor(server.url('plaza', 'guard:lantern')));
    run = scope.use(new LiveRun([site, '--data', data, '--port', '0']));
    await run.until(isWell, 60_000);
    beganMs = performance.now();
    await vi.waitUntil(() => existsSync(join(data, 'views', 'plaza.view.json')), {
      timeout: 60_000,
      interval: 100,
    });
  }, 120_000);

  afterAll(() => scope.disposeAsync());

  const stopped = { cause: () => server.stop(), heal: async () => showPlaza().then(() => server.start()) };
  const paused = {
    cause: () => server.pause('plaza'),
    heal: async () => showPlaza().then(() => server.resume('plaza')),
  };
  const resized = { cause: () => server.serve('plaza', small), heal: showPlaza };
  const elsewhere = { cause: () => server.serve('plaza', bricks), heal: showPlaza };
  const lossy = { cause: () => server.losePackets('plaza', 0.3), heal: () => server.losePackets('plaza', 0) };
  const refused = {
    cause: () => server.setUsers({ guard: 'other' }),
    heal: async () => showPlaza().then(() => server.setUsers(LOGIN)),
  };

  test.each([
    ['it is switched off', ['UNREACHABLE', 'NO_FRAMES'], stopped],
    ['it sends nothing more', ['NO_FRAMES'], paused],
    ['its resolution is switched', ['RESOLUTION_CHANGED'], resized],
    ['it looks at another scene', ['VIEW_SHIFTED'], elsewhere],
    ['30 % of its packets are lost', ['SMEARED'], lossy],
    ['its password is changed', ['CREDENTIALS_REFUSED'], refused],
  ] as const)('%s', { timeout: 60_000 }, async (name, codes, { cause, heal }) => {
    await run.until(isWell, WITHIN_MS);
    await cause();
    const noticedMs = await run.until(says(...codes), WITHIN_MS);
    await heal();
    const recoveredMs = await run.until(isWell, WITHIN_MS);
    process.stderr.write(
      `${name}: ${codes[0]} after ${(noticedMs / 1000).toFixed(1)} s, well again after ${(recoveredMs / 1000).toFixed(1)} s\n`,
    );
    expect(Math.max(noticedMs, recoveredMs)).toBeLessThanOrEqual(WITHIN_MS);
  });

  const areasIn = async (period: { readonly fromMs: number; readonly toMs: number }): Promise<(number | null)[]> => {
    await using store = await openStore({ folder: data, retention: SITE_DEFAULTS.privacy.retention, create: false });
    const rows = await store.zones({ ...period, step: 'second', timezone: 'UTC', place: 'plaza' });
    return rows.map(({ areaM2 }) => areaM2);
  };

  test('metres are suspended by another resolution, and come back when it is confirmed', {
    timeout: 60_000,
  }, async () => {
    await run.until(isWell, WITHIN_MS);
    await server.serve('plaza', small);
    await run.until(says('RESOLUTION_CHANGED'), WITHIN_MS);
    const suspended = await someSeconds();
    const confirmed = await starling('confirm', site, '--camera', 'plaza', '--data', data);
    expect(confirmed).toMatchObject({ code: 0, stderr: '' });
    await run.until(isWell, WITHIN_MS);
    const back = await someSeconds();
    await run.stop();
    expect(await areasIn(suspended)).toEqual([null, null, null]);
    const areas = await areasIn(back);
    expect(areas).toHaveLength(3);
    for (const area of areas) expect(area).toBeGreaterThan(50);
  });
});
