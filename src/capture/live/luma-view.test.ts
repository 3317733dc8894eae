import {
  AV_PIX_FMT_GRAY8,
  AV_PIX_FMT_NV12,
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUV422P,
  AV_PIX_FMT_YUV420P10LE,
  AV_PIX_FMT_YUVJ444P,
  AV_PIX_FMT_YUYV422,
  type AVPixelFormat,
} from 'node-av/constants';
import { Frame as Picture, SoftwareScaleContext } from 'node-av/lib';
import { afterAll, describe, expect, it } from 'vitest';
import { createLumaView } from './luma-view.ts';

const WIDTH = 64;
const HEIGHT = 48;

const blank = (format: AVPixelFormat, width: number, height: number): Picture => {
  const picture = new Picture();
  picture.alloc();
  Object.assign(picture, { width, height, format });
  picture.getBuffer();
  return picture;
};

/** A picture that is dark on the left and light on the right, in any pixel format. */
const twoHalves = async (format: AVPixelFormat, width = WIDTH, height = HEIGHT): Promise<Picture> => {
  const grey = blank(AV_PIX_FMT_GRAY8, width, height);
  const pixels = grey.data?.[0] ?? Buffer.alloc(0);
  const stride = grey.linesize[0] ?? 0;
  for (let y = 0; y < height; y++)
    pixels.fill(60, y * stride, y * stride + width / 2).fill(180, y * stride + width / 2, y * stride + width);
  const picture = blank(format, width, height);
  using scaler = new SoftwareScaleContext();
  scaler.allocContext();
  await scaler.scaleFrame(picture, grey);
  grey.free();
  return picture;
};

const view = createLumaView();
afterAll(() => view.close());

describe('the brightness of a picture', () => {
  const formats: readonly [name: string, format: AVPixelFormat][] = [
    ['yuv420p', AV_PIX_FMT_YUV420P],
    ['yuv422p', AV_PIX_FMT_YUV422P],
    ['yuvj444p', AV_PIX_FMT_YUVJ444P],
    ['nv12', AV_PIX_FMT_NV12],
    ['gray', AV_PIX_FMT_GRAY8],
    ['yuv420p10, of which plane 0 has 16 bit', AV_PIX_FMT_YUV420P10LE],
    ['rgb24, of which plane 0 has three colours', AV_PIX_FMT_RGB24],
    ['yuyv422, of which plane 0 has colours in between', AV_PIX_FMT_YUYV422],
  ];
  it.each(formats)('%s', async (_, format) => {
    using picture = await twoHalves(format);
    const { width, height, stride, data, damaged } = await view.show(picture, true);
    expect({ width, height, damaged }).toEqual({ width: WIDTH, height: HEIGHT, damaged: true });
    // Limited range squeezes 0 to 255 into 16 to 235.
    for (const [x, expected] of [
      [5, 60],
      [WIDTH - 5, 180],
    ] as const)
      expect(Math.abs(data[(HEIGHT - 1) * stride + x] - expected)).toBeLessThan(15);
  });

  it('lies in memory that is used again, until size or format change', async () => {
    using first = await twoHalves(AV_PIX_FMT_YUV420P);
    using second = await twoHalves(AV_PIX_FMT_YUV420P);
    using larger = await twoHalves(AV_PIX_FMT_YUV420P, 128, 64);
    const { data } = await view.show(first, false);
    expect((await view.show(second, false)).data).toBe(data);
    const other = await view.show(larger, false);
    expect(other.data).not.toBe(data);
    expect([other.width, other.height]).toEqual([128, 64]);
  });
});
