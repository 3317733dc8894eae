/** Whether people would walk at a human speed, if coordinates were in metres. */
import type { Timeline } from './timeline.ts';

/** More than these many steps tell no more. */
const MOST_STEPS = 4096;

/**
 * Median speed from one recorded frame to the next.
 *
 *   v = |Δr| · frameRate / Δframes
 *
 * @returns m/s; null when nobody is there for two frames in a row
 */
export const medianSpeedMps = (timeline: Timeline, frameRate: number): number | null => {
  const { begin, person, xM, yM, step } = timeline;
  const every = Math.ceil(xM.length / MOST_STEPS);
  const speeds: number[] = [];
  for (let i = 1; i + 1 < begin.length; i += every) {
    let before = begin[i - 1];
    for (let row = begin[i]; row < begin[i + 1]; row += 1) {
      // Both frames are in the order of people.
      while (before < begin[i] && person[before] < person[row]) before += 1;
      if (before === begin[i]) break;
      if (person[before] === person[row])
        speeds.push((Math.hypot(xM[row] - xM[before], yM[row] - yM[before]) * frameRate) / step);
    }
  }
  return speeds.length === 0 ? null : Float64Array.from(speeds).sort()[speeds.length >> 1];
};
