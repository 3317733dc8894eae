import type { Frame as Picture } from 'node-av/lib';
import { frameNumber, type MediaTimeMs } from '../contract/index.ts';
import { type PixelBox, type Size, toArea } from './fit.ts';
import type { Frame } from './frame.ts';
import type { RecordingOptions } from './recording.ts';
import { createScaler } from './scaler.ts';

const DEFAULT_PREFETCH = 3;
const BYTES_PER_PIXEL = 3;

/** A buffer of the pool, and the frame that lies in it. */
export interface Slot {
  readonly pixels: Buffer;
  frame: Frame | null;
}

/** Makes frames out of decoded pictures: scaled, in buffers that go round. */
export interface FrameMaker {
  /** The pool: one buffer for the caller, and one for each frame decoded ahead. */
  readonly slots: readonly Slot[];
  /** Pictures that came in another size than the first. */
  readonly resized: number;
  /** Makes a frame in the buffer of a slot. @throws Error with FFmpeg's reason */
  make(slot: Slot, picture: Picture, number: number, timeMs: MediaTimeMs): Promise<Frame>;
  close(): void;
}

const createSlots = (count: number, size: Size, padValue: number): Slot[] =>
  Array.from({ length: count }, () => ({
    pixels: Buffer.alloc(size.width * size.height * BYTES_PER_PIXEL, padValue),
    frame: null,
  }));

/** What the frames are to be like. */
export type FrameShape = Pick<RecordingOptions, 'width' | 'height' | 'fit' | 'padValue' | 'prefetch'>;

/**
 * Creates the maker for one reading of a source.
 *
 * @param first size of its first picture, pixels
 */
export const createFrameMaker = (first: Size, options: FrameShape): FrameMaker => {
  const size = { width: options.width ?? first.width, height: options.height ?? first.height };
  const padValue = options.padValue ?? 0;
  const scaler = createScaler(size, options.fit ?? 'stretch');
  let resized = 0;

  const makeFrame = (pixels: Buffer, picture: Size, box: PixelBox, number: number, timeMs: MediaTimeMs): Frame => ({
    number: frameNumber(number),
    timeMs,
    width: size.width,
    height: size.height,
    sourceWidth: picture.width,
    sourceHeight: picture.height,
    picture: toArea(box, size),
    data: pixels,
  });

  return {
    slots: createSlots(Math.max(1, options.prefetch ?? DEFAULT_PREFETCH) + 1, size, padValue),
    get resized() {
      return resized;
    },
    async make(slot, picture, number, timeMs) {
      const changed = picture.width !== first.width || picture.height !== first.height;
      if (changed) resized++;
      // A picture of other proportions leaves other margins: no rest of an earlier one may show there.
      if (resized > 0) slot.pixels.fill(padValue);
      const box = await scaler.scale(picture, slot.pixels);
      return makeFrame(slot.pixels, picture, box, number, timeMs);
    },
    close: () => scaler.close(),
  };
};
