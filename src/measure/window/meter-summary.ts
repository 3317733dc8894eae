/**
 * What a meter tells of the whole.
 */
import type { GateSummary, GroundGrid, HealthReason, Histogram, ZoneSummary } from '../../contract/index.ts';
import type { OriginDestinationCount } from '../flow/origin-destination.ts';

/** Everything about a recording that is not about one moment. */
export interface MeterSummary {
  /** Time that was measured, gaps left out, s. */
  readonly measuredS: number;
  readonly zones: Record<string, ZoneSummary>;
  readonly gates: Record<string, GateSummary>;
  /** How many people crossed one gate and then another; pairs that few took are left out. */
  readonly originDestination: readonly OriginDestinationCount[];
  /** Null without calibration. */
  readonly map: GroundGrid | null;
  /** Person-frames by speed; null without calibration. */
  readonly speeds: Histogram | null;
  /** What makes the figures doubtful. */
  readonly doubts: readonly HealthReason[];
  /** What is not known, and why: limits of the set-up, not faults of the recording. */
  readonly unknowns: readonly HealthReason[];
}
