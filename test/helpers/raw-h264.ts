/** Raw H.264 files for `rtsp-server.ts`, made of any recording. */
import { AV_PIX_FMT_YUV420P, AVERROR_EAGAIN, AVMEDIA_TYPE_VIDEO, FF_ENCODER_LIBX264 } from 'node-av/constants';
import {
  Codec,
  CodecContext,
  FFmpegError,
  FormatContext,
  Frame as Picture,
  Packet,
  SoftwareScaleContext,
} from 'node-av/lib';
import { createVideoWriter } from '../../scripts/sample/video-writer.ts';

/** What to take of the recording, and how to write it. */
export interface RawH264Options {
  /** Pictures to take from the beginning; all unless given. */
  readonly frames?: number;
  /** How many pictures to leave out at the beginning; they come at the end instead. */
  readonly startAt?: number;
  /** Width of the pictures, pixels; the recording's own unless given. */
  readonly width?: number;
  readonly height?: number;
  /** Pictures from key frame to key frame; 14 unless given. */
  readonly gopSize?: number;
}

/** The pictures of a recording, one after the other, in the same memory. */
async function* decode(path: string): AsyncGenerator<Picture> {
  await using format = new FormatContext();
  FFmpegError.throwIfError(await format.openInput(`file:${path}`, null, null), 'opening the recording');
  FFmpegError.throwIfError(await format.findStreamInfo(), 'reading the recording');
  const stream = format.streams[format.findBestStream(AVMEDIA_TYPE_VIDEO)];
  const codec = stream && Codec.findDecoder(stream.codecpar.codecId);
  if (!codec) throw new Error(`${path} holds no video`);
  using decoder = new CodecContext();
  decoder.allocContext3(codec);
  decoder.parametersToContext(stream.codecpar);
  FFmpegError.throwIfError(await decoder.open2(codec, null), 'opening the decoder');
  using packet = new Packet();
  packet.alloc();
  using picture = new Picture();
  picture.alloc();
  for (let ended = false; ; ) {
    const received = await decoder.receiveFrame(picture);
    if (received >= 0) yield picture;
    else if (received !== AVERROR_EAGAIN || ended) return;
    else if ((await format.readFrame(packet)) < 0) {
      ended = true;
      await decoder.sendPacket(null);
    } else {
      if (packet.streamIndex === stream.index) await decoder.sendPacket(packet);
      packet.unref();
    }
  }
}

/** A recording's pictures from one of them on, and then those before it. */
async function* rotated(path: string, startAt: number): AsyncGenerator<Picture> {
  let number = 0;
  for await (const picture of decode(path)) if (number++ >= startAt) yield picture;
  number = 0;
  for await (const picture of decode(path)) if (number++ < startAt) yield picture;
}

/** Writes the recording at `from` as raw H.264 (Annex B) without B-frames to `to`. */
export const writeRawH264 = async (from: string, to: string, options: RawH264Options = {}): Promise<string> => {
  const { frames = Number.POSITIVE_INFINITY, startAt = 0, gopSize = 14 } = options;
  using scaler = new SoftwareScaleContext();
  using scaled = new Picture();
  let writer: Awaited<ReturnType<typeof createVideoWriter>> | null = null;
  let count = 0;
  for await (const picture of rotated(from, startAt)) {
    const { width = picture.width, height = picture.height } = options;
    if (writer === null) {
      scaler.allocContext();
      scaled.alloc();
      Object.assign(scaled, { width, height, format: AV_PIX_FMT_YUV420P });
      FFmpegError.throwIfError(scaled.getBuffer(), 'allocating a picture');
      writer = await createVideoWriter(to, {
        encoder: FF_ENCODER_LIBX264,
        width,
        height,
        pixelFormat: AV_PIX_FMT_YUV420P,
        frameRate: { num: 25, den: 1 },
        encoderOptions: { preset: 'veryfast', tune: 'zerolatency' },
        gopSize,
      });
    }
    FFmpegError.throwIfError(await scaler.scaleFrame(scaled, picture), 'scaling');
    await writer.write(scaled, count);
    if (++count >= frames) break;
  }
  await writer?.finish();
  return to;
};
