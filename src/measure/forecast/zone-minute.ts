/**
 * What a forecast is made from: one zone, minute by minute.
 */
import type { UtcMs } from '../../contract/index.ts';

/** One minute of a zone. Null is unknown, which is not zero. */
export interface ZoneMinute {
  /** End of the minute. */
  readonly timeUtc: UtcMs;
  /** People in the zone at the end of the minute. */
  readonly occupancy: number | null;
  /** People who came into it and who left it in the minute. */
  readonly entered: number | null;
  readonly left: number | null;
}

/** Length of a minute, ms. */
export const MINUTE_MS = 60_000;

/** Minutes of a day. */
export const DAY_MIN = 1440;
