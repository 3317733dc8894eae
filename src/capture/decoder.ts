import { AV_FRAME_FLAG_CORRUPT, type AVCodecID, AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import {
  Codec,
  CodecContext,
  type CodecParameters,
  type Frame as Picture,
  type Packet,
  type Rational,
} from 'node-av/lib';
import { avReason } from './av.ts';

/** What came of asking for a picture: `more` means that the decoder wants another packet first. */
type Reception = 'picture' | 'more' | 'end' | 'failed';

/** How to open a decoder. */
export interface DecoderSetup {
  readonly codecId: AVCodecID;
  readonly parameters?: CodecParameters;
  readonly timeBase?: Rational;
  readonly threads: number;
}

/** An FFmpeg decoder. */
export interface Decoder {
  /** Feeds a packet, or null to get what the decoder still holds. False when the packet makes no sense to it. */
  send(packet: Packet | null): Promise<boolean>;
  /** Asks for the next picture. */
  receive(into: Picture): Promise<Reception>;
  close(): void;
}

/** Whether FFmpeg noticed that the picture does not look as it should. */
export const looksDamaged = (picture: Picture): boolean =>
  picture.decodeErrorFlags !== 0 || picture.hasFlags(AV_FRAME_FLAG_CORRUPT);

const receptionOf = (result: number): Reception => {
  if (result >= 0) return 'picture';
  if (result === AVERROR_EAGAIN) return 'more';
  return result === AVERROR_EOF ? 'end' : 'failed';
};

/**
 * Opens a decoder.
 *
 * @throws Error with FFmpeg's reason
 */
export const openDecoder = async ({ codecId, parameters, timeBase, threads }: DecoderSetup): Promise<Decoder> => {
  const codec = Codec.findDecoder(codecId);
  if (!codec) throw new Error('there is no decoder for its codec');
  const context = new CodecContext();
  context.allocContext3(codec);
  if (parameters) context.parametersToContext(parameters);
  if (timeBase) context.pktTimebase = timeBase;
  context.threadCount = threads;
  const opened = await context.open2(codec, null);
  if (opened < 0) {
    context.freeContext();
    throw new Error(avReason(opened));
  }
  return {
    send: async (packet) => (await context.sendPacket(packet)) >= 0,
    receive: async (into) => receptionOf(await context.receiveFrame(into)),
    close: () => context.freeContext(),
  };
};
