import { createAssignmentSolver } from '../assignment.ts';
import { MIN_IOU, sparseCosts } from './frame-matching.ts';
import { framesOf, type MotBoxes, overlapOf } from './mot-boxes.ts';

/** How well identities were kept, after Ristani et al. */
export interface IdentityScores {
  /** Harmonic mean of the other two: share of boxes with the right identity, over the whole recording. */
  readonly idf1: number;
  /** Share of the found boxes whose identity is right. */
  readonly idp: number;
  /** Share of the true boxes whose identity was right. */
  readonly idr: number;
}

/** Number of frames in which each true identity and each found one overlap: truth → found → frames. */
const sharedFrames = (truth: MotBoxes, found: MotBoxes): Map<number, Map<number, number>> => {
  const shared = new Map<number, Map<number, number>>();
  for (const rows of framesOf(truth, found)) {
    for (let t = rows.truthFrom; t < rows.truthTo; t++) {
      const row = shared.get(truth.id[t]) ?? new Map<number, number>();
      shared.set(truth.id[t], row);
      for (let f = rows.foundFrom; f < rows.foundTo; f++) {
        if (overlapOf(truth, t, found, f) >= MIN_IOU) row.set(found.id[f], (row.get(found.id[f]) ?? 0) + 1);
      }
    }
  }
  return shared;
};

/** Largest number of boxes whose identity can be right under one fixed pairing of true and found identities. */
const identityTruePositives = (truth: MotBoxes, found: MotBoxes): number => {
  const rows = [...sharedFrames(truth, found).values()];
  const columns = new Map([...new Set(found.id)].map((id, column) => [id, column] as const));
  const most = Math.max(0, ...rows.flatMap((row) => [...row.values()]));
  const edges = rows.flatMap((partners, row) =>
    [...partners].map(([id, frames]) => ({ row, column: columns.get(id) ?? 0, frames, cost: most - frames })),
  );
  const matches = createAssignmentSolver().solve(sparseCosts(rows.length, columns.size, edges), most);
  return edges.reduce((sum, { row, column, frames }) => sum + (matches[row] === column ? frames : 0), 0);
};

/**
 * Identity scores: every true identity is paired with at most one found identity for the whole recording, so that
 * the number of boxes with the right identity (IDTP) is as large as can be.
 *
 *   IDF1 = 2·IDTP / (true boxes + found boxes)   IDP = IDTP / found boxes   IDR = IDTP / true boxes
 *
 * @see Ristani et al., "Performance Measures and a Data Set for Multi-Target, Multi-Camera Tracking", 2016
 */
export const computeIdentityScores = (truth: MotBoxes, found: MotBoxes): IdentityScores => {
  const right = identityTruePositives(truth, found);
  return {
    idf1: (2 * right) / (truth.count + found.count),
    idp: right / found.count,
    idr: right / truth.count,
  };
};
