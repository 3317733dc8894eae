/**
 * Flow: people per second through a gate.
 */
import { StarlingError } from '../../contract/index.ts';

/**
 * Flow through a gate, both ways together: what a gate has to carry.
 *
 *   J = N / Δt
 *
 * Caveat: a window shorter than ten seconds is mostly noise.
 *
 * @param people  N, people who crossed in the window, in and out
 * @param windowS Δt, length of the window, s (> 0)
 * @returns flow, people/s
 * @throws MEASURE_BAD_WINDOW
 */
export const flow = (people: number, windowS: number): number => {
  if (!(windowS > 0)) throw new StarlingError('MEASURE_BAD_WINDOW', { windowS });
  return people / windowS;
};

/**
 * Specific flow through a gate: flow per metre of its width.
 *
 *   Js = N / (Δt · w)
 *
 * @param people  N, people who crossed in the window, in and out
 * @param windowS Δt, length of the window, s (> 0)
 * @param widthM  w, clear width of the gate, m (> 0)
 * @returns specific flow, 1/(m·s)
 * @throws MEASURE_BAD_WINDOW, MEASURE_BAD_WIDTH
 * @see Guide to Safety at Sports Grounds, 6th ed.: at most 82 people per metre per minute on the level, 1.37 1/(m·s)
 */
export const specificFlow = (people: number, windowS: number, widthM: number): number => {
  if (!(widthM > 0)) throw new StarlingError('MEASURE_BAD_WIDTH', { widthM });
  return flow(people, windowS) / widthM;
};
