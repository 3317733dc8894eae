/**
 * Masks on what a real scaler delivers: two recordings that differ only in what lies under the mask must be equal,
 * byte by byte, once they are masked. No trace of what is hidden may get past its edge.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecording, type RecordingOptions } from '../src/capture/index.ts';
import { createMasker, type MaskPolygon } from '../src/privacy/index.ts';
import { type Paint, TEST_HEIGHT, TEST_WIDTH, temporaryFolder, writeTestVideo } from './helpers/video.ts';

const MASK: MaskPolygon = [
  [0.3, 0.3],
  [0.62, 0.41],
  [0.4, 0.7],
];

const isHidden = (x: number, y: number): boolean =>
  MASK.every(([ax, ay], i) => {
    const [bx, by] = MASK[(i + 1) % MASK.length] ?? [0, 0];
    return (bx - ax) * (y / TEST_HEIGHT - ay) - (by - ay) * (x / TEST_WIDTH - ax) >= 0;
  });

/** Whether any corner of the square pixel lies under the mask. */
const touches = (left: number, top: number, size: number): boolean =>
  [0, 0.25, 0.5, 0.75, 1].some((u) => [0, 0.25, 0.5, 0.75, 1].some((v) => isHidden(left + u * size, top + v * size)));

/** A pattern everywhere, and under the mask a glaring one that depends on `secret`. */
const paintWith =
  (secret: number): Paint =>
  (plane, x, y) => {
    const size = plane === 0 ? 1 : 2;
    const shown = 100 + ((x * 3 + y * 5) % 40);
    if (!touches(x * size, y * size, size)) return shown;
    return ((x * 7 + y * 3 + (x * y) / 4 + secret * 5 + plane) & 1) * 200 + 28;
  };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let paths: readonly string[];

beforeAll(async () => {
  folder = await temporaryFolder();
  paths = await Promise.all(
    [0, 1].map((secret) =>
      writeTestVideo(join(folder.path, `${secret}.mkv`), { encoder: 'ffv1', frames: 1, paint: paintWith(secret) }),
    ),
  );
});
afterAll(() => folder[Symbol.asyncDispose]());

const pixelsOf = async (path: string, options: RecordingOptions): Promise<Buffer> => {
  for await (const frame of await openRecording(path, options)) return Buffer.from(frame.data);
  throw new Error('no frame');
};

describe('masks', () => {
  const cases: readonly [name: string, options: RecordingOptions][] = [
    ['as large as the source', {}],
    ['shrunk', { width: 100, height: 70 }],
    ['shrunk a lot', { width: 24, height: 24 }],
    ['enlarged', { width: 416, height: 320 }],
    ['enlarged a lot', { width: 1500, height: 300 }],
    ['letterboxed', { width: 160, height: 300, fit: 'letterbox', padValue: 114 }],
  ];
  it.each(cases)('hide everything: %s', async (_, options) => {
    const [bare, otherBare] = await Promise.all(paths.map((path) => pixelsOf(path, options)));
    expect(bare?.equals(otherBare ?? Buffer.alloc(0))).toBe(false);
    const mask = createMasker([MASK]);
    const [hidden, otherHidden] = await Promise.all(paths.map((path) => pixelsOf(path, { ...options, mask })));
    expect(hidden?.equals(otherHidden ?? Buffer.alloc(0))).toBe(true);
    // And not by hiding all there is.
    expect(hidden?.filter((value) => value === 0).length).toBeLessThan((hidden?.length ?? 0) * 0.75);
  });
});
