/**
 * Small synthetic recordings whose frames carry their own number, so that a test can tell which frame it was given.
 *
 * ```
 *  +----+----+----+----+----+----+     six columns, two rows of blocks: light is 1, dark is 0,
 *  | b0 | b1 | b2 | b3 | b4 | b5 |     the number in binary, lowest bit first
 *  +----+----+----+----+----+----+
 *  | b6 | b7 | b8 | b9 |b10 |b11 |
 *  +----+----+----+----+----+----+
 * ```
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUVJ420P,
  AVERROR_EAGAIN,
  type AVPixelFormat,
  FF_ENCODER_FFV1,
  FF_ENCODER_LIBX264,
  FF_ENCODER_MJPEG,
  FF_ENCODER_MPEG4,
} from 'node-av/constants';
import { Codec, CodecContext, FFmpegError, Frame as Picture, Packet, Rational } from 'node-av/lib';
import { createVideoWriter, type VideoWriterOptions } from '../../scripts/sample/video-writer.ts';
import type { Frame } from '../../src/capture/index.ts';

const COLUMNS = 6;
const ROWS = 2;
const DARK = 50;
const LIGHT = 200;

/** Size of a synthetic picture, pixels. */
export const TEST_WIDTH = 192;
/** Size of a synthetic picture, pixels. */
export const TEST_HEIGHT = 128;

const ENCODERS = {
  libx264: FF_ENCODER_LIBX264,
  mjpeg: FF_ENCODER_MJPEG,
  mpeg4: FF_ENCODER_MPEG4,
  ffv1: FF_ENCODER_FFV1,
} as const;

/** A synthetic recording. */
export interface TestVideo extends Partial<Omit<VideoWriterOptions, 'encoder' | 'width' | 'height'>> {
  readonly encoder: keyof typeof ENCODERS;
  readonly frames: number;
  /** Time stamp of each frame, in frames; 0, 1, 2… unless given. */
  readonly times?: readonly number[];
  readonly width?: number;
  readonly height?: number;
  readonly pixelFormat?: AVPixelFormat;
  /** What to draw instead of the numbers. */
  readonly paint?: Paint;
}

const bitAt = (x: number, y: number, width: number, height: number): number =>
  Math.floor((x * COLUMNS) / width) + COLUMNS * Math.floor((y * ROWS) / height);

// Noise of its own on every picture gives each packet some weight, so that a cut or a hole hits pictures, not headers.
const lumaOf = (number: number, width: number, height: number): Uint8Array => {
  const luma = new Uint8Array(width * height);
  let state = number;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      const value = (number >> bitAt(x, y, width, height)) & 1 ? LIGHT : DARK;
      luma[y * width + x] = value + ((state >>> 24) % 25) - 12;
    }
  return luma;
};

/** Value of a pixel of a plane: 0 is brightness, 1 and 2 are the colours at half the width and height. */
export type Paint = (plane: number, x: number, y: number) => number;

/** Draws a 4:2:0 picture. The caller frees it. */
const drawPicture = (
  paint: Paint,
  width = TEST_WIDTH,
  height = TEST_HEIGHT,
  format: AVPixelFormat = AV_PIX_FMT_YUV420P,
): Picture => {
  const picture = new Picture();
  picture.alloc();
  picture.width = width;
  picture.height = height;
  picture.format = format;
  FFmpegError.throwIfError(picture.getBuffer(), 'allocating a picture');
  // Not Picture.fromVideoBuffer: it goes on pointing into the buffer that it was given, which may be gone by then.
  for (const [plane, pixels] of (picture.data ?? []).entries()) {
    const stride = picture.linesize[plane] ?? 0;
    const shrink = plane === 0 ? 1 : 2;
    for (let y = 0; y < Math.ceil(height / shrink); y++)
      for (let x = 0; x < Math.ceil(width / shrink); x++) pixels[y * stride + x] = paint(plane, x, y);
  }
  return picture;
};

const GREY = 128;

