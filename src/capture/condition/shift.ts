import type { Match, Matcher } from './match.ts';
import type { RememberedView } from './signature.ts';
import type { ConditionThresholds } from './thresholds.ts';

/** Once it was told, the view must have come back to within so much of the threshold. */
const BACK_SHARE = 0.75;
/** A shift is believed when the view matches so well there… */
const LEAST_MATCH = 0.45;
/** …and so much better than in place. Measured: a shift of 3 % of the width gains 0.12 at least. */
const LEAST_GAIN = 0.05;

/** Tells whether the camera looks elsewhere than the view that is remembered. */
export type ShiftJudge = (known: RememberedView, aspect: number, wasShifted: boolean) => boolean;

/**
 * Creates the judge. A view is in place when it matches there and nowhere beside better; it has moved when it matches
 * better elsewhere; it is another one when it matches nowhere, and not as it looked lately either.
 *
 * The view as first learnt is asked first, so that following the light never follows the camera.
 */
export const createShiftJudge = (matcher: Matcher, thresholds: ConditionThresholds): ShiftJudge => {
  const { shiftShare, strangeCorrelation, strangeProminence } = thresholds;

  const hasMoved = ({ here, best, displacement }: Match, wasShifted: boolean): boolean =>
    best >= LEAST_MATCH && best - here >= LEAST_GAIN && displacement >= shiftShare * (wasShifted ? BACK_SHARE : 1);

  const isStrange = ({ here, prominence }: Match): boolean =>
    here < strangeCorrelation && prominence < strangeProminence;

  return ({ open, edges, recentEdges }, aspect, wasShifted) => {
    const learnt = { open, edges };
    if (matcher.isInPlace(learnt)) return false;
    const match = matcher.search(learnt, aspect);
    if (hasMoved(match, wasShifted)) return true;
    if (!isStrange(match)) return false;
    const lately = { open, edges: recentEdges };
    if (matcher.isInPlace(lately)) return false;
    const latelyMatch = matcher.search(lately, aspect);
    return hasMoved(latelyMatch, wasShifted) || isStrange(latelyMatch);
  };
};
