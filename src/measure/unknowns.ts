/**
 * What is not known, and why, in words for a person.
 */
import { type HealthReason, VIEW_ZONE } from '../contract/index.ts';
import type { PlannedZone } from './plan.ts';

/** Said of a camera without calibration. */
export const NOT_CALIBRATED: HealthReason = {
  code: 'UNCALIBRATED',
  message: 'The camera is not calibrated: there are counts, and nothing in metres.',
};

const VIEW_UNBOUNDED = 'The whole view reaches too near the horizon to have an area: it has a count and no density.';

const percent = (share: number): string => (share < 0.01 ? 'Less than 1 %' : `${Math.round(100 * share)} %`);

/** Zones without an area, and those of which the camera sees a part only. */
export const unknownAreas = (zones: readonly PlannedZone[]): HealthReason[] =>
  zones.flatMap(({ id, areaM2, outOfView }): HealthReason[] => {
    if (areaM2 === null && id === VIEW_ZONE) return [{ code: 'VIEW_UNBOUNDED', message: VIEW_UNBOUNDED }];
    if (areaM2 === null) {
      const message = `The zone ${id} reaches too near the horizon, or out of the picture: its area and density are unknown.`;
      return [{ code: 'AREA_UNKNOWN', message }];
    }
    if (outOfView < 0.01) return [];
    const message = `${percent(outOfView)} of the zone ${id} is out of the picture; density is that of the rest.`;
    return [{ code: 'PARTLY_OUT_OF_VIEW', message }];
  });

/** Foot points without a position. */
export const unplacedPoints = (unplaced: number, feet: number): HealthReason[] => {
  if (unplaced === 0) return [];
  const message = `${percent(unplaced / feet)} of the foot points were too far away to be placed on the ground.`;
  return [{ code: 'UNPLACED', message }];
};
