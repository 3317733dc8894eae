/**
 * What is measured where: the zones and gates of a site as one camera sees them.
 */
import {
  type Gate,
  type GateId,
  gateId,
  type Point,
  signedArea,
  VIEW_ZONE,
  type Zone,
  type ZoneId,
  zoneId,
} from '../../contract/index.ts';
import {
  type Extent,
  flatPolygon,
  type GroundCalibration,
  imageAreaM2,
  imageLengthM,
  polygonToGround,
  relativeScaleError,
  segmentLength,
} from '../../ground/index.ts';
import type { PlannedGate, PlannedZone } from '../places/planned.ts';
import {
  isMasked,
  isSeenOnGround,
  type Sight,
  seenShareOfGroundLine,
  seenShareOfImageLine,
  seenShareOnGround,
  seenShareOnImage,
} from './sight.ts';

const WHOLE_PICTURE: readonly Point[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

const partOf = ({ value, standardError }: Extent, share: number): Extent | null =>
  share > 0 ? { value: value * share, standardError: standardError * share } : null;

const imageZone = (id: ZoneId, image: readonly Point[], sight: Sight): PlannedZone => {
  const { calibration } = sight;
  const ground = calibration && polygonToGround(calibration, image);
  const whole = calibration && imageAreaM2(calibration, image);
  const seenShare = seenShareOnImage(sight, image, whole && calibration);
  return {
    id,
    plane: 'image',
    border: id === VIEW_ZONE ? null : flatPolygon(image),
    ground: id === VIEW_ZONE ? null : ground,
    areaM2: whole && partOf(whole, seenShare),
    seenShare,
    sees: seenShare < 1 ? (place) => !isMasked(sight, place) : null,
    scaleError: (calibration && ground && relativeScaleError(calibration, ground)) ?? 0,
  };
};

/** The view is what the camera sees: masks make it smaller, and only when nothing is left is it unknown. */
const wholeView = (sight: Sight): PlannedZone => {
  const zone = imageZone(VIEW_ZONE, WHOLE_PICTURE, sight);
  return { ...zone, seenShare: Math.ceil(zone.seenShare) };
};

/** A zone in metres is only as large as the camera sees it: nobody is counted in the rest. */
const groundZone = (
  id: ZoneId,
  polygon: readonly Point[],
  calibration: GroundCalibration,
  sight: Sight,
): PlannedZone => {
  const seenShare = seenShareOnGround(sight, calibration, polygon);
  return {
    id,
    plane: 'ground',
    border: flatPolygon(polygon),
    ground: polygon,
    areaM2: partOf({ value: Math.abs(signedArea(polygon)), standardError: 0 }, seenShare),
    seenShare,
    // Somebody beyond the limit may be known better than an ordinary foot point: the ground there is not in the area.
    sees: seenShare < 1 ? (place) => isSeenOnGround(sight, calibration, place) : null,
    scaleError: relativeScaleError(calibration, polygon) ?? 0,
  };
};

/**
 * The whole view first, then the site's zones: those drawn on this camera's picture and, when it is calibrated,
 * those in metres.
 *
 * @param camera name of the camera; null takes every zone drawn on a picture for its own
 */
export const planZones = (zones: readonly Zone[], camera: string | null, sight: Sight): PlannedZone[] => [
  wholeView(sight),
  ...zones.flatMap((zone) => {
    const { calibration } = sight;
    if ('polygon' in zone) return calibration ? [groundZone(zoneId(zone.id), zone.polygon, calibration, sight)] : [];
    return camera === null || zone.camera === camera ? [imageZone(zoneId(zone.id), zone.image, sight)] : [];
  }),
];

const imageGate = (id: GateId, [a, b]: readonly [Point, Point], sight: Sight): PlannedGate => {
  const { calibration } = sight;
  const length = calibration && imageLengthM(calibration, a, b);
  const seenShare = seenShareOfImageLine(sight, a, b, length && calibration);
  return { id, plane: 'image', a, b, widthM: (length && partOf(length, seenShare)?.value) ?? null, seenShare };
};

const groundGate = (
  id: GateId,
  [a, b]: readonly [Point, Point],
  calibration: GroundCalibration,
  sight: Sight,
): PlannedGate => {
  const seenShare = seenShareOfGroundLine(sight, calibration, a, b);
  return { id, plane: 'ground', a, b, widthM: seenShare > 0 ? seenShare * segmentLength(a, b) : null, seenShare };
};

/** The site's gates, chosen as {@link planZones} chooses zones. */
export const planGates = (gates: readonly Gate[], camera: string | null, sight: Sight): PlannedGate[] =>
  gates.flatMap((gate): PlannedGate[] => {
    const id = gateId(gate.id);
    if (!('line' in gate)) return camera === null || gate.camera === camera ? [imageGate(id, gate.image, sight)] : [];
    return sight.calibration ? [groundGate(id, gate.line, sight.calibration, sight)] : [];
  });
