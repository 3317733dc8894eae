import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFrames, untilComplaints, watchCamera } from '../../../test/helpers/camera-watching.ts';
import { readNumber, temporaryFolder, writePictures, writeTestVideo } from '../../../test/helpers/video.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let jpegs: Buffer[];

const SEGMENTS = 8;
const SEGMENT_FRAMES = 25;

beforeAll(async () => {
  folder = await temporaryFolder();
  const names = ['1.jpg', '2.jpg', '3.jpg', '4.jpg', '5.jpg', '6.jpg'];
  await writePictures(folder.path, names);
  jpegs = await Promise.all(names.map((name) => readFile(join(folder.path, name))));
  await writeTestVideo(join(folder.path, 'hls.m3u8'), {
    encoder: 'libx264',
    frames: SEGMENTS * SEGMENT_FRAMES,
    gopSize: SEGMENT_FRAMES,
    containerOptions: { hls_time: '1', hls_list_size: '0' },
  });
  const containerOptions = { movflags: '+faststart' };
  await writeTestVideo(join(folder.path, 'download.mp4'), { encoder: 'libx264', frames: 20, containerOptions });
});
afterAll(() => folder[Symbol.asyncDispose]());

/** A server on a free port, with what was asked of it. */
const serve = async (listener: RequestListener): Promise<{ url: string; hangUp: () => void } & AsyncDisposable> => {
  const server = createServer(listener);
  const listening = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', () => listening.resolve());
  await listening.promise;
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    hangUp: () => server.closeAllConnections(),
    async [Symbol.asyncDispose]() {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
};

const PERIOD_MS = 50;

/** Motion JPEG as network cameras send it, for as long as anybody listens. */
const sendMotionJpeg = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=frame' });
  let count = 0;
  const send = (): void => {
    const jpeg = jpegs[count++ % jpegs.length];
    response.write(`--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n\r\n`);
    response.write(jpeg);
    response.write('\r\n');
  };
  const timer = setInterval(send, PERIOD_MS);
  response.on('close', () => clearInterval(timer));
};

const sendFile = (response: ServerResponse, name: string): void =>
  void readFile(join(folder.path, name)).then(
    (bytes) => response.end(bytes),
    () => response.writeHead(404).end(),
  );

const sendFiles: RequestListener = ({ url = '/' }, response) => sendFile(response, url.slice(1).replace(/\?.*/, ''));

describe('Motion JPEG', () => {
  it('comes as it is sent, and again after the connection was lost', async () => {
    await using server = await serve((_, response) => sendMotionJpeg(response));
    await using camera = watchCamera(`${server.url}/video`);
    const frames = await readFrames(camera, 8, (frame) => [readNumber(frame), frame.timeMs, Date.now()] as const);
    // The first is not measured: it may have been waiting somewhere.
    expect(frames.map(([shows]) => shows)).toEqual([2, 3, 4, 5, 6, 1, 2, 3]);
    for (const [, timeMs, arrivalMs] of frames) {
      expect(arrivalMs - timeMs).toBeGreaterThanOrEqual(0);
      expect(arrivalMs - timeMs).toBeLessThan(400);
    }
    server.hangUp();
    expect(await readFrames(camera, 3, readNumber)).toEqual([2, 3, 4]);
    expect(camera.connection).toBe(2);
  });
});

/** A list of the last segments, of which a new one appears every second. */
const listOf = (ready: number): string =>
  [
    '#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1',
    `#EXT-X-MEDIA-SEQUENCE:${Math.max(0, ready - 3)}`,
    ...Array.from({ length: Math.min(3, ready) }, (_, i) => `#EXTINF:1.0,\nhls${Math.max(0, ready - 3) + i}.ts`),
  ].join('\n');

describe('HLS', () => {
  it('comes at its own pace, though it arrives in pieces', async () => {
    const beganMs = performance.now();
    await using server = await serve((request, response) => {
      if (!request.url?.startsWith('/live.m3u8')) return sendFiles(request, response);
      return response.end(listOf(Math.min(SEGMENTS, 4 + Math.floor((performance.now() - beganMs) / 1000))));
    });
    await using camera = watchCamera(`${server.url}/live.m3u8?token=abc`);
    const frames = await readFrames(camera, 60, (frame) => [frame.timeMs, Date.now() - frame.timeMs] as const);
    expect(frames[59][0] - frames[0][0]).toBeGreaterThan(59 * 40 - 100);
    expect(Math.min(...frames.map(([, lateMs]) => lateMs))).toBeGreaterThanOrEqual(0);
  });

  it('may not send us to our own files', async () => {
    const inside = join(folder.path, 'hls0.ts');
    const asked: string[] = [];
    await using server = await serve(({ url = '' }, response) => {
      asked.push(url);
      response.end(`#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://${inside}\n#EXT-X-ENDLIST\n`);
    });
    await using camera = watchCamera(`${server.url}/list.m3u8`);
    await untilComplaints(camera, ['UNREACHABLE'], 5000);
    expect(asked).not.toEqual([]);
    expect(camera.take().offered).toBe(0);
  });
});

describe('a download', () => {
  it('is seen at its own pace, and is over at its end', async () => {
    await using server = await serve(sendFiles);
    await using camera = watchCamera(`${server.url}/download.mp4`);
    const times = await readFrames(camera, 10, ({ timeMs }) => timeMs);
    expect(times[9] - times[0]).toBeGreaterThan(9 * 40 - 50);
    await untilComplaints(camera, ['SOURCE_ENDED'], 5000);
  });
});

describe('what a server answers', () => {
  const cases: readonly [name: string, listener: RequestListener, code: string, says: RegExp][] = [
    ['not found', (_, response) => response.writeHead(404).end(), 'UNREACHABLE', /404/],
    ['no password, or a wrong one', (_, response) => response.writeHead(401).end(), 'CREDENTIALS_REFUSED', /password/],
    ['forbidden', (_, response) => response.writeHead(403).end(), 'CREDENTIALS_REFUSED', /password/],
    ['a page', (_, response) => response.end('<html>'.repeat(200)), 'UNREACHABLE', /Invalid data/],
    ['nothing', (_, response) => response.end(), 'UNREACHABLE', /does not answer/],
  ];
  it.each(cases)('%s', async (_, listener, code, says) => {
    await using server = await serve(listener);
    await using camera = watchCamera(`${server.url.replace('//', '//me:hunter2@')}/?token=hunter3`);
    await untilComplaints(camera, [code], 5000);
    expect(camera.reasons()[0]?.message).toMatch(says);
    expect(JSON.stringify(camera.reasons())).not.toMatch(/hunter/);
  });

  it('nobody is there', async () => {
    const { url } = await (async () => {
      await using server = await serve(() => {});
      return server;
    })();
    await using camera = watchCamera(url);
    await untilComplaints(camera, ['UNREACHABLE'], 5000);
    expect(camera.reasons()[0]?.message).toContain('Connection refused');
  });

  it('nothing at all: closing does not wait for it', async () => {
    await using server = await serve(() => {});
    const camera = watchCamera(server.url);
    await untilComplaints(camera, ['CONNECTING'], 100);
    const beganMs = performance.now();
    await camera[Symbol.asyncDispose]();
    expect(performance.now() - beganMs).toBeLessThan(2100);
  });
});
