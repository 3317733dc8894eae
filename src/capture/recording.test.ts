import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  readNumber,
  TEST_HEIGHT,
  TEST_WIDTH,
  temporaryFolder,
  writePictures,
  writeTestVideo,
} from '../../test/helpers/video.ts';
import { type Frame, openRecording, type Recording, type RecordingOptions } from './index.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let mp4: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  mp4 = await writeTestVideo(join(folder.path, 'plain.mp4'), {
    encoder: 'libx264',
    frames: 40,
    metadata: { creation_time: '2024-05-01T10:00:00Z' },
  });
});
afterAll(() => folder[Symbol.asyncDispose]());

interface Seen {
  readonly numbers: number[];
  readonly drawn: number[];
  readonly times: number[];
}

const watch = async (recording: Recording): Promise<Seen> => {
  const seen: Seen = { numbers: [], drawn: [], times: [] };
  for await (const frame of recording) {
    seen.numbers.push(frame.number);
    seen.drawn.push(readNumber(frame));
    seen.times.push(Number(frame.timeMs.toFixed(3)));
  }
  return seen;
};

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('every container and codec', () => {
  const cases = [
    ['H.264 in MP4', 'a.mp4', { encoder: 'libx264' }, 'h264'],
    ['H.264 with B-frames', 'b.mp4', { encoder: 'libx264', maxBFrames: 3 }, 'h264'],
    ['Motion JPEG in AVI', 'c.avi', { encoder: 'mjpeg' }, 'mjpeg'],
    ['MPEG-4 with B-frames in Matroska', 'd.mkv', { encoder: 'mpeg4', maxBFrames: 2 }, 'mpeg4'],
    ['H.264 in a transport stream', 'e.ts', { encoder: 'libx264' }, 'h264'],
    ['a bare H.264 stream, without time stamps', 'f.h264', { encoder: 'libx264' }, 'h264'],
    ['FFV1 in MOV', 'g.mov', { encoder: 'ffv1' }, 'ffv1'],
  ] as const;
  it.each(cases)('%s', async (_, name, video, codec) => {
    const path = await writeTestVideo(join(folder.path, name), { ...video, frames: 30 });
    const recording = await openRecording(path);
    expect(recording.info).toMatchObject({
      kind: 'video',
      codec,
      width: TEST_WIDTH,
      height: TEST_HEIGHT,
      frameRate: 25,
    });
    expect(await watch(recording)).toEqual({
      numbers: range(1, 30),
      drawn: range(1, 30),
      times: range(0, 29).map((n) => n * 40),
    });
    expect(recording.account()).toMatchObject({ framesDecoded: 30, framesDelivered: 30, health: { state: 'ok' } });
  });
});

describe('what a recording says about itself', () => {
  it('reads rate, length and start from the header', async () => {
    await using recording = await openRecording(mp4);
    expect(recording.info).toEqual({
      kind: 'video',
      codec: 'h264',
      width: TEST_WIDTH,
      height: TEST_HEIGHT,
      frameRate: 25,
      frameRateSource: 'header',
      estimatedFrames: 40,
      durationS: 1.6,
      startUtc: Date.UTC(2024, 4, 1, 10),
    });
  });

  it('believes the given rate instead of a header that lies', async () => {
    const recording = await openRecording(mp4, { frameRate: 7 });
    expect(recording.info).toMatchObject({ frameRate: 7, frameRateSource: 'given' });
    expect(recording.info.durationS).toBeCloseTo(40 / 7, 9);
    const { times } = await watch(recording);
    expect(times[7]).toBe(1000);
    expect(times.at(-1)).toBeCloseTo((39 * 1000) / 7, 3);
  });

  it('turns a telephone recording upright', async () => {
    // Fixed-point rotation by a quarter turn clockwise: [0 1; −1 0], and 1 in the corner.
    const displayMatrix = Buffer.alloc(36);
    for (const [place, value] of [
      [1, 1 << 16],
      [3, -(1 << 16)],
      [8, 1 << 30],
    ] as const)
      displayMatrix.writeInt32LE(value, 4 * place);
    const path = await writeTestVideo(join(folder.path, 'turned.mp4'), {
      encoder: 'libx264',
      frames: 1,
      displayMatrix,
    });
    const recording = await openRecording(path);
    expect(recording.info).toMatchObject({ width: TEST_HEIGHT, height: TEST_WIDTH });
    for await (const frame of recording) {
      // Number 1 lights the top left block only; turned clockwise it is at the top right.
      const green = (x: number, y: number): number => frame.data[3 * (y * frame.width + x) + 1] ?? 0;
      expect(green(frame.width - 5, 5)).toBeGreaterThan(150);
      expect(green(5, 5)).toBeLessThan(100);
    }
  });
});

