/**
 * Putting the parts of a standard error together.
 */

/** Where somebody stands is taken to be read anew every second: a track's error outlives a frame. */
const POSITION_MEMORY_S = 1;

/** A velocity is a line fitted to so much time: only after it is the next one another. */
const SPEED_MEMORY_S = 1.6;

/** How many times over speeds are measured anew in a stretch of time; at least once. */
export const speedLooks = (measuredS: number): number => Math.max(1, measuredS / SPEED_MEMORY_S);

/** How many times over positions are read anew in a stretch of time; at least once. */
export const positionLooks = (measuredS: number): number => Math.max(1, measuredS / POSITION_MEMORY_S);

/**
 * Standard error of a mean from how it swings over time, and the variance that all else adds.
 *
 * @param swing null where too little was seen of it: then nobody knows the whole either
 */
export const standardErrorOf = (swing: number | null, variance: number): number | null =>
  swing === null ? null : Math.sqrt(swing ** 2 + variance);
