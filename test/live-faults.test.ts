/**
 * What can happen to a camera, with a real RTSP server: within ten seconds the site says what it is, and within ten
 * seconds of its end all is well again.
 */
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type LiveHealth, LiveRun } from '../scripts/live/live-run.ts';
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

/** Beyond what a camera remembers of the pictures it saw, pictures. */
const NEXT = 35;

describe.skipIf(!rtspServerIsAvailable())('a camera to which something happens', () => {
  const scope = new AsyncDisposableStack();
  let folder: string;
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
    const site = join(folder, 'site.yaml');
    await writeFile(site, siteFor(server.url('plaza', 'guard:lantern')));
    run = scope.use(new LiveRun([site, '--data', join(folder, 'data'), '--port', '0']));
    await run.until(isWell, 60_000);
    beganMs = performance.now();
    await vi.waitUntil(() => existsSync(join(folder, 'data', 'views', 'plaza.view.json')), {
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
});
