import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  complaintsOf,
  frameOf,
  readFrames,
  untilComplaints,
  watchCamera,
} from '../../../test/helpers/camera-watching.ts';
import {
  readNumber,
  temporaryFolder,
  TEST_HEIGHT,
  TEST_WIDTH,
  writePictures,
  writeTestVideo,
} from '../../../test/helpers/video.ts';
import { type CameraReason, cameraReason } from '../../contract/index.ts';
import type { LumaPicture } from './luma-picture.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let video: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  video = await writeTestVideo(join(folder.path, 'plain.mp4'), { encoder: 'libx264', frames: 12 });
});
afterAll(() => folder[Symbol.asyncDispose]());

describe('a recording seen as if it were a camera', () => {
  it('comes at its own pace, at the time of the wall', async () => {
    await using camera = watchCamera(video);
    expect(complaintsOf(camera)).toEqual(['CONNECTING']);
    const beganMs = Date.now();
    const times = await readFrames(camera, 10, ({ timeMs }) => {
      const lateMs = Date.now() - timeMs;
      expect(lateMs).toBeGreaterThanOrEqual(0);
      expect(lateMs).toBeLessThan(400);
      return timeMs;
    });
    const steps = times.slice(1).map((time, i) => time - times[i]);
    // 25 pictures a second; a busy machine may be late, and is then told so.
    expect(steps.toSorted((a, b) => a - b)[4]).toBeCloseTo(40, 0);
    expect(times[0]).toBeGreaterThanOrEqual(beganMs);
    expect(complaintsOf(camera)).toEqual([]);
    expect(camera.size).toEqual({ widthPx: TEST_WIDTH, heightPx: TEST_HEIGHT });
  });

  it('is over at its end', async () => {
    await using camera = watchCamera(video, { frameRate: 200 });
    await untilComplaints(camera, ['SOURCE_ENDED'], 5000);
    expect(camera.take()).toMatchObject({ offered: 12 });
  });

  it('begins again when it is looped, as another connection', async () => {
    await using camera = watchCamera(video, { frameRate: 100, loop: true });
    const seen = await readFrames(camera, 40, (frame) => ({
      connection: camera.connection,
      number: frame.number,
      shows: readNumber(frame),
      timeMs: frame.timeMs,
    }));
    const connections = seen.map(({ connection }) => connection);
    // Four at the least: a busy machine is late, and passes some pictures over.
    const rounds = new Set(connections);
    expect([...rounds]).toEqual(Array.from(rounds, (_, i) => i + 1));
    expect(rounds.size).toBeGreaterThanOrEqual(4);
    expect(connections).toEqual(connections.toSorted((a, b) => a - b));
    for (const { connection, number, shows } of seen) expect(number - 12 * (connection - 1)).toBe(shows);
    for (const [i, { timeMs }] of seen.slice(1).entries()) expect(timeMs).toBeGreaterThan(seen[i].timeMs);
    expect(complaintsOf(camera)).toEqual([]);
  });

  it('that is not there yet is waited for', async () => {
    const later = join(folder.path, 'later.mp4');
    await using camera = watchCamera(later);
    await untilComplaints(camera, ['UNREACHABLE'], 2000);
    expect(camera.reasons()[0]?.message).toContain('No such file');
    await writeTestVideo(join(folder.path, 'ready.mp4'), { encoder: 'libx264', frames: 5 });
    await rename(join(folder.path, 'ready.mp4'), later);
    expect(readNumber(await frameOf(camera))).toBe(1);
  });
});

describe('a folder of pictures', () => {
  it('is seen at the rate that was given, again and again', async () => {
    const pictures = await writePictures(join(folder.path, 'pictures'), ['1.jpg', '2.jpg', '3.jpg']);
    await using camera = watchCamera(pictures, { frameRate: 50, loop: true });
    expect(await readFrames(camera, 7, readNumber)).toEqual([1, 2, 3, 1, 2, 3, 1]);
  });

  it('without a rate says so', async () => {
    const pictures = await writePictures(join(folder.path, 'no-rate'), ['1.jpg']);
    await using camera = watchCamera(pictures);
    await untilComplaints(camera, ['UNREACHABLE'], 2000);
    expect(camera.reasons()[0]?.message).toContain('rate');
  });
});

describe('a device', () => {
  it('that is not there', async () => {
    await using camera = watchCamera('v4l2:/dev/video97');
    await untilComplaints(camera, ['UNREACHABLE'], 2000);
    expect(camera.reasons()[0]?.message).toContain('No such file or directory');
  });
});

