import {
  AV_CODEC_ID_NONE,
  AV_PKT_FLAG_CORRUPT,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVERROR_HTTP_FORBIDDEN,
  AVERROR_HTTP_UNAUTHORIZED,
} from 'node-av/constants';
import { Dictionary, FormatContext, type Frame as Picture, InputFormat, Packet, type Stream } from 'node-av/lib';
import { setTimeout as sleep } from 'node:timers/promises';
import { StarlingError } from '../../contract/index.ts';
import { avReason, toRate, toSeconds } from '../av.ts';
import { pictureStream } from '../container.ts';
import { type Decoder, looksDamaged, openDecoder } from '../decoder.ts';
import type { Arrival, Feed } from './scheme.ts';
import { redactSource } from './redact.ts';

/** What FFmpeg is told to open. */
export interface StreamPlan {
  /** As the user wrote it, for messages. */
  readonly source: string;
  readonly url: string;
  /** Name of FFmpeg's input format where the URL does not say. */
  readonly format?: string;
  readonly options: Readonly<Record<string, string>>;
}

/** Formats whose headers say enough; to look further would cost pictures, and seconds. */
const SAY_ENOUGH = new Set(['rtsp', 'mpjpeg', 'mjpeg', 'video4linux2,v4l2']);

/** Formats that bring each picture when it was taken. What comes in any other lies ready, and is seen at its pace. */
const LIVE = SAY_ENOUGH;

/** Formats without time stamps; FFmpeg makes some up. */
const UNSTAMPED = new Set(['mpjpeg', 'mjpeg']);

const DEFAULT_PERIOD_MS = 40;

/** A wait that keeps a device with nothing to give from being asked without a pause. */
const AGAIN_MS = 10;

const REFUSED: ReadonlySet<number> = new Set([AVERROR_HTTP_UNAUTHORIZED, AVERROR_HTTP_FORBIDDEN]);

const unreachable = (source: string, reason: string): StarlingError =>
  new StarlingError('CAPTURE_UNREACHABLE', { source: redactSource(source), reason }, { cause: reason });

/** Why FFmpeg gave up, or whoever made it. */
const failure = ({ source, format }: StreamPlan, code: number, signal: AbortSignal): StarlingError => {
  if (signal.aborted)
    return unreachable(source, signal.reason instanceof Error ? signal.reason.message : 'it was stopped');
  if (REFUSED.has(code)) return new StarlingError('CAPTURE_CREDENTIALS_REFUSED', { source: redactSource(source) });
  const reason = avReason(code);
  return format === undefined
    ? unreachable(source, reason)
    : new StarlingError('CAPTURE_NO_DEVICE', { source, reason }, { cause: reason });
};

/** A stream that FFmpeg reads, over a network or from a device. */
class StreamFeed implements Feed {
  readonly pace: 'live' | 'stored';
  readonly ends: boolean;
  readonly periodMs: number;
  readonly #plan: StreamPlan;
  readonly #signal: AbortSignal;
  readonly #format: FormatContext;
  readonly #stream: Stream;
  readonly #decoder: Decoder;
  readonly #stamped: boolean;
  readonly #timeBase: { readonly num: number; readonly den: number };
  readonly #packet = new Packet();
  readonly #arrival: Arrival = { stampS: null, damaged: false };
  /** Whether something was lost since the last picture. */
  #lost = false;

  constructor(plan: StreamPlan, signal: AbortSignal, format: FormatContext, stream: Stream, decoder: Decoder) {
    const name = format.iformat?.name ?? '';
    this.#plan = plan;
    this.#signal = signal;
    this.#format = format;
    this.#stream = stream;
    this.#decoder = decoder;
    this.#stamped = !UNSTAMPED.has(name);
    this.#timeBase = stream.timeBase;
    this.pace = LIVE.has(name) ? 'live' : 'stored';
    this.ends = this.pace === 'stored' && format.duration > 0n;
    this.periodMs = 1000 / (toRate(stream.avgFrameRate) ?? 1000 / DEFAULT_PERIOD_MS);
    this.#packet.alloc();
  }

  async next(into: Picture, onPacket: () => void): Promise<Arrival | null> {
    for (;;) {
      const reception = await this.#decoder.receive(into);
      if (reception === 'picture') return this.#arrive(into);
      if (reception === 'end') return null;
      if (reception === 'failed') this.#lost = true;
      else await this.#feed(onPacket);
    }
  }

  async close(): Promise<void> {
    this.#decoder.close();
    await this.#format.closeInput();
    this.#packet.free();
  }

  #arrive(picture: Picture): Arrival {
    this.#arrival.stampS = this.#stamped ? toSeconds(picture.bestEffortTimestamp, this.#timeBase) : null;
    this.#arrival.damaged = this.#lost || looksDamaged(picture);
    this.#lost = false;
    return this.#arrival;
  }

  async #feed(onPacket: () => void): Promise<void> {
    for (;;) {
      const result = await this.#format.readFrame(this.#packet);
      // What FFmpeg still had when it was stopped is no whole picture.
      if (this.#signal.aborted) throw failure(this.#plan, result, this.#signal);
      if (result === AVERROR_EOF) return void (await this.#decoder.send(null));
      if (result === AVERROR_EAGAIN) await sleep(AGAIN_MS);
      else if (result < 0) throw failure(this.#plan, result, this.#signal);
      else if (await this.#send(onPacket)) return;
    }
  }

  /** @returns whether the packet was one of the pictures' */
  async #send(onPacket: () => void): Promise<boolean> {
    const wanted = this.#packet.streamIndex === this.#stream.index;
    if (wanted) {
      onPacket();
      if (this.#packet.hasFlags(AV_PKT_FLAG_CORRUPT)) this.#lost = true;
      if (!(await this.#decoder.send(this.#packet))) this.#lost = true;
    }
    this.#packet.unref();
    return wanted;
  }
}

const inputFormat = (name: string | undefined): InputFormat | null =>
  name === undefined ? null : InputFormat.findInputFormat(name);

const connect = async (plan: StreamPlan, format: FormatContext, signal: AbortSignal): Promise<Stream> => {
  using options = Dictionary.fromObject({ ...plan.options });
  const opened = await format.openInput(plan.url, inputFormat(plan.format), options);
  if (opened < 0 || signal.aborted) throw failure(plan, opened, signal);
  if (!SAY_ENOUGH.has(format.iformat?.name ?? '')) {
    const found = await format.findStreamInfo();
    if (found < 0 || signal.aborted) throw failure(plan, found, signal);
  }
  const stream = pictureStream(format);
  if (!stream || stream.codecpar.codecId === AV_CODEC_ID_NONE) throw unreachable(plan.source, 'it brings no picture');
  return stream;
};

/**
 * Connects to a stream.
 *
 * @throws CAPTURE_UNREACHABLE, CAPTURE_CREDENTIALS_REFUSED, CAPTURE_NO_DEVICE
 */
export const openStream = async (plan: StreamPlan, signal: AbortSignal): Promise<Feed> => {
  signal.throwIfAborted();
  const format = new FormatContext();
  // Without this, FFmpeg allocates a context that nothing can interrupt.
  format.allocContext();
  const interrupt = (): void => format.interrupt();
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    const stream = await connect(plan, format, signal);
    const { codecpar: parameters, timeBase } = stream;
    const decoder = await openDecoder({ codecId: parameters.codecId, parameters, timeBase, threads: 1 });
    return new StreamFeed(plan, signal, format, stream, decoder);
  } catch (error) {
    await format.closeInput();
    throw error;
  }
};
