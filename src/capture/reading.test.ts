import { readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readNumber, temporaryFolder, writeTestVideo } from '../../test/helpers/video.ts';
import { type Frame, openRecording } from './index.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let mp4: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  mp4 = await writeTestVideo(join(folder.path, 'plain.mp4'), { encoder: 'libx264', frames: 60 });
});
afterAll(() => folder[Symbol.asyncDispose]());

const openDescriptors = async (): Promise<number> => (await readdir('/proc/self/fd')).length;

const turnOfTheLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const passOnce = async (): Promise<number> => {
  for await (const _ of await openRecording(mp4, { width: 416, height: 320 })) void _;
  return process.memoryUsage.rss();
};

/** How many more files are open after `use` than before. */
const filesLeftOpenBy = async (use: () => Promise<unknown>): Promise<number> => {
  const before = await openDescriptors();
  await use();
  return (await openDescriptors()) - before;
};

describe('reading beside the caller', () => {
  it('decodes ahead, but no further than the buffers reach', async () => {
    const recording = await openRecording(mp4, { prefetch: 2 });
    const frames = recording[Symbol.asyncIterator]();
    await frames.next();
    while (recording.account().framesDecoded < 4) await turnOfTheLoop();
    for (let i = 0; i < 50; i++) await turnOfTheLoop();
    // One with the caller, two ready, and one decoded that waits for a buffer.
    expect(recording.account()).toMatchObject({ framesDecoded: 4, framesDelivered: 1 });
    await recording.close();
  });

  it('keeps a frame’s pixels until the next is asked for, and uses few buffers', async () => {
    const buffers = new Set<Uint8Array>();
    for await (const frame of await openRecording(mp4, { prefetch: 2 })) {
      buffers.add(frame.data);
      for (let i = 0; i < 5; i++) await turnOfTheLoop();
      expect(readNumber(frame)).toBe(frame.number);
    }
    expect(buffers.size).toBeLessThanOrEqual(3);
  });

  it('does not grow over ten passes', async () => {
    for (let i = 0; i < 3; i++) await passOnce();
    const before = await passOnce();
    for (let i = 0; i < 10; i++) await passOnce();
    // A leak of every frame would be 240 MB, of one buffer a pass 4 MB.
    expect(process.memoryUsage.rss() - before).toBeLessThan(40e6);
  });

  it('is done once', async () => {
    const recording = await openRecording(mp4);
    for await (const _ of recording) void _;
    expect(() => recording[Symbol.asyncIterator]()).toThrow(expect.objectContaining({ code: 'CAPTURE_FAILED' }));
  });
});

const stopAtThird = async (): Promise<void> => {
  for await (const frame of await openRecording(mp4)) if (frame.number === 3) break;
};

const openOnly = async (): Promise<void> => {
  await using recording = await openRecording(mp4);
  expect(recording.info.codec).toBe('h264');
};

const failInTheLoop = async (): Promise<void> => {
  for await (const frame of await openRecording(mp4)) throw new Error(`mine, at ${frame.number}`);
};

const abortAtFifth = async (seen: number[]): Promise<void> => {
  const controller = new AbortController();
  for await (const frame of await openRecording(mp4, { signal: controller.signal })) {
    seen.push(frame.number);
    if (frame.number === 5) controller.abort(new Error('enough'));
  }
};

// Open files are counted where Linux lists them.
describe.skipIf(process.platform !== 'linux')('stopping lets go of the file', () => {
  it('early', async () => {
    expect(await filesLeftOpenBy(stopAtThird)).toBe(0);
  });

  it('without reading', async () => {
    expect(await filesLeftOpenBy(openOnly)).toBe(0);
  });

  it('by an error in the loop', async () => {
    expect(await filesLeftOpenBy(() => expect(failInTheLoop()).rejects.toThrow('mine, at 1'))).toBe(0);
  });

  it('by the signal, with its reason', async () => {
    const seen: number[] = [];
    expect(await filesLeftOpenBy(() => expect(abortAtFifth(seen)).rejects.toThrow('enough'))).toBe(0);
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('the signal', () => {
  it('works while frames before the range are passed over', async () => {
    const controller = new AbortController();
    const recording = await openRecording(mp4, { signal: controller.signal, fromFrame: 59 });
    const first = recording[Symbol.asyncIterator]().next();
    controller.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    expect(recording.account().framesDecoded).toBeLessThan(59);
    await recording.close();
  });

  it('given before the beginning opens nothing', async () => {
    await expect(openRecording(mp4, { signal: AbortSignal.abort(new Error('never')) })).rejects.toThrow('never');
  });
});

const blackenAll = ({ data }: Frame): void => {
  data.fill(0);
};

const failAtFourth = (frame: Frame): void => {
  if (frame.number === 4) throw new Error('mask failed');
};

describe('the mask', () => {
  it('sees every frame before the caller does', async () => {
    for await (const frame of await openRecording(mp4, { mask: blackenAll }))
      expect(frame.data.every((value) => value === 0)).toBe(true);
  });

  it('stops the reading when it fails: no frame passes unmasked', async () => {
    const seen: number[] = [];
    const use = async (): Promise<void> => {
      for await (const frame of await openRecording(mp4, { mask: failAtFourth })) seen.push(frame.number);
    };
    await expect(use()).rejects.toThrow('mask failed');
    expect(seen).toEqual([1, 2, 3]);
  });
});

describe('a file that changes while it is read', () => {
  it.each([
    ['shrinks', (path: string) => truncate(path, 20_000), 'CAPTURE_TRUNCATED'],
    ['grows', (path: string) => writeFile(path, Buffer.alloc(1000), { flag: 'a' }), 'CAPTURE_FILE_CHANGED'],
  ] as const)('%s: it is measured as far as it goes, and said so', async (_, change, code) => {
    const path = await writeTestVideo(join(folder.path, 'changing.avi'), { encoder: 'mjpeg', frames: 200 });
    const recording = await openRecording(path);
    for await (const frame of recording) if (frame.number === 2) await change(path);
    const { state, reasons } = recording.account().health;
    expect(state).toBe('degraded');
    expect(reasons.map((reason) => reason.code)).toContain('CAPTURE_FILE_CHANGED');
    expect(reasons.map((reason) => reason.code)).toContain(code);
  });
});
