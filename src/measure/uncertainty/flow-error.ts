/**
 * Errors of a flow.
 */

/**
 * Standard error of a flow as a rate: what the gate carries, not only how many went through in this window.
 *
 *   SE_J² = (SE_N² + N + ½) / Δt²
 *
 * People who arrive independently make a Poisson count, whose variance is N; the ½ (Jeffreys' prior) stands for a
 * window in which nobody happened to come. A count of crossings has no such part: they happened. Caveat: in a dense
 * queue people leave more regularly than that, and the error is too large; in groups, too small.
 *
 * @param people        N, people who crossed in the window
 * @param countVariance SE_N², variance of N as a count, people²
 * @param windowS       Δt, length of the window, s (> 0)
 * @returns people/s
 */
export const flowStandardError = (people: number, countVariance: number, windowS: number): number =>
  Math.sqrt(countVariance + people + 0.5) / windowS;
