/**
 * Decodes a video into FFmpeg's own pictures, untouched, for scripts that encode or compare them. (What Starling
 * measures comes through `src/capture`, which scales and converts.)
 */
import { AVERROR_EAGAIN, AVERROR_EOF, AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { Codec, CodecContext, FFmpegError, FormatContext, Frame as Picture, Packet } from 'node-av/lib';

/** The pictures of a video, one after the other. */
export interface VideoPictures extends AsyncDisposable {
  readonly width: number;
  readonly height: number;
  /** The next picture, valid until the next call; null after the last. */
  next(): Promise<Picture | null>;
  /** Time stamp of the picture last returned, s. */
  stampS(): number;
}

/** Opens the video at `path`. */
export const openVideoPictures = async (path: string): Promise<VideoPictures> => {
  const format = new FormatContext();
  FFmpegError.throwIfError(await format.openInput(path), `opening ${path}`);
  FFmpegError.throwIfError(await format.findStreamInfo(), `reading ${path}`);
  const stream = format.streams[format.findBestStream(AVMEDIA_TYPE_VIDEO)];
  const codec = stream && Codec.findDecoder(stream.codecpar.codecId);
  if (!codec) throw new Error(`${path} holds no video that can be decoded`);
  const decoder = new CodecContext();
  decoder.allocContext3(codec);
  decoder.parametersToContext(stream.codecpar);
  FFmpegError.throwIfError(await decoder.open2(codec), 'opening the decoder');
  const packet = new Packet();
  packet.alloc();
  const picture = new Picture();
  picture.alloc();

  const feed = async (): Promise<void> => {
    const result = await format.readFrame(packet);
    if (result !== AVERROR_EOF) FFmpegError.throwIfError(result, 'reading');
    if (result === AVERROR_EOF) await decoder.sendPacket(null);
    else if (packet.streamIndex === stream.index)
      FFmpegError.throwIfError(await decoder.sendPacket(packet), 'decoding');
    packet.unref();
  };

  return {
    width: stream.codecpar.width,
    height: stream.codecpar.height,
    async next() {
      for (;;) {
        const result = await decoder.receiveFrame(picture);
        if (result >= 0) return picture;
        if (result === AVERROR_EOF) return null;
        if (result !== AVERROR_EAGAIN) FFmpegError.throwIfError(result, 'decoding');
        await feed();
      }
    },
    stampS: () => (Number(picture.bestEffortTimestamp) * stream.timeBase.num) / stream.timeBase.den,
    async [Symbol.asyncDispose]() {
      picture.free();
      packet.free();
      decoder.freeContext();
      await format.closeInput();
    },
  };
};
