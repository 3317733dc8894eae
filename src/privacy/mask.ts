import type { Frame } from '../capture/index.ts';
import { type Point, StarlingError } from '../contract/index.ts';
import { type Interval, joinIntervals, shadowBetween } from './mask-spans.ts';

const BYTES_PER_PIXEL = 3;

/** A polygon of a mask: corners as fractions of the picture, (0,0) top left. */
export type MaskPolygon = readonly Point[];

/** What the spans depend on; they are worked out again when it changes. */
type Geometry = Omit<Frame, 'number' | 'timeMs' | 'data'>;

const failed = (reason: string): StarlingError => new StarlingError('PRIVACY_MASK_FAILED', { reason });

/**
 * How far, in pixels of the frame, scaling can carry what lies under a mask.
 *
 *   reach = 2 + 5 · max(1/2, delivered size ÷ source size)
 *
 * A delivered pixel is a mean over the source's pixels around it, and video stores the colours of up to four pixels
 * together. With noise under the mask and every chroma format, the furthest trace measured lay 4.0 pixels off at the
 * same size, 2.3 when shrunk to half, 54 when enlarged elevenfold; this is always beyond.
 */
const reachOf = (delivered: number, source: number): number => 2 + 5 * Math.max(0.5, delivered / source);

const toFramePoints = (polygon: MaskPolygon, { picture, width, height }: Geometry): Point[] =>
  polygon.map(([x, y]) => [
    (picture.left + x * (picture.right - picture.left)) * width,
    (picture.top + y * (picture.bottom - picture.top)) * height,
  ]);

const rowIntervals = (polygons: readonly Point[][], row: number, reachX: number, reachY: number): Interval[] => {
  const shadows = polygons.flatMap((polygon) => shadowBetween(polygon, row - reachY, row + 1 + reachY));
  return joinIntervals(shadows.map(([from, to]) => [Math.floor(from - reachX), Math.ceil(to + reachX)]));
};

/** Byte ranges of the frame that are to be black, as pairs of first and beyond-last. */
const byteRanges = (polygons: readonly MaskPolygon[], geometry: Geometry): Uint32Array<ArrayBuffer> => {
  const { width, height, sourceWidth, sourceHeight, picture } = geometry;
  const reachX = reachOf(width * (picture.right - picture.left), sourceWidth);
  const reachY = reachOf(height * (picture.bottom - picture.top), sourceHeight);
  const points = polygons.map((polygon) => toFramePoints(polygon, geometry));
  const ranges: number[] = [];
  for (let row = 0; row < height; row++)
    for (const [from, to] of rowIntervals(points, row, reachX, reachY)) {
      const first = Math.max(0, from);
      const beyond = Math.min(width, to);
      if (first < beyond)
        ranges.push((row * width + first) * BYTES_PER_PIXEL, (row * width + beyond) * BYTES_PER_PIXEL);
    }
  return Uint32Array.from(ranges);
};

const sameGeometry = (a: Geometry, b: Geometry): boolean =>
  a.width === b.width &&
  a.height === b.height &&
  a.sourceWidth === b.sourceWidth &&
  a.sourceHeight === b.sourceHeight &&
  a.picture.left === b.picture.left &&
  a.picture.top === b.picture.top &&
  a.picture.right === b.picture.right &&
  a.picture.bottom === b.picture.bottom;

const checkPolygons = (polygons: readonly MaskPolygon[]): void => {
  if (polygons.some((polygon) => polygon.length < 3)) throw failed('a mask has fewer than three corners');
  if (polygons.some((polygon) => polygon.some(([x, y]) => !Number.isFinite(x) || !Number.isFinite(y))))
    throw failed('a corner of a mask is not a number');
};

const checkFrame = ({ width, height, sourceWidth, sourceHeight, picture, data }: Frame): void => {
  if (data.length !== width * height * BYTES_PER_PIXEL) throw failed('the frame is not as large as it says');
  if (!(sourceWidth > 0 && sourceHeight > 0)) throw failed('the size of the picture is not known');
  if (!(picture.right > picture.left && picture.bottom > picture.top)) throw failed('the frame holds no picture');
};

/**
 * Creates a function that blackens the masked parts of a frame, in place, before anything else looks at it.
 *
 * Every pixel that a polygon touches is black, and a margin around it as wide as scaling can carry what lies beneath.
 * The polygons are turned into runs of bytes once, and again only when the frames change their size or margins; a
 * frame costs as many `fill` calls as its masks have rows.
 *
 * @param polygons fractions of the picture; parts outside it are ignored
 * @returns a function for `openRecording`'s `mask`; it throws rather than let a frame pass unmasked
 * @throws PRIVACY_MASK_FAILED, from here for impossible polygons and from the function for impossible frames
 *
 * @example
 * const recording = await openRecording(path, { mask: createMasker(camera.masks) });
 */
export const createMasker = (polygons: readonly MaskPolygon[]): ((frame: Frame) => void) => {
  checkPolygons(polygons);
  let geometry: Geometry | null = null;
  let ranges = new Uint32Array(0);
  return (frame) => {
    checkFrame(frame);
    if (geometry === null || !sameGeometry(geometry, frame)) {
      ranges = byteRanges(polygons, frame);
      const { data: _, ...rest } = frame;
      geometry = rest;
    }
    for (let i = 0; i < ranges.length; i += 2) frame.data.fill(0, ranges[i], ranges[i + 1]);
  };
};
