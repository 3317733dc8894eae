import { type CameraReason, cameraReason } from '../../contract/index.ts';
import type { ConditionThresholds } from './thresholds.ts';

const BIN_MS = 500;
const BINS = 10;
/** With fewer damaged pictures in 5 s it was a chance one. */
const LEAST_DAMAGED = 2;

/** Watches for pictures that came damaged. */
export interface DamageWatch {
  look(damaged: boolean, clockMs: number): void;
  reason(): CameraReason | null;
}

/** Creates the watch: the share of damaged pictures over the last 5 s; it is told until half as many come. */
export const createDamageWatch = ({ smearedShare }: ConditionThresholds): DamageWatch => {
  const all = new Uint32Array(BINS);
  const damagedOnes = new Uint32Array(BINS);
  let newest = 0;
  let raised = false;
  let share = 0;

  const advanceTo = (bin: number): void => {
    for (let next = Math.max(newest + 1, bin - BINS + 1); next <= bin; next++) {
      all[next % BINS] = 0;
      damagedOnes[next % BINS] = 0;
    }
    newest = bin;
  };

  return {
    look(damaged, clockMs) {
      advanceTo(Math.floor(clockMs / BIN_MS));
      all[newest % BINS]++;
      if (damaged) damagedOnes[newest % BINS]++;
      let pictures = 0;
      let bad = 0;
      for (let bin = 0; bin < BINS; bin++) {
        pictures += all[bin];
        bad += damagedOnes[bin];
      }
      share = bad / pictures;
      raised = raised ? share >= smearedShare / 2 : bad >= LEAST_DAMAGED && share >= smearedShare;
    },
    reason: () => (raised ? cameraReason('SMEARED', { percent: Math.round(share * 100) }) : null),
  };
};
