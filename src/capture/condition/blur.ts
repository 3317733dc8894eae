import { BLOCKS } from './grid.ts';
import type { PresentView } from './present-view.ts';
import type { RememberedView } from './signature.ts';
import type { ConditionThresholds } from './thresholds.ts';

/** Detail from which a block's loss of it is judged: a step of 8 % of the brightness. */
const LEAST_DETAIL = 0.08;
/** Darker and lighter blocks have lost it to the exposure. */
const DARKEST_LUMA = 40;
const LIGHTEST_LUMA = 225;
/** Share of the blocks that must be judged: with fewer, as on a bare road, compression makes what detail there is. */
const LEAST_JUDGED_SHARE = 0.25;

/** Whether the view has lost its detail; null when it has too few blocks to tell. */
export const isBlurred = (
  now: PresentView,
  known: RememberedView,
  { blurredDetail, blurredShare }: ConditionThresholds,
): boolean | null => {
  let judged = 0;
  let lost = 0;
  for (let block = 0; block < BLOCKS; block++) {
    const judgeable = known.detail[block] >= LEAST_DETAIL && known.open[block] === 1 && now.open[block] === 1;
    if (!judgeable || now.luma[block] < DARKEST_LUMA || now.luma[block] > LIGHTEST_LUMA) continue;
    judged++;
    if (now.detail[block] < blurredDetail * known.detail[block]) lost++;
  }
  return judged < LEAST_JUDGED_SHARE * BLOCKS ? null : lost >= blurredShare * judged;
};
