import { createAssignmentSolver, type SparseCosts } from '../assignment.ts';
import { type FrameRows, filterMotBoxes, framesOf, type MotBoxes, overlapOf } from './mot-boxes.ts';

/** Overlap from which a found box and a true one are the same thing; MOTChallenge. */
export const MIN_IOU = 0.5;

/** A found box and the true one that it is, both as rows of their tables. */
export interface Pair {
  readonly truth: number;
  readonly found: number;
  readonly iou: number;
}

/** Costs of row → column pairs, given edge by edge in order of row. */
export const sparseCosts = (
  rows: number,
  columns: number,
  edges: readonly { readonly row: number; readonly column: number; readonly cost: number }[],
): SparseCosts => {
  const rowStart = new Int32Array(rows + 1);
  for (const { row } of edges) rowStart[row + 1]++;
  for (let row = 0; row < rows; row++) rowStart[row + 1] += rowStart[row];
  return {
    rows,
    columns,
    rowStart,
    column: Int32Array.from(edges, ({ column }) => column),
    cost: Float64Array.from(edges, ({ cost }) => cost),
  };
};

/** More than any sum of overlaps: first as many pairs as can be, then the best of them. */
const AS_MANY_AS_CAN_BE = 1e6;

const solver = createAssignmentSolver();

/** The best pairs of one frame among the rows that `admits` lets through. */
export const matchFrame = (
  truth: MotBoxes,
  found: MotBoxes,
  rows: FrameRows,
  admits: (truthRow: number, foundRow: number) => boolean = () => true,
): Pair[] => {
  const edges: { row: number; column: number; cost: number }[] = [];
  for (let t = rows.truthFrom; t < rows.truthTo; t++) {
    for (let f = rows.foundFrom; f < rows.foundTo; f++) {
      const iou = overlapOf(truth, t, found, f);
      if (iou >= MIN_IOU && admits(t, f))
        edges.push({ row: t - rows.truthFrom, column: f - rows.foundFrom, cost: 1 - iou });
    }
  }
  if (edges.length === 0) return [];
  const costs = sparseCosts(rows.truthTo - rows.truthFrom, rows.foundTo - rows.foundFrom, edges);
  return Array.from(solver.solve(costs, AS_MANY_AS_CAN_BE).subarray(0, costs.rows)).flatMap((column, row) =>
    column < 0
      ? []
      : [
          {
            truth: row + rows.truthFrom,
            found: column + rows.foundFrom,
            iou: overlapOf(truth, row + rows.truthFrom, found, column + rows.foundFrom),
          },
        ],
  );
};

/**
 * Leaves out what is neither right nor wrong: the true boxes marked to be ignored, and the found boxes that match
 * them. The matching is over all true boxes, so that an ignored one does not take what belongs to a counted one.
 *
 * @see Milan et al., "MOT16: A Benchmark for Multi-Object Tracking", 2016, §4.1.3
 */
export const withoutIgnored = (truth: MotBoxes, found: MotBoxes): { truth: MotBoxes; found: MotBoxes } => {
  const neither = new Set<number>();
  for (const rows of framesOf(truth, found)) {
    for (const pair of matchFrame(truth, found, rows)) if (truth.flag[pair.truth] === 0) neither.add(pair.found);
  }
  return {
    truth: filterMotBoxes(truth, (row) => truth.flag[row] !== 0),
    found: filterMotBoxes(found, (row) => !neither.has(row)),
  };
};
