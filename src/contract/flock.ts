/**
 * What flows between the stages of a sensor: flat columns, one entry per object, valid up to `count`. The arrays are
 * reused from frame to frame, so a stage that wants to keep something copies it.
 *
 * ```
 * Frame -> Detections -> Tracks -> FootPoints (image) -> Positions (ground)
 * ```
 *
 * Image coordinates are fractions of the frame, (0,0) top left; ground coordinates are metres, x right and y up.
 */
import { type FrameNumber, frameNumber, type MediaTimeMs, mediaTimeMs } from './units.ts';

/** When something was seen. */
export interface Instant {
  frame: FrameNumber;
  timeMs: MediaTimeMs;
}

/** Boxes as fractions of the frame, one column per side. */
export interface Boxes {
  count: number;
  left: Float32Array;
  top: Float32Array;
  right: Float32Array;
  bottom: Float32Array;
  /** Confidence, 0 to 1. */
  score: Float32Array;
  /** Index into `OBJECT_CLASSES`. */
  classIndex: Uint8Array;
}

/** What a model found in one frame. */
export interface Detections extends Boxes, Instant {}

/** Objects followed through time, as they are at one frame. */
export interface Tracks extends Boxes, Instant {
  /** A counter of this process, never stored, sent or logged. */
  id: Uint32Array;
  /** 1 once enough was seen to count the object as real, else 0. */
  confirmed: Uint8Array;
  /** 1 when a detection of this frame supports the box, 0 when it is predicted or interpolated. */
  observed: Uint8Array;
  /** Variance of the foot point (bottom centre of the box), fractions squared. */
  footVarianceX: Float32Array;
  footVarianceY: Float32Array;
}

/** Points with their covariance, on the picture (fractions) or on the ground (metres). */
export interface PlanarPoints<Plane extends 'image' | 'ground'> extends Instant {
  readonly plane: Plane;
  count: number;
  id: Uint32Array;
  classIndex: Uint8Array;
  x: Float64Array;
  y: Float64Array;
  varianceXX: Float64Array;
  varianceXY: Float64Array;
  varianceYY: Float64Array;
}

/** Foot points on the picture, fractions of the frame. */
export type FootPoints = PlanarPoints<'image'>;

/** Who is where on the ground at one instant, metres: the seam at which everything that is science starts. */
export type Positions = PlanarPoints<'ground'>;

const START: Instant = { frame: frameNumber(0), timeMs: mediaTimeMs(0) };

const createBoxes = (capacity: number): Boxes => ({
  count: 0,
  left: new Float32Array(capacity),
  top: new Float32Array(capacity),
  right: new Float32Array(capacity),
  bottom: new Float32Array(capacity),
  score: new Float32Array(capacity),
  classIndex: new Uint8Array(capacity),
});

/** Empty detections with room for `capacity` boxes. */
export const createDetections = (capacity: number): Detections => ({ ...START, ...createBoxes(capacity) });

/** Empty tracks with room for `capacity` objects. */
export const createTracks = (capacity: number): Tracks => ({
  ...START,
  ...createBoxes(capacity),
  id: new Uint32Array(capacity),
  confirmed: new Uint8Array(capacity),
  observed: new Uint8Array(capacity),
  footVarianceX: new Float32Array(capacity),
  footVarianceY: new Float32Array(capacity),
});

/** Empty points on `plane` with room for `capacity` of them. */
export const createPlanarPoints = <Plane extends 'image' | 'ground'>(
  plane: Plane,
  capacity: number,
): PlanarPoints<Plane> => ({
  ...START,
  plane,
  count: 0,
  id: new Uint32Array(capacity),
  classIndex: new Uint8Array(capacity),
  x: new Float64Array(capacity),
  y: new Float64Array(capacity),
  varianceXX: new Float64Array(capacity),
  varianceXY: new Float64Array(capacity),
  varianceYY: new Float64Array(capacity),
});
