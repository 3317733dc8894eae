/** `track/`: boxes of single frames in, objects followed through time out; and how right they are. See README.md. */
export { type ClearMot, computeClearMot } from './evaluation/clear-mot.ts';
export { type CountErrors, computeCountErrors } from './evaluation/counts.ts';
export { computeDetectionShares } from './evaluation/detection-shares.ts';
export { withoutIgnored } from './evaluation/frame-matching.ts';
export { computeIdentityScores, type IdentityScores } from './evaluation/identity.ts';
export { createMotBoxes, filterMotBoxes, type MotBox, type MotBoxes } from './evaluation/mot-boxes.ts';
export { formatMot, parseMot } from './evaluation/mot-text.ts';
export { createFixedLag, type FixedLag, type FixedLagOptions } from './fixed-lag.ts';
export { takeFootPoints } from './foot-points.ts';
export { DEFAULT_TRACKER_OPTIONS, type TrackerOptions } from './options.ts';
export { createTracker, type Tracker } from './tracker.ts';
