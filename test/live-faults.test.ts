/**
 * What can happen to a camera, with a real RTSP server: within ten seconds the site says what it is, and within ten
 * seconds of its end all is well again.
 */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LiveHealth, LiveRun } from '../scripts/live/live-run.ts';
import { PLAZA_FRAMES, PLAZA_FRAMES_PER_S, writeBrickWall, writePlaza } from './helpers/rtsp-scenes.ts';
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
  let small: RtspMount;
  let bricks: RtspMount;
  let beganMs: number;

  /** The plaza as it goes on: a server that began it anew would rightly be taken for one that replays. */
  const plazaNow = async (): Promise<RtspMount> => {
    const shown = Math.round(((performance.now() - beganMs) / 1000) * PLAZA_FRAMES_PER_S);
    const file = await writePlaza(folder, { startAt: (shown + NEXT) % PLAZA_FRAMES });
    return { file, framesPerS: PLAZA_FRAMES_PER_S };
  };
  const showPlaza = async (): Promise<void> => server.serve('plaza', await plazaNow());

  beforeAll(async () => {
    folder = scope.use(await temporaryFolder()).path;
    const framesPerS = PLAZA_FRAMES_PER_S;
    const plaza = { file: await writePlaza(folder), framesPerS };
    small = { file: await writePlaza(folder, { startAt: 210, width: 384, height: 288 }), framesPerS };
    bricks = { file: await writeBrickWall(folder, 280), framesPerS };
    server = scope.use(await startRtspServer({ mounts: { plaza }, users: LOGIN }));
    const site = join(folder, 'site.yaml');
    await writeFile(site, siteFor(server.url('plaza', 'guard:lantern')));
    run = scope.use(new LiveRun([site, '--data', join(folder, 'data'), '--port', '0']));
    await run.until(isWell, 60_000);
    beganMs = performance.now();
    // Long enough for the view to be learnt.
    await new Promise((resolve) => setTimeout(resolve, 12_000));
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
