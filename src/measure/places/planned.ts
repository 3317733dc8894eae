/**
 * Zones and gates, ready to be measured, whoever looks at them.
 */
import type { GateId, Point, ZoneId } from '../../contract/index.ts';
import type { Extent, FlatPolygon } from '../../ground/index.ts';

/** A zone, ready to be measured. */
export interface PlannedZone {
  readonly id: ZoneId;
  readonly plane: 'image' | 'ground';
  /** Null for the whole view, which has no border. */
  readonly border: FlatPolygon | null;
  /** Corners on the ground, m; null where unknown, and for the whole view of a camera. */
  readonly ground: readonly Point[] | null;
  /** Of the part that the camera sees; null where unknown. */
  readonly areaM2: Extent | null;
  /** Share of the zone that the camera sees, 0 to 1; at 0 nothing is known about it. */
  readonly seenShare: number;
  /** Whether a place of the zone is in the part that is seen, which alone is counted; null when all of it is. */
  readonly sees: ((place: Point) => boolean) | null;
  /** Standard error of lengths and speeds there, as a share. */
  readonly scaleError: number;
}

/** A gate, ready to be measured. */
export interface PlannedGate {
  readonly id: GateId;
  readonly plane: 'image' | 'ground';
  readonly a: Point;
  readonly b: Point;
  /** Of the part that the camera sees; null on an uncalibrated picture, and where it reaches the horizon. */
  readonly widthM: number | null;
  /** Share of the gate that the camera sees, 0 to 1; at 0 nothing is known about it. */
  readonly seenShare: number;
}
