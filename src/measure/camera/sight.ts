/**
 * How much of a zone or a gate a camera sees. What is out of the picture, masked, or too far away for a foot point
 * there to be placed is not seen, and what is not seen is unknown and not empty.
 */
import type { Point } from '../../contract/index.ts';
import {
  canPlace,
  type FlatPolygon,
  flatPolygon,
  type GroundCalibration,
  groundToImage,
  imageToGround,
  pointInPolygon,
  segmentLength,
  visiblePart,
} from '../../ground/index.ts';
import { LEAST_SHARE } from '../places/unknowns.ts';

/** What a camera can see with. */
export interface Sight {
  /** Null for counts alone. */
  readonly calibration: GroundCalibration | null;
  /** Parts of the picture that are blackened, fractions. */
  readonly masks: readonly FlatPolygon[];
}

/** Points to a side of the grid that a polygon is sampled with, and the finer one for thin polygons. */
const GRID = 64;
const FINE_GRID = 512;
/** Fewer samples than this tell a share badly. */
const FEW = 300;
/** Points that a gate is sampled with. */
const ALONG = 1024;
/** Outlines that differ from the samples by more than this are not believed: a lens may fold them. */
const BELIEVABLE = 0.05;
/** So far inside the picture its edge is looked at, so that a mask that reaches the edge covers it. */
const INSET = 1e-6;

/** What a camera sees with these masks, fractions of the picture. */
export const sightOf = (calibration: GroundCalibration | null, masks: readonly (readonly Point[])[] = []): Sight => ({
  calibration,
  masks: masks.map(flatPolygon),
});

const inset = (part: number): number => Math.min(1 - INSET, Math.max(INSET, part));

/** Whether a place of the picture is masked. */
export const isMasked = ({ masks }: Pick<Sight, 'masks'>, [x, y]: Point): boolean =>
  masks.some((mask) => pointInPolygon(mask, inset(x), inset(y)));

const isInPicture = ([x, y]: Point): boolean => x >= 0 && x <= 1 && y >= 0 && y <= 1;

const gridInside = (polygon: readonly Point[], side: number): Point[] => {
  const flat = flatPolygon(polygon);
  const left = Math.min(...flat.x);
  const bottom = Math.min(...flat.y);
  const stepX = (Math.max(...flat.x) - left) / side;
  const stepY = (Math.max(...flat.y) - bottom) / side;
  const points: Point[] = [];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const point: Point = [left + (column + 0.5) * stepX, bottom + (row + 0.5) * stepY];
      if (pointInPolygon(flat, point[0], point[1])) points.push(point);
    }
  }
  return points;
};

/** Points spread evenly over a polygon; its corners when it is too thin for a grid to meet it. */
const samples = (polygon: readonly Point[]): readonly Point[] => {
  const coarse = gridInside(polygon, GRID);
  if (coarse.length >= FEW) return coarse;
  const fine = gridInside(polygon, FINE_GRID);
  return fine.length > 0 ? fine : polygon;
};

const STEP = 1e-3;

/** Ground area per picture area at a place of the picture; 0 where it cannot be told. */
const areaScale = (calibration: GroundCalibration, [x, y]: Point): number => {
  const here = imageToGround(calibration, [x, y]);
  const beside = imageToGround(calibration, [x + STEP, y]);
  const below = imageToGround(calibration, [x, y + STEP]);
  if (here === null || beside === null || below === null) return 0;
  const [ax, ay] = [beside[0] - here[0], beside[1] - here[1]];
  const [bx, by] = [below[0] - here[0], below[1] - here[1]];
  return Math.abs(ax * by - ay * bx);
};

const weightedShare = (weights: readonly number[], seen: readonly boolean[]): number => {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return all > 0 ? weights.reduce((sum, weight, i) => (seen[i] ? sum + weight : sum), 0) / all : 0;
};

/** A share too small to measure in is none. */
const notable = (share: number): number => (share < LEAST_SHARE ? 0 : Math.min(1, share));