describe('times', () => {
  it('are the frames’ own where the rate varies', async () => {
    const times = [0, 1, 2, 10, 11, 30];
    const path = await writeTestVideo(join(folder.path, 'vfr.mkv'), { encoder: 'libx264', frames: 6, times });
    const recording = await openRecording(path);
    expect((await watch(recording)).times).toEqual(times.map((n) => n * 40));
    expect(recording.account().health.state).toBe('ok');
  });

  it('tell a hole in the recording', async () => {
    const times = [0, 1, 2, 503, 504];
    const path = await writeTestVideo(join(folder.path, 'hole.mkv'), { encoder: 'libx264', frames: 5, times });
    const recording = await openRecording(path);
    await watch(recording);
    expect(recording.account().health.reasons).toEqual([
      { code: 'CAPTURE_GAP', message: 'The recording has a gap of 20.0 s in all; nothing is known about that time.' },
    ]);
  });
});

describe('a range of frames', () => {
  const cases: readonly [string, RecordingOptions, number[]][] = [
    ['from the middle', { fromFrame: 13 }, range(13, 40)],
    ['to the middle', { toFrame: 13 }, range(1, 13)],
    ['both, inclusive', { fromFrame: 13, toFrame: 17 }, range(13, 17)],
    ['one frame', { fromFrame: 13, toFrame: 13 }, [13]],
    ['beyond the end', { fromFrame: 39, toFrame: 99 }, [39, 40]],
  ];
  it.each(cases)('%s', async (_, options, expected) => {
    const recording = await openRecording(mp4, options);
    const { numbers, drawn, times } = await watch(recording);
    expect(numbers).toEqual(expected);
    expect(drawn).toEqual(expected);
    expect(times).toEqual(expected.map((n) => (n - 1) * 40));
    expect(recording.account().health.state).toBe('ok');
  });

  it('that lies beyond the end is an error that says where the end is', async () => {
    await expect(watch(await openRecording(mp4, { fromFrame: 41 }))).rejects.toMatchObject({
      code: 'CAPTURE_RANGE_EMPTY',
      message: `${mp4} ends at frame 40; the range begins at frame 41.`,
    });
  });

  it.each([
    [0, 5],
    [5, 4],
    [1.5, 4],
  ])('from %d to %d is no range', async (fromFrame, toFrame) => {
    await expect(openRecording(mp4, { fromFrame, toFrame })).rejects.toMatchObject({ code: 'CLI_BAD_RANGE' });
  });
});

