/** The camera that most tests of the meter look through. */
import { calibrate } from '../../ground/index.ts';

/** A ceiling camera that sees 16 m × 9 m, straight down. */
export const CEILING = calibrate(
  {
    points: [
      { image: [0, 1], ground: [0, 0] },
      { image: [1, 1], ground: [16, 0] },
      { image: [1, 0], ground: [16, 9] },
      { image: [0, 0], ground: [0, 9] },
    ],
  },
  { widthPx: 1600, heightPx: 900 },
);
