import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  complaintsOf,
  frameOf,
  readFrames,
  untilComplaints,
  watchCamera,
} from '../../../test/helpers/camera-watching.ts';
import { type RtspServer, rtspServerIsAvailable, startRtspServer } from '../../../test/helpers/rtsp-server.ts';
import { readNumber, temporaryFolder, TEST_HEIGHT, TEST_WIDTH, writeTestVideo } from '../../../test/helpers/video.ts';
import type { LiveCamera } from '../index.ts';

const FRAMES = 50;
const FRAMES_PER_S = 25;

/** A control room waits no longer for a fault to be said, or for measuring to go on after it. */
const TEN_SECONDS = 10_000;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let file: string;
let smaller: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  const video = { encoder: 'libx264', frames: FRAMES, gopSize: 10 } as const;
  file = await writeTestVideo(join(folder.path, 'plain.h264'), video);
  smaller = await writeTestVideo(join(folder.path, 'smaller.h264'), { ...video, width: 96, height: 64 });
});
afterAll(() => folder[Symbol.asyncDispose]());

const serve = (options: { users?: Record<string, string>; digest?: boolean } = {}): Promise<RtspServer> =>
  startRtspServer({ mounts: { gate: { file, framesPerS: FRAMES_PER_S } }, ...options });

/** Waits for measuring to go on. @returns how long that took, ms */
const untilMeasuring = async (camera: LiveCamera): Promise<number> => {
  const beganMs = performance.now();
  do await frameOf(camera);
  while (complaintsOf(camera).length > 0);
  return performance.now() - beganMs;
};

describe.skipIf(!rtspServerIsAvailable())('a network camera', () => {
  it.each(['tcp', 'udp'] as const)('is seen over %s as it sends', async (transport) => {
    await using server = await serve();
    await using camera = watchCamera(server.url('gate'), { transport });
    const frames = await readFrames(camera, 30, (frame) => ({
      shows: readNumber(frame),
      timeMs: frame.timeMs,
      lateMs: Date.now() - frame.timeMs,
    }));
    const steps = frames
      .slice(1)
      .map(({ timeMs, shows }, i) => (timeMs - frames[i].timeMs) / (shows - frames[i].shows));
    for (const step of steps.slice(5)) expect(Math.abs(step - 1000 / FRAMES_PER_S)).toBeLessThan(10);
    for (const { lateMs } of frames) expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(complaintsOf(camera)).toEqual([]);
    expect(camera.size).toEqual({ widthPx: TEST_WIDTH, heightPx: TEST_HEIGHT });
  });

  it.concurrent('goes on over the end of the server’s file', async () => {
    await using server = await serve();
    await using camera = watchCamera(server.url('gate'));
    const shown = await readFrames(camera, FRAMES + 20, readNumber);
    expect(shown.filter((number) => number <= 15).length).toBeGreaterThan(10);
    expect(complaintsOf(camera)).toEqual([]);
    expect(camera.connection).toBe(1);
  });

  it.concurrent('stopped and started again', async () => {
    await using server = await serve();
    await using camera = watchCamera(server.url('gate'));
    await untilMeasuring(camera);
    await server.stop();
    await untilComplaints(camera, ['UNREACHABLE'], TEN_SECONDS);
    await server.start();
    expect(await untilMeasuring(camera)).toBeLessThan(TEN_SECONDS);
    expect(camera.connection).toBe(2);
  });

  it.concurrent('that falls silent, and goes on', async () => {
    await using server = await serve();
    await using camera = watchCamera(server.url('gate'));
    await untilMeasuring(camera);
    await server.pause('gate');
    expect(await untilComplaints(camera, ['NO_FRAMES'], TEN_SECONDS)).toBeGreaterThan(2000);
    await server.resume('gate');
    expect(await untilMeasuring(camera)).toBeLessThan(TEN_SECONDS);
  });

  it.concurrent.each([
    ['basic', false],
    ['digest', true],
  ])('that refuses the password (%s), and takes it later', async (_, digest) => {
    await using server = await serve({ users: { me: 'an%other' }, digest });
    await using camera = watchCamera(server.url('gate', 'me:p%40ss'));
    await untilComplaints(camera, ['CREDENTIALS_REFUSED'], TEN_SECONDS);
    expect(JSON.stringify(camera.reasons())).not.toMatch(/p%40ss|p@ss/);
    await server.setUsers({ me: 'p@ss' });
    expect(await untilMeasuring(camera)).toBeLessThan(TEN_SECONDS);
  });

  it.concurrent('of which a third of the packets is lost: damage is told, picture by picture', async () => {
    await using server = await serve();
    let damaged = 0;
    let looked = 0;
    const look = (picture: { readonly damaged: boolean }): boolean => {
      looked++;
      if (picture.damaged) damaged++;
      return true;
    };
    await using camera = watchCamera(server.url('gate'), { watch: { look, reasons: () => [] } });
    await readFrames(camera, 20, () => {});
    expect(damaged).toBe(0);
    looked = 0;
    await server.losePackets('gate', 0.3);
    await vi.waitFor(() => expect(looked).toBeGreaterThan(40), { timeout: 8000 });
    expect(damaged / looked).toBeGreaterThan(0.15);
    expect(complaintsOf(camera)).toEqual([]);
  });

  it.concurrent('that comes back with another picture: its size is known at once', async () => {
    await using server = await serve();
    await using camera = watchCamera(server.url('gate'), { width: 192, height: 128 });
    await untilMeasuring(camera);
    await server.serve('gate', { file: smaller, framesPerS: FRAMES_PER_S });
    await vi.waitFor(() => expect(camera.size).toEqual({ widthPx: 96, heightPx: 64 }), { timeout: TEN_SECONDS });
    await frameOf(camera);
    expect(await frameOf(camera)).toMatchObject({ sourceWidth: 96, sourceHeight: 64, width: 192, height: 128 });
  });

  it.concurrent('is let go of when it is closed', async () => {
    await using server = await serve();
    const camera = watchCamera(server.url('gate'));
    await untilMeasuring(camera);
    await server.pause('gate');
    const beganMs = performance.now();
    await camera[Symbol.asyncDispose]();
    expect(performance.now() - beganMs).toBeLessThan(2000);
    await vi.waitFor(async () => expect(await server.clients()).toBe(0), { timeout: 5000 });
  });
});