/**
 * Share, 0 to 1, of a polygon drawn on the picture that no mask covers. Counting on the picture needs no position,
 * so how far away it is does not matter.
 *
 * @param scale calibration to weigh places by their ground area; null weighs them by their area on the picture
 */
export const seenShareOnImage = (
  { masks }: Sight,
  polygon: readonly Point[],
  scale: GroundCalibration | null,
): number => {
  if (masks.length === 0) return 1;
  const points = samples(polygon);
  const weights = points.map((point) => (scale ? areaScale(scale, point) : 1));
  return notable(
    weightedShare(
      weights,
      points.map((point) => !isMasked({ masks }, point)),
    ),
  );
};

/** Whether a foot point at this place of the picture would be found, and placed on the ground. */
const isMeasured = (sight: Sight, calibration: GroundCalibration, image: Point): boolean =>
  canPlace(calibration, image) && !isMasked(sight, image);

const picturesOf = (calibration: GroundCalibration, places: readonly Point[]): Point[] =>
  places
    .map((place) => groundToImage(calibration, place))
    .filter((image): image is Point => image !== null && isInPicture(image));

/** Whether a place in metres is in the picture, unmasked, and near enough for an ordinary foot point to be placed. */
export const isSeenOnGround = (sight: Sight, calibration: GroundCalibration, place: Point): boolean => {
  const image = groundToImage(calibration, place);
  return image !== null && isInPicture(image) && isMeasured(sight, calibration, image);
};

/**
 * Share, 0 to 1, of a polygon in metres in which foot points are seen and placed. The edge of the picture is followed
 * exactly; masks and the limit of 5 m by samples, to about a hundredth.
 *
 * Caveat: what stands in the way is not known.
 */
export const seenShareOnGround = (sight: Sight, calibration: GroundCalibration, polygon: readonly Point[]): number => {
  const points = samples(polygon);
  const images = picturesOf(calibration, points);
  if (images.length === 0) return 0;
  const sampled = images.length / points.length;
  const { share } = visiblePart(calibration, polygon);
  const inPicture = Math.abs(share - sampled) < BELIEVABLE ? share : sampled;
  const measured = images.filter((image) => isMeasured(sight, calibration, image)).length;
  return notable((inPicture * measured) / images.length);
};

const along = ([ax, ay]: Point, [bx, by]: Point, share: number): Point => [
  ax + share * (bx - ax),
  ay + share * (by - ay),
];

const pointsAlong = (a: Point, b: Point): Point[] =>
  Array.from({ length: ALONG }, (_, i) => along(a, b, (i + 0.5) / ALONG));

/** Ground length of the piece of a picture line round a sample; 0 where it cannot be told. */
const pieceLength = (calibration: GroundCalibration, a: Point, b: Point, i: number): number => {
  const from = imageToGround(calibration, along(a, b, i / ALONG));
  const to = imageToGround(calibration, along(a, b, (i + 1) / ALONG));
  return from && to ? segmentLength(from, to) : 0;
};

/** Share of a line drawn on the picture that no mask covers; `scale` as for {@link seenShareOnImage}. */
export const seenShareOfImageLine = ({ masks }: Sight, a: Point, b: Point, scale: GroundCalibration | null): number => {
  if (masks.length === 0) return 1;
  const points = pointsAlong(a, b);
  const weights = points.map((_, i) => (scale ? pieceLength(scale, a, b, i) : 1));
  return notable(
    weightedShare(
      weights,
      points.map((point) => !isMasked({ masks }, point)),
    ),
  );
};

/** Share of a line in metres at which foot points are seen and placed. */
export const seenShareOfGroundLine = (sight: Sight, calibration: GroundCalibration, a: Point, b: Point): number => {
  const measured = picturesOf(calibration, pointsAlong(a, b)).filter((image) => isMeasured(sight, calibration, image));
  return notable(measured.length / ALONG);
};