describe('scaling', () => {
  it('stretches', async () => {
    for await (const frame of await openRecording(mp4, { width: 64, height: 96 })) {
      expect(frame).toMatchObject({ width: 64, height: 96, sourceWidth: TEST_WIDTH, sourceHeight: TEST_HEIGHT });
      expect(frame.picture).toEqual({ left: 0, top: 0, right: 1, bottom: 1 });
      expect(frame.data).toHaveLength(64 * 96 * 3);
      expect(readNumber(frame)).toBe(frame.number);
    }
  });

  it.each([
    [90, 96, 'above and below'],
    [300, 64, 'left and right'],
    [101, 97, 'of odd sizes'],
  ])('letterboxes into %d×%d: padding %s is left untouched', async (width, height) => {
    const options = { width, height, fit: 'letterbox', padValue: 114 } as const;
    for await (const frame of await openRecording(mp4, options)) {
      const { left, top, right, bottom } = frame.picture;
      expect(((right - left) * width) / ((bottom - top) * height)).toBeCloseTo(TEST_WIDTH / TEST_HEIGHT, 1);
      expect(readNumber(frame)).toBe(frame.number);
      expect(outside(frame).every((value) => value === 114)).toBe(true);
    }
  });

  it('gives blue, green and red in this order, as bright as they were', async () => {
    const path = await writeTestVideo(join(folder.path, 'grey.mkv'), { encoder: 'ffv1', frames: 1 });
    for await (const frame of await openRecording(path, { width: 6, height: 2 })) {
      // Brightness 200 in limited range is (200 − 16) · 255/219 = 214; 50 is 40. The noise averages to nothing.
      expect(Math.abs((frame.data[1] ?? 0) - 214)).toBeLessThanOrEqual(2);
      expect(Math.abs((frame.data[4] ?? 0) - 40)).toBeLessThanOrEqual(2);
    }
  });
});

const outside = ({ data, width, height, picture }: Frame): number[] => {
  const values: number[] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const inside =
        x + 0.5 > picture.left * width &&
        x + 0.5 < picture.right * width &&
        y + 0.5 > picture.top * height &&
        y + 0.5 < picture.bottom * height;
      if (!inside) values.push(...data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3));
    }
  return values;
};

describe('a folder of pictures', () => {
  it('is read in the order of its numbers', async () => {
    const path = await writePictures(join(folder.path, 'pictures'), [
      'img1.jpg',
      'img2.jpg',
      'img10.JPEG',
      'img11.png',
    ]);
    await writeFile(join(path, 'notes.txt'), 'not a picture');
    const recording = await openRecording(path, { frameRate: 4 });
    expect(recording.info).toMatchObject({
      kind: 'pictures',
      width: TEST_WIDTH,
      height: TEST_HEIGHT,
      estimatedFrames: 4,
      durationS: 1,
    });
    expect(await watch(recording)).toEqual({ numbers: [1, 2, 3, 4], drawn: [1, 2, 3, 4], times: [0, 250, 500, 750] });
  });

  it('keeps the numbers of pictures that cannot be decoded', async () => {
    const path = await writePictures(join(folder.path, 'holes'), ['1.jpg', '2.jpg', '3.jpg', '4.jpg']);
    await writeFile(join(path, '1.jpg'), 'broken');
    await writeFile(join(path, '3.jpg'), '');
    const recording = await openRecording(path, { frameRate: 4, toFrame: 4 });
    expect((await watch(recording)).numbers).toEqual([2, 4]);
    expect(recording.account().health.reasons).toEqual([
      { code: 'CAPTURE_DAMAGED', message: 'Of 4 frames, 2 could not be decoded, first at frame 1.' },
    ]);
  });

  it.each([undefined, 0, -1, Number.NaN, 90_000])('has no rate of its own: %d is refused', async (frameRate) => {
    const path = await writePictures(join(folder.path, 'rate'), ['1.jpg']);
    const options = frameRate === undefined ? {} : { frameRate };
    await expect(openRecording(path, options)).rejects.toMatchObject({ code: 'CAPTURE_BAD_RATE' });
  });

  it('without a picture is an error', async () => {
    const path = join(folder.path, 'empty');
    await mkdir(path);
    await writeFile(join(path, 'notes.txt'), 'not a picture');
    await expect(openRecording(path)).rejects.toMatchObject({ code: 'CAPTURE_NO_PICTURES' });
  });
});
