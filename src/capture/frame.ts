import type { FrameNumber, MediaTimeMs } from '../contract/index.ts';

/** A rectangle of a frame, as fractions of it: (0,0) top left, (1,1) bottom right. */
export interface FrameArea {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * One picture of a source, scaled to the size that was asked for.
 *
 * ```
 *  delivered frame (width × height)       fraction of the picture = (fraction of the frame − left) ÷ (right − left)
 *  +--------------------------+
 *  |  padding                 |  <- picture.top
 *  |--------------------------|
 *  |  the source's picture    |
 *  |--------------------------|  <- picture.bottom
 *  +--------------------------+
 * ```
 *
 * The pixels are valid until the next frame is asked for: the buffer belongs to a small pool and is used again. Whoever
 * wants to keep them copies them.
 */
export interface Frame {
  /** Number in the source: 1 for its first picture, whatever range is read. */
  readonly number: FrameNumber;
  /** Time on the source's own clock, ms since its first picture. */
  readonly timeMs: MediaTimeMs;
  /** Width of `data`, pixels. */
  readonly width: number;
  /** Height of `data`, pixels. */
  readonly height: number;
  /** Width of the picture as it came from the source, pixels. */
  readonly sourceWidth: number;
  /** Height of the picture as it came from the source, pixels. */
  readonly sourceHeight: number;
  /** Where the picture lies in the frame: all of it when stretched, less when letterboxed. */
  readonly picture: FrameArea;
  /** Blue, green, red, one byte each, rows without padding: `width · height · 3` bytes. */
  readonly data: Uint8Array;
}