describe('frames that nobody takes', () => {
  it('are replaced by newer ones, and counted', async () => {
    await using camera = watchCamera(video, { frameRate: 100 });
    await untilComplaints(camera, ['SOURCE_ENDED'], 5000);
    const { offered, made, dropped } = camera.take();
    // A busy machine is late, and a picture too close to the one before it is passed over.
    expect(made).toBeGreaterThan(6);
    expect({ offered, dropped }).toEqual({ offered: 12, dropped: made - 1 });
    expect(readNumber(await frameOf(camera))).toBeGreaterThan(10);
    expect(camera.take()).toEqual({ offered: 0, made: 0, dropped: 0 });
  });

  it('are not made when they are not due', async () => {
    const masked: number[] = [];
    await using camera = watchCamera(video, {
      frameRate: 20,
      framesPerS: 5,
      width: 96,
      height: 64,
      mask: ({ number }) => masked.push(number),
    });
    await untilComplaints(camera, ['SOURCE_ENDED'], 5000);
    expect(masked).toEqual([1, 5, 9]);
    expect(camera.take()).toEqual({ offered: 12, made: 3, dropped: 2 });
    expect(await frameOf(camera)).toMatchObject({ width: 96, height: 64, sourceWidth: TEST_WIDTH, number: 9 });
  });

  it('follow another rate at once', async () => {
    await using camera = watchCamera(video, { frameRate: 100, framesPerS: 0.01, loop: true });
    await frameOf(camera);
    camera.setRate(100);
    expect(await readFrames(camera, 5, ({ number }) => number)).toHaveLength(5);
  });
});

const allBlack = (): CameraReason[] => [cameraReason('BLACK', {})];

describe('the watch', () => {
  it('looks at every picture before it is scaled, and keeps some from being measured', async () => {
    const looked: (readonly [number, number])[] = [];
    const look = ({ width, height, stride, data }: LumaPicture): boolean => {
      looked.push([width, height]);
      expect(data.length).toBeGreaterThanOrEqual(stride * (height - 1) + width);
      return looked.length % 3 === 0;
    };
    await using camera = watchCamera(video, {
      frameRate: 20,
      width: 96,
      height: 64,
      watch: { look, reasons: allBlack },
    });
    await untilComplaints(camera, ['SOURCE_ENDED', 'BLACK'], 5000);
    expect(looked).toEqual(Array.from({ length: 12 }, () => [TEST_WIDTH, TEST_HEIGHT]));
    expect(camera.take()).toMatchObject({ offered: 12, made: 4 });
  });
});

const failToMask = (): never => {
  throw new Error('mask failed');
};

describe('a mask that fails', () => {
  it('lets no frame pass', async () => {
    await using camera = watchCamera(video, { mask: failToMask, frameRate: 100 });
    await untilComplaints(camera, ['UNREACHABLE'], 2000);
    expect(camera.reasons()[0]?.message).toContain('mask failed');
    expect(camera.take()).toMatchObject({ made: 0 });
  });
});

describe('a clock that is set', () => {
  it('is said, and times follow it as another connection', async () => {
    let setMs = 0;
    await using camera = watchCamera(video, { frameRate: 50, loop: true, now: () => Date.now() + setMs });
    const before = (await frameOf(camera)).timeMs;
    const { connection } = camera;
    setMs = -3_600_000;
    const times = await readFrames(camera, 4, ({ timeMs }) => timeMs);
    expect(times[3] - before).toBeLessThan(-3_590_000);
    expect(camera.connection).toBeGreaterThan(connection);
    expect(camera.reasons()[0]).toMatchObject({ code: 'CLOCK_JUMPED', message: expect.stringContaining('-3600') });
  });
});

/** Memory after so many connections, bytes. */
const rssAfter = async (connections: number): Promise<number> => {
  const brief = await writeTestVideo(join(folder.path, 'brief.mp4'), { encoder: 'libx264', frames: 2 });
  await using camera = watchCamera(brief, { frameRate: 1000, loop: true, width: 416, height: 320 });
  while (camera.connection < connections) await frameOf(camera);
  return process.memoryUsage.rss();
};

describe('closing', () => {
  it('ends the waiting for a frame', async () => {
    const camera = watchCamera(video, { framesPerS: 0.01 });
    await frameOf(camera);
    const waiting = camera.next();
    await camera[Symbol.asyncDispose]();
    expect(await waiting).toBeNull();
    expect(await camera.next()).toBeNull();
  });

  it('is done before anything came, and twice', async () => {
    const camera = watchCamera(video);
    await camera[Symbol.asyncDispose]();
    await camera[Symbol.asyncDispose]();
    expect(await camera.next()).toBeNull();
  });

  it('leaks nothing over many connections', async () => {
    await rssAfter(60);
    const before = await rssAfter(2);
    // A leak of one decoder a connection would be 80 MB.
    expect((await rssAfter(200)) - before).toBeLessThan(30e6);
  });
});
