/**
 * A zone on the ground, as its crowd is followed in it.
 */
import type { Point } from '../../contract/index.ts';
import type { PlannedZone } from '../places/planned.ts';
import type { ZoneArea } from '../density/classic.ts';

/** A zone on the ground. */
export interface CrowdZone {
  /** Corners on the ground, m. */
  readonly corners: readonly Point[];
  /** Of the part that is seen. */
  readonly area: ZoneArea;
  /** Standard error of lengths and speeds there, as a share. */
  readonly scaleError: number;
}

/** A planned zone as its crowd is followed in; null where its place or its area on the ground is unknown. */
export const crowdZoneOf = ({ ground, areaM2, scaleError, seenShare }: PlannedZone): CrowdZone | null =>
  ground && areaM2 && seenShare > 0 ? { corners: ground, area: areaM2, scaleError } : null;