/** Draws the picture with this number, in grey. The caller frees it. */
const drawNumbered = (
  number: number,
  width = TEST_WIDTH,
  height = TEST_HEIGHT,
  format: AVPixelFormat = AV_PIX_FMT_YUV420P,
): Picture => {
  const luma = lumaOf(number, width, height);
  return drawPicture((plane, x, y) => (plane === 0 ? (luma[y * width + x] ?? 0) : GREY), width, height, format);
};

/** Reads the number back out of a delivered frame's pixels. */
export const readNumber = (frame: Frame): number => {
  const { picture } = frame;
  let number = 0;
  for (let bit = 0; bit < COLUMNS * ROWS; bit++) {
    const u = ((bit % COLUMNS) + 0.5) / COLUMNS;
    const v = (Math.floor(bit / COLUMNS) + 0.5) / ROWS;
    const x = Math.floor((picture.left + u * (picture.right - picture.left)) * frame.width);
    const y = Math.floor((picture.top + v * (picture.bottom - picture.top)) * frame.height);
    if (frame.data[3 * (y * frame.width + x) + 1] > (DARK + LIGHT) / 2) number |= 1 << bit;
  }
  return number;
};

/** Writes a recording whose pictures are numbered from 1; the container follows from the path's extension. */
export const writeTestVideo = async (path: string, video: TestVideo): Promise<string> => {
  const { encoder, frames, times, paint, width = TEST_WIDTH, height = TEST_HEIGHT, ...rest } = video;
  const pixelFormat = rest.pixelFormat ?? (encoder === 'mjpeg' ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P);
  const frameRate = rest.frameRate ?? { num: 25, den: 1 };
  const writer = await createVideoWriter(path, {
    ...rest,
    encoder: ENCODERS[encoder],
    width,
    height,
    pixelFormat,
    frameRate,
  });
  for (let i = 0; i < frames; i++) {
    using picture = paint
      ? drawPicture(paint, width, height, pixelFormat)
      : drawNumbered(i + 1, width, height, pixelFormat);
    await writer.write(picture, times?.[i] ?? i);
  }
  await writer.finish();
  return path;
};

const encodeJpeg = async (number: number): Promise<Buffer> => {
  const codec = Codec.findEncoderByName(FF_ENCODER_MJPEG);
  if (!codec) throw new Error('This FFmpeg has no JPEG encoder');
  using encoder = new CodecContext();
  encoder.allocContext3(codec);
  encoder.width = TEST_WIDTH;
  encoder.height = TEST_HEIGHT;
  encoder.pixelFormat = AV_PIX_FMT_YUVJ420P;
  encoder.timeBase = new Rational(1, 25);
  FFmpegError.throwIfError(await encoder.open2(codec), 'opening the encoder');
  using picture = drawNumbered(number, TEST_WIDTH, TEST_HEIGHT, AV_PIX_FMT_YUVJ420P);
  using packet = new Packet();
  packet.alloc();
  await encoder.sendFrame(picture);
  await encoder.sendFrame(null);
  const result = await encoder.receivePacket(packet);
  if (result === AVERROR_EAGAIN || !packet.data) throw new Error('The JPEG encoder gave nothing');
  return Buffer.from(packet.data);
};

/** Writes one JPEG per name into `folder`, numbered 1, 2, 3… in the order of the names. */
export const writePictures = async (folder: string, names: readonly string[]): Promise<string> => {
  await mkdir(folder, { recursive: true });
  for (const [i, name] of names.entries()) await writeFile(join(folder, name), await encodeJpeg(i + 1));
  return folder;
};

/** A one-second 440 Hz mono WAV file, for recordings without a picture. */
export const writeTone = async (path: string): Promise<string> => {
  const rate = 8000;
  const wav = Buffer.alloc(44 + 2 * rate);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + 2 * rate, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(2 * rate, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(2 * rate, 40);
  for (let i = 0; i < rate; i++) wav.writeInt16LE(8000 * Math.sin((2 * Math.PI * 440 * i) / rate), 44 + 2 * i);
  await writeFile(path, wav);
  return path;
};

/** A temporary folder that goes away with the scope: `await using folder = await temporaryFolder()`. */
export const temporaryFolder = async (): Promise<{ path: string } & AsyncDisposable> => {
  const path = await mkdtemp(join(tmpdir(), 'starling-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
};
