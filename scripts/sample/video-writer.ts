/**
 * Writes one video stream into a file with node-av: the container follows from the file's name.
 */
import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PKT_DATA_DISPLAYMATRIX,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVFMT_FLAG_BITEXACT,
  AVFMT_GLOBALHEADER,
  type AVPixelFormat,
  type FFEncoderCodec,
} from 'node-av/constants';
import {
  Codec,
  CodecContext,
  Dictionary,
  FFmpegError,
  FormatContext,
  type Frame,
  Packet,
  Rational,
  type Stream,
} from 'node-av/lib';

/** What to write, and how. */
export interface VideoWriterOptions {
  readonly encoder: FFEncoderCodec;
  readonly width: number;
  readonly height: number;
  readonly pixelFormat: AVPixelFormat;
  /** Frames per second as the header shall have it; a time stamp of 1 is one frame. */
  readonly frameRate: { readonly num: number; readonly den: number };
  /** Private options of the encoder, such as `{ crf: '23' }`. */
  readonly encoderOptions?: Readonly<Record<string, string>>;
  /** Private options of the container, such as `{ movflags: '+faststart' }`. */
  readonly containerOptions?: Readonly<Record<string, string>>;
  /** Tags of the container, such as `creation_time`. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Display matrix of the stream: nine 32-bit integers, for a recording that is to be turned for showing. */
  readonly displayMatrix?: Buffer;
  /** Frames between B-frames; none unless given. */
  readonly maxBFrames?: number;
  /** Frames from key frame to key frame. */
  readonly gopSize?: number;
}

/** A file being written. */
export interface VideoWriter {
  /** Encodes `frame` at `pts` frames from the beginning. */
  write(frame: Frame, pts: number): Promise<void>;
  /** Writes what the encoder still holds and closes the file. */
  finish(): Promise<void>;
}

const check = (result: number, doing: string): void => FFmpegError.throwIfError(result, doing);

const openEncoder = async (options: VideoWriterOptions, globalHeader: boolean): Promise<CodecContext> => {
  const codec = Codec.findEncoderByName(options.encoder);
  if (!codec) throw new Error(`This FFmpeg has no encoder ${options.encoder}`);
  const context = new CodecContext();
  context.allocContext3(codec);
  context.width = options.width;
  context.height = options.height;
  context.pixelFormat = options.pixelFormat;
  context.timeBase = new Rational(options.frameRate.den, options.frameRate.num);
  context.framerate = new Rational(options.frameRate.num, options.frameRate.den);
  context.gopSize = options.gopSize ?? 12;
  context.maxBFrames = options.maxBFrames ?? 0;
  // One thread: the same input makes the same bytes on every machine.
  context.threadCount = 1;
  if (globalHeader) context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  using dictionary = Dictionary.fromObject({ ...options.encoderOptions });
  check(await context.open2(codec, dictionary), 'opening the encoder');
  return context;
};

const openContainer = (path: string, metadata: VideoWriterOptions['metadata']): FormatContext => {
  const container = new FormatContext();
  check(container.allocOutputContext2(null, null, path), 'choosing a container');
  container.setFlags(AVFMT_FLAG_BITEXACT);
  if (metadata) container.metadata = Dictionary.fromObject({ ...metadata });
  return container;
};

const addStream = (container: FormatContext, encoder: CodecContext, displayMatrix?: Buffer): Stream => {
  const stream = container.newStream();
  check(stream.codecpar.fromContext(encoder), 'describing the stream');
  stream.timeBase = encoder.timeBase;
  stream.avgFrameRate = encoder.framerate;
  if (displayMatrix) check(stream.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, displayMatrix), 'turning');
  return stream;
};

/**
 * Opens `path` for writing.
 *
 * @example
 * const writer = await createVideoWriter('plaza.mp4', { encoder: 'libx264', … });
 * await writer.write(frame, 0);
 * await writer.finish();
 */
export const createVideoWriter = async (path: string, options: VideoWriterOptions): Promise<VideoWriter> => {
  const container = openContainer(path, options.metadata);
  const encoder = await openEncoder(options, container.oformat?.hasFlags(AVFMT_GLOBALHEADER) ?? false);
  const stream = addStream(container, encoder, options.displayMatrix);
  check(await container.openOutput(), 'opening the file');
  using containerOptions = Dictionary.fromObject({ ...options.containerOptions });
  check(await container.writeHeader(containerOptions), 'writing the header');
  const packet = new Packet();
  packet.alloc();

  const drain = async (): Promise<void> => {
    for (;;) {
      const result = await encoder.receivePacket(packet);
      if (result === AVERROR_EAGAIN || result === AVERROR_EOF) return;
      check(result, 'encoding');
      packet.streamIndex = stream.index;
      packet.duration ||= 1n;
      packet.rescaleTs(encoder.timeBase, stream.timeBase);
      check(await container.interleavedWriteFrame(packet), 'writing');
    }
  };

  return {
    async write(frame, pts) {
      frame.pts = BigInt(pts);
      check(await encoder.sendFrame(frame), 'encoding');
      await drain();
    },
    async finish() {
      check(await encoder.sendFrame(null), 'encoding');
      await drain();
      check(await container.writeTrailer(), 'writing the end');
      await container.closeOutput();
      packet.free();
      encoder.freeContext();
      container.freeContext();
    },
  };
};
