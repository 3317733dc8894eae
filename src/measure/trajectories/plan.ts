/**
 * Zones and gates of a site on the ground, all of it seen: as a trajectory file has them.
 */
import {
  type Analysis,
  type Gate,
  type GateId,
  gateId,
  type Point,
  signedArea,
  VIEW_ZONE,
  type Zone,
  zoneId,
} from '../../contract/index.ts';
import { flatPolygon, segmentLength } from '../../ground/index.ts';
import type { PlannedGate, PlannedZone } from '../places/planned.ts';
import { stretchDepthM } from '../flow/stretch-depth.ts';

/** A zone drawn in metres. */
export type GroundZone = Extract<Zone, { polygon: unknown }>;
/** A gate drawn in metres. */
export type GroundGate = Extract<Gate, { line: unknown }>;

const exactly = (value: number) => ({ value, standardError: 0 });

const SEEN = { plane: 'ground', seenShare: 1 } as const;

/** The whole view, in which everybody is. */
const wholeView = (ground: readonly Point[], areaM2: number | null): PlannedZone => ({
  ...SEEN,
  id: VIEW_ZONE,
  border: null,
  ground,
  areaM2: areaM2 === null ? null : exactly(areaM2),
  sees: null,
  scaleError: 0,
});

/**
 * The whole view first, then the site's zones.
 *
 * @param outline of the walkable area
 * @param areaM2  of the walkable area, null when it is not known
 */
export const planGroundZones = (
  zones: readonly GroundZone[],
  outline: readonly Point[],
  areaM2: number | null,
): PlannedZone[] => [
  wholeView(outline, areaM2),
  ...zones.map(
    ({ id, polygon }): PlannedZone => ({
      ...SEEN,
      id: zoneId(id),
      border: flatPolygon(polygon),
      ground: polygon,
      areaM2: exactly(Math.abs(signedArea(polygon))),
      sees: null,
      scaleError: 0,
    }),
  ),
];

/** The site's gates. */
export const planGroundGates = (gates: readonly GroundGate[]): PlannedGate[] =>
  gates.map(({ id, line: [a, b] }) => ({ ...SEEN, id: gateId(id), a, b, widthM: segmentLength(a, b) }));

/** A gate with the stretch behind it. */
export interface GateWithStretch {
  readonly gate: GateId;
  readonly a: Point;
  readonly b: Point;
  readonly depthM: number;
}

/** The site's gates with the stretches behind them. */
export const planStretches = (
  gates: readonly GroundGate[],
  zones: readonly GroundZone[],
  { passingDepthM }: Analysis,
): GateWithStretch[] => {
  const corners = zones.map(({ polygon }) => polygon);
  return gates.map(({ id, line: [a, b], depthM }) => ({
    gate: gateId(id),
    a,
    b,
    depthM: stretchDepthM(a, b, depthM, corners, passingDepthM),
  }));
};
