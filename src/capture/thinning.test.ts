import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readNumber, temporaryFolder, writeTestVideo } from '../../test/helpers/video.ts';
import { openRecording, type RecordingOptions } from './index.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let video: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  video = await writeTestVideo(join(folder.path, 'plain.mp4'), { encoder: 'libx264', frames: 25 });
});
afterAll(() => folder[Symbol.asyncDispose]());

const cases: readonly [name: string, options: RecordingOptions, numbers: number[], decoded: number][] = [
  ['a fifth of the frames, with the numbers of the source', { fps: 5 }, [1, 6, 11, 16, 21], 25],
  ['from the first frame of a range on', { fps: 5, fromFrame: 3, toFrame: 14 }, [3, 8, 13], 14],
  ['by the rate that was given', { fps: 1, frameRate: 5 }, [1, 6, 11, 16, 21], 25],
  ['all, when more are asked for than there are', { fps: 100, toFrame: 4 }, [1, 2, 3, 4], 4],
];
it.each(cases)('delivers %s', async (_, options, numbers, decoded) => {
  const masked: number[] = [];
  const recording = await openRecording(video, { ...options, mask: ({ number }) => masked.push(number) });
  const seen: number[] = [];
  for await (const frame of recording) {
    expect(readNumber(frame)).toBe(frame.number);
    seen.push(frame.number);
  }
  expect(seen).toEqual(numbers);
  // What is not delivered is not made either.
  expect(masked).toEqual(numbers);
  expect(recording.account()).toMatchObject({
    framesDecoded: decoded,
    framesDelivered: numbers.length,
    lastFrame: numbers.at(-1),
    health: { state: 'ok' },
  });
});
