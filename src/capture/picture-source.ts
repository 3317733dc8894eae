import { AV_CODEC_ID_MJPEG, AV_CODEC_ID_PNG, type AVCodecID } from 'node-av/constants';
import { Frame as Picture, Packet } from 'node-av/lib';
import { readFile } from 'node:fs/promises';
import { StarlingError } from '../contract/index.ts';
import { type Decoder, looksDamaged, openDecoder } from './decoder.ts';
import type { Losses } from './losses.ts';
import type { RecordingInfo } from './recording.ts';
import type { Decoded, PictureSource } from './source.ts';
import { givenRate } from './video-info.ts';

const PNG_SIGNATURE = 0x89504e47;

// By content, not by name: cameras do save JPEGs as .png.
const codecOf = (bytes: Buffer): AVCodecID =>
  bytes.length >= 4 && bytes.readUInt32BE(0) === PNG_SIGNATURE ? AV_CODEC_ID_PNG : AV_CODEC_ID_MJPEG;

const decodeOne = async (decoder: Decoder, bytes: Buffer, into: Picture): Promise<boolean> => {
  using packet = new Packet();
  packet.alloc();
  packet.data = bytes;
  return (await decoder.send(packet)) && (await decoder.receive(into)) === 'picture';
};

/** A folder of pictures, one file each. A file that cannot be decoded keeps its number. */
class PictureFolder implements PictureSource {
  info: RecordingInfo;
  readonly #files: readonly string[];
  readonly #decoders = new Map<AVCodecID, Decoder>();
  #position = 0;
  #lastNumber = 0;
  #decoded = 0;
  #failed = 0;
  #damaged = 0;
  #firstDamage: number | null = null;

  constructor(files: readonly string[], info: RecordingInfo) {
    this.#files = files;
    this.info = info;
  }

  async next(into: Picture): Promise<Decoded | null> {
    for (;;) {
      const file = this.#files[this.#position];
      if (file === undefined) return null;
      const number = ++this.#position;
      if (await this.#decode(file, into)) {
        this.#decoded++;
        this.#lastNumber = number;
        const damaged = looksDamaged(into);
        if (damaged) this.#noteDamage(number, 'damaged');
        return { number, stampS: null, damaged };
      }
      this.#noteDamage(number, 'failed');
    }
  }

  losses(): Losses {
    const atEnd = this.#position - this.#lastNumber;
    return {
      decoded: this.#decoded,
      failed: this.#failed - atEnd,
      failedAtEnd: atEnd,
      lastNumber: this.#lastNumber,
      damaged: this.#damaged,
      firstDamage: this.#firstDamage,
      announcedFrames: this.#files.length,
      missingShare: 0,
      brokeOff: null,
    };
  }

  /** Decodes the first picture that can be, to learn the size of the pictures, and starts again from the beginning. */
  async look(into: Picture): Promise<boolean> {
    const found = await this.next(into);
    if (found) this.info = { ...this.info, width: into.width, height: into.height };
    this.#position = this.#lastNumber = this.#decoded = this.#failed = this.#damaged = 0;
    this.#firstDamage = null;
    return found !== null;
  }

  async close(): Promise<void> {
    for (const decoder of this.#decoders.values()) decoder.close();
  }

  async #decode(file: string, into: Picture): Promise<boolean> {
    const bytes = await readFile(file).catch(() => null);
    if (bytes === null || bytes.length === 0) return false;
    return decodeOne(await this.#decoderFor(codecOf(bytes)), bytes, into);
  }

  async #decoderFor(codecId: AVCodecID): Promise<Decoder> {
    const known = this.#decoders.get(codecId);
    if (known) return known;
    const decoder = await openDecoder({ codecId, threads: 1 });
    this.#decoders.set(codecId, decoder);
    return decoder;
  }

  #noteDamage(number: number, kind: 'damaged' | 'failed'): void {
    if (kind === 'damaged') this.#damaged++;
    else this.#failed++;
    this.#firstDamage ??= number;
  }
}

/**
 * Opens a folder of pictures in the given order.
 *
 * @param path      of the folder, as the user wrote it
 * @param frameRate pictures per second; a folder does not say, so it must be given
 * @throws CAPTURE_BAD_RATE, CAPTURE_NO_FRAMES
 */
export const openPictures = async (
  path: string,
  files: readonly string[],
  frameRate: number | undefined,
): Promise<PictureSource> => {
  const rate = givenRate(path, frameRate);
  if (rate === null) throw new StarlingError('CAPTURE_BAD_RATE', { path, reason: 'a folder of pictures has none' });
  const info: RecordingInfo = {
    kind: 'pictures',
    width: 0,
    height: 0,
    frameRate: rate,
    frameRateSource: 'given',
    estimatedFrames: files.length,
    startUtc: null,
    codec: 'pictures',
    durationS: files.length / rate,
  };
  const folder = new PictureFolder(files, info);
  using picture = new Picture();
  picture.alloc();
  if (await folder.look(picture)) return folder;
  await folder.close();
  throw new StarlingError('CAPTURE_NO_FRAMES', { path });
};
