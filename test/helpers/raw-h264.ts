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

/** Writes the recording at `from` as raw H.264 (Annex B) without B-frames to `to`. */
export const writeRawH264 = async (from: string, to: string, options: RawH264Options = {}): Promise<string> => {
  const { frames = Number.POSITIVE_INFINITY, gopSize = 14 } = options;
  using scaler = new SoftwareScaleContext();
  using scaled = new Picture();
  let writer: Awaited<ReturnType<typeof createVideoWriter>> | null = null;
  let count = 0;
  for await (const picture of decode(from)) {
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

const IDR_SLICE = 5;
const OTHER_SLICE = 1;

/** Where each key frame begins: at the parameter sets before its first slice. */
const keyFrames = (bytes: Buffer): number[] => {
  const found: number[] = [];
  let begin = -1;
  for (let at = bytes.indexOf('000001', 0, 'hex'); at >= 0; at = bytes.indexOf('000001', at + 3, 'hex')) {
    const type = bytes[at + 3] & 31;
    if (type === OTHER_SLICE) begin = -1;
    else if (begin < 0) begin = at;
    // The first slice of a picture is the one that begins with macroblock 0.
    if (type === IDR_SLICE && (bytes[at + 4] & 128) !== 0) {
      found.push(begin);
      begin = -1;
    }
  }
  return found;
};

/**
 * Raw H.264 that begins at a later key frame; what comes before it comes at the end.
 *
 * @param share where to begin, 0 to 1
 */
export const rotateRawH264 = (bytes: Buffer, share: number): Buffer => {
  const starts = keyFrames(bytes);
  const cut = starts[Math.floor(share * starts.length) % starts.length];
  const parameters = bytes.subarray(0, bytes.indexOf('00000165', 0, 'hex'));
  return Buffer.concat([parameters, bytes.subarray(cut), bytes.subarray(0, cut)]);
};
