/**
 * What is measured where, for either kind of sight.
 */
import { type Gate, gateId, type Point, type Zone, zoneId } from '../../contract/index.ts';
import { createWalkableArea, type GroundCalibration, visibleGround, type WalkableArea } from '../../ground/index.ts';
import { cameraGround } from '../camera/camera-crowd.ts';
import { wellSeenCells } from '../camera/ground-map.ts';
import { planGates, planZones } from '../camera/plan.ts';
import { sightOf } from '../camera/sight.ts';
import { type CrowdZone, crowdZoneOf } from '../crowd/crowd-zone.ts';
import type { PlannedGate, PlannedZone } from '../places/planned.ts';
import { type Box, boxAround, type FieldGrid, maskOf } from '../space/field-grid.ts';
import { planGroundGates, planGroundZones } from '../trajectories/plan.ts';
import { fieldOver } from './field.ts';

/** What a live meter sees with: a camera, or something that knows where everybody is (a simulated crowd, a lidar). */
export type LiveSight =
  | {
      readonly kind: 'camera';
      /** Null for counts alone. */
      readonly calibration: GroundCalibration | null;
      /** Parts of the picture that are blackened, fractions. */
      readonly masks: readonly (readonly Point[])[];
    }
  | { readonly kind: 'everywhere' };

/** A site, as somebody looks at it. */
export interface LivePlanOptions {
  /** Name of this camera: zones and gates drawn on another one's picture are not its own. */
  readonly camera: string;
  readonly zones: readonly Zone[];
  readonly gates: readonly Gate[];
  readonly sight: LiveSight;
  /** Where people can walk: outer ring, then holes, m; null when nobody says. */
  readonly walkable: readonly (readonly Point[])[] | null;
}

/** Ground on which crowds are measured. */
export interface LiveGround {
  readonly walkable: WalkableArea;
  /** Convex outline of what is seen, m; absent where all of it is. */
  readonly bounds?: readonly Point[];
  /** In the order of the plan's zones; null for one whose place on the ground is unknown. */
  readonly zones: readonly (CrowdZone | null)[];
}

/** Zones and gates, the ground they are on, and where the field is drawn. */
export interface LivePlan {
  /** The whole view first. */
  readonly zones: readonly PlannedZone[];
  readonly gates: readonly PlannedGate[];
  /** Null without calibration, and where nothing says where the ground ends. */
  readonly ground: LiveGround | null;
  readonly field: { readonly grid: FieldGrid; readonly mask: Uint8Array } | null;
}

/** Without a walkable area: so far beyond zones and gates cells reach, m. */
const MARGIN_M = 5;

const cameraPlan = (
  { camera, zones, gates, walkable }: LivePlanOptions,
  calibration: GroundCalibration | null,
  masks: readonly (readonly Point[])[],
): LivePlan => {
  const sight = sightOf(calibration, masks);
  const planned = planZones(zones, camera, sight);
  const plan = { zones: planned, gates: planGates(gates, camera, sight), ground: null, field: null };
  if (calibration === null) return plan;
  const box = boxAround(visibleGround(calibration) ?? []);
  const grid = box && fieldOver(box);
  return {
    ...plan,
    ground: cameraGround({ calibration, walkable, zones: planned }),
    field: grid && { grid, mask: wellSeenCells(calibration, grid, sight) },
  };
};

const ringOf = ({ left, bottom, right, top }: Box): Point[] => [
  [left - MARGIN_M, bottom - MARGIN_M],
  [right + MARGIN_M, bottom - MARGIN_M],
  [right + MARGIN_M, top + MARGIN_M],
  [left - MARGIN_M, top + MARGIN_M],
];

const unseen = { plane: 'image', seenShare: 0 } as const;

const unseenZone = (id: string): PlannedZone => ({
  ...unseen,
  id: zoneId(id),
  border: null,
  ground: null,
  areaM2: null,
  sees: null,
  scaleError: 0,
});

/** A picture that does not exist shows nothing: zones and gates drawn on it are unknown. */
const everywherePlan = ({ camera, zones, gates, walkable: rings }: LivePlanOptions): LivePlan => {
  const groundZones = zones.filter((zone) => 'polygon' in zone);
  const groundGates = gates.filter((gate) => 'line' in gate);
  const corners = [...groundZones.flatMap(({ polygon }) => polygon), ...groundGates.flatMap(({ line }) => line)];
  const box = boxAround(rings ? rings.flat() : corners);
  const walkable = box && createWalkableArea(rings ?? [ringOf(box)]);
  const planned = planGroundZones(groundZones, rings?.[0] ?? [], rings && walkable ? walkable.areaM2 : null);
  const grid = walkable && fieldOver(boxOf(walkable));
  const isOn = ([x, y]: Point): boolean =>
    walkable !== null && walkable.pieceAt(x - walkable.originX, y - walkable.originY) >= 0;
  return {
    zones: [
      ...planned,
      ...zones.flatMap((zone) => ('image' in zone && zone.camera === camera ? [unseenZone(zone.id)] : [])),
    ],
    gates: [
      ...planGroundGates(groundGates),
      ...gates.flatMap((gate): PlannedGate[] => {
        if (!('image' in gate) || gate.camera !== camera) return [];
        const [a, b] = gate.image;
        return [{ ...unseen, id: gateId(gate.id), a, b, widthM: null }];
      }),
    ],
    ground: walkable && { walkable, zones: planned.map(crowdZoneOf) },
    field: grid && { grid, mask: maskOf(grid, isOn) },
  };
};

const boxOf = ({ originX, originY, box }: WalkableArea): Box => ({
  left: originX + box.left,
  bottom: originY + box.bottom,
  right: originX + box.right,
  top: originY + box.top,
});

/**
 * Plans what is measured.
 *
 * @throws GROUND_AREA_INVALID, GROUND_AREA_EMPTY where the site's walkable area is none
 */
export const planLive = (options: LivePlanOptions): LivePlan => {
  const { sight } = options;
  return sight.kind === 'camera' ? cameraPlan(options, sight.calibration, sight.masks) : everywherePlan(options);
};
