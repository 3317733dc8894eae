/** Lengths of rows of history. */

/** Seconds are rolled up into minutes. */
export const MINUTE_S = 60;

/** Minutes are rolled up into quarter-hours. */
export const QUARTER_HOUR_S = 900;

/** Length of a rolled-up row, s. */
export type Level = typeof MINUTE_S | typeof QUARTER_HOUR_S;

/** When the row in which a moment lies begins, s. */
export const startOf = (timeS: number, level: Level): number => Math.floor(timeS / level) * level;
