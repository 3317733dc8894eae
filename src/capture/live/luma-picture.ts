/**
 * A decoded picture's brightness, as it lies in the decoder's memory: valid until the next picture is decoded.
 */
export interface LumaPicture {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** Bytes from one row to the next. */
  readonly stride: number;
  /** Plane 0, 8 bit, full size. */
  readonly data: Uint8Array;
  /** Whether the decoder noticed that the picture does not look as it should. */
  readonly damaged: boolean;
}
