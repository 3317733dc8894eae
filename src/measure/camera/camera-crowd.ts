/**
 * The crowd as one camera sees it: its zones on the ground, and cells that end where its sight does.
 */
import { type Analysis, type Point, VIEW_ZONE } from '../../contract/index.ts';
import {
  convexHull,
  createWalkableArea,
  createZonePieces,
  type GroundCalibration,
  sharedAreaM2,
  visibleGround,
  type WalkableArea,
} from '../../ground/index.ts';
import { CrowdMeter } from '../crowd/crowd-meter.ts';
import { type CrowdZone, crowdZoneOf } from '../crowd/crowd-zone.ts';
import type { DetectionError } from '../uncertainty/detection-error.ts';
import type { PlannedZone } from '../places/planned.ts';

/** What a camera looks at. */
interface CameraGroundOptions {
  readonly calibration: GroundCalibration;
  /** Outer ring, then holes, m; null takes all of the ground that is seen. */
  readonly walkable: readonly (readonly Point[])[] | null;
  readonly zones: readonly PlannedZone[];
}

/** What is followed, and where. */
export interface CameraCrowdOptions extends CameraGroundOptions {
  readonly analysis: Analysis;
  /** Frames a second, as announced. */
  readonly frameRate: number;
  readonly detection: DetectionError;
  /** A mean stay of fewer people than this is not told. */
  readonly minimumCount: number;
}

/**
 * The whole view reaches as far as the camera measures well and people can walk. Null where it has no area: when it
 * reaches too near the horizon, when all of it is masked, or when nobody can walk there.
 */
const viewOf = (
  outline: readonly Point[],
  walkable: WalkableArea,
  { areaM2, scaleError, seenShare }: PlannedZone,
): CrowdZone | null => {
  const value = sharedAreaM2(walkable, createZonePieces(outline));
  if (seenShare === 0 || areaM2 === null || value === 0) return null;
  return {
    corners: outline,
    area: { value, standardError: (areaM2.standardError / areaM2.value) * value },
    scaleError,
  };
};

/** Ground that a camera sees, as crowds are measured on it. */
interface CameraGround {
  readonly walkable: WalkableArea;
  /** Convex outline of what is measured well, m. */
  readonly bounds: readonly Point[];
  /** In the order of the planned zones; null for one that is not on the ground. */
  readonly zones: readonly (CrowdZone | null)[];
}

/**
 * The ground that a camera measures well, and its zones on it.
 *
 * @returns null for a camera that measures no ground well
 * @throws GROUND_AREA_INVALID, GROUND_AREA_EMPTY where the site's walkable area is none
 */
export const cameraGround = ({ calibration, walkable: rings, zones }: CameraGroundOptions): CameraGround | null => {
  const seen = visibleGround(calibration);
  if (seen === null) return null;
  const bounds = convexHull(seen);
  const walkable = createWalkableArea(rings ?? [bounds]);
  return {
    walkable,
    bounds,
    zones: zones.map((zone) => (zone.id === VIEW_ZONE ? viewOf(bounds, walkable, zone) : crowdZoneOf(zone))),
  };
};

/**
 * Follows the crowds of a camera's zones.
 *
 * @returns null for a camera that measures no ground well
 * @throws GROUND_AREA_INVALID, GROUND_AREA_EMPTY where the site's walkable area is none
 */
export const createCameraCrowd = (options: CameraCrowdOptions): CrowdMeter | null => {
  const { analysis, frameRate, detection, minimumCount } = options;
  const ground = cameraGround(options);
  if (ground === null) return null;
  const { walkable, bounds, zones } = ground;
  return new CrowdMeter({ ground: { walkable, bounds, analysis, frameRate }, zones, detection, minimumCount });
};
