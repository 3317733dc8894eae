import type { FootPoints, Tracks } from '../contract/index.ts';

/**
 * Takes the foot points (bottom centre of the box) of the tracks that count: the confirmed ones, in their order.
 *
 * @param into overwritten; needs room for `tracks.count` points
 */
export const takeFootPoints = (tracks: Tracks, into: FootPoints): void => {
  into.frame = tracks.frame;
  into.timeMs = tracks.timeMs;
  let count = 0;
  for (let i = 0; i < tracks.count; i++) {
    if (tracks.confirmed[i] === 0) continue;
    into.id[count] = tracks.id[i];
    into.classIndex[count] = tracks.classIndex[i];
    into.x[count] = (tracks.left[i] + tracks.right[i]) / 2;
    into.y[count] = tracks.bottom[i];
    into.varianceXX[count] = tracks.footVarianceX[i];
    into.varianceXY[count] = 0;
    into.varianceYY[count] = tracks.footVarianceY[i];
    count++;
  }
  into.count = count;
};
