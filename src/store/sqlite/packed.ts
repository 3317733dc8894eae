/**
 * Bytes as the ledger keeps them: how they were packed (1 byte), the CRC-32 of the rest (4 bytes), the rest, deflated.
 * SQLite has no check sums of its own: with this one, a flipped bit is noticed where it would change figures.
 */
import { constants, crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

const HEADER = 5;

/** A way of packing. */
export interface Packing {
  /** 1 to 255, never used for another way. */
  readonly format: number;
  /** What messages have in common, so that none needs to hold it. */
  readonly dictionary?: Uint8Array;
}

// A window of 8 kB holds a message and its dictionary, and is set up faster than one of 32 kB.
const SIZES = { windowBits: 13, memLevel: 7 };

/** Packs bytes. */
export const pack = (content: string | Uint8Array, { format, dictionary }: Packing): Uint8Array => {
  const deflated = deflateRawSync(content, {
    ...SIZES,
    level: 3,
    strategy: constants.Z_DEFAULT_STRATEGY,
    ...(dictionary && { dictionary }),
  });
  const packed = Buffer.allocUnsafe(HEADER + deflated.length);
  packed.writeUInt8(format, 0);
  packed.writeUInt32LE(crc32(deflated), 1);
  packed.set(deflated, HEADER);
  return packed;
};

/** Unpacks bytes; undefined when they are damaged, or were packed in another way. */
export const unpack = (packed: Uint8Array, { format, dictionary }: Packing): Buffer | undefined => {
  if (packed.length < HEADER || packed[0] !== format) return undefined;
  const deflated = packed.subarray(HEADER);
  if (new DataView(packed.buffer, packed.byteOffset).getUint32(1, true) !== crc32(deflated)) return undefined;
  return inflateRawSync(deflated, { windowBits: SIZES.windowBits, ...(dictionary && { dictionary }) });
};
