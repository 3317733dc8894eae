export { ConvexPolygon } from './area/convex.ts';
export type { ConvexPieces } from './area/pieces.ts';
export { sharedAreaM2 } from './area/shared.ts';
export { createWalkableArea, createZonePieces, type WalkableArea } from './area/walkable.ts';
export { convexHull } from './convex-hull.ts';
export { calibrate, type GroundCalibration } from './calibrate.ts';
export { groundToImage, imageToGround, placeOnGround } from './place.ts';
export {
  borderDistanceSquared,
  type FlatPolygon,
  flatPolygon,
  pointInPolygon,
  pointStrictlyInPolygon,
  segmentLength,
} from './polygon.ts';
export {
  canPlace,
  type Extent,
  imageAreaM2,
  imageLengthM,
  polygonToGround,
  relativeScaleError,
  visiblePart,
} from './project.ts';
export { isMeasuredWell, visibleGround } from './visible.ts';
