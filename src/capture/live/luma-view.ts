import { AV_PIX_FMT_GRAY8, type AVPixelFormat } from 'node-av/constants';
import { avGetPixFmtName, Frame as Picture, SoftwareScaleContext } from 'node-av/lib';
import { avReason } from '../av.ts';
import type { LumaPicture } from './luma-picture.ts';

/** Shows the brightness of pictures of any size and pixel format. */
export interface LumaView {
  /**
   * The brightness of a picture, valid until the next call.
   *
   * @throws Error with FFmpeg's reason
   */
  show(picture: Picture, damaged: boolean): Promise<LumaPicture>;
  close(): void;
}

// 8 bit brightness in a plane of its own: yuv420p, yuvj422p, yuva444p, nv12, gray and the like; not yuv420p10le.
const PLANAR_LUMA = /^(?:yuvj?a?\d{3}p|nv\d{2}|gray)$/;

type Format = Picture['format'];

/** FFmpeg keeps sound in the same kind of frame; only pictures have a width. */
const isOfPixels = (_format: Format, { width }: Picture): _format is AVPixelFormat => width > 0;

/** The format of a picture whose brightness lies in a plane of its own; null for any other. */
const lumaPlaneFormat = (picture: Picture): AVPixelFormat | null => {
  const { format } = picture;
  return isOfPixels(format, picture) && PLANAR_LUMA.test(avGetPixFmtName(format) ?? '') ? format : null;
};

const allocate = (width: number, height: number, format: AVPixelFormat): Picture => {
  const picture = new Picture();
  picture.alloc();
  picture.width = width;
  picture.height = height;
  picture.format = format;
  const result = picture.getBuffer();
  if (result < 0) throw new Error(avReason(result));
  return picture;
};

/** A picture of our own, its brightness, and how it is brought there. */
interface Copy {
  readonly width: number;
  readonly height: number;
  /** Pixel format of the pictures that are copied. */
  readonly format: Format;
  readonly picture: Picture;
  readonly luma: { width: number; height: number; stride: number; data: Uint8Array; damaged: boolean };
  readonly bring: (source: Picture) => number | Promise<number>;
}

const createCopy = (source: Picture, scaler: SoftwareScaleContext): Copy => {
  const { width, height, format } = source;
  const planar = lumaPlaneFormat(source);
  const picture = allocate(width, height, planar ?? AV_PIX_FMT_GRAY8);
  const luma = {
    width,
    height,
    stride: picture.linesize[0] ?? width,
    data: picture.data?.[0] ?? new Uint8Array(0),
    damaged: false,
  };
  const bring =
    planar !== null
      ? (from: Picture): number => picture.copy(from)
      : (from: Picture): Promise<number> => scaler.scaleFrame(picture, from);
  return { width, height, format, picture, luma, bring };
};

/**
 * Creates a view. Pictures are copied into memory of our own: to ask FFmpeg for a picture's planes makes garbage as
 * large as they are, every time.
 */
export const createLumaView = (): LumaView => {
  const scaler = new SoftwareScaleContext();
  scaler.allocContext();
  let copy: Copy | null = null;
  const copyFor = (source: Picture): Copy => {
    if (copy?.width === source.width && copy.height === source.height && copy.format === source.format) return copy;
    copy?.picture.free();
    copy = null;
    copy = createCopy(source, scaler);
    return copy;
  };
  return {
    async show(picture, damaged) {
      const { bring, luma } = copyFor(picture);
      const result = await bring(picture);
      if (result < 0) throw new Error(avReason(result));
      luma.damaged = damaged;
      return luma;
    },
    close() {
      copy?.picture.free();
      scaler.freeContext();
    },
  };
};
