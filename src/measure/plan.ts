/**
 * What is measured where: the zones and gates of a site as one camera sees them.
 */
import {
  type Gate,
  type GateId,
  gateId,
  type Point,
  VIEW_ZONE,
  type Zone,
  type ZoneId,
  zoneId,
} from '../contract/index.ts';
import {
  type Extent,
  type FlatPolygon,
  flatPolygon,
  type GroundCalibration,
  imageAreaM2,
  imageLengthM,
  polygonToGround,
  relativeScaleError,
  segmentLength,
  visiblePart,
} from '../ground/index.ts';

/** A zone, ready to be measured. */
export interface PlannedZone {
  readonly id: ZoneId;
  readonly plane: 'image' | 'ground';
  /** Null for the whole view, which has no border. */
  readonly border: FlatPolygon | null;
  /** Of the part that the camera sees; null where unknown. */
  readonly areaM2: Extent | null;
  /** Share of the zone that is out of the picture, 0 to 1. */
  readonly outOfView: number;
  /** Standard error of lengths and speeds there, as a share. */
  readonly scaleError: number;
}

/** A gate, ready to be measured. */
export interface PlannedGate {
  readonly id: GateId;
  readonly plane: 'image' | 'ground';
  readonly a: Point;
  readonly b: Point;
  /** Null on an uncalibrated picture, and where it reaches the horizon. */
  readonly widthM: number | null;
}

const WHOLE_PICTURE: readonly Point[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

const imageZone = (id: ZoneId, image: readonly Point[], calibration: GroundCalibration | null): PlannedZone => {
  const ground = calibration && polygonToGround(calibration, image);
  return {
    id,
    plane: 'image',
    border: id === VIEW_ZONE ? null : flatPolygon(image),
    areaM2: calibration && imageAreaM2(calibration, image),
    outOfView: 0,
    scaleError: (calibration && ground && relativeScaleError(calibration, ground)) ?? 0,
  };
};

/** A zone in metres is only as large as the camera sees it: nobody is counted in the rest. */
const groundZone = (id: ZoneId, polygon: readonly Point[], calibration: GroundCalibration): PlannedZone => {
  const { areaM2, share } = visiblePart(calibration, polygon);
  return {
    id,
    plane: 'ground',
    border: flatPolygon(polygon),
    areaM2: areaM2 > 0 ? { value: areaM2, standardError: 0 } : null,
    outOfView: 1 - share,
    scaleError: relativeScaleError(calibration, polygon) ?? 0,
  };
};

/**
 * The whole view first, then the site's zones: those drawn on this camera's picture and, when it is calibrated,
 * those in metres.
 *
 * @param camera name of the camera; null takes every zone drawn on a picture for its own
 */
export const planZones = (
  zones: readonly Zone[],
  camera: string | null,
  calibration: GroundCalibration | null,
): PlannedZone[] => [
  imageZone(VIEW_ZONE, WHOLE_PICTURE, calibration),
  ...zones.flatMap((zone) => {
    if ('polygon' in zone) return calibration ? [groundZone(zoneId(zone.id), zone.polygon, calibration)] : [];
    return camera === null || zone.camera === camera ? [imageZone(zoneId(zone.id), zone.image, calibration)] : [];
  }),
];

const imageGate = (
  id: GateId,
  [a, b]: readonly [Point, Point],
  calibration: GroundCalibration | null,
): PlannedGate => ({
  id,
  plane: 'image',
  a,
  b,
  widthM: (calibration && imageLengthM(calibration, a, b)?.value) ?? null,
});

/** The site's gates, chosen as {@link planZones} chooses zones. */
export const planGates = (
  gates: readonly Gate[],
  camera: string | null,
  calibration: GroundCalibration | null,
): PlannedGate[] =>
  gates.flatMap((gate): PlannedGate[] => {
    const id = gateId(gate.id);
    if (!('line' in gate))
      return camera === null || gate.camera === camera ? [imageGate(id, gate.image, calibration)] : [];
    const [a, b] = gate.line;
    return calibration ? [{ id, plane: 'ground', a, b, widthM: segmentLength(a, b) }] : [];
  });
