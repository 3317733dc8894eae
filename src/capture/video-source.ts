import { AV_PKT_FLAG_CORRUPT, AVERROR_EOF } from 'node-av/constants';
import { type Frame as Picture, Packet, type Stream } from 'node-av/lib';
import { open } from 'node:fs/promises';
import { StarlingError } from '../contract/index.ts';
import { avReason, toRate, toSeconds } from './av.ts';
import { type Container, openContainer } from './container.ts';
import { type Decoder, looksDamaged, openDecoder } from './decoder.ts';
import type { Losses } from './losses.ts';
import type { RecordingInfo } from './recording.ts';
import type { Decoded, PictureSource } from './source.ts';
import { createTurner, type Turner, turnsOf } from './upright.ts';
import { type Announced, announcedLength, describeVideo, givenRate } from './video-info.ts';

const HEAD_BYTES = 512;

// A damaged index makes one error per picture; a dead disk makes them for ever.
const READ_ERRORS_IN_A_ROW = 50;

const readHead = async (path: string): Promise<Uint8Array> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

/** A video file, decoded from its beginning. */
class VideoSource implements PictureSource {
  readonly info: RecordingInfo;
  readonly #container: Container;
  readonly #stream: Stream;
  readonly #decoder: Decoder;
  readonly #turner: Turner | null;
  readonly #announced: Announced | null;
  readonly #packet = new Packet();
  /** Time stamps of packets that were refused, or came incomplete: their pictures come out later, in order. */
  readonly #refused: (number | null)[] = [];
  readonly #incomplete = new Set<number | null>();
  #decoded = 0;
  #passedOver = 0;
  #damaged = 0;
  #firstDamage: number | null = null;
  #startS: number | null = null;
  #endS = 0;
  #finished = false;
  #brokeOff: string | null = null;

  constructor(container: Container, decoder: Decoder, turner: Turner | null, info: RecordingInfo) {
    this.#container = container;
    this.#stream = container.stream;
    this.#decoder = decoder;
    this.#turner = turner;
    this.info = info;
    const rate = toRate(container.stream.avgFrameRate) ?? info.frameRate;
    this.#announced = announcedLength(container, rate);
    this.#packet.alloc();
  }

  async next(into: Picture): Promise<Decoded | null> {
    for (;;) {
      const reception = await this.#decoder.receive(into);
      if (reception === 'picture') {
        const decoded = this.#count(into);
        await this.#turnUpright(into);
        return decoded;
      }
      if (reception === 'failed') this.#refused.push(null);
      if (reception === 'end') {
        this.#finished = true;
        return null;
      }
      if (reception === 'more') await this.#feed();
    }
  }

  losses(): Losses {
    return {
      decoded: this.#decoded,
      failed: this.#passedOver,
      failedAtEnd: this.#refused.length,
      lastNumber: this.#decoded + this.#passedOver,
      damaged: this.#damaged,
      firstDamage: this.#firstDamage,
      announcedFrames: this.#announced?.frames ?? null,
      missingShare: this.#finished ? this.#missingShare() : 0,
      brokeOff: this.#brokeOff,
    };
  }

  async close(): Promise<void> {
    this.#packet.free();
    this.#decoder.close();
    this.#turner?.close();
    await this.#container.format.closeInput();
  }

  async #feed(): Promise<void> {
    if (!(await this.#readPacket())) {
      await this.#decoder.send(null);
      return;
    }
    const stampS = toSeconds(this.#packet.pts, this.#stream.timeBase);
    const incomplete = this.#packet.hasFlags(AV_PKT_FLAG_CORRUPT);
    const taken = await this.#decoder.send(this.#packet);
    this.#packet.unref();
    if (!taken) this.#refused.push(stampS);
    else if (incomplete) this.#incomplete.add(stampS);
  }

  async #readPacket(): Promise<boolean> {
    for (let errors = 0; errors < READ_ERRORS_IN_A_ROW; ) {
      const result = await this.#container.format.readFrame(this.#packet);
      if (result === AVERROR_EOF) return false;
      if (result < 0) {
        errors++;
        this.#brokeOff = avReason(result);
      } else if (this.#packet.streamIndex === this.#stream.index) {
        this.#brokeOff = null;
        return true;
      } else this.#packet.unref();
    }
    return false;
  }

  /** Gives the picture its number: one more than the last, and one for each lost picture that belongs before it. */
  #count(picture: Picture): Decoded {
    const stampS = toSeconds(picture.bestEffortTimestamp, this.#stream.timeBase);
    const damaged = this.#incomplete.delete(stampS) || looksDamaged(picture);
    this.#passOver(this.#takeRefusedBefore(stampS));
    const number = ++this.#decoded + this.#passedOver;
    if (damaged) {
      this.#damaged++;
      this.#firstDamage ??= number;
    }
    this.#follow(stampS, toSeconds(picture.duration, this.#stream.timeBase) ?? 0);
    return { number, stampS, damaged };
  }

  async #turnUpright(picture: Picture): Promise<void> {
    if (!this.#turner) return;
    using turned = await this.#turner.turn(picture);
    picture.unref();
    picture.ref(turned);
  }

  #takeRefusedBefore(stampS: number | null): number {
    const before = this.#refused.filter((refusedS) => refusedS === null || stampS === null || refusedS <= stampS);
    for (const refusedS of before) this.#refused.splice(this.#refused.indexOf(refusedS), 1);
    return before.length;
  }

  #passOver(count: number): void {
    if (count > 0) this.#firstDamage ??= this.#decoded + this.#passedOver + 1;
    this.#passedOver += count;
  }

  #follow(stampS: number | null, durationS: number): void {
    if (stampS === null) return;
    this.#startS ??= toSeconds(this.#stream.startTime, this.#stream.timeBase) ?? stampS;
    this.#endS = Math.max(this.#endS, stampS - this.#startS + durationS);
  }

  #missingShare(): number {
    if (this.#announced === null) return 0;
    const { durationS, toleranceS } = this.#announced;
    const missingS = durationS - this.#endS;
    return missingS > toleranceS ? missingS / durationS : 0;
  }
}

/**
 * Opens a video file.
 *
 * @throws CAPTURE_NOT_VIDEO, CAPTURE_NOT_READABLE, CAPTURE_NO_VIDEO_STREAM, CAPTURE_NO_FRAMES, CAPTURE_BAD_RATE
 */
export const openVideo = async (
  path: string,
  frameRate: number | undefined,
  threads: number,
): Promise<PictureSource> => {
  const given = givenRate(path, frameRate);
  const container = await openContainer(path, await readHead(path));
  try {
    const info = describeVideo(path, container, given);
    const { codecpar: parameters, timeBase } = container.stream;
    const decoder = await openDecoder({ codecId: parameters.codecId, parameters, timeBase, threads });
    const turns = turnsOf(container.stream);
    const turner = turns === 0 ? null : await createTurner(turns);
    return new VideoSource(container, decoder, turner, info);
  } catch (error) {
    await container.format.closeInput();
    if (error instanceof StarlingError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StarlingError('CAPTURE_NOT_VIDEO', { path, reason }, { cause: error });
  }
};
