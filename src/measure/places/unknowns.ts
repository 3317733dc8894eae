/**
 * What is not known, and why, in words for a person.
 */
import { type HealthReason, VIEW_ZONE } from '../../contract/index.ts';
import type { PlannedGate, PlannedZone } from './planned.ts';

/** Less than this share of a zone or a gate in view counts as none of it. */
export const LEAST_SHARE = 0.01;

/** Said of a camera without calibration. */
export const NOT_CALIBRATED: HealthReason = {
  code: 'UNCALIBRATED',
  message: 'The camera is not calibrated: there are counts, and nothing in metres.',
};

const VIEW_UNBOUNDED = 'The whole view reaches too near the horizon to have an area: it has a count and no density.';

const percent = (share: number): string => (share < 0.01 ? 'Less than 1 %' : `${Math.round(100 * share)} %`);

type Planned = Pick<PlannedZone | PlannedGate, 'id' | 'seenShare'>;

/** Zone or gate, as a message names it. */
export type Kind = 'zone' | 'gate';

/** What the camera does not see of a zone or a gate; nothing when it sees all of it. */
export const unseen = (kind: Kind, { id, seenShare }: Planned): HealthReason[] => {
  if (seenShare === 0) {
    const name = id === VIEW_ZONE ? 'anything: all of its picture is masked' : `the ${kind} ${id}`;
    return [{ code: 'NOT_SEEN', message: `The camera does not see ${name}. Who is there is unknown, and not nobody.` }];
  }
  if (1 - seenShare < LEAST_SHARE) return [];
  const figure = kind === 'zone' ? 'density' : 'specific flow';
  const message = `${percent(1 - seenShare)} of the ${kind} ${id} is not in view; counts and ${figure} are of the rest.`;
  return [{ code: 'PARTLY_OUT_OF_VIEW', message }];
};

/** Zones and gates of which the camera sees a part only, or nothing. */
export const unseenParts = (zones: readonly PlannedZone[], gates: readonly PlannedGate[]): HealthReason[] => [
  ...zones.flatMap((zone) => unseen('zone', zone)),
  ...gates.flatMap((gate) => unseen('gate', gate)),
];

/** Zones that are seen and have no area. */
export const unknownAreas = (zones: readonly PlannedZone[]): HealthReason[] =>
  zones
    .filter(({ areaM2, seenShare }) => areaM2 === null && seenShare > 0)
    .map(({ id }): HealthReason => {
      if (id === VIEW_ZONE) return { code: 'VIEW_UNBOUNDED', message: VIEW_UNBOUNDED };
      const message = `The zone ${id} reaches too near the horizon: its area and density are unknown.`;
      return { code: 'AREA_UNKNOWN', message };
    });

/** Foot points without a position. */
export const unplacedPoints = (unplaced: number, feet: number): HealthReason[] => {
  if (unplaced === 0) return [];
  const message = `${percent(unplaced / feet)} of the foot points were too far away to be placed on the ground.`;
  return [{ code: 'UNPLACED', message }];
};

/** Frames that the density map leaves out. */
export const tooFewToDraw = (leftOut: number, minimumCount: number): HealthReason[] => {
  if (leftOut === 0) return [];
  const message = `Frames with fewer than ${minimumCount} people in view are left out of the density map, so that nobody is drawn alone.`;
  return [{ code: 'MINIMUM_COUNT', message }];
};
