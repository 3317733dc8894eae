import { matchFrame, type Pair } from './frame-matching.ts';
import { type FrameRows, framesOf, type MotBoxes, overlapOf } from './mot-boxes.ts';
import { MIN_IOU } from './frame-matching.ts';

/** How well a tracker found and followed, after Bernardin and Stiefelhagen. */
export interface ClearMot {
  /** 1 - (misses + false positives + identity switches) / true boxes; can be negative. NaN without true boxes. */
  readonly mota: number;
  /** Mean overlap of the matched boxes, 0.5 to 1. */
  readonly motp: number;
  /** Share of the found boxes that are right. */
  readonly precision: number;
  /** Share of the true boxes that were found. */
  readonly recall: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly misses: number;
  /** Times that a true object was followed under another identity than before. */
  readonly identitySwitches: number;
  /** Times that a true object was lost and found again. */
  readonly fragmentations: number;
}

interface Ledger {
  /** Found identity that each true identity was last matched with. */
  readonly partner: Map<number, number>;
  /** True identities that were matched in the frame in which they were last present. */
  readonly tracked: Map<number, boolean>;
  pairs: number;
  overlap: number;
  switches: number;
  fragmentations: number;
}

/** Pairs of the frame before that still hold. */
const heldPairs = (truth: MotBoxes, found: MotBoxes, rows: FrameRows, partner: ReadonlyMap<number, number>): Pair[] => {
  const held: Pair[] = [];
  for (let t = rows.truthFrom; t < rows.truthTo; t++) {
    const id = partner.get(truth.id[t]);
    if (id === undefined) continue;
    for (let f = rows.foundFrom; f < rows.foundTo; f++) {
      if (found.id[f] !== id || held.some((pair) => pair.found === f)) continue;
      const iou = overlapOf(truth, t, found, f);
      if (iou >= MIN_IOU) held.push({ truth: t, found: f, iou });
    }
  }
  return held;
};

const matchKeeping = (
  truth: MotBoxes,
  found: MotBoxes,
  rows: FrameRows,
  partner: ReadonlyMap<number, number>,
): Pair[] => {
  const held = heldPairs(truth, found, rows, partner);
  const truthHeld = new Set(held.map((pair) => pair.truth));
  const foundHeld = new Set(held.map((pair) => pair.found));
  return [...held, ...matchFrame(truth, found, rows, (t, f) => !truthHeld.has(t) && !foundHeld.has(f))];
};

const book = (ledger: Ledger, truth: MotBoxes, found: MotBoxes, rows: FrameRows, pairs: readonly Pair[]): void => {
  const matched = new Map(pairs.map((pair) => [pair.truth, pair] as const));
  for (let t = rows.truthFrom; t < rows.truthTo; t++) {
    const id = truth.id[t];
    const pair = matched.get(t);
    if (pair) {
      const before = ledger.partner.get(id);
      if (before !== undefined && before !== found.id[pair.found]) ledger.switches++;
      if (ledger.tracked.get(id) === false && before !== undefined) ledger.fragmentations++;
      ledger.partner.set(id, found.id[pair.found]);
      ledger.pairs++;
      ledger.overlap += pair.iou;
    }
    ledger.tracked.set(id, pair !== undefined);
  }
};

/**
 * CLEAR MOT measures at an overlap of 0.5.
 *
 *   MOTA = 1 - Σ (misses + false positives + identity switches) / Σ true boxes
 *
 * In every frame, pairs of the frames before that still overlap are kept; the rest is matched anew, as many as can
 * be and with the largest overlap. A switch is counted when a true object is matched with another identity than the
 * last time it was matched, however long ago.
 *
 * @param truth true boxes, without those to be ignored
 * @param found what the tracker said, without what matches ignored boxes
 * @see Bernardin and Stiefelhagen, "Evaluating Multiple Object Tracking Performance: The CLEAR MOT Metrics", 2008
 */
export const computeClearMot = (truth: MotBoxes, found: MotBoxes): ClearMot => {
  const ledger: Ledger = {
    partner: new Map(),
    tracked: new Map(),
    pairs: 0,
    overlap: 0,
    switches: 0,
    fragmentations: 0,
  };
  for (const rows of framesOf(truth, found)) {
    book(ledger, truth, found, rows, matchKeeping(truth, found, rows, ledger.partner));
  }
  const falsePositives = found.count - ledger.pairs;
  const misses = truth.count - ledger.pairs;
  return {
    mota: 1 - (misses + falsePositives + ledger.switches) / truth.count,
    motp: ledger.overlap / ledger.pairs,
    precision: ledger.pairs / found.count,
    recall: ledger.pairs / truth.count,
    truePositives: ledger.pairs,
    falsePositives,
    misses,
    identitySwitches: ledger.switches,
    fragmentations: ledger.fragmentations,
  };
};
