/**
 * Time to clear: how long until a zone is empty, if people go on leaving it as they did.
 */

/** What was seen of a zone in a window. */
export interface ZoneFlows {
  /** People in the zone now; null when unknown. */
  readonly occupancy: number | null;
  /** People who came into the zone and who left it in the window. */
  readonly entered: number;
  readonly left: number;
  /** Time measured, s. */
  readonly windowS: number;
}

/** Time until the zone would be empty. */
export interface TimeToClear {
  readonly timeS: number;
  /** The least time that the flows' counting error allows. */
  readonly earliestS: number;
  /** The greatest; null when the zone may not be emptying at all. */
  readonly latestS: number | null;
}

/** Two-sided 95 %. */
const DEFAULT_SIGMAS = 1.96;

/**
 * Time until a zone is empty at the window's net outflow:
 *
 *   T = N / Q,  Q = (out − in)/Δt,  SE(Q) = √(out + in)/Δt
 *
 * with the interval N/(Q + z·SE) to N/(Q − z·SE): arrivals and departures are counted as Poisson numbers.
 *
 * Caveats: a crowd that leaves through a gate at its capacity goes at a steady rate, and this is right; one that
 * trickles away leaves ever more slowly, and this is too short. It foretells nothing about who arrives later.
 *
 * @param sigmas z. Default 1.96, an interval of 95 %
 * @returns null when the occupancy or the flows are unknown, and when the zone is not emptying
 */
export const timeToClear = (
  { occupancy, entered, left, windowS }: ZoneFlows,
  sigmas: number = DEFAULT_SIGMAS,
): TimeToClear | null => {
  if (occupancy === null || !(windowS > 0)) return null;
  if (occupancy <= 0) return { timeS: 0, earliestS: 0, latestS: 0 };
  const net = left - entered;
  if (!(net > 0)) return null;
  const reach = sigmas * Math.sqrt(left + entered);
  return {
    timeS: (occupancy * windowS) / net,
    earliestS: (occupancy * windowS) / (net + reach),
    latestS: net > reach ? (occupancy * windowS) / (net - reach) : null,
  };
};
